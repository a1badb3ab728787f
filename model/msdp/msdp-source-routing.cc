// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/msdp-source-routing.h"

#include "ns3/ipv4-route.h"
#include "ns3/output-stream-wrapper.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(MsdpSourceRouting);

TypeId
MsdpSourceRouting::GetTypeId()
{
    static TypeId tid = TypeId("ns3::MsdpSourceRouting")
                            .SetParent<Ipv4RoutingProtocol>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<MsdpSourceRouting>();
    return tid;
}

void
MsdpSourceRouting::SetUnicast(Ipv4RoutingProtocol* unicast)
{
    m_unicast = unicast;
}

void
MsdpSourceRouting::SetSource(Ipv4Address destination, Ipv4Address source)
{
    m_sources[destination] = source;
}

Ptr<Ipv4Route>
MsdpSourceRouting::RouteOutput(Ptr<Packet> packet,
                               const Ipv4Header& header,
                               Ptr<NetDevice> oif,
                               Socket::SocketErrno& error)
{
    const auto source = m_sources.find(header.GetDestination());
    // An address that is not set is one that no host has.
    const bool isSet =
        header.GetSource() != Ipv4Header().GetSource() && !header.GetSource().IsAny();
    if (m_unicast == nullptr || source == m_sources.end() || isSet)
    {
        return nullptr;
    }
    Ptr<Ipv4Route> route = m_unicast->RouteOutput(packet, header, oif, error);
    if (!route)
    {
        return nullptr;
    }
    Ptr<Ipv4Route> own = Create<Ipv4Route>();
    own->SetDestination(route->GetDestination());
    own->SetGateway(route->GetGateway());
    own->SetOutputDevice(route->GetOutputDevice());
    own->SetSource(source->second);
    return own;
}

bool
MsdpSourceRouting::RouteInput(Ptr<const Packet>,
                              const Ipv4Header&,
                              Ptr<const NetDevice>,
                              RouteInputTypes::Ucb,
                              RouteInputTypes::Mcb,
                              RouteInputTypes::Lcb,
                              RouteInputTypes::Ecb)
{
    return false;
}

void
MsdpSourceRouting::NotifyInterfaceUp(uint32_t)
{
}

void
MsdpSourceRouting::NotifyInterfaceDown(uint32_t)
{
}

void
MsdpSourceRouting::NotifyAddAddress(uint32_t, Ipv4InterfaceAddress)
{
}

void
MsdpSourceRouting::NotifyRemoveAddress(uint32_t, Ipv4InterfaceAddress)
{
}

void
MsdpSourceRouting::SetIpv4(Ptr<Ipv4>)
{
}

void
MsdpSourceRouting::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit) const
{
    for (const auto& [destination, source] : m_sources)
    {
        *stream->GetStream() << destination << " src " << source << "\n";
    }
}

} // namespace ns3
