// SPDX-License-Identifier: GPL-2.0-only
// IEEE 802.3: an Ethernet interface with a full-duplex line to a switch, or to one other interface.
// Frames, trace sources and attributes are those of ns-3's CsmaNetDevice, so that captures and
// users of traces cannot tell them apart. Departure: no bit errors, so the check sequence is
// written but not verified.
#ifndef VXLAN_MULTICAST_SWITCHED_LAN_DEVICE_H
#define VXLAN_MULTICAST_SWITCHED_LAN_DEVICE_H

#include "ns3/data-rate.h"
#include "ns3/error-model.h"
#include "ns3/mac48-address.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/packet.h"
#include "ns3/queue.h"
#include "ns3/switched-lan-channel.h"
#include "ns3/traced-callback.h"

#include <cstdint>
#include <set>

namespace ns3
{

/** A station of a SwitchedLanChannel. */
class SwitchedLanDevice : public SwitchedLanStation
{
  public:
    static TypeId GetTypeId();
    SwitchedLanDevice();
    ~SwitchedLanDevice() override;

    /** Connects to \p channel; not to a second one without Detach. */
    void Attach(Ptr<SwitchedLanChannel> channel);
    /** Unplugs the device: what it sends is lost, and it receives nothing. */
    void Detach();
    /** \returns where frames wait while another is sent. */
    Ptr<Queue<Packet>> GetQueue() const;
    void SetQueue(Ptr<Queue<Packet>> queue);
    /** The device takes frames to \p address as to its own, and sends none from it. */
    void AddReceiveAddress(Mac48Address address);
    /** Drops all frames that wait. */
    void Flush();

    // SwitchedLanStation
    void Receive(Ptr<Packet> frame) override;
    void Lose(Ptr<const Packet> frame) override;

    // NetDevice
    void SetIfIndex(const uint32_t index) override;
    uint32_t GetIfIndex() const override;
    Ptr<Channel> GetChannel() const override;
    void SetAddress(Address address) override;
    Address GetAddress() const override;
    bool SetMtu(const uint16_t mtu) override;
    uint16_t GetMtu() const override;
    bool IsLinkUp() const override;
    void AddLinkChangeCallback(Callback<void> callback) override;
    bool IsBroadcast() const override;
    Address GetBroadcast() const override;
    bool IsMulticast() const override;
    Address GetMulticast(Ipv4Address group) const override;
    Address GetMulticast(Ipv6Address group) const override;
    bool IsBridge() const override;
    bool IsPointToPoint() const override;
    bool Send(Ptr<Packet> packet, const Address& destination, uint16_t protocol) override;
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& destination,
                  uint16_t protocol) override;
    Ptr<Node> GetNode() const override;
    void SetNode(Ptr<Node> node) override;
    bool NeedsArp() const override;
    void SetReceiveCallback(NetDevice::ReceiveCallback callback) override;
    void SetPromiscReceiveCallback(NetDevice::PromiscReceiveCallback callback) override;
    bool SupportsSendFrom() const override;

  protected:
    void DoDispose() override;

  private:
    void
    AddHeader(Ptr<Packet> packet, Mac48Address source, Mac48Address destination, uint16_t type);
    void TransmitNext();
    void CompleteTransmit();
    void EndGap();

    Ptr<Node> m_node;
    Ptr<SwitchedLanChannel> m_channel;
    std::size_t m_station{0};
    bool m_isAttached{false};
    DataRate m_dataRate;
    Time m_gap; //!< between two frames: 96 bits
    Ptr<Queue<Packet>> m_queue;
    Ptr<Packet> m_current; //!< what is on the line
    bool m_busy{false};    //!< sending, or in the gap after a frame
    Ptr<ErrorModel> m_receiveErrorModel;
    Mac48Address m_address;
    std::set<Mac48Address> m_receiveAddresses; //!< besides the own one
    uint16_t m_mtu{1500};
    uint32_t m_ifIndex{0};
    bool m_padding{true};
    TracedCallback<> m_linkChange;
    NetDevice::ReceiveCallback m_receive;
    NetDevice::PromiscReceiveCallback m_promiscReceive;
    TracedCallback<Ptr<const Packet>> m_macTxTrace;
    TracedCallback<Ptr<const Packet>> m_macTxDropTrace;
    TracedCallback<Ptr<const Packet>> m_macPromiscRxTrace;
    TracedCallback<Ptr<const Packet>> m_macRxTrace;
    TracedCallback<Ptr<const Packet>> m_phyTxBeginTrace;
    TracedCallback<Ptr<const Packet>> m_phyTxEndTrace;
    TracedCallback<Ptr<const Packet>> m_phyTxDropTrace;
    TracedCallback<Ptr<const Packet>> m_phyRxEndTrace;
    TracedCallback<Ptr<const Packet>> m_phyRxDropTrace;
    TracedCallback<Ptr<const Packet>> m_snifferTrace;
    TracedCallback<Ptr<const Packet>> m_promiscSnifferTrace;
};

} // namespace ns3

#endif
