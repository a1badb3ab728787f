// SPDX-License-Identifier: GPL-2.0-only
// RFC 1661 §2, PPP as ns-3's PointToPointNetDevice writes it: two bytes of protocol and nothing else.
// Frames, their times, trace sources and attributes are those of that device, which takes two events
// for each frame on each link. This one takes one: it knows when a frame will have been sent, and
// only a frame that waits, or a listener to PhyTxEnd, needs an event at that time.
// Departures: a frame that is sent at the very time at which the line becomes free does not wait; who
// begins to listen to PhyTxEnd in the middle of a frame does not hear of that one; DataRate is
// 1 Gbit/s unless it is set, as on a SwitchedLanChannel, where ns-3's is 32,768 bit/s.
#ifndef VXLAN_MULTICAST_CABLE_DEVICE_H
#define VXLAN_MULTICAST_CABLE_DEVICE_H

#include "ns3/cable-channel.h"
#include "ns3/data-rate.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <cstddef>
#include <cstdint>

namespace ns3
{

/** One end of a CableChannel. */
class CableDevice : public CableEnd
{
  public:
    static TypeId GetTypeId();
    CableDevice();
    /** For CopyObject, of one on no channel: with its attributes and listeners, but not its queue. */
    CableDevice(const CableDevice& other);
    ~CableDevice() override;

    void SetDataRate(DataRate rate);
    DataRate GetDataRate() const;
    /** Connects to \p channel, once. */
    void Attach(Ptr<CableChannel> channel);

    // CableEnd
    void Receive(Ptr<Packet> frame) override;

    // NetDevice
    Ptr<Channel> GetChannel() const override;
    bool IsLinkUp() const override;
    bool IsPointToPoint() const override;
    bool Send(Ptr<Packet> packet, const Address& destination, uint16_t protocol) override;
    /** Does nothing: PPP has no addresses. */
    bool SendFrom(Ptr<Packet> packet,
                  const Address& source,
                  const Address& destination,
                  uint16_t protocol) override;
    bool NeedsArp() const override;
    bool SupportsSendFrom() const override;

  protected:
    void DoDispose() override;

  private:
    bool Transmit(Ptr<Packet> frame);
    bool TransmitNext();
    void Wait();
    void EndWait();
    Time GetDuration(uint32_t bytes);
    void EndTransmission(Ptr<const Packet> frame);

    Ptr<CableChannel> m_channel;
    std::size_t m_end{0};
    DataRate m_dataRate;
    uint32_t m_lastBytes{0}; //!< most frames are as long as the one before: no division then
    Time m_lastDuration{0};
    Time m_gap;              //!< between two frames
    Time m_busyUntil{0};     //!< when the last frame, and the gap after it, is over
    bool m_isWaiting{false}; //!< an event will come to take the next frame out of the queue
};

} // namespace ns3

#endif
