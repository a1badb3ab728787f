// SPDX-License-Identifier: GPL-2.0-only
// ns-3's TCP sockets behind TcpStream.
#include "ns3/tcp-stream.h"

#include "ns3/guarded-tcp-socket.h"
#include "ns3/inet-socket-address.h"
#include "ns3/packet.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

NS_LOG_CLASS_DEFINE(TcpStream);

TcpStream::TcpStream(Ptr<Node> node,
                     Ipv4Address local,
                     Ipv4Address remote,
                     uint16_t port,
                     Handlers handlers)
    : m_socket(CreateTcpSocket(node)),
      m_handlers(std::move(handlers)),
      m_remote(remote)
{
    NS_LOG_FUNCTION(this << local << remote << port);
    Attach();
    m_socket->Bind(InetSocketAddress(local, 0));
    SetTcpSource(node, remote, local);
    if (m_socket->Connect(InetSocketAddress(remote, port)) != 0)
    {
        // No route: the socket says so here and in no callback. The owner is notified as usual.
        m_failure = Simulator::ScheduleNow([this] { NotifyClosed(m_socket); });
    }
}

TcpStream::TcpStream(Ptr<Socket> accepted, Handlers handlers)
    : m_socket(accepted),
      m_handlers(std::move(handlers)),
      m_connected(true)
{
    Address peer;
    m_socket->GetPeerName(peer);
    if (InetSocketAddress::IsMatchingType(peer))
    {
        m_remote = InetSocketAddress::ConvertFrom(peer).GetIpv4();
    }
    Attach();
}

TcpStream::~TcpStream()
{
    *m_alive = false;
    m_failure.Cancel();
    Detach(true);
}

void
TcpStream::Attach()
{
    m_socket->SetConnectCallback(MakeCallback(&TcpStream::NotifyConnected, this),
                                 MakeCallback(&TcpStream::NotifyClosed, this));
    m_socket->SetCloseCallbacks(MakeCallback(&TcpStream::NotifyClosed, this),
                                MakeCallback(&TcpStream::NotifyClosed, this));
    m_socket->SetRecvCallback(MakeCallback(&TcpStream::NotifyReadable, this));
    m_socket->SetSendCallback(MakeCallback(&TcpStream::NotifyWritable, this));
}

void
TcpStream::Detach(bool close)
{
    if (!m_socket)
    {
        return;
    }
    m_socket->SetConnectCallback(MakeNullCallback<void, Ptr<Socket>>(),
                                 MakeNullCallback<void, Ptr<Socket>>());
    m_socket->SetCloseCallbacks(MakeNullCallback<void, Ptr<Socket>>(),
                                MakeNullCallback<void, Ptr<Socket>>());
    m_socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
    m_socket->SetSendCallback(MakeNullCallback<void, Ptr<Socket>, uint32_t>());
    if (close)
    {
        m_socket->Close();
    }
    m_socket = nullptr;
}

void
TcpStream::Abandon()
{
    m_failure.Cancel();
    Detach(false);
}

void
TcpStream::NotifyConnected(Ptr<Socket> socket)
{
    m_connected = true;
    EnableTcpProbes(socket);
    const std::shared_ptr<bool> alive = m_alive;
    if (m_handlers.connected)
    {
        const auto connected = m_handlers.connected;
        connected();
    }
    if (*alive)
    {
        Write();
    }
}

void
TcpStream::NotifyClosed(Ptr<Socket>)
{
    if (m_paused)
    {
        m_over = true;
        return;
    }
    // Bytes that came before the end are still the owner's.
    const std::shared_ptr<bool> alive = m_alive;
    Read();
    if (!*alive || !m_socket)
    {
        return;
    }
    Detach(true);
    const auto closed = m_handlers.closed;
    if (closed)
    {
        closed();
    }
}

void
TcpStream::NotifyReadable(Ptr<Socket>)
{
    if (!m_paused)
    {
        Read();
    }
}

void
TcpStream::NotifyWritable(Ptr<Socket>, uint32_t)
{
    Write();
}

void
TcpStream::Read()
{
    const std::shared_ptr<bool> alive = m_alive;
    while (*alive && m_socket && m_socket->GetRxAvailable() > 0)
    {
        Ptr<Packet> packet = m_socket->Recv();
        if (!packet || packet->GetSize() == 0)
        {
            return;
        }
        std::vector<uint8_t> bytes(packet->GetSize());
        packet->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
        const auto received = m_handlers.received;
        received(bytes);
    }
}

void
TcpStream::Send(const std::vector<uint8_t>& bytes)
{
    m_queue.insert(m_queue.end(), bytes.begin(), bytes.end());
    Write();
}

void
TcpStream::Write()
{
    while (m_socket && m_connected && !m_paused && !m_queue.empty())
    {
        const std::size_t room = std::min<std::size_t>(m_socket->GetTxAvailable(), m_queue.size());
        if (room == 0)
        {
            return;
        }
        const std::vector<uint8_t> bytes(m_queue.begin(), m_queue.begin() + room);
        const int sent =
            m_socket->Send(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())));
        if (sent <= 0)
        {
            return;
        }
        m_queue.erase(m_queue.begin(), m_queue.begin() + sent);
    }
}

void
TcpStream::SetPaused(bool paused)
{
    m_paused = paused;
    if (paused)
    {
        return;
    }
    const std::shared_ptr<bool> alive = m_alive;
    Write();
    Read();
    if (*alive && m_over)
    {
        NotifyClosed(m_socket);
    }
}

Ipv4Address
TcpStream::GetRemote() const
{
    return m_remote;
}

TcpAcceptor::TcpAcceptor(Ptr<Node> node, uint16_t port, Accepted accepted)
    : TcpAcceptor(CreateTcpSocket(node), port, std::move(accepted))
{
}

TcpAcceptor::TcpAcceptor(Ptr<Socket> socket, uint16_t port, Accepted accepted)
    : m_socket(socket),
      m_accepted(std::make_shared<Accepted>(std::move(accepted)))
{
    m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), port));
    m_socket->Listen();
    m_socket->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                MakeBoundCallback(&TcpAcceptor::NotifyAccepted, m_accepted));
}

TcpAcceptor::~TcpAcceptor()
{
    if (m_socket)
    {
        *m_accepted = nullptr;
        m_socket->Close();
    }
}

void
TcpAcceptor::Abandon()
{
    *m_accepted = nullptr;
    m_socket = nullptr;
}

void
TcpAcceptor::NotifyAccepted(std::shared_ptr<Accepted> accepted,
                            Ptr<Socket> socket,
                            const Address& from)
{
    if (!*accepted)
    {
        socket->Close();
        return;
    }
    EnableTcpProbes(socket); // it is a copy of the listener
    const Accepted notify = *accepted;
    notify(socket, InetSocketAddress::ConvertFrom(from).GetIpv4());
}

} // namespace ns3
