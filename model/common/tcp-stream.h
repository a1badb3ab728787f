// SPDX-License-Identifier: GPL-2.0-only
// A TCP connection of ns-3 as protocols over TCP see it: bytes in, bytes out, whatever the sizes of
// segments and buffers, and one word when it is over.
#ifndef VXLAN_MULTICAST_TCP_STREAM_H
#define VXLAN_MULTICAST_TCP_STREAM_H

#include "ns3/class-log.h"
#include "ns3/event-id.h"
#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/socket.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace ns3
{

/** One connection. Destroying it closes it (FIN) without a notification. */
class TcpStream
{
  public:
    /** Notifications to its owner, which may destroy the stream in any of them. */
    struct Handlers
    {
        std::function<void()> connected; //!< of streams that connect
        std::function<void(const std::vector<uint8_t>& bytes)> received;
        std::function<void()> closed; //!< failed, reset, or closed by the other end; once, at last
    };

    /**
     * Connects. ns-3's TCP ignores the refusal of a host on which nobody listens (an RST without
     * timestamp) and repeats its SYN for minutes: an owner that has waited long enough destroys the
     * stream and makes another.
     * \param local the source address, or any
     */
    TcpStream(Ptr<Node> node,
              Ipv4Address local,
              Ipv4Address remote,
              uint16_t port,
              Handlers handlers);
    /** Takes over a socket that a TcpAcceptor has accepted. */
    TcpStream(Ptr<Socket> accepted, Handlers handlers);
    ~TcpStream();

    TcpStream(const TcpStream&) = delete;
    TcpStream& operator=(const TcpStream&) = delete;

    /** Sends, or keeps until there is room. */
    void Send(const std::vector<uint8_t>& bytes);
    /** While paused nothing is read or sent, as from a process that is stopped; TCP goes on. */
    void SetPaused(bool paused);
    /** Forgets the connection without closing it: the node is going. */
    void Abandon();
    /** \returns the address at the other end. */
    Ipv4Address GetRemote() const;

  private:
    NS_LOG_CLASS_DECLARE;

    void Attach();
    void Detach(bool close);
    void NotifyConnected(Ptr<Socket> socket);
    void NotifyClosed(Ptr<Socket> socket);
    void NotifyReadable(Ptr<Socket> socket);
    void NotifyWritable(Ptr<Socket> socket, uint32_t room);
    void Read();
    void Write();

    Ptr<Socket> m_socket;
    Handlers m_handlers;
    Ipv4Address m_remote;
    std::deque<uint8_t> m_queue; //!< what the socket has no room for
    bool m_connected{false};
    bool m_paused{false};
    EventId m_failure;  //!< notifies that there is no route
    bool m_over{false}; //!< the other end has closed while paused
    std::shared_ptr<bool> m_alive{std::make_shared<bool>(true)};
};

/**
 * A listening port. ns-3 forks a socket for each SYN, with the listener's callbacks: a handshake that
 * ends when the port is no longer there is answered with the connection's end.
 */
class TcpAcceptor
{
  public:
    /** Called with each connection and the address at its other end; may destroy the acceptor. */
    using Accepted = std::function<void(Ptr<Socket> socket, Ipv4Address remote)>;

    TcpAcceptor(Ptr<Node> node, uint16_t port, Accepted accepted);
    /** \param socket of CreateTcpSocket; its attributes are those of the connections */
    TcpAcceptor(Ptr<Socket> socket, uint16_t port, Accepted accepted);
    ~TcpAcceptor();

    /** Forgets the socket without closing it: the node is going. */
    void Abandon();

    TcpAcceptor(const TcpAcceptor&) = delete;
    TcpAcceptor& operator=(const TcpAcceptor&) = delete;

  private:
    static void NotifyAccepted(std::shared_ptr<Accepted> accepted,
                               Ptr<Socket> socket,
                               const Address& from);

    Ptr<Socket> m_socket;
    std::shared_ptr<Accepted> m_accepted; //!< of the forks, too; empty when the port is gone
};

} // namespace ns3

#endif
