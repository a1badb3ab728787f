// SPDX-License-Identifier: GPL-2.0-only
// The TCP connections of a BGP speaker over ns-3's sockets (RFC 4271 §3: port 179).
#ifndef VXLAN_MULTICAST_BGP_CONNECTIONS_H
#define VXLAN_MULTICAST_BGP_CONNECTIONS_H

#include "ns3/class-log.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/protocol-clock.h"
#include "ns3/socket.h"
#include "ns3/tcp-stream.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <vector>

namespace ns3
{

/** Hears of connections. */
class BgpConnectionListener
{
  public:
    virtual ~BgpConnectionListener() = default;
    virtual void ConnectionAccepted(Ipv4Address peer, uint64_t connection) = 0;
    virtual void ConnectionOpened(Ipv4Address peer, uint64_t connection) = 0;
    virtual void ConnectionClosed(Ipv4Address peer, uint64_t connection) = 0;
    virtual void BytesReceived(Ipv4Address peer,
                               uint64_t connection,
                               const std::vector<uint8_t>& bytes) = 0;
};

/** Listens, connects, and queues what a socket does not take at once. */
class BgpConnections
{
  public:
    static constexpr uint16_t PORT = 179;

    /** \param ttl of what is sent; 0: ns-3's default */
    BgpConnections(Ptr<Node> node,
                   ProtocolClock& clock,
                   BgpConnectionListener& listener,
                   uint8_t ttl = 0);
    /** Closes all connections with FIN. */
    ~BgpConnections();

    /** \param source the own address; any: the route's */
    uint64_t Open(Ipv4Address peer, Ipv4Address source);
    /** Ends a connection after what is queued. */
    void Close(uint64_t connection);
    void Send(uint64_t connection, const std::vector<uint8_t>& bytes);
    /** Forgets all sockets without closing them: the node is going. */
    void Abandon();
    /** Reads nothing while paused; on resuming reads what has come. */
    void SetPaused(bool isPaused);

  private:
    NS_LOG_CLASS_DECLARE;

    struct Connection
    {
        Ptr<Socket> socket;
        Ipv4Address peer{Ipv4Address::GetAny()};
        std::deque<uint8_t> queue;
        bool isOpen{false};
    };

    Ptr<Socket> MakeSocket() const;
    uint64_t Add(Ptr<Socket> socket, Ipv4Address peer, bool isOpen);
    static void Detach(Ptr<Socket> socket);
    uint64_t Find(Ptr<Socket> socket) const;
    void Flush(Connection& connection);
    void Succeeded(Ptr<Socket> socket);
    void Failed(Ptr<Socket> socket);
    void Closed(Ptr<Socket> socket);
    void Readable(Ptr<Socket> socket);
    void Writable(Ptr<Socket> socket, uint32_t bytes);
    void Read(uint64_t id);
    /** Forgets a connection that has ended, and notifies. */
    void Drop(uint64_t id);
    /** Runs \p action now, or on resuming. */
    void Do(std::function<void()> action);

    Ptr<Node> m_node;
    ProtocolClock& m_clock;
    BgpConnectionListener& m_listener;
    uint8_t m_ttl;
    TcpAcceptor m_acceptor;
    std::map<uint64_t, Connection> m_connections;
    std::map<const Socket*, uint64_t> m_ids; //!< looked up alone
    std::vector<ProtocolClock::AlarmId> m_alarms;
    uint64_t m_last{0};
    bool m_isPaused{false};
    std::vector<std::function<void()>> m_deferred; //!< what happened while paused
};

} // namespace ns3

#endif
