// SPDX-License-Identifier: GPL-2.0-only
// UDP port 4342 of a node, for either end.
#ifndef VXLAN_MULTICAST_MAP_SOCKET_H
#define VXLAN_MULTICAST_MAP_SOCKET_H

#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/socket.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{

/** Sends and receives map messages; can be paused, as a process that hangs. */
class MapSocket
{
  public:
    using Receiver =
        std::function<void(Ipv4Address source, uint16_t port, const std::vector<uint8_t>& bytes)>;

    /** \param receive called with each datagram */
    MapSocket(Ptr<Node> node, Receiver receive);
    ~MapSocket();

    MapSocket(const MapSocket&) = delete;
    MapSocket& operator=(const MapSocket&) = delete;

    void Send(Ipv4Address destination, uint16_t port, const std::vector<uint8_t>& bytes);
    /** While paused nothing is read; what has come is read on resuming. */
    void SetPaused(bool isPaused);

  private:
    void Read(Ptr<Socket> socket);

    Ptr<Socket> m_socket;
    Receiver m_receive;
    bool m_isPaused{false};
};

} // namespace ns3

#endif
