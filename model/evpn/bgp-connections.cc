// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bgp-connections.h"

#include "ns3/boolean.h"
#include "ns3/guarded-tcp-socket.h"
#include "ns3/inet-socket-address.h"
#include "ns3/packet.h"
#include "ns3/uinteger.h"

#include <algorithm>

namespace ns3
{

NS_LOG_CLASS_DEFINE(BgpConnections);

namespace
{

constexpr uint32_t SEGMENT_SIZE = 1448; // bytes: an MTU of 1500 less IP, TCP and its time stamps

} // namespace

BgpConnections::BgpConnections(Ptr<Node> node,
                               ProtocolClock& clock,
                               BgpConnectionListener& listener,
                               uint8_t ttl)
    : m_node(node),
      m_clock(clock),
      m_listener(listener),
      m_ttl(ttl),
      m_acceptor(MakeSocket(), PORT, [this](Ptr<Socket> socket, Ipv4Address peer) {
          const uint64_t id = Add(socket, peer, true);
          Do([this, id, peer] { m_listener.ConnectionAccepted(peer, id); });
      })
{
    NS_LOG_FUNCTION(this);
}

BgpConnections::~BgpConnections()
{
    for (ProtocolClock::AlarmId alarm : m_alarms)
    {
        m_clock.Cancel(alarm);
    }
    for (const auto& [id, connection] : m_connections)
    {
        Detach(connection.socket);
        connection.socket->Close();
    }
}

void
BgpConnections::Abandon()
{
    m_acceptor.Abandon();
    for (const auto& [id, connection] : m_connections)
    {
        Detach(connection.socket);
    }
    m_connections.clear();
    m_ids.clear();
}

Ptr<Socket>
BgpConnections::MakeSocket() const
{
    Ptr<Socket> socket = CreateTcpSocket(m_node);
    socket->SetAttribute("SegmentSize", UintegerValue(SEGMENT_SIZE));
    socket->SetAttribute("TcpNoDelay", BooleanValue(true));
    m_ttl != 0 ? socket->SetIpTtl(m_ttl) : void();
    return socket;
}

uint64_t
BgpConnections::Add(Ptr<Socket> socket, Ipv4Address peer, bool isOpen)
{
    const uint64_t id = ++m_last;
    m_connections[id] = {socket, peer, {}, isOpen};
    m_ids[PeekPointer(socket)] = id;
    socket->SetConnectCallback(MakeCallback(&BgpConnections::Succeeded, this),
                               MakeCallback(&BgpConnections::Failed, this));
    socket->SetCloseCallbacks(MakeCallback(&BgpConnections::Closed, this),
                              MakeCallback(&BgpConnections::Closed, this));
    socket->SetRecvCallback(MakeCallback(&BgpConnections::Readable, this));
    socket->SetSendCallback(MakeCallback(&BgpConnections::Writable, this));
    return id;
}

void
BgpConnections::Detach(Ptr<Socket> socket)
{
    const auto none = MakeNullCallback<void, Ptr<Socket>>();
    socket->SetConnectCallback(none, none);
    socket->SetCloseCallbacks(none, none);
    socket->SetRecvCallback(none);
    socket->SetSendCallback(MakeNullCallback<void, Ptr<Socket>, uint32_t>());
}

uint64_t
BgpConnections::Find(Ptr<Socket> socket) const
{
    const auto it = m_ids.find(PeekPointer(socket));
    return it == m_ids.end() ? 0 : it->second;
}

uint64_t
BgpConnections::Open(Ipv4Address peer, Ipv4Address source)
{
    Ptr<Socket> socket = MakeSocket();
    const uint64_t id = Add(socket, peer, false);
    const bool isBound = socket->Bind(InetSocketAddress(source, 0)) == 0;
    SetTcpSource(m_node, peer, source);
    if (!isBound || socket->Connect(InetSocketAddress(peer, PORT)) != 0)
    {
        // No route: as if the network had said so.
        m_alarms.push_back(m_clock.Schedule(Seconds(0), [this, id] { Drop(id); }));
    }
    return id;
}

void
BgpConnections::Close(uint64_t id)
{
    const auto it = m_connections.find(id);
    if (it == m_connections.end())
    {
        return;
    }
    Flush(it->second);
    Ptr<Socket> socket = it->second.socket;
    Detach(socket);
    m_ids.erase(PeekPointer(socket));
    m_connections.erase(it);
    socket->Close();
}

void
BgpConnections::Send(uint64_t id, const std::vector<uint8_t>& bytes)
{
    const auto it = m_connections.find(id);
    if (it != m_connections.end())
    {
        it->second.queue.insert(it->second.queue.end(), bytes.begin(), bytes.end());
        Flush(it->second);
    }
}

void
BgpConnections::Flush(Connection& connection)
{
    while (connection.isOpen && !connection.queue.empty())
    {
        const std::size_t room = connection.socket->GetTxAvailable();
        const std::size_t size = std::min(room, connection.queue.size());
        if (size == 0)
        {
            return; // Writable goes on
        }
        const auto end = connection.queue.begin() + static_cast<std::ptrdiff_t>(size);
        const std::vector<uint8_t> bytes(connection.queue.begin(), end);
        Ptr<Packet> packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(size));
        if (connection.socket->Send(packet) < 0)
        {
            return; // the connection is ending
        }
        connection.queue.erase(connection.queue.begin(), end);
    }
}

void
BgpConnections::SetPaused(bool isPaused)
{
    m_isPaused = isPaused;
    std::vector<std::function<void()>> deferred;
    deferred.swap(m_deferred);
    for (const auto& action : deferred)
    {
        action();
    }
}

void
BgpConnections::Do(std::function<void()> action)
{
    if (m_isPaused)
    {
        m_deferred.push_back(std::move(action));
    }
    else
    {
        action();
    }
}

void
BgpConnections::Succeeded(Ptr<Socket> socket)
{
    EnableTcpProbes(socket);
    Do([this, id = Find(socket)] {
        const auto it = m_connections.find(id);
        if (it != m_connections.end())
        {
            it->second.isOpen = true;
            m_listener.ConnectionOpened(it->second.peer, id);
        }
    });
}

void
BgpConnections::Failed(Ptr<Socket> socket)
{
    Do([this, id = Find(socket)] { Drop(id); });
}

void
BgpConnections::Closed(Ptr<Socket> socket)
{
    Do([this, id = Find(socket)] {
        Read(id);
        Drop(id);
    });
}

void
BgpConnections::Readable(Ptr<Socket> socket)
{
    Do([this, id = Find(socket)] { Read(id); });
}

void
BgpConnections::Writable(Ptr<Socket> socket, uint32_t)
{
    const auto it = m_connections.find(Find(socket));
    if (it != m_connections.end())
    {
        Flush(it->second);
    }
}

void
BgpConnections::Read(uint64_t id)
{
    // What is read may end the connection.
    for (auto it = m_connections.find(id); it != m_connections.end(); it = m_connections.find(id))
    {
        Ptr<Packet> packet = it->second.socket->Recv();
        if (!packet || packet->GetSize() == 0)
        {
            return;
        }
        std::vector<uint8_t> bytes(packet->GetSize());
        packet->CopyData(bytes.data(), packet->GetSize());
        m_listener.BytesReceived(it->second.peer, id, bytes);
    }
}

void
BgpConnections::Drop(uint64_t id)
{
    const auto it = m_connections.find(id);
    if (it == m_connections.end())
    {
        return;
    }
    const Ipv4Address peer = it->second.peer;
    it->second.queue.clear();
    Close(id);
    m_listener.ConnectionClosed(peer, id);
}

} // namespace ns3
