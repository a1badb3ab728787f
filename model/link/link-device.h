// SPDX-License-Identifier: GPL-2.0-only
// What both kinds of line have in common: a queue, attributes and trace sources under the names that
// ns-3's devices give them, so that captures and users of traces cannot tell them apart.
#ifndef VXLAN_MULTICAST_LINK_DEVICE_H
#define VXLAN_MULTICAST_LINK_DEVICE_H

#include "ns3/error-model.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"
#include "ns3/queue-size.h"
#include "ns3/queue.h"
#include "ns3/traced-callback.h"

#include <cstdint>

namespace ns3
{

/** A device at a full-duplex line. Derived classes frame, send and receive. */
class LinkDevice : public NetDevice
{
  public:
    static TypeId GetTypeId();
    LinkDevice();
    ~LinkDevice() override;

    /** \returns where frames wait while another is sent: made when somebody asks, or one waits. */
    Ptr<Queue<Packet>> GetQueue() const;
    void SetQueue(Ptr<Queue<Packet>> queue);
    /** How much waits in a queue that is made later. */
    void SetQueueSize(const QueueSize& size);
    /** Drops all frames that wait. */
    void Flush();

    /** Connects \p listener to the trace source Transmission, without looking for its name. */
    void AddTransmissionListener(const Callback<void, Ptr<const Packet>, Time>& listener);
    /** Signature of the trace source Transmission. */
    using TransmissionTracedCallback = void (*)(Ptr<const Packet> frame, Time end);

    // NetDevice
    void SetIfIndex(const uint32_t index) override;
    uint32_t GetIfIndex() const override;
    void SetAddress(Address address) override;
    Address GetAddress() const override;
    bool SetMtu(const uint16_t mtu) override;
    uint16_t GetMtu() const override;
    void AddLinkChangeCallback(Callback<void> callback) override;
    bool IsBroadcast() const override;
    Address GetBroadcast() const override;
    bool IsMulticast() const override;
    Address GetMulticast(Ipv4Address group) const override;
    Address GetMulticast(Ipv6Address group) const override;
    bool IsBridge() const override;
    Ptr<Node> GetNode() const override;
    void SetNode(Ptr<Node> node) override;
    void SetReceiveCallback(NetDevice::ReceiveCallback callback) override;
    void SetPromiscReceiveCallback(NetDevice::PromiscReceiveCallback callback) override;

  protected:
    void DoDispose() override;
    void MakeQueue() const;

    using FrameTrace = TracedCallback<Ptr<const Packet>>;

    Ptr<Node> m_node;
    mutable Ptr<Queue<Packet>> m_queue; //!< null until somebody asks for it, or a frame waits
    mutable bool m_isQueueShown{false}; //!< somebody has it, and may listen to its traces
    QueueSize m_queueSize{QueueSizeUnit::PACKETS, 100};
    Ptr<ErrorModel> m_receiveErrorModel;
    Mac48Address m_address;
    uint16_t m_mtu{1500};
    uint32_t m_ifIndex{0};
    TracedCallback<> m_linkChange;
    NetDevice::ReceiveCallback m_receive;
    NetDevice::PromiscReceiveCallback m_promiscReceive;
    FrameTrace m_macTxTrace;
    FrameTrace m_macTxDropTrace;
    FrameTrace m_macPromiscRxTrace;
    FrameTrace m_macRxTrace;
    FrameTrace m_phyTxBeginTrace;
    FrameTrace m_phyTxEndTrace;
    FrameTrace m_phyTxDropTrace;
    FrameTrace m_phyRxEndTrace;
    FrameTrace m_phyRxDropTrace;
    FrameTrace m_snifferTrace;
    FrameTrace m_promiscSnifferTrace;
    TracedCallback<Ptr<const Packet>, Time> m_transmissionTrace;
};

} // namespace ns3

#endif
