// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bgp-path-attributes.h"

#include <algorithm>
#include <iomanip>
#include <tuple>

namespace ns3
{

namespace
{

/** High two bytes of extended communities (RFC 4360, RFC 5668, RFC 9012, RFC 7432 §7.7). */
constexpr uint16_t ROUTE_TARGET_AS2 = 0x0002;
constexpr uint16_t ROUTE_TARGET_IPV4 = 0x0102;
constexpr uint16_t ROUTE_TARGET_AS4 = 0x0202;
constexpr uint16_t ENCAPSULATION = 0x030c;
constexpr uint16_t MAC_MOBILITY = 0x0600;

uint16_t
GetKind(BgpExtendedCommunity community)
{
    return static_cast<uint16_t>(community.value >> 48);
}

Ipv4Address
ReadAddress(const std::vector<uint8_t>& bytes, std::size_t from)
{
    if (bytes.size() < from + 4)
    {
        return Ipv4Address::GetAny();
    }
    WireReader reader(bytes.data() + from, 4);
    return reader.ReadIpv4();
}

} // namespace

BgpExtendedCommunity
BgpExtendedCommunity::MakeRouteTarget(uint32_t as, uint32_t number)
{
    return as > 0xffff ? BgpExtendedCommunity{uint64_t(ROUTE_TARGET_AS4) << 48 |
                                              uint64_t(as) << 16 | (number & 0xffff)}
                       : BgpExtendedCommunity{uint64_t(ROUTE_TARGET_AS2) << 48 |
                                              uint64_t(as) << 32 | number};
}

BgpExtendedCommunity
BgpExtendedCommunity::MakeAutoRouteTarget(uint32_t as, uint32_t vni)
{
    // Local administrator: A = 0 (auto-derived), type 1 (VXLAN), D-ID 0, then the VNI.
    return MakeRouteTarget(as & 0xffff, 0x10000000 | vni);
}

BgpExtendedCommunity
BgpExtendedCommunity::MakeEncapsulation(uint16_t tunnel)
{
    return {uint64_t(ENCAPSULATION) << 48 | tunnel};
}

BgpExtendedCommunity
BgpExtendedCommunity::MakeMacMobility(bool isSticky, uint32_t sequence)
{
    return {uint64_t(MAC_MOBILITY) << 48 | uint64_t(isSticky ? 1 : 0) << 40 | sequence};
}

bool
BgpExtendedCommunity::IsEncapsulation() const
{
    return GetKind(*this) == ENCAPSULATION;
}

bool
BgpExtendedCommunity::IsMacMobility() const
{
    return GetKind(*this) == MAC_MOBILITY;
}

std::ostream&
operator<<(std::ostream& os, BgpExtendedCommunity community)
{
    const uint64_t value = community.value;
    switch (GetKind(community))
    {
    case ROUTE_TARGET_AS2:
        return os << "RT:" << (value >> 32 & 0xffff) << ":" << (value & 0xffffffff);
    case ROUTE_TARGET_IPV4:
        return os << "RT:" << Ipv4Address(static_cast<uint32_t>(value >> 16)) << ":"
                  << (value & 0xffff);
    case ROUTE_TARGET_AS4:
        return os << "RT:" << (value >> 16 & 0xffffffff) << ":" << (value & 0xffff);
    case ENCAPSULATION:
        return os << "ET:" << community.GetTunnel();
    case MAC_MOBILITY:
        return os << "MM:" << community.GetSequence()
                  << (community.IsSticky() ? ", sticky MAC" : "");
    default: {
        const std::ios::fmtflags flags = os.flags();
        const char fill = os.fill('0');
        os << "UNK:" << std::hex << std::setw(16) << value;
        os.flags(flags);
        os.fill(fill);
        return os;
    }
    }
}

BgpPmsiTunnel
BgpPmsiTunnel::MakeIngressReplication(uint32_t vni, Ipv4Address endpoint)
{
    WireWriter identifier;
    identifier.WriteIpv4(endpoint);
    return {0, INGRESS_REPLICATION, vni, identifier.GetBytes()};
}

BgpPmsiTunnel
BgpPmsiTunnel::MakePimSmTree(uint32_t vni, Ipv4Address sender, Ipv4Address group)
{
    WireWriter identifier;
    identifier.WriteIpv4(sender);
    identifier.WriteIpv4(group);
    return {0, PIM_SM_TREE, vni, identifier.GetBytes()};
}

BgpPmsiTunnel
BgpPmsiTunnel::MakePimSsmTree(uint32_t vni, Ipv4Address sender, Ipv4Address group)
{
    BgpPmsiTunnel tunnel = MakePimSmTree(vni, sender, group);
    tunnel.type = PIM_SSM_TREE;
    return tunnel;
}

Ipv4Address
BgpPmsiTunnel::GetEndpoint() const
{
    return ReadAddress(identifier, 0);
}

Ipv4Address
BgpPmsiTunnel::GetGroup() const
{
    return type >= PIM_SSM_TREE && type <= BIDIR_PIM_TREE ? ReadAddress(identifier, 4)
                                                          : Ipv4Address::GetAny();
}

bool
operator==(const BgpPmsiTunnel& a, const BgpPmsiTunnel& b)
{
    return std::tie(a.flags, a.type, a.label, a.identifier) ==
           std::tie(b.flags, b.type, b.label, b.identifier);
}

bool
BgpPathAttributes::HasRouteTarget(BgpExtendedCommunity target) const
{
    return std::find(communities.begin(), communities.end(), target) != communities.end();
}

bool
BgpPathAttributes::HasEncapsulation(uint16_t tunnel) const
{
    return std::any_of(communities.begin(), communities.end(), [&](BgpExtendedCommunity community) {
        return community.IsEncapsulation() && community.GetTunnel() == tunnel;
    });
}

uint32_t
BgpPathAttributes::GetSequence() const
{
    for (BgpExtendedCommunity community : communities)
    {
        if (community.IsMacMobility())
        {
            return community.GetSequence();
        }
    }
    return 0;
}

bool
BgpPathAttributes::IsSticky() const
{
    return std::any_of(communities.begin(), communities.end(), [](BgpExtendedCommunity community) {
        return community.IsMacMobility() && community.IsSticky();
    });
}

std::size_t
BgpPathAttributes::GetAsPathLength() const
{
    std::size_t length = 0;
    for (const BgpAsSegment& segment : asPath)
    {
        length += segment.type == BgpAsSegment::AS_SET ? 1 : segment.numbers.size();
    }
    return length;
}

bool
operator==(const BgpPathAttributes& a, const BgpPathAttributes& b)
{
    return std::tie(a.nextHop,
                    a.communities,
                    a.originatorId,
                    a.clusterList,
                    a.pmsi,
                    a.localPref,
                    a.med,
                    a.origin,
                    a.asPath,
                    a.opaque) == std::tie(b.nextHop,
                                          b.communities,
                                          b.originatorId,
                                          b.clusterList,
                                          b.pmsi,
                                          b.localPref,
                                          b.med,
                                          b.origin,
                                          b.asPath,
                                          b.opaque);
}

} // namespace ns3
