// SPDX-License-Identifier: GPL-2.0-only
// What every protocol reports outward, in one form: events, drops and transitions of state machines.
// Each component's environment is one.
#ifndef VXLAN_MULTICAST_PROTOCOL_OBSERVER_H
#define VXLAN_MULTICAST_PROTOCOL_OBSERVER_H

#include "ns3/enum-names.h"

#include <sstream>
#include <string>

namespace ns3
{

/** One step of a state machine. */
struct ProtocolTransition
{
    const char* machine;  //!< which one: "assert", "downstream (*,G)", …
    std::string key;      //!< which of them: entry and interface, neighbour, group
    const char* oldState; //!< RFC words
    const char* event;
    const char* newState;
};

/** Receives what a protocol reports. */
class ProtocolObserver
{
  public:
    virtual ~ProtocolObserver() = default;

    /** A change of state for users: \p name is one of events.csv's. */
    virtual void ReportEvent(const std::string& name, const std::string& detail) = 0;
    /** The message now being received is refused. */
    virtual void ReportDrop(const std::string& reason) = 0;

    /** \returns whether anyone listens to transitions, since describing them costs time. */
    virtual bool TracesTransitions() const
    {
        return false;
    }

    virtual void ReportTransition(const ProtocolTransition&)
    {
    }

    /**
     * Reports a step of a machine, if anyone listens.
     * \param key anything that prints itself
     * \param oldState, event, newState enums with EnumNames
     */
    template <typename Key, typename State, typename Event>
    void
    ReportStep(const char* machine, const Key& key, State oldState, Event event, State newState)
    {
        if (TracesTransitions())
        {
            std::ostringstream text;
            text << key;
            ReportTransition(
                {machine, text.str(), EnumName(oldState), EnumName(event), EnumName(newState)});
        }
    }
};

} // namespace ns3

#endif
