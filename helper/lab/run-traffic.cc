// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-traffic.h"

#include "ns3/igmp-protocol.h"
#include "ns3/interface-names.h"
#include "ns3/lab-host.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_set>

namespace ns3
{

RunTraffic::RunTraffic(LabNetwork& network, LabTenants& tenants, RunRecorder& recorder)
    : m_network(network),
      m_tenants(tenants),
      m_recorder(recorder)
{
    m_tenants.AddObserver(*this);
}

void
RunTraffic::AddReceiver(const std::string& node)
{
    m_receiverNodes.insert(node);
}

void
RunTraffic::AddFlow(const SendSpec& spec)
{
    m_flows[&spec] = m_ledger.AddFlow(spec.name, spec.node, spec.group);
    if (spec.group.IsMulticast())
    {
        m_ports.insert(spec.port);
        return;
    }
    m_ledger.SetReceiver(m_flows[&spec], "");
}

void
RunTraffic::StartReceivers()
{
    std::unordered_set<std::string> nodes; // beside tenants; there may be thousands of both
    for (const TopologyNode& node : m_network.GetGraph().nodes)
    {
        nodes.insert(node.name);
    }
    for (const std::string& name : m_receiverNodes)
    {
        if (nodes.count(name) != 0)
        {
            AddReceivers(name);
        }
    }
}

void
RunTraffic::AddReceivers(const std::string& name)
{
    for (uint16_t port : m_ports)
    {
        AddReceiver(name, FlowTransport::UDP, port);
    }
}

void
RunTraffic::AddReceiver(const std::string& name, FlowTransport transport, uint16_t port)
{
    if (!m_listening.insert({name, transport, port}).second)
    {
        return;
    }
    Ptr<Node> node = GetLabHost(m_network, m_tenants, name).node;
    if (transport == FlowTransport::UDP)
    {
        m_receivers.push_back(std::make_unique<UdpReceiver>(node, name, port, m_ledger));
        return;
    }
    EnsureTcp(node);
    m_tcpReceivers.push_back(std::make_unique<TcpFlowReceiver>(node, name, port, m_ledger));
}

void
RunTraffic::OnTenant(const LabTenant& tenant)
{
    if (m_receiverNodes.count(tenant.spec.name) != 0)
    {
        AddReceivers(tenant.spec.name);
    }
    for (UnicastFlow& flow : m_unicastFlows)
    {
        FindReceiver(flow);
    }
}

std::string
RunTraffic::FindOwner(const UnicastFlow& flow) const
{
    const Ipv4Address address = flow.spec->group;
    const auto has = [&](const LabNode& node) {
        return node.node->GetObject<Ipv4>()->GetInterfaceForAddress(address) >= 0;
    };
    if (flow.vni)
    {
        std::string tenant = m_tenants.FindOwner(*flow.vni, address);
        if (!tenant.empty())
        {
            return tenant;
        }
        for (const LabNode& node : m_network.GetNodes())
        {
            for (const auto& [name, device] : node.vxlans)
            {
                if (device->GetVni() == *flow.vni && has(node))
                {
                    return node.name;
                }
            }
        }
        return "";
    }
    for (const LabNode& node : m_network.GetNodes())
    {
        if (has(node))
        {
            return node.name;
        }
    }
    for (const auto& [name, device] : m_network.GetNode(flow.spec->node).vxlans)
    {
        std::string tenant = m_tenants.FindOwner(device->GetVni(), address);
        if (!tenant.empty())
        {
            return tenant;
        }
    }
    return "";
}

void
RunTraffic::FindReceiver(UnicastFlow& flow)
{
    const std::string name = flow.hasReceiver ? "" : FindOwner(flow);
    if (!name.empty())
    {
        flow.hasReceiver = true;
        m_ledger.SetReceiver(m_flows.at(flow.spec), name);
        if (!GetLabHost(m_network, m_tenants, name).igmp)
        {
            return; // a light tenant takes no packets of flows
        }
        AddReceiver(name, flow.spec->transport, flow.spec->port);
    }
}

void
RunTraffic::SendToHost(const SendSpec& spec)
{
    Ptr<Node> node = GetLabHost(m_network, m_tenants, spec.node).node;
    UnicastFlow flow{&spec, std::nullopt};
    if (const LabTenant* tenant = m_tenants.Find(spec.node))
    {
        flow.vni = tenant->vni;
    }
    m_unicastFlows.push_back(flow);
    FindReceiver(m_unicastFlows.back());
    if (spec.transport == FlowTransport::UDP)
    {
        m_senders.push_back(std::make_unique<UdpSender>(
            node, GetInterfaceOrFirst(node, spec.interface), spec, m_ledger, m_flows.at(&spec)));
        return;
    }
    EnsureTcp(node);
    m_ledger.SetSource(m_flows.at(&spec),
                       node->GetObject<Ipv4>()
                           ->GetAddress(GetInterfaceOrFirst(node, spec.interface), 0)
                           .GetLocal());
    m_tcpSenders.push_back(
        std::make_unique<TcpFlowSender>(node, spec, m_ledger, m_flows.at(&spec)));
}

void
RunTraffic::Send(const SendSpec& spec)
{
    if (!spec.group.IsMulticast())
    {
        SendToHost(spec);
        return;
    }
    Ptr<Node> node = GetLabHost(m_network, m_tenants, spec.node).node;
    m_senders.push_back(std::make_unique<UdpSender>(
        node, GetInterfaceOrFirst(node, spec.interface), spec, m_ledger, m_flows.at(&spec)));
}

const PingSeries&
RunTraffic::Ping(const PingSpec& spec)
{
    m_pings.push_back(
        std::make_unique<PingSeries>(*GetLabHost(m_network, m_tenants, spec.node).echo, spec));
    return *m_pings.back();
}

void
RunTraffic::Flood(const FloodSpec& spec)
{
    const auto number = static_cast<uint32_t>(m_floods.size());
    if (const LabTenant* tenant = m_tenants.Find(spec.node))
    {
        m_recorder.AddFlood(number, tenant->spec.node, tenant->vni);
        m_floods.push_back({std::make_unique<FloodGenerator>(tenant->device, spec, number),
                            tenant->spec.device,
                            tenant->vni});
        return;
    }
    Ptr<VxlanNetDevice> device = m_network.GetNode(spec.node).vxlans.at(spec.device);
    m_recorder.AddFlood(number, spec.node, device->GetVni());
    m_floods.push_back(
        {std::make_unique<FloodGenerator>(device, spec, number), spec.device, device->GetVni()});
}

DeliveryLedger&
RunTraffic::GetLedger()
{
    return m_ledger;
}

const DeliveryLedger&
RunTraffic::GetLedger() const
{
    return m_ledger;
}

std::vector<PingRow>
RunTraffic::GetPingRows() const
{
    using Key = std::tuple<Time, std::string, std::size_t, std::size_t>; // time, node, seq, series
    std::vector<Key> order;
    for (std::size_t i = 0; i < m_pings.size(); ++i)
    {
        for (std::size_t j = 0; j < m_pings[i]->GetRequests().size(); ++j)
        {
            order.emplace_back(m_pings[i]->GetRequests()[j].sent, m_pings[i]->GetSpec().node, j, i);
        }
    }
    std::sort(order.begin(), order.end());
    std::vector<PingRow> rows;
    for (const auto& [time, node, index, number] : order)
    {
        const PingSeries& series = *m_pings[number];
        PingRow row{time, node, series.GetSpec().to, index + 1, std::nullopt};
        const auto& replies = series.GetRequests()[index].replies;
        for (const auto& [reply, roundTrip] : replies)
        {
            row.reply = PingRow::Reply{roundTrip, reply.from};
            rows.push_back(row);
        }
        if (replies.empty())
        {
            rows.push_back(row);
        }
    }
    return rows;
}

std::vector<FloodRow>
RunTraffic::GetFloodRows() const
{
    std::vector<FloodRow> rows;
    for (const auto& flood : m_floods)
    {
        const FloodSpec& spec = flood.generator->GetSpec();
        FloodRow row;
        row.node = spec.node;
        row.device = flood.device;
        row.vni = flood.vni;
        row.kind = spec.kind;
        row.frames = flood.generator->GetFrames();
        rows.push_back(row);
    }
    return rows;
}

} // namespace ns3
