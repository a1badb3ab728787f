// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/redundancy-show.h"

#include "ns3/bfd-helper.h"
#include "ns3/interface-names.h"
#include "ns3/msdp-helper.h"
#include "ns3/printed.h"
#include "ns3/simulator.h"

#include <iomanip>
#include <sstream>

namespace ns3
{

namespace
{

/** hh:mm:ss */
std::string
FormatSpan(Time span)
{
    const int64_t seconds = span.GetNanoSeconds() / 1000000000;
    std::ostringstream text;
    text << std::setfill('0') << std::setw(2) << seconds / 3600 << ":" << std::setw(2)
         << seconds / 60 % 60 << ":" << std::setw(2) << seconds % 60;
    return text.str();
}

/** Left-aligned cells, as FRR's tables. */
template <typename... Cells>
void
WriteLine(std::ostream& os, const Cells&... cells)
{
    constexpr int WIDTH = 16;
    std::ostringstream line;
    ((line << std::left << std::setw(WIDTH) << cells << " "), ...);
    std::string text = line.str();
    text.erase(text.find_last_not_of(' ') + 1);
    os << text << "\n";
}

} // namespace

void
ShowMsdpPeer(std::ostream& os, Ptr<Node> node)
{
    Ptr<MsdpProtocol> msdp = MsdpHelper::Get(node);
    if (!msdp || !msdp->IsRunning())
    {
        os << "% MSDP is not running\n";
        return;
    }
    WriteLine(os, "Peer", "Local", "State", "Uptime", "SaCnt");
    const MsdpInstance& instance = msdp->GetInstance();
    for (const auto& [address, peer] : instance.GetPeers())
    {
        std::size_t count = 0;
        for (const auto& [key, entry] : instance.GetSaCache().GetEntries())
        {
            count += entry.peer == address ? 1 : 0;
        }
        WriteLine(os,
                  ToText(address),
                  ToText(peer->GetConfig().local),
                  std::string(EnumName(peer->GetState())),
                  peer->IsEstablished() ? FormatSpan(Simulator::Now() - peer->GetUpSince())
                                        : std::string("-"),
                  std::to_string(count));
    }
}

void
ShowMsdpSa(std::ostream& os, Ptr<Node> node)
{
    Ptr<MsdpProtocol> msdp = MsdpHelper::Get(node);
    if (!msdp || !msdp->IsRunning())
    {
        os << "% MSDP is not running\n";
        return;
    }
    WriteLine(os, "Source", "Group", "RP", "Local", "Peer", "Uptime");
    for (const SourceGroup& key : msdp->GetOwnSources())
    {
        WriteLine(os,
                  ToText(key.GetSource()),
                  ToText(key.GetGroup()),
                  ToText(msdp->GetInstance().GetOriginatorId()),
                  std::string("yes"),
                  std::string("-"),
                  std::string("-"));
    }
    for (const auto& [key, entry] : msdp->GetInstance().GetSaCache().GetEntries())
    {
        WriteLine(os,
                  ToText(key.key.GetSource()),
                  ToText(key.key.GetGroup()),
                  ToText(key.rp),
                  std::string("no"),
                  ToText(entry.peer),
                  FormatSpan(Simulator::Now() - entry.since));
    }
}

void
ShowBfdPeers(std::ostream& os, Ptr<Node> node)
{
    Ptr<BfdProtocol> bfd = BfdHelper::Get(node);
    if (!bfd || !bfd->IsRunning())
    {
        os << "% BFD is not running\n";
        return;
    }
    WriteLine(os, "Peer", "Interface", "Status", "Remote", "Interval", "Detection");
    for (const auto& [key, session] : bfd->GetInstance().GetSessions())
    {
        WriteLine(os,
                  ToText(key.neighbor),
                  GetInterfaceName(node, key.interface),
                  std::string(EnumName(session->GetState())),
                  std::string(EnumName(session->GetRemoteState())),
                  std::to_string(session->GetTransmitInterval().GetMilliSeconds()) + "ms",
                  std::to_string(session->GetDetectionTime().GetMilliSeconds()) + "ms");
    }
}

} // namespace ns3
