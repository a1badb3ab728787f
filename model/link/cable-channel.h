// SPDX-License-Identifier: GPL-2.0-only
// A cable with a device at each end: a point-to-point link in full duplex.
#ifndef VXLAN_MULTICAST_CABLE_CHANNEL_H
#define VXLAN_MULTICAST_CABLE_CHANNEL_H

#include "ns3/channel.h"
#include "ns3/link-device.h"
#include "ns3/nstime.h"
#include "ns3/packet.h"

#include <array>
#include <cstddef>

namespace ns3
{

/** A device as the cable sees it. */
class CableEnd : public LinkDevice
{
  public:
    /** A frame has arrived, whole. Others may hold it, too: it must not be changed. */
    virtual void Receive(Ptr<Packet> frame) = 0;
};

/** Takes frames from either end to the other, after a delay. */
class CableChannel : public Channel
{
  public:
    static TypeId GetTypeId();

    void SetDelay(Time delay);
    Time GetDelay() const;
    /** \returns the number of the end, for Transmit and GetOther: 0 or 1. */
    std::size_t Attach(Ptr<CableEnd> device);
    /** \returns the device at the other end than \p end, or null. */
    Ptr<CableEnd> GetOther(std::size_t end) const;

    /**
     * The first bit of \p frame is sent. It arrives as a whole, by one event.
     * \param duration until the last bit is sent
     * \param end the sender's number
     * \returns whether there is a device on a node to receive it
     */
    bool Transmit(Ptr<Packet> frame, Time duration, std::size_t end);

    // Channel
    std::size_t GetNDevices() const override;
    Ptr<NetDevice> GetDevice(std::size_t i) const override;

    /** Signature of the trace source TxRxPointToPoint, which is ns3::PointToPointChannel's. */
    using TxRxTracedCallback = void (*)(Ptr<const Packet> frame,
                                        Ptr<NetDevice> sender,
                                        Ptr<NetDevice> receiver,
                                        Time duration,
                                        Time arrival);

  private:
    Time m_delay;
    std::array<Ptr<CableEnd>, 2> m_ends;
    std::size_t m_count{0};
    TracedCallback<Ptr<const Packet>, Ptr<NetDevice>, Ptr<NetDevice>, Time, Time> m_txRxTrace;
};

} // namespace ns3

#endif
