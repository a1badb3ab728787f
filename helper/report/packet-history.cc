// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/packet-history.h"

#include <algorithm>

namespace ns3
{

namespace
{

bool
IsData(LinkClass linkClass)
{
    return linkClass == LinkClass::MULTICAST || linkClass == LinkClass::REGISTER ||
           linkClass == LinkClass::VXLAN_MULTICAST || linkClass == LinkClass::VXLAN_UNICAST ||
           linkClass == LinkClass::OTHER;
}

bool
IsKeepalive(LinkClass linkClass)
{
    return linkClass == LinkClass::PIM_HELLO || linkClass == LinkClass::OSPF ||
           linkClass == LinkClass::BFD;
}

void
AppendHex(std::string& text, uint8_t byte)
{
    static constexpr char digits[] = "0123456789abcdef";
    text += digits[byte >> 4];
    text += digits[byte & 0xf];
}

std::string
ToHex(const std::vector<uint8_t>& bytes)
{
    std::string text;
    for (uint8_t byte : bytes)
    {
        AppendHex(text, byte);
    }
    return text;
}

/** \returns what differs, of two of the same size; an equal byte between two others counts too. */
std::string
ToDifference(const std::vector<uint8_t>& before, const std::vector<uint8_t>& now)
{
    std::string text = "=" + std::to_string(now.size()) + ";";
    bool isFirst = true;
    for (std::size_t i = 0; i < now.size();)
    {
        if (now[i] == before[i])
        {
            ++i;
            continue;
        }
        text += (isFirst ? "" : ",") + std::to_string(i) + ":";
        isFirst = false;
        const auto differs = [&](std::size_t at) {
            return at < now.size() && now[at] != before[at];
        };
        for (; differs(i) || differs(i + 1); ++i)
        {
            AppendHex(text, now[i]);
        }
    }
    return text;
}

} // namespace

PacketHistory::PacketHistory(ReportMoments& moments, const PacketLimits& limits)
    : m_moments(moments),
      m_limits(limits)
{
}

void
PacketHistory::Add(std::size_t station, Ptr<const Packet> packet, const LinkFrame& frame)
{
    const bool isKeepalive = IsKeepalive(frame.linkClass);
    if (m_packets.size() >= m_limits.packets ||
        (isKeepalive && m_keepalives >= m_limits.keepalives))
    {
        m_end = m_end ? m_end : m_moments.Now();
        return;
    }
    m_keepalives += isKeepalive ? 1 : 0;
    Bytes bytes(std::min(packet->GetSize(),
                         IsData(frame.linkClass) ? m_limits.dataBytes : m_limits.controlBytes));
    packet->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
    Bytes& last = m_last[{station, frame.linkClass, bytes.size()}];
    const std::string whole = ToHex(bytes);
    const std::string difference = last.empty() ? whole : ToDifference(last, bytes);
    const std::size_t moment = m_moments.Now();
    m_packets.push_back({moment - m_lastMoment,
                         station,
                         frame.linkClass,
                         packet->GetSize(),
                         difference.size() < whole.size() ? difference : whole});
    m_lastMoment = moment;
    last = std::move(bytes);
}

const ReportJson&
PacketHistory::ToJson() const
{
    return m_packets;
}

std::optional<std::size_t>
PacketHistory::GetEnd() const
{
    return m_end;
}

} // namespace ns3
