// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/cable-channel.h"

#include "ns3/abort.h"
#include "ns3/simulator.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(CableChannel);

TypeId
CableChannel::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::CableChannel")
            .SetParent<Channel>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<CableChannel>()
            .AddAttribute("Delay",
                          "From a frame's last bit sent to its last bit received.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(&CableChannel::SetDelay, &CableChannel::GetDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("TxRxPointToPoint",
                            "The first bit of a frame is sent: sender and receiver, how long it "
                            "takes to send, and to arrive.",
                            MakeTraceSourceAccessor(&CableChannel::m_txRxTrace),
                            "ns3::CableChannel::TxRxTracedCallback");
    return tid;
}

void
CableChannel::SetDelay(Time delay)
{
    m_delay = delay;
}

Time
CableChannel::GetDelay() const
{
    return m_delay;
}

std::size_t
CableChannel::Attach(Ptr<CableEnd> device)
{
    NS_ABORT_MSG_IF(m_count == m_ends.size(), "a cable has two ends");
    m_ends[m_count] = device;
    return m_count++;
}

Ptr<CableEnd>
CableChannel::GetOther(std::size_t end) const
{
    return m_ends[1 - end];
}

bool
CableChannel::Transmit(Ptr<Packet> frame, Time duration, std::size_t end)
{
    const Ptr<CableEnd>& receiver = m_ends[1 - end];
    if (!receiver || !receiver->GetNode()) // disposed of
    {
        return false;
    }
    const Time arrival = duration + m_delay;
    Simulator::ScheduleWithContext(
        receiver->GetNode()->GetId(), arrival, &CableEnd::Receive, receiver, frame);
    m_txRxTrace(frame, m_ends[end], receiver, duration, arrival);
    return true;
}

std::size_t
CableChannel::GetNDevices() const
{
    return m_count;
}

Ptr<NetDevice>
CableChannel::GetDevice(std::size_t i) const
{
    return m_ends[i];
}

} // namespace ns3
