// SPDX-License-Identifier: GPL-2.0-only
// What is the same in every environment that a face implements: reports go to the face's trace
// sources and counts.
#ifndef VXLAN_MULTICAST_TRACED_ENVIRONMENT_H
#define VXLAN_MULTICAST_TRACED_ENVIRONMENT_H

#include "ns3/control-messages.h"
#include "ns3/protocol-observer.h"
#include "ns3/protocol-traces.h"

#include <cstddef>
#include <string>

namespace ns3
{

/**
 * A base in place of \p Environment.
 * \tparam Environment a ProtocolObserver
 */
template <typename Environment>
class TracedEnvironment : public Environment
{
  public:
    void ReportEvent(const std::string& name, const std::string& detail) override
    {
        m_reports.NotifyEvent(name, detail);
    }

    void ReportDrop(const std::string& reason) override
    {
        m_reports.NotifyDrop(reason);
    }

    bool TracesTransitions() const override
    {
        return m_reports.TracesTransitions();
    }

    void ReportTransition(const ProtocolTransition& transition) override
    {
        m_reports.NotifyTransition(transition);
    }

  protected:
    /** \param traces of the face; used after construction only */
    explicit TracedEnvironment(ProtocolTraces& traces)
        : m_reports(traces)
    {
    }

  private:
    ProtocolTraces& m_reports;
};

/**
 * The same where messages are counted.
 * \tparam Environment a ProtocolObserver and ControlMessageObserver
 */
template <typename Environment>
class CountedEnvironment : public TracedEnvironment<Environment>
{
  public:
    void ReportMessage(const std::string& peer,
                       const char* protocol,
                       bool sent,
                       const std::string& message,
                       std::size_t bytes) override
    {
        CountControlMessage(m_messageCounts, {peer, protocol, sent, message}, bytes);
    }

  protected:
    /** \param traces, counts of the face; used after construction only */
    CountedEnvironment(ProtocolTraces& traces, ControlMessageCounts& counts)
        : TracedEnvironment<Environment>(traces),
          m_messageCounts(counts)
    {
    }

  private:
    ControlMessageCounts& m_messageCounts;
};

} // namespace ns3

#endif
