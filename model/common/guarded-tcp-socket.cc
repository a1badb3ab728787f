// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/guarded-tcp-socket.h"

#include "ns3/ipv4.h"
#include "ns3/nstime.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/unicast-rib-routing.h"

namespace ns3
{

namespace
{

constexpr const char* PERSIST_TIMEOUT = "PersistTimeout"; // of ns3::TcpSocket

} // namespace

Ptr<Socket>
CreateTcpSocket(Ptr<Node> node)
{
    Ptr<Socket> socket = Socket::CreateSocket(node, TcpSocketFactory::GetTypeId());
    socket->SetAttribute(PERSIST_TIMEOUT, TimeValue(Years(50)));
    return socket;
}

void
EnableTcpProbes(Ptr<Socket> socket)
{
    TypeId::AttributeInformation attribute;
    socket->GetInstanceTypeId().LookupAttributeByName(PERSIST_TIMEOUT, &attribute);
    socket->SetAttribute(PERSIST_TIMEOUT, *attribute.initialValue);
}

void
SetTcpSource(Ptr<Node> node, Ipv4Address remote, Ipv4Address local)
{
    auto* routing = dynamic_cast<UnicastRibRouting*>(FindUnicastRib(node->GetObject<Ipv4>()));
    if (routing != nullptr && !local.IsAny())
    {
        routing->SetPreferredSource(remote, local);
    }
}

} // namespace ns3
