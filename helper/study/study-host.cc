// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/study-host.h"

#include "ns3/gratuitous-arp.h"
#include "ns3/simulator.h"

namespace ns3
{

namespace
{

constexpr uint32_t PING_BYTES = 56;
const Time CABLE = MicroSeconds(1);

Ptr<VirtualNetDevice>
MakeDevice(Ptr<Node> node, Mac48Address mac)
{
    Ptr<VirtualNetDevice> device = CreateObject<VirtualNetDevice>();
    device->SetAddress(mac);
    node->AddDevice(device);
    return device;
}

/** What becomes of frames for a port whose host has left. */
bool
Lose(Ptr<Packet>, const Address&, const Address&, uint16_t)
{
    return false;
}

} // namespace

StudyHost::StudyHost(Mac48Address mac, Ipv4Address address)
    : m_mac(mac),
      m_address(address),
      m_node(CreateObject<Node>()),
      m_device(MakeDevice(m_node, mac)),
      m_host(m_device, address, Ipv4Mask("/8")),
      m_series(m_host.Open([this](const EchoReply& reply) {
          const auto echo = m_echoes.find(reply.sequence);
          if (echo != m_echoes.end())
          {
              const Echo done = std::move(echo->second);
              m_echoes.erase(echo);
              done.answered(Simulator::Now() - done.sent);
          }
      }))
{
    m_device->SetSendCallback(MakeCallback(&StudyHost::SendToPort, this));
}

Ptr<NetDevice>
StudyHost::Plug(Ptr<Node> node)
{
    if (m_port)
    {
        m_port->SetSendCallback(MakeCallback(&Lose));
    }
    m_port = MakeDevice(node, Mac48Address::Allocate());
    m_port->SetSendCallback(MakeCallback(&StudyHost::SendToHost, this));
    return m_port;
}

void
StudyHost::Announce()
{
    SendGratuitousArp(m_device, m_address);
}

void
StudyHost::Ping(Ipv4Address to, Answered answered)
{
    m_echoes[++m_sequence] = {Simulator::Now(), std::move(answered)};
    m_host.SendRequest(m_series, m_sequence, to, PING_BYTES);
}

Mac48Address
StudyHost::GetMac() const
{
    return m_mac;
}

Ipv4Address
StudyHost::GetAddress() const
{
    return m_address;
}

Ptr<NetDevice>
StudyHost::GetPort() const
{
    return m_port;
}

bool
StudyHost::SendToPort(Ptr<Packet> packet,
                      const Address& source,
                      const Address& destination,
                      uint16_t protocol)
{
    if (!m_port)
    {
        return false;
    }
    // An event of its own: an answer does not leave while the frame before is being forwarded.
    Simulator::Schedule(CABLE, [port = m_port, packet, source, destination, protocol] {
        port->Receive(packet, protocol, source, destination, NetDevice::PACKET_OTHERHOST);
    });
    return true;
}

bool
StudyHost::SendToHost(Ptr<Packet> packet,
                      const Address& source,
                      const Address& destination,
                      uint16_t protocol)
{
    const Mac48Address to = Mac48Address::ConvertFrom(destination);
    if (to == m_mac || to.IsBroadcast())
    {
        m_device->Receive(packet,
                          protocol,
                          source,
                          destination,
                          to == m_mac ? NetDevice::PACKET_HOST : NetDevice::PACKET_BROADCAST);
    }
    return true;
}

} // namespace ns3
