// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §3: what the sockets of a system asked for on one interface, and the interface state
// merged from them (§3.2).
#ifndef VXLAN_MULTICAST_IGMP_RECEPTION_STATE_H
#define VXLAN_MULTICAST_IGMP_RECEPTION_STATE_H

#include "ns3/igmp-parameters.h"

#include <cstdint>
#include <map>

namespace ns3
{

/** A filter mode and its source list: of a socket, or of an interface. */
struct IgmpFilter
{
    IgmpFilterMode mode{IgmpFilterMode::INCLUDE};
    IgmpSourceSet sources;

    /** \returns true for INCLUDE {}: the "non-existent" state of RFC 3376 §5.1. */
    bool IsEmpty() const
    {
        return mode == IgmpFilterMode::INCLUDE && sources.empty();
    }

    /** \returns true when packets from \p source pass. */
    bool Passes(Ipv4Address source) const
    {
        return (sources.count(source) != 0) == (mode == IgmpFilterMode::INCLUDE);
    }

    friend bool operator==(const IgmpFilter& a, const IgmpFilter& b)
    {
        return a.mode == b.mode && a.sources == b.sources;
    }
};

/** The requests of all sockets on one interface, by group. */
class IgmpReceptionState
{
  public:
    /**
     * Replaces the request of \p socket for \p group; INCLUDE {} withdraws it (§2,
     * IPMulticastListen).
     */
    void Set(uint64_t socket, Ipv4Address group, IgmpFilter filter);
    /** \returns the request of \p socket for \p group; INCLUDE {} when there is none. */
    IgmpFilter Get(uint64_t socket, Ipv4Address group) const;
    /** \returns the interface state of \p group, merged from all sockets (§3.2). */
    IgmpFilter Merge(Ipv4Address group) const;

  private:
    std::map<Ipv4Address, std::map<uint64_t, IgmpFilter>> m_requests;
};

} // namespace ns3

#endif
