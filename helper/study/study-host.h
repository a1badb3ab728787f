// SPDX-License-Identifier: GPL-2.0-only
// A tenant of a study: a light host on a cable that has a delay and no rate, so that thousands of
// them cost no queues and no events but their frames.
#ifndef VXLAN_MULTICAST_STUDY_HOST_H
#define VXLAN_MULTICAST_STUDY_HOST_H

#include "ns3/light-host.h"
#include "ns3/nstime.h"
#include "ns3/virtual-net-device.h"

#include <cstdint>
#include <functional>
#include <map>

namespace ns3
{

/** One host, and the switch port that it is on. */
class StudyHost
{
  public:
    /** Called with the time from sending to the answer, resolution of the address included. */
    using Answered = std::function<void(Time rtt)>;

    StudyHost(Mac48Address mac, Ipv4Address address);
    StudyHost(const StudyHost&) = delete;
    StudyHost& operator=(const StudyHost&) = delete;

    /**
     * Takes the host to a new port on \p node, which sends what the host sends. Frames for the port
     * before are lost from now on.
     */
    Ptr<NetDevice> Plug(Ptr<Node> node);
    /** Sends a gratuitous ARP. */
    void Announce();
    /** Pings \p to once. */
    void Ping(Ipv4Address to, Answered answered);

    Mac48Address GetMac() const;
    Ipv4Address GetAddress() const;
    /** \returns the port, or null. */
    Ptr<NetDevice> GetPort() const;

  private:
    struct Echo
    {
        Time sent;
        Answered answered;
    };

    bool SendToPort(Ptr<Packet> packet,
                    const Address& source,
                    const Address& destination,
                    uint16_t protocol);
    bool SendToHost(Ptr<Packet> packet,
                    const Address& source,
                    const Address& destination,
                    uint16_t protocol);

    Mac48Address m_mac;
    Ipv4Address m_address;
    Ptr<Node> m_node;
    Ptr<VirtualNetDevice> m_device;
    Ptr<VirtualNetDevice> m_port;
    LightHost m_host;
    uint16_t m_series;
    uint16_t m_sequence{0};
    std::map<uint16_t, Echo> m_echoes; //!< by sequence number
};

} // namespace ns3

#endif
