// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §6.2: from whom a router takes messages. RFC 5059 §6: which RPs a BSR takes, and where
// Bootstrap messages end. All options are open unless set, as §6.2 has it.
#ifndef VXLAN_MULTICAST_PIM_ACCESS_H
#define VXLAN_MULTICAST_PIM_ACCESS_H

#include "ns3/ipv4-prefix.h"

#include <algorithm>
#include <string>
#include <vector>

namespace ns3
{

/** Addresses that are accepted, as prefixes; or all. */
class PimAccessList
{
  public:
    /** \returns whether \p address is accepted: in a prefix, or there is none. */
    bool Accepts(Ipv4Address address) const
    {
        return m_prefixes.empty() || Holds(address);
    }

    /** \returns whether \p address is in a prefix. */
    bool Holds(Ipv4Address address) const
    {
        return std::any_of(m_prefixes.begin(), m_prefixes.end(), [address](const auto& prefix) {
            return prefix.Contains(address);
        });
    }

    /**
     * \param text prefixes or addresses, as "192.168.1.0/24 10.0.0.1"; empty: no list
     * \throws std::invalid_argument
     */
    void Set(const std::string& text);
    std::string GetText() const;

  private:
    std::vector<Ipv4Prefix> m_prefixes;
};

/** Whom a PIM router believes. */
struct PimAccessConfig
{
    PimAccessList neighbors;    //!< senders of messages on the link
    PimAccessList registers;    //!< DRs whose Registers this RP takes
    PimAccessList candidateRps; //!< RPs that this BSR takes into the RP-Set
};

} // namespace ns3

#endif
