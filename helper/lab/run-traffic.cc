// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-traffic.h"

#include <algorithm>
#include <tuple>

namespace ns3
{

RunTraffic::RunTraffic(LabNetwork& network, RunRecorder& recorder)
    : m_network(network),
      m_recorder(recorder)
{
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
        for (uint16_t port : m_ports)
        {
            m_receivers.push_back(std::make_unique<MulticastReceiver>(
                m_network.GetNode(name).node, name, port, m_ledger));
        }
    }
}

void
RunTraffic::Send(const SendSpec& spec)
{
    const LabNode& node = m_network.GetNode(spec.node);
    m_senders.push_back(
        std::make_unique<MulticastSender>(node.node,
                                          m_network.GetInterface(node, spec.interface),
                                          spec,
                                          m_ledger,
                                          m_flows.at(&spec)));
}

void
RunTraffic::Ping(const PingSpec& spec)
{
    m_pings.push_back(std::make_unique<PingSeries>(m_network.GetNode(spec.node).echo, spec));
}

void
RunTraffic::Flood(const FloodSpec& spec)
{
    const auto number = static_cast<uint32_t>(m_floods.size());
    Ptr<VxlanNetDevice> device = m_network.GetNode(spec.node).vxlans.at(spec.device);
    m_recorder.AddFlood(number, spec.node, device->GetVni());
    m_floods.push_back(std::make_unique<FloodGenerator>(device, spec, number));
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
        const FloodSpec& spec = flood->GetSpec();
        FloodRow row;
        row.node = spec.node;
        row.device = spec.device;
        row.vni = m_network.GetNode(spec.node).vxlans.at(spec.device)->GetVni();
        row.kind = spec.kind;
        row.frames = flood->GetFrames();
        rows.push_back(row);
    }
    return rows;
}

} // namespace ns3
