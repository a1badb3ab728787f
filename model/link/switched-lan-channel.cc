// SPDX-License-Identifier: GPL-2.0-only
// IEEE 802.3 full duplex.
#include "ns3/switched-lan-channel.h"

#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(SwitchedLanChannel);

TypeId
SwitchedLanChannel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::SwitchedLanChannel")
            .SetParent<Channel>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<SwitchedLanChannel>()
            .AddAttribute("DataRate",
                          "The rate of each station, in each direction. Before stations attach.",
                          DataRateValue(DataRate("1Gbps")),
                          MakeDataRateAccessor(&SwitchedLanChannel::m_dataRate),
                          MakeDataRateChecker())
            .AddAttribute("Delay",
                          "From a frame's last bit sent to its last bit received.",
                          TimeValue(MicroSeconds(10)),
                          MakeTimeAccessor(&SwitchedLanChannel::m_delay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("QueueLimit",
                          "Frames that may wait in the switch for one station.",
                          UintegerValue(10000),
                          MakeUintegerAccessor(&SwitchedLanChannel::m_queueLimit),
                          MakeUintegerChecker<uint32_t>(1));
    return tid;
}

std::size_t
SwitchedLanChannel::Attach(Ptr<SwitchedLanStation> device)
{
    m_ports.push_back({device});
    ++m_attached;
    return m_ports.size() - 1;
}

void
SwitchedLanChannel::Detach(std::size_t station)
{
    m_attached -= m_ports[station].isAttached ? 1 : 0;
    m_ports[station].isAttached = false;
}

DataRate
SwitchedLanChannel::GetDataRate() const
{
    return m_dataRate;
}

Time
SwitchedLanChannel::GetDelay() const
{
    return m_delay;
}

std::size_t
SwitchedLanChannel::GetNDevices() const
{
    return m_ports.size();
}

Ptr<NetDevice>
SwitchedLanChannel::GetDevice(std::size_t i) const
{
    return m_ports[i].device;
}

void
SwitchedLanChannel::Transmit(Ptr<const Packet> frame, Mac48Address destination, std::size_t station)
{
    if (!m_ports[station].isAttached)
    {
        return;
    }
    if (!destination.IsGroup())
    {
        const auto owner = std::find_if(m_ports.begin(), m_ports.end(), [&](const Port& port) {
            return port.isAttached &&
                   Mac48Address::ConvertFrom(port.device->GetAddress()) == destination;
        });
        if (owner != m_ports.end())
        {
            if (&*owner != &m_ports[station])
            {
                Deliver(frame, *owner);
            }
            return;
        }
    }
    for (std::size_t i = 0; i < m_ports.size(); ++i)
    {
        if (i != station && m_ports[i].isAttached)
        {
            Deliver(frame, m_ports[i]);
        }
    }
}

void
SwitchedLanChannel::Deliver(Ptr<const Packet> frame, Port& port)
{
    if (!port.device->GetNode())
    {
        return; // disposed of
    }
    Time arrival = Simulator::Now() + m_delay;
    if (m_attached > 2)
    {
        const Time duration = m_dataRate.CalculateBytesTxTime(frame->GetSize());
        const Time queued = std::max(port.busyUntil + duration - arrival, Time(0));
        if (queued > duration * m_queueLimit)
        {
            port.device->Lose(frame);
            return;
        }
        arrival += queued;
        port.busyUntil = arrival;
    }
    Simulator::ScheduleWithContext(port.device->GetNode()->GetId(),
                                   arrival - Simulator::Now(),
                                   &SwitchedLanStation::Receive,
                                   port.device,
                                   frame->Copy());
}

} // namespace ns3
