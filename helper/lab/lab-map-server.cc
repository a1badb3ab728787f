// SPDX-License-Identifier: GPL-2.0-only
// The mapping system on the nodes of a lab: a map server and the VTEPs' ends, from the start.
#include "ns3/lab-network.h"
#include "ns3/map-server-helper.h"

namespace ns3
{

namespace
{

// Random streams: fixed, as those of nodes are.
constexpr int64_t STREAMS_OF_MAPS = int64_t(1) << 43;
constexpr int64_t STREAMS_PER_XTR = 2;

} // namespace

void
LabNetwork::AddMapServer(const MapServerSpec& spec)
{
    MapServerHelper helper;
    if (spec.ttl)
    {
        helper.SetServer("Ttl", TimeValue(*spec.ttl));
        helper.SetXtr("Ttl", TimeValue(*spec.ttl));
    }
    LabNode& server = GetNode(spec.node);
    {
        const ScopedAttributes scope(m_settings.nodes[spec.node]);
        server.mapServer = helper.InstallServer(server.node);
    }
    for (const auto& [node, dev] : spec.vteps)
    {
        const ScopedAttributes scope(m_settings.nodes[node]);
        LabNode& lab = GetNode(node);
        // Known from the start: an XTR that learns it later starts again.
        helper.SetXtr("Locator", Ipv4AddressValue(GetVtepAddress(node, dev)));
        lab.mapXtr = helper.InstallXtr(lab.node, GetServerAddress(spec.node));
    }
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
    {
        MapServerHelper::AssignStreams(NodeContainer(m_nodes[i].node),
                                       STREAMS_OF_MAPS + STREAMS_PER_XTR * static_cast<int64_t>(i));
    }
}

} // namespace ns3
