// SPDX-License-Identifier: GPL-2.0-only
// IEEE 802.3: an Ethernet interface with a full-duplex line to a switch, or to one other interface.
// Frames, trace sources and attributes are those of ns-3's CsmaNetDevice, so that captures and
// users of traces cannot tell them apart. Departure: no bit errors, so the check sequence is
// written but not verified.
#ifndef VXLAN_MULTICAST_SWITCHED_LAN_DEVICE_H
#define VXLAN_MULTICAST_SWITCHED_LAN_DEVICE_H

#include "ns3/data-rate.h"
#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/switched-lan-channel.h"

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
    /** The device takes frames to \p address as to its own, and sends none from it. */
    void AddReceiveAddress(Mac48Address address);

    // SwitchedLanStation
    void Receive(Ptr<Packet> frame) override;
    void Lose(Ptr<const Packet> frame) override;

    // NetDevice
    Ptr<Channel> GetChannel() const override;
    bool IsLinkUp() const override;
    bool IsPointToPoint() const override;
    bool Send(Ptr<Packet> packet, const Address& destination, uint16_t protocol) override;
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& destination,
                  uint16_t protocol) override;
    bool NeedsArp() const override;
    bool SupportsSendFrom() const override;

  protected:
    void DoDispose() override;

  private:
    void
    AddHeader(Ptr<Packet> packet, Mac48Address source, Mac48Address destination, uint16_t type);
    void TransmitNext();
    void CompleteTransmit();
    void EndGap();

    Ptr<SwitchedLanChannel> m_channel;
    std::size_t m_station{0};
    bool m_isAttached{false};
    DataRate m_dataRate;
    Time m_gap;                                //!< between two frames: 96 bits
    Ptr<Packet> m_current;                     //!< what is on the line
    bool m_busy{false};                        //!< sending, or in the gap after a frame
    std::set<Mac48Address> m_receiveAddresses; //!< besides the own one
    bool m_padding{true};
};

} // namespace ns3

#endif
