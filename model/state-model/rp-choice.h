// SPDX-License-Identifier: GPL-2.0-only
// Which RP serves a group, from the graph's keys alone, by the choice of rp-hash.h with the default
// hash mask length. Departure: scope zones (scopeBorder) are ignored.
//
// An address on several nodes (anycast), and one on none that lies in prefixes of loopbacks
// (a phantom RP), belong to those to which unicast routing leads: the longest prefix. A bidirectional
// RP's address on none may also lie in the prefix of a link, whose routers are all the RP it needs.
#ifndef VXLAN_MULTICAST_RP_CHOICE_H
#define VXLAN_MULTICAST_RP_CHOICE_H

#include "ns3/topology-graph.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{

/** An RP, and the range of groups that it offers to serve. */
struct RpOffer
{
    std::vector<std::size_t> nodes;        //!< where routing leads to; ascending
    std::optional<std::size_t> attachment; //!< the interface with the RP's address, if on a link;
                                           //!< the first one there if none has it
    TopologyAddress address{0};
    Ipv4Prefix groups;
    uint8_t priority{0};
    bool isStatic{false};
};

/** All RPs of a topology, once the bootstrap messages have been everywhere. */
class RpChoice
{
  public:
    explicit RpChoice(const TopologyGraph& graph);

    const std::vector<RpOffer>& GetOffers() const
    {
        return m_offers;
    }

    /** \returns the index of the offer that serves \p group, or nothing. */
    std::optional<std::size_t> Find(TopologyAddress group) const;
    /**
     * \returns the candidates among which groups choose by their hash: those of the lowest priority
     *          value of each range; by range, then in the order of the topology
     */
    std::vector<RpOffer> GetElected() const;

  private:
    void AddStatic(RpOffer offer);

    std::vector<RpOffer> m_offers;
};

} // namespace ns3

#endif
