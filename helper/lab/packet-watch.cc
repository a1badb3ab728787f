// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/packet-watch.h"

#include "ns3/cable-device.h"
#include "ns3/simulator.h"
#include "ns3/switched-lan-device.h"
#include "ns3/vxlan-net-device.h"

#include <algorithm>
#include <vector>

namespace ns3
{

namespace
{

constexpr uint32_t ETHERNET_CHECK_SEQUENCE = 4;

} // namespace

PacketWatch::PacketWatch(Ptr<NetDevice> device, const TcpdumpCommand& command, EndCallback ended)
    : m_device(device),
      m_command(command),
      m_ended(std::move(ended)),
      m_trace(DynamicCast<VxlanNetDevice>(device) ? "Frame"
              : command.isPromiscuous             ? "PromiscSniffer"
                                                  : "Sniffer"),
      m_framing(DynamicCast<CableDevice>(device) ? PacketFraming::PPP : PacketFraming::ETHERNET),
      m_trailer(DynamicCast<SwitchedLanDevice>(device) ? ETHERNET_CHECK_SEQUENCE : 0)
{
}

Ptr<PacketWatch>
PacketWatch::Start(Ptr<NetDevice> device, const TcpdumpCommand& command, EndCallback ended)
{
    Ptr<PacketWatch> watch(new PacketWatch(device, command, std::move(ended)), false);
    device->TraceConnectWithoutContext(watch->m_trace, MakeCallback(&PacketWatch::Take, watch));
    return watch;
}

void
PacketWatch::End()
{
    if (!m_ended)
    {
        return;
    }
    const EndCallback ended = std::move(m_ended);
    m_ended = nullptr;
    ended(m_lines);
    // Not from within the trace that calls Take.
    Ptr<PacketWatch> self(this);
    Simulator::ScheduleNow([self] {
        self->m_device->TraceDisconnectWithoutContext(self->m_trace,
                                                      MakeCallback(&PacketWatch::Take, self));
    });
}

void
PacketWatch::Take(Ptr<const Packet> frame)
{
    std::vector<uint8_t> bytes(frame->GetSize());
    frame->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
    const std::size_t size = bytes.size() - std::min<std::size_t>(bytes.size(), m_trailer);
    if (!m_ended || !m_command.Passes(ReadPacketFields(bytes.data(), size, m_framing)))
    {
        return;
    }
    m_lines += FormatPacketTime(Simulator::Now()) + " " +
               FormatPacketLine(bytes.data(), size, m_framing, m_command.isQuick) + "\n";
    if (++m_taken == m_command.count.value_or(0))
    {
        End();
    }
}

} // namespace ns3
