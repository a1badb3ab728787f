// SPDX-License-Identifier: GPL-2.0-only
// IEEE 802.1D §7.7 (forwarding), §7.8 (learning), §7.9 (filtering database).
#include "ns3/access-bridge.h"

#include "ns3/simulator.h"

#include <stdexcept>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(AccessBridge);

TypeId
AccessBridge::GetTypeId()
{
    static TypeId tid = TypeId("ns3::AccessBridge")
                            .SetParent<Object>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<AccessBridge>()
                            .AddAttribute("Ageing",
                                          "How long a silent address is remembered.",
                                          TimeValue(Seconds(300)),
                                          MakeTimeAccessor(&AccessBridge::m_ageing),
                                          MakeTimeChecker(Seconds(0)));
    return tid;
}

void
AccessBridge::DoDispose()
{
    m_ports.clear();
    m_up.clear();
    m_entries.clear();
    Object::DoDispose();
}

void
AccessBridge::AddPort(Ptr<NetDevice> port)
{
    if (!port->GetNode() || !port->SupportsSendFrom() ||
        (!m_ports.empty() && m_ports.front()->GetNode() != port->GetNode()))
    {
        throw std::invalid_argument(
            "a port of an AccessBridge is a device of its node, and one that can send from any "
            "address");
    }
    m_ports.push_back(port);
    m_up[port] = true;
    port->GetNode()->RegisterProtocolHandler(
        MakeCallback(&AccessBridge::Receive, this), 0, port, true);
}

void
AccessBridge::SetPortUp(Ptr<NetDevice> port, bool isUp)
{
    m_up[port] = isUp;
    for (auto it = m_entries.begin(); !isUp && it != m_entries.end();)
    {
        it = it->second.port == port ? m_entries.erase(it) : std::next(it);
    }
}

void
AccessBridge::SetUp(bool isUp)
{
    m_isUp = isUp;
    m_entries.clear();
}

void
AccessBridge::ForgetElsewhere(Mac48Address mac, Ptr<NetDevice> port)
{
    const auto it = m_entries.find(mac);
    if (it != m_entries.end() && it->second.port != port)
    {
        m_entries.erase(it);
    }
}

Ptr<NetDevice>
AccessBridge::Find(Mac48Address mac) const
{
    const auto it = m_entries.find(mac);
    const bool isFresh = it != m_entries.end() && it->second.seen + m_ageing > Simulator::Now();
    return isFresh ? it->second.port : nullptr;
}

std::vector<Mac48Address>
AccessBridge::GetAddresses(Ptr<NetDevice> port) const
{
    std::vector<Mac48Address> addresses;
    for (const auto& [mac, entry] : m_entries)
    {
        if (Find(mac) == port)
        {
            addresses.push_back(mac);
        }
    }
    return addresses;
}

void
AccessBridge::Receive(Ptr<NetDevice> port,
                      Ptr<const Packet> packet,
                      uint16_t protocol,
                      const Address& source,
                      const Address& destination,
                      NetDevice::PacketType)
{
    const Mac48Address from = Mac48Address::ConvertFrom(source);
    const Mac48Address to = Mac48Address::ConvertFrom(destination);
    if (!m_isUp || m_ports.empty() || !m_up[port] || from.IsGroup())
    {
        return;
    }
    m_entries[from] = {port, Simulator::Now()};
    Ptr<NetDevice> known = to.IsGroup() ? nullptr : Find(to);
    if (known)
    {
        known != port ? Send(known, packet, source, destination, protocol) : void();
        return;
    }
    for (const Ptr<NetDevice>& other : m_ports)
    {
        if (other != port && m_up[other])
        {
            Send(other, packet, source, destination, protocol);
        }
    }
}

void
AccessBridge::Send(Ptr<NetDevice> port,
                   Ptr<const Packet> packet,
                   const Address& source,
                   const Address& destination,
                   uint16_t protocol)
{
    port->SendFrom(packet->Copy(), source, destination, protocol);
}

} // namespace ns3
