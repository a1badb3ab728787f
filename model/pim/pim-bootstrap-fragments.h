// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §4.1: semantic fragmentation of Bootstrap messages. A fragment is a message of its own
// that names whole ranges, or some of the RPs of one; a range is believed once all its RPs are
// there.
#ifndef VXLAN_MULTICAST_PIM_BOOTSTRAP_FRAGMENTS_H
#define VXLAN_MULTICAST_PIM_BOOTSTRAP_FRAGMENTS_H

#include "ns3/pim-message.h"

#include <cstdint>
#include <map>
#include <vector>

namespace ns3
{

/**
 * Cuts a Bootstrap message into fragments. Each fragment of a scope zone's message begins with the
 * zone's own range, by which receivers know the zone. A range that fits into one fragment is not
 * spread over two.
 * \param mtu bytes of IP packet, its 20-byte header included; at least one RP goes into a fragment
 * \returns the fragments, at least one
 */
std::vector<PimBootstrap> FragmentBootstrap(const PimBootstrap& whole, uint32_t mtu);

/** Puts ranges whose RPs came in several fragments together again. */
class PimBootstrapAssembly
{
  public:
    /**
     * Takes in a fragment. One of another BSR or tag ends what was pending: what was incomplete
     * then changes nothing.
     * \returns the ranges that are complete with it
     */
    std::vector<PimBootstrapRange> Add(const PimBootstrap& fragment);

    void Clear();

  private:
    Ipv4Address m_bsr{Ipv4Address::GetAny()};
    uint16_t m_tag{0};
    std::map<Ipv4Prefix, PimBootstrapRange> m_pending;
};

} // namespace ns3

#endif
