// SPDX-License-Identifier: GPL-2.0-only
// What RPs tell one another of sources: PIM implements it, MSDP asks and tells (RFC 3618 §3).
#ifndef VXLAN_MULTICAST_ACTIVE_SOURCES_H
#define VXLAN_MULTICAST_ACTIVE_SOURCES_H

#include "ns3/source-group.h"

#include <functional>
#include <vector>

namespace ns3
{

/** The sources that the RPs on one router know. */
class ActiveSources
{
  public:
    /** A source registers here, or does so no longer. */
    using Listener = std::function<void(const SourceGroup& key, bool active)>;

    virtual ~ActiveSources() = default;

    /** \returns the sources that register with this router as their RP, in order. */
    virtual std::vector<SourceGroup> GetRegisteredSources() const = 0;
    /** \p listener hears of each change of the above. */
    virtual void AddSourceListener(Listener listener) = 0;
    /** Another RP has the source: this one joins it for as long as there are receivers. */
    virtual void AddExternalSource(const SourceGroup& key) = 0;
    virtual void RemoveExternalSource(const SourceGroup& key) = 0;
};

} // namespace ns3

#endif
