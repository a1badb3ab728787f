// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/map-server-helper.h"

#include "ns3/map-server-control-plane.h"

#include <stdexcept>

namespace ns3
{

MapServerHelper::MapServerHelper()
{
    m_server.SetTypeId("ns3::MapServer");
    m_xtr.SetTypeId("ns3::MapXtr");
}

void
MapServerHelper::SetServer(const std::string& name, const AttributeValue& value)
{
    m_server.Set(name, value);
}

void
MapServerHelper::SetXtr(const std::string& name, const AttributeValue& value)
{
    m_xtr.Set(name, value);
}

Ptr<MapServer>
MapServerHelper::InstallServer(Ptr<Node> node) const
{
    Ptr<MapServer> server = node->GetObject<MapServer>();
    if (!server)
    {
        server = m_server.Create<MapServer>();
        node->AggregateObject(server);
    }
    return server;
}

Ptr<MapXtr>
MapServerHelper::InstallXtr(Ptr<Node> node, Ipv4Address server) const
{
    Ptr<MapXtr> xtr = node->GetObject<MapXtr>();
    if (!xtr)
    {
        xtr = m_xtr.Create<MapXtr>();
        xtr->SetAttribute("Server", Ipv4AddressValue(server));
        node->AggregateObject(xtr);
    }
    return xtr;
}

Ptr<MapServer>
MapServerHelper::Install(const NodeContainer& vteps, Ptr<Node> node) const
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    if (!ipv4 || ipv4->GetNInterfaces() < 2 || ipv4->GetNAddresses(1) == 0)
    {
        throw std::invalid_argument("the map server's node has no address");
    }
    const Ipv4Address address = ipv4->GetAddress(1, 0).GetLocal();
    for (auto vtep = vteps.Begin(); vtep != vteps.End(); ++vtep)
    {
        if (*vtep == node)
        {
            throw std::invalid_argument("a map server cannot be on a VTEP: both take UDP port "
                                        "4342");
        }
        InstallXtr(*vtep, address);
    }
    return InstallServer(node);
}

int64_t
MapServerHelper::AssignStreams(const NodeContainer& nodes, int64_t stream)
{
    int64_t used = 0;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        if (Ptr<MapServer> server = (*node)->GetObject<MapServer>())
        {
            used += server->AssignStreams(stream + used);
        }
        if (Ptr<MapXtr> xtr = (*node)->GetObject<MapXtr>())
        {
            used += xtr->AssignStreams(stream + used);
        }
    }
    return used;
}

ObjectFactory
MapServerHelper::MakeControlPlane()
{
    ObjectFactory factory;
    factory.SetTypeId(MapServerControlPlane::GetTypeId());
    return factory;
}

} // namespace ns3
