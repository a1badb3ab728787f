// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/multicast-sink-helper.h"

#include "ns3/address-checks.h"
#include "ns3/igmp-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/packet-sink-helper.h"

namespace ns3
{

MulticastSinkHelper::MulticastSinkHelper(Ipv4Address group, uint16_t port, uint32_t interface)
    : m_group(group),
      m_port(port),
      m_interface(interface)
{
    RequireMulticast(group);
}

ApplicationContainer
MulticastSinkHelper::Install(const NodeContainer& nodes) const
{
    PacketSinkHelper sink("ns3::UdpSocketFactory", InetSocketAddress(m_group, m_port));
    ApplicationContainer applications;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        applications.Add(sink.Install(*node));
        applications.Add(IgmpHelper::JoinAt(*node, m_group, Seconds(0), Time::Max(), m_interface));
    }
    return applications;
}

} // namespace ns3
