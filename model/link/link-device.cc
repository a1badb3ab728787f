// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/link-device.h"

#include "ns3/drop-tail-queue.h"
#include "ns3/pointer.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(LinkDevice);

TypeId
LinkDevice::GetTypeId()
{
    const char* const signature = "ns3::Packet::TracedCallback";
    static TypeId tid =
        TypeId("ns3::LinkDevice")
            .SetParent<NetDevice>()
            .SetGroupName("VxlanMulticast")
            .AddAttribute("Address",
                          "The MAC address.",
                          Mac48AddressValue(Mac48Address("ff:ff:ff:ff:ff:ff")),
                          MakeMac48AddressAccessor(&LinkDevice::m_address),
                          MakeMac48AddressChecker())
            .AddAttribute("Mtu",
                          "The longest payload, in bytes.",
                          UintegerValue(1500),
                          MakeUintegerAccessor(&LinkDevice::m_mtu),
                          MakeUintegerChecker<uint16_t>(68))
            .AddAttribute("TxQueue",
                          "Where frames wait while another is sent.",
                          PointerValue(),
                          MakePointerAccessor(&LinkDevice::SetQueue, &LinkDevice::GetQueue),
                          MakePointerChecker<Queue<Packet>>())
            .AddAttribute("ReceiveErrorModel",
                          "What loses frames at the receiver.",
                          PointerValue(),
                          MakePointerAccessor(&LinkDevice::m_receiveErrorModel),
                          MakePointerChecker<ErrorModel>())
            .AddTraceSource("MacTx",
                            "A frame is handed to the device.",
                            MakeTraceSourceAccessor(&LinkDevice::m_macTxTrace),
                            signature)
            .AddTraceSource("MacTxDrop",
                            "The queue has no room for a frame, or there is no link.",
                            MakeTraceSourceAccessor(&LinkDevice::m_macTxDropTrace),
                            signature)
            .AddTraceSource("MacPromiscRx",
                            "A frame goes up to a promiscuous receiver.",
                            MakeTraceSourceAccessor(&LinkDevice::m_macPromiscRxTrace),
                            signature)
            .AddTraceSource("MacRx",
                            "A frame for this station goes up.",
                            MakeTraceSourceAccessor(&LinkDevice::m_macRxTrace),
                            signature)
            .AddTraceSource("PhyTxBegin",
                            "The first bit of a frame is sent.",
                            MakeTraceSourceAccessor(&LinkDevice::m_phyTxBeginTrace),
                            signature)
            .AddTraceSource("PhyTxEnd",
                            "The last bit of a frame has been sent.",
                            MakeTraceSourceAccessor(&LinkDevice::m_phyTxEndTrace),
                            signature)
            .AddTraceSource("PhyTxDrop",
                            "A frame is flushed from the queue, or nobody is there to receive it.",
                            MakeTraceSourceAccessor(&LinkDevice::m_phyTxDropTrace),
                            signature)
            .AddTraceSource("PhyRxEnd",
                            "The last bit of a frame has arrived.",
                            MakeTraceSourceAccessor(&LinkDevice::m_phyRxEndTrace),
                            signature)
            .AddTraceSource("PhyRxDrop",
                            "A frame to this station is lost.",
                            MakeTraceSourceAccessor(&LinkDevice::m_phyRxDropTrace),
                            signature)
            .AddTraceSource("Sniffer",
                            "A frame is sent, or received by this station; whole, for pcap.",
                            MakeTraceSourceAccessor(&LinkDevice::m_snifferTrace),
                            signature)
            .AddTraceSource("PromiscSniffer",
                            "A frame is sent or received; whole, for pcap.",
                            MakeTraceSourceAccessor(&LinkDevice::m_promiscSnifferTrace),
                            signature)
            .AddTraceSource("Transmission",
                            "The first bit of a frame is sent; PhyTxEnd is due at the time given. "
                            "Listening to that costs an event for each frame.",
                            MakeTraceSourceAccessor(&LinkDevice::m_transmissionTrace),
                            "ns3::LinkDevice::TransmissionTracedCallback");
    return tid;
}

LinkDevice::LinkDevice() = default;
LinkDevice::~LinkDevice() = default;

void
LinkDevice::DoDispose()
{
    m_node = nullptr;
    m_queue = nullptr;
    m_receiveErrorModel = nullptr;
    m_receive =
        MakeNullCallback<bool, Ptr<NetDevice>, Ptr<const Packet>, uint16_t, const Address&>();
    m_promiscReceive = MakeNullCallback<bool,
                                        Ptr<NetDevice>,
                                        Ptr<const Packet>,
                                        uint16_t,
                                        const Address&,
                                        const Address&,
                                        NetDevice::PacketType>();
    NetDevice::DoDispose();
}

void
LinkDevice::MakeQueue() const
{
    if (!m_queue)
    {
        m_queue = CreateObject<DropTailQueue<Packet>>();
        m_queue->SetMaxSize(m_queueSize);
    }
}

Ptr<Queue<Packet>>
LinkDevice::GetQueue() const
{
    MakeQueue();
    m_isQueueShown = true;
    return m_queue;
}

void
LinkDevice::SetQueue(Ptr<Queue<Packet>> queue)
{
    m_queue = queue;
    m_isQueueShown = bool(queue);
}

void
LinkDevice::SetQueueSize(const QueueSize& size)
{
    m_queueSize = size;
}

void
LinkDevice::AddTransmissionListener(const Callback<void, Ptr<const Packet>, Time>& listener)
{
    m_transmissionTrace.ConnectWithoutContext(listener);
}

void
LinkDevice::Flush()
{
    while (Ptr<Packet> frame = m_queue ? m_queue->Dequeue() : nullptr)
    {
        m_phyTxDropTrace(frame);
    }
}

void
LinkDevice::SetIfIndex(const uint32_t index)
{
    m_ifIndex = index;
}

uint32_t
LinkDevice::GetIfIndex() const
{
    return m_ifIndex;
}

void
LinkDevice::SetAddress(Address address)
{
    m_address = Mac48Address::ConvertFrom(address);
}

Address
LinkDevice::GetAddress() const
{
    return m_address;
}

bool
LinkDevice::SetMtu(const uint16_t mtu)
{
    m_mtu = mtu;
    return true;
}

uint16_t
LinkDevice::GetMtu() const
{
    return m_mtu;
}

void
LinkDevice::AddLinkChangeCallback(Callback<void> callback)
{
    m_linkChange.ConnectWithoutContext(callback);
}

bool
LinkDevice::IsBroadcast() const
{
    return true;
}

Address
LinkDevice::GetBroadcast() const
{
    return Mac48Address::GetBroadcast();
}

bool
LinkDevice::IsMulticast() const
{
    return true;
}

bool
LinkDevice::IsBridge() const
{
    return false;
}

Ptr<Node>
LinkDevice::GetNode() const
{
    return m_node;
}

void
LinkDevice::SetNode(Ptr<Node> node)
{
    m_node = node;
}

void
LinkDevice::SetReceiveCallback(NetDevice::ReceiveCallback callback)
{
    m_receive = callback;
}

void
LinkDevice::SetPromiscReceiveCallback(NetDevice::PromiscReceiveCallback callback)
{
    m_promiscReceive = callback;
}

Address
LinkDevice::GetMulticast(Ipv4Address group) const
{
    return Mac48Address::GetMulticast(group);
}

Address
LinkDevice::GetMulticast(Ipv6Address group) const
{
    return Mac48Address::GetMulticast(group);
}

} // namespace ns3
