// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/study-control.h"

#include "ns3/boolean.h"
#include "ns3/evpn-helper.h"
#include "ns3/evpn-protocol.h"
#include "ns3/map-server-helper.h"
#include "ns3/map-server.h"
#include "ns3/map-xtr.h"
#include "ns3/openflow-helper.h"
#include "ns3/openflow-switch.h"
#include "ns3/string.h"
#include "ns3/tcp-l4-protocol.h"

#include <string>

namespace ns3
{

namespace
{

constexpr int64_t STREAMS_OF_MAPS = int64_t(1) << 43;
const Time NO_REFRESH = Hours(24 * 7);

bool
IsPeriodic(const std::string& message)
{
    return message == "keepalive" || message.compare(0, 4, "echo") == 0;
}

void
Add(const ControlMessageCounts& counts, ControlMessageCount& sum)
{
    for (const auto& [key, count] : counts)
    {
        const auto& [peer, protocol, sent, message] = key;
        if (sent && !IsPeriodic(message))
        {
            sum.messages += count.messages;
            sum.bytes += count.bytes;
        }
    }
}

} // namespace

StudyControl::StudyControl(LabNetwork& network, ControlPlane plane, std::size_t server)
    : m_network(network),
      m_plane(plane),
      m_server(network.GetNodes()[server].node)
{
    NodeContainer vteps;
    NodeContainer speakers(m_server);
    const TopologyGraph& graph = network.GetGraph();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        if (graph.IsVtep(i))
        {
            vteps.Add(network.GetNodes()[i].node);
        }
    }
    speakers.Add(vteps);
    if (plane == ControlPlane::Evpn || plane == ControlPlane::EvpnGroup)
    {
        EvpnHelper().Install(vteps, NodeContainer(m_server));
    }
    else if (UsesController(plane))
    {
        for (auto node = speakers.Begin(); node != speakers.End(); ++node)
        {
            if (!(*node)->GetObject<TcpL4Protocol>())
            {
                (*node)->AggregateObject(CreateObject<TcpL4Protocol>());
            }
        }
        OpenflowHelper helper;
        helper.SetController(
            "Mode",
            StringValue(plane == ControlPlane::ControllerProactive ? "proactive" : "reactive"));
        m_controller = helper.Install(vteps, m_server);
    }
    else if (plane == ControlPlane::MapServer)
    {
        MapServerHelper helper;
        helper.SetServer("RegistrationTimeout", TimeValue(NO_REFRESH * 2));
        helper.SetServer("Ttl", TimeValue(NO_REFRESH));
        helper.SetXtr("RegisterInterval", TimeValue(NO_REFRESH));
        helper.SetXtr("Ttl", TimeValue(NO_REFRESH));
        helper.Install(vteps, m_server);
        MapServerHelper::AssignStreams(speakers, STREAMS_OF_MAPS);
    }
}

void
StudyControl::Configure(VxlanHelper& helper,
                        Ipv4Address group,
                        const std::vector<Ipv4Address>& remotes) const
{
    // What has been learned stays: the study counts entries, not how long they last.
    helper.Set("Ageing", TimeValue(Seconds(0)));
    helper.Set("LocalAgeing", TimeValue(Seconds(0)));
    switch (m_plane)
    {
    case ControlPlane::Multicast:
        helper.Set("Learning", BooleanValue(true));
        helper.SetGroup(group);
        break;
    case ControlPlane::HeadEnd:
        helper.Set("Learning", BooleanValue(true));
        helper.SetRemotes(remotes);
        break;
    case ControlPlane::Evpn:
    case ControlPlane::EvpnGroup: {
        ObjectFactory factory = EvpnHelper::MakeControlPlane();
        factory.Set("Suppress", BooleanValue(true));
        if (m_plane == ControlPlane::EvpnGroup)
        {
            factory.Set("Group", Ipv4AddressValue(group));
        }
        helper.SetControlPlane(factory);
        break;
    }
    case ControlPlane::Controller:
    case ControlPlane::ControllerProactive:
        helper.SetControlPlane(OpenflowHelper::MakeControlPlane());
        break;
    case ControlPlane::MapServer:
        helper.SetControlPlane(MapServerHelper::MakeControlPlane());
        break;
    }
}

void
StudyControl::SetTenant(uint32_t vni, Mac48Address mac, Ipv4Address ip, Ipv4Address vtep)
{
    if (m_controller)
    {
        OpenflowTenant tenant;
        tenant.vni = vni;
        tenant.mac = mac;
        tenant.ip = ip;
        tenant.vtep = vtep;
        m_tenants += m_controller->GetKnowledge().FindTenant(vni, mac) ? 0 : 1;
        m_controller->SetTenant(tenant);
    }
}

ControlMessageCount
StudyControl::CountMessages() const
{
    ControlMessageCount sum;
    for (const LabNode& lab : m_network.GetNodes())
    {
        if (Ptr<EvpnProtocol> speaker = lab.node->GetObject<EvpnProtocol>())
        {
            Add(speaker->GetMessageCounts(), sum);
        }
        if (Ptr<OpenflowSwitch> one = lab.node->GetObject<OpenflowSwitch>())
        {
            Add(one->GetMessageCounts(), sum);
        }
        if (Ptr<MapXtr> xtr = lab.node->GetObject<MapXtr>())
        {
            Add(xtr->GetMessageCounts(), sum);
        }
        if (Ptr<MapServer> server = lab.node->GetObject<MapServer>())
        {
            Add(server->GetMessageCounts(), sum);
        }
    }
    if (m_controller)
    {
        Add(m_controller->GetMessageCounts(), sum);
    }
    return sum;
}

uint64_t
StudyControl::CountEntries(std::size_t node) const
{
    Ptr<Node> vtep = m_network.GetNodes()[node].node;
    if (Ptr<OpenflowSwitch> one = vtep->GetObject<OpenflowSwitch>())
    {
        return one->GetInstance().GetTable().GetFlows().size();
    }
    uint64_t entries = 0;
    Ptr<MapXtr> xtr = vtep->GetObject<MapXtr>();
    for (const Ptr<VxlanNetDevice>& device : GetVxlanDevices(vtep))
    {
        entries += device->GetFdb().GetDefaults().size();
        // The map cache fills the FDB.
        entries += xtr ? 0 : device->GetFdb().GetSize();
    }
    return entries + (xtr ? xtr->GetInstance().GetCache().size() : 0);
}

uint64_t
StudyControl::CountServerEntries() const
{
    if (Ptr<EvpnProtocol> reflector = m_server->GetObject<EvpnProtocol>())
    {
        return reflector->GetInstance().GetRib().GetSize();
    }
    if (Ptr<MapServer> server = m_server->GetObject<MapServer>())
    {
        return server->GetInstance().GetEntries().size();
    }
    return m_tenants;
}

} // namespace ns3
