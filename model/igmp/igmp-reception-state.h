// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §3: what the sockets of a system asked for on one interface, and the interface state
// merged from them (§3.2). Requests belong to the applications that make them: they outlive the
// protocol, which is lost in a crash.
#ifndef VXLAN_MULTICAST_IGMP_RECEPTION_STATE_H
#define VXLAN_MULTICAST_IGMP_RECEPTION_STATE_H

#include "ns3/igmp-config.h"
#include "ns3/igmp-message.h"

#include <boost/container/flat_map.hpp>
#include <boost/container/vector.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

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

/** What a request did to the interface state of its group. */
struct IgmpReceptionChange
{
    bool accepted{false}; //!< false: nothing has changed
    IgmpFilter before;
    IgmpFilter after;

    bool IsJoin() const
    {
        return accepted && before.IsEmpty() && !after.IsEmpty();
    }

    bool IsLeave() const
    {
        return accepted && !before.IsEmpty() && after.IsEmpty();
    }
};

/** The requests of all sockets on one interface, by group. */
class IgmpReceptionState
{
  public:
    /**
     * RFC 3376 §2, IPMulticastListen. Not accepted: a group that cannot be joined, EXCLUDE in the
     * SSM range, a group beyond the limit of \p config.
     */
    IgmpReceptionChange
    Listen(uint64_t socket, Ipv4Address group, const IgmpFilter& filter, const IgmpConfig& config);
    /**
     * Replaces the request of \p socket for \p group; INCLUDE {} withdraws it (§2,
     * IPMulticastListen).
     */
    void Set(uint64_t socket, Ipv4Address group, IgmpFilter filter);
    /** \returns the request of \p socket for \p group; INCLUDE {} when there is none. */
    IgmpFilter Get(uint64_t socket, Ipv4Address group) const;
    /** \returns the interface state of \p group, merged from all sockets (§3.2). */
    IgmpFilter Merge(Ipv4Address group) const;
    /** \returns every group with interface state, in order. */
    std::vector<std::pair<Ipv4Address, IgmpFilter>> GetFilters() const;

    /** \returns how many groups have interface state. */
    std::size_t GetSize() const
    {
        return m_requests.size();
    }

  private:
    /** By socket: of next to all groups one. */
    using Requests = boost::container::flat_map<
        uint64_t,
        IgmpFilter,
        std::less<uint64_t>,
        boost::container::vector<
            std::pair<uint64_t, IgmpFilter>,
            void,
            boost::container::vector_options_t<boost::container::stored_size<uint32_t>>>>;

    std::map<Ipv4Address, Requests> m_requests; //!< by group
};

} // namespace ns3

#endif
