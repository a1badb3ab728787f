// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-traffic.h"

#include "ns3/interface-names.h"
#include "ns3/lab-host.h"

#include <algorithm>
#include <tuple>

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
    m_ports.insert(spec.port);
    m_flows[&spec] = m_ledger.AddFlow(spec.name, spec.node, spec.group);
}

void
RunTraffic::StartReceivers()
{
    for (const std::string& name : m_receiverNodes)
    {
        if (m_network.GetGraph().FindNode(name))
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
        m_receivers.push_back(std::make_unique<MulticastReceiver>(
            GetLabHost(m_network, m_tenants, name).node, name, port, m_ledger));
    }
}

void
RunTraffic::OnTenant(const LabTenant& tenant)
{
    if (m_receiverNodes.count(tenant.spec.name) != 0)
    {
        AddReceivers(tenant.spec.name);
    }
}

void
RunTraffic::Send(const SendSpec& spec)
{
    Ptr<Node> node = GetLabHost(m_network, m_tenants, spec.node).node;
    m_senders.push_back(std::make_unique<MulticastSender>(
        node, GetInterfaceOrFirst(node, spec.interface), spec, m_ledger, m_flows.at(&spec)));
}

void
RunTraffic::Ping(const PingSpec& spec)
{
    m_pings.push_back(
        std::make_unique<PingSeries>(GetLabHost(m_network, m_tenants, spec.node).echo, spec));
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
        for (const auto& [from, roundTrip] : replies)
        {
            row.reply = PingRow::Reply{roundTrip, from};
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
