// SPDX-License-Identifier: GPL-2.0-only
// A tcpdump that a scenario has started on an interface.
#ifndef VXLAN_MULTICAST_PACKET_WATCH_H
#define VXLAN_MULTICAST_PACKET_WATCH_H

#include "ns3/net-device.h"
#include "ns3/packet.h"
#include "ns3/simple-ref-count.h"
#include "ns3/tcpdump-command.h"

#include <functional>
#include <string>

namespace ns3
{

/** Gathers lines until it has its count, or is ended. Kept by the device that it watches. */
class PacketWatch : public SimpleRefCount<PacketWatch>
{
  public:
    /** Takes the lines of a watch that has ended. */
    using EndCallback = std::function<void(const std::string& lines)>;

    /**
     * Watches from now on.
     * \param device a LAN's, a point-to-point link's, or a VXLAN device
     * \param ended called once
     */
    static Ptr<PacketWatch> Start(Ptr<NetDevice> device,
                                  const TcpdumpCommand& command,
                                  EndCallback ended);

    /** Ends the watch, unless it has ended. */
    void End();

  private:
    PacketWatch(Ptr<NetDevice> device, const TcpdumpCommand& command, EndCallback ended);

    void Take(Ptr<const Packet> frame);

    Ptr<NetDevice> m_device;
    TcpdumpCommand m_command;
    EndCallback m_ended; //!< empty once it has ended
    std::string m_trace;
    PacketFraming m_framing;
    uint32_t m_trailer; //!< bytes of the check sequence
    uint32_t m_taken{0};
    std::string m_lines;
};

} // namespace ns3

#endif
