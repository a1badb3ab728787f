// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-show.h"

#include "ns3/evpn-protocol.h"
#include "ns3/interface-names.h"
#include "ns3/printed.h"
#include "ns3/simulator.h"

#include <iomanip>
#include <sstream>

namespace ns3
{

namespace
{

/** Calls print(os, speaker), or says that there is no BGP. */
template <typename F>
void
ShowWith(std::ostream& os, Ptr<Node> node, F print)
{
    Ptr<EvpnProtocol> speaker = node->GetObject<EvpnProtocol>();
    if (speaker && speaker->IsRunning())
    {
        print(*speaker);
    }
    else
    {
        os << "BGP is not running on " << GetNodeName(node) << "\n";
    }
}

/** As ShowWith, for the MAC-VRF of one VNI. */
template <typename F>
void
ShowVrf(std::ostream& os, Ptr<Node> node, uint32_t vni, F print)
{
    ShowWith(os, node, [&](const EvpnProtocol& speaker) {
        const EvpnMacVrf* vrf = speaker.GetInstance().FindVrf(vni);
        if (vrf)
        {
            print(*vrf);
        }
        else
        {
            os << "% VNI " << vni << " does not exist\n";
        }
    });
}

/** FRR's time since: 00:00:18, 1d02h03m, 01w2d03h. */
std::string
FormatUptime(Time time)
{
    const auto seconds = static_cast<long>(time.GetSeconds());
    const long days = seconds / 86400;
    const long hours = seconds / 3600 % 24;
    const long minutes = seconds / 60 % 60;
    std::ostringstream os;
    os << std::setfill('0');
    if (days == 0)
    {
        os << std::setw(2) << hours << ":" << std::setw(2) << minutes << ":" << std::setw(2)
           << seconds % 60;
    }
    else if (days < 7)
    {
        os << days << "d" << std::setw(2) << hours << "h" << std::setw(2) << minutes << "m";
    }
    else
    {
        os << std::setw(2) << days / 7 << "w" << days % 7 << "d" << std::setw(2) << hours << "h";
    }
    return os.str();
}

/** \returns all messages of one direction. */
uint64_t
Sum(const std::array<ControlMessageCount, 4>& counts)
{
    uint64_t sum = 0;
    for (const ControlMessageCount& count : counts)
    {
        sum += count.messages;
    }
    return sum;
}

void
PrintPeer(std::ostream& os, const EvpnProtocol& speaker, const BgpPeer& peer)
{
    const EvpnInstance& instance = speaker.GetInstance();
    const auto counts = speaker.GetPeerMessageCounts().find(peer.GetAddress());
    const BgpMessageCounts none;
    const BgpMessageCounts& messages =
        counts == speaker.GetPeerMessageCounts().end() ? none : counts->second;
    const Time since = peer.GetStateSince();
    os << std::left << std::setw(16) << ToText(peer.GetAddress()) << "4 " << std::right
       << std::setw(10) << instance.GetConfig().as << std::setw(10) << Sum(messages.received)
       << std::setw(10) << Sum(messages.sent) << std::setw(9) << 0 << std::setw(5) << 0
       << std::setw(5) << 0 << std::setw(9)
       << (since.IsZero() ? "never" : FormatUptime(Simulator::Now() - since)) << std::setw(13);
    if (peer.IsEstablished())
    {
        os << instance.GetRib().CountPaths(peer.GetIndex());
    }
    else
    {
        os << EnumName(peer.GetState());
    }
    os << std::setw(9) << instance.GetAdvertiser().GetAdvertised(peer) << " N/A\n";
}

/** A path's two lines: next hop and attributes, then the communities. */
void
PrintPath(std::ostream& os, const EvpnPath& path)
{
    const BgpPathAttributes& attributes = path.GetAttributes();
    const bool isOwn = path.peer == 0;
    os << std::string(20, ' ') << std::left << std::setw(16) << ToText(attributes.nextHop)
       << std::right << std::setw(10) << (attributes.med ? ToText(*attributes.med) : "")
       << std::setw(7) << (isOwn ? "" : ToText(attributes.localPref.value_or(0))) << std::setw(7)
       << (isOwn ? 32768 : 0);
    for (const BgpAsSegment& segment : attributes.asPath)
    {
        for (uint32_t number : segment.numbers)
        {
            os << " " << number;
        }
    }
    os << " "
       << "ie?"[static_cast<uint8_t>(attributes.origin)] << "\n"
       << std::string(19, ' ');
    for (BgpExtendedCommunity community : attributes.communities)
    {
        os << " " << community;
    }
    os << "\n";
}

void
PrintEntry(std::ostream& os, const EvpnRib& rib, const EvpnRibEntry& entry)
{
    bool isFirst = true;
    for (const EvpnPath& path : entry)
    {
        os << (rib.IsFeasible(path) ? '*' : ' ') << (entry.FindBest() == &path ? '>' : ' ')
           << (path.peer == 0 ? ' ' : 'i') << (isFirst ? ToText(entry.GetKey()) : "") << "\n";
        PrintPath(os, path);
        isFirst = false;
    }
}

void
PrintEvpnHeader(std::ostream& os, const EvpnInstance& instance, RouteDistinguisher first)
{
    os << "BGP table version is " << instance.GetRib().GetVersion(first) << ", local router ID is "
       << instance.GetConfig().routerId
       << "\n"
          "Status codes: s suppressed, d damped, h history, * valid, > best, i - internal\n"
          "Origin codes: i - IGP, e - EGP, ? - incomplete\n"
          "EVPN type-1 prefix: [1]:[EthTag]:[ESI]:[IPlen]:[VTEP-IP]:[Frag-id]\n"
          "EVPN type-2 prefix: [2]:[EthTag]:[MAClen]:[MAC]:[IPlen]:[IP]\n"
          "EVPN type-3 prefix: [3]:[EthTag]:[IPlen]:[OrigIP]\n"
          "EVPN type-4 prefix: [4]:[ESI]:[IPlen]:[OrigIP]\n"
          "EVPN type-5 prefix: [5]:[EthTag]:[IPlen]:[IP]\n"
          "\n"
          "   Network          Next Hop            Metric LocPrf Weight Path\n";
}

} // namespace

void
ShowBgpSummary(std::ostream& os, Ptr<Node> node)
{
    ShowWith(os, node, [&](const EvpnProtocol& speaker) {
        const EvpnInstance& instance = speaker.GetInstance();
        os << "\nL2VPN EVPN Summary (VRF default):\nBGP router identifier "
           << instance.GetConfig().routerId << ", local AS number " << instance.GetConfig().as
           << " vrf-id 0\nBGP table version 0\nRIB entries " << instance.GetRib().GetSize()
           << "\nPeers " << instance.GetPeers().size()
           << "\n\nNeighbor        V         AS   MsgRcvd   MsgSent   TblVer  InQ OutQ  Up/Down "
              "State/PfxRcd   PfxSnt Desc\n";
        for (const auto& [address, peer] : instance.GetPeers())
        {
            PrintPeer(os, speaker, *peer);
        }
        os << "\nTotal number of neighbors " << instance.GetPeers().size() << "\n";
    });
}

void
ShowBgpEvpn(std::ostream& os, Ptr<Node> node)
{
    ShowWith(os, node, [&](const EvpnProtocol& speaker) {
        const EvpnInstance& instance = speaker.GetInstance();
        const auto entries = instance.GetRib().GetEntries();
        if (entries.empty())
        {
            os << "No EVPN prefixes exist\n";
            return;
        }
        PrintEvpnHeader(os, instance, entries.front()->GetKey().rd);
        const RouteDistinguisher* last = nullptr;
        for (const EvpnRibEntry* entry : entries)
        {
            const RouteDistinguisher& rd = entry->GetKey().rd;
            if (!last || !(*last == rd))
            {
                os << "Route Distinguisher: " << rd << "\n";
                last = &rd;
            }
            PrintEntry(os, instance.GetRib(), *entry);
        }
        os << "\nDisplayed " << entries.size() << " out of " << entries.size()
           << " total prefixes\n";
    });
}

void
ShowEvpnMac(std::ostream& os, Ptr<Node> node, uint32_t vni)
{
    ShowEvpnMac(os, node, vni, [](Mac48Address) { return std::string("-"); });
}

void
ShowEvpnMac(std::ostream& os, Ptr<Node> node, uint32_t vni, const EvpnPortFinder& findPort)
{
    ShowVrf(os, node, vni, [&](const EvpnMacVrf& vrf) {
        std::ostringstream rows;
        std::size_t count = 0;
        for (const auto& [mac, entry] : vrf.GetMacs())
        {
            if (!entry.isLocal && !entry.active)
            {
                continue;
            }
            ++count;
            rows << ToText(UnpackMac(mac)) << std::left << " " << std::setw(6)
                 << (entry.isLocal ? "local" : "remote") << " " << std::setw(5) << ""
                 << " " << std::setw(30)
                 << (entry.isLocal ? findPort(UnpackMac(mac)) : ToText(entry.active->vtep)) << " "
                 << std::setw(5) << ""
                 << " " << entry.sequence << "/" << entry.remoteSequence << "\n";
        }
        os << "Number of MACs (local and remote) known for this VNI: " << count
           << "\nFlags: N=sync-neighs, I=local-inactive, P=peer-active, X=peer-proxy\n"
              "MAC               Type   Flags Intf/Remote ES/VTEP            VLAN  Seq #'s\n"
           << rows.str();
    });
}

void
ShowEvpnArpCache(std::ostream& os, Ptr<Node> node, uint32_t vni)
{
    ShowVrf(os, node, vni, [&](const EvpnMacVrf& vrf) {
        const std::set<uint32_t> ips = vrf.GetNeighbors();
        os << "Number of ARPs (local and remote) known for this VNI: " << ips.size()
           << "\nFlags: I=local-inactive, P=peer-active, X=peer-proxy\n"
              "Neighbor        Type   Flags State    MAC               Remote ES/VTEP           "
              "      Seq #'s\n";
        for (uint32_t ip : ips)
        {
            const auto neighbor = vrf.FindNeighbor(Ipv4Address(ip));
            const bool isLocal = neighbor->vtep.IsAny();
            os << std::left << std::setw(15) << ToText(Ipv4Address(ip)) << " " << std::setw(6)
               << (isLocal ? "local" : "remote") << " " << std::setw(5) << ""
               << " active   " << ToText(neighbor->mac) << " " << std::setw(30)
               << (isLocal ? "" : ToText(neighbor->vtep)) << " "
               << (isLocal ? neighbor->sequence : 0) << "/" << (isLocal ? 0 : neighbor->sequence)
               << "\n";
        }
    });
}

} // namespace ns3
