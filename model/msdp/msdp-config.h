// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §5: MSDP's periods; §7: filters; §10: peers. TCP MD5 signatures (§18) are left out.
#ifndef VXLAN_MULTICAST_MSDP_CONFIG_H
#define VXLAN_MULTICAST_MSDP_CONFIG_H

#include "ns3/ipv4-prefix.h"
#include "ns3/nstime.h"
#include "ns3/source-group.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{

/**
 * What passes a filter (§7): prefixes of groups, of sources, or both; none of a kind: all of it.
 * Whether a prefix is of groups is seen from it.
 */
class MsdpFilter
{
  public:
    void Permit(const Ipv4Prefix& prefix)
    {
        (prefix.GetAddress().IsMulticast() ? m_groups : m_sources).push_back(prefix);
    }

    bool Passes(const SourceGroup& key) const
    {
        return Contains(m_groups, key.GetGroup()) && Contains(m_sources, key.GetSource());
    }

  private:
    static bool Contains(const std::vector<Ipv4Prefix>& prefixes, Ipv4Address address)
    {
        return prefixes.empty() ||
               std::any_of(prefixes.begin(), prefixes.end(), [address](const Ipv4Prefix& prefix) {
                   return prefix.Contains(address);
               });
    }

    std::vector<Ipv4Prefix> m_groups;
    std::vector<Ipv4Prefix> m_sources;
};

/** A peer. */
struct MsdpPeerConfig
{
    Ipv4Address local{Ipv4Address::GetAny()};   //!< this end's address
    Ipv4Address address{Ipv4Address::GetAny()}; //!< the other end's
    std::string meshGroup;                      //!< empty: none (§10.2)
    MsdpFilter in;                              //!< of what it sends
    MsdpFilter out;                             //!< of what it is sent
    std::vector<Ipv4Prefix> staticRpf; //!< RPs whose peer-RPF neighbour it is, §10.1.3 (v)

    /** \throws std::invalid_argument with what is wrong */
    void Check() const
    {
        for (const Ipv4Address one : {local, address})
        {
            if (one.IsAny() || one.IsMulticast() || one.IsBroadcast() || one.IsLocalhost())
            {
                throw std::invalid_argument("an MSDP peering needs two unicast addresses");
            }
        }
        if (local == address)
        {
            throw std::invalid_argument("an MSDP peering needs two different addresses: the lower "
                                        "one connects");
        }
    }
};

/** The configuration of a speaker. */
struct MsdpConfig
{
    Time saAdvertisementPeriod{Seconds(60)};         //!< SA-Advertisement-Period, §5.1
    Time sgStatePeriod{Seconds(150)};                //!< SG-State-Period, §5.3
    Time holdTimePeriod{Seconds(75)};                //!< HoldTime-Period, §5.4
    Time keepalivePeriod{Seconds(60)};               //!< KeepAlive-Period, §5.5
    Time connectRetryPeriod{Seconds(30)};            //!< ConnectRetry-Period, §5.6
    Ipv4Address originatorId{Ipv4Address::GetAny()}; //!< the RP address in own SAs; any: the first
                                                     //!< peering's own address
    std::vector<MsdpPeerConfig> peers;
};

} // namespace ns3

#endif
