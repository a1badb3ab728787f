// SPDX-License-Identifier: GPL-2.0-only
// IEEE 802.3 full duplex: stations on one Ethernet switch, or two on one cable. ns-3's CsmaChannel
// is the coaxial cable of old: it carries one frame at a time and stays busy until that frame has
// propagated, so that a delay of 20 ms leaves room for 50 frames a second.
#ifndef VXLAN_MULTICAST_SWITCHED_LAN_CHANNEL_H
#define VXLAN_MULTICAST_SWITCHED_LAN_CHANNEL_H

#include "ns3/channel.h"
#include "ns3/data-rate.h"
#include "ns3/link-device.h"
#include "ns3/mac48-address.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <cstddef>
#include <vector>

namespace ns3
{

/** A device as the channel sees it. */
class SwitchedLanStation : public LinkDevice
{
  public:
    /** A frame arrives. */
    virtual void Receive(Ptr<Packet> frame) = 0;
    /** A frame towards this station finds no room in the switch. */
    virtual void Lose(Ptr<const Packet> frame) = 0;
};

/**
 * Carries frames from each station to the others. Each station sends and receives at the data rate
 * at the same time; the delay, from the last bit sent to the last bit received, holds up nothing.
 * Frames to a station's own address reach that station alone, all others reach every station. Where
 * there are more than two, frames of several senders wait for each other on the way to one
 * receiver, as they do in a switch's output queue; the switch adds no delay of its own.
 */
class SwitchedLanChannel : public Channel
{
  public:
    static TypeId GetTypeId();

    /** \returns the number of the station, for Transmit. */
    std::size_t Attach(Ptr<SwitchedLanStation> device);
    /** Unplugs a station: nothing reaches it any more, nor comes from it. */
    void Detach(std::size_t station);
    /** \returns bits per second, of each station in each direction. */
    DataRate GetDataRate() const;
    Time GetDelay() const;

    /**
     * The last bit of \p frame has left the station.
     * \param frame the whole frame, with its check sequence
     * \param destination the frame's destination address
     * \param station the sender's number
     */
    void Transmit(Ptr<const Packet> frame, Mac48Address destination, std::size_t station);

    // Channel
    std::size_t GetNDevices() const override;
    Ptr<NetDevice> GetDevice(std::size_t i) const override;

  private:
    struct Port
    {
        Ptr<SwitchedLanStation> device;
        Time busyUntil{0}; //!< when the last bit of the last frame towards it arrives
        bool isAttached{true};
    };

    void Deliver(Ptr<const Packet> frame, Port& port);

    DataRate m_dataRate;
    Time m_delay;
    uint32_t m_queueLimit{10000};
    std::vector<Port> m_ports;
    std::size_t m_attached{0}; //!< how many of them are
};

} // namespace ns3

#endif
