// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/map-socket.h"

#include "ns3/abort.h"
#include "ns3/inet-socket-address.h"
#include "ns3/map-message.h"
#include "ns3/packet.h"
#include "ns3/udp-socket-factory.h"

namespace ns3
{

MapSocket::MapSocket(Ptr<Node> node, Receiver receive)
    : m_socket(Socket::CreateSocket(node, UdpSocketFactory::GetTypeId())),
      m_receive(std::move(receive))
{
    NS_ABORT_MSG_IF(m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), MAP_PORT)) != 0,
                    "UDP port 4342 is taken: a map server and a VTEP that asks one cannot share "
                    "a node");
    m_socket->SetRecvCallback(MakeCallback(&MapSocket::Read, this));
}

MapSocket::~MapSocket()
{
    m_socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
    m_socket->Close();
}

void
MapSocket::Send(Ipv4Address destination, uint16_t port, const std::vector<uint8_t>& bytes)
{
    m_socket->SendTo(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                     0,
                     InetSocketAddress(destination, port));
}

void
MapSocket::SetPaused(bool isPaused)
{
    m_isPaused = isPaused;
    if (!isPaused)
    {
        Read(m_socket);
    }
}

void
MapSocket::Read(Ptr<Socket> socket)
{
    Address from;
    while (!m_isPaused)
    {
        Ptr<Packet> packet = socket->RecvFrom(from);
        if (!packet)
        {
            return;
        }
        std::vector<uint8_t> bytes(packet->GetSize());
        packet->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
        const InetSocketAddress source = InetSocketAddress::ConvertFrom(from);
        m_receive(source.GetIpv4(), source.GetPort(), bytes);
    }
}

} // namespace ns3
