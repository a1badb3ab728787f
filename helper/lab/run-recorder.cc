// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-recorder.h"

#include "ns3/abort.h"
#include "ns3/bfd-protocol.h"
#include "ns3/evpn-protocol.h"
#include "ns3/igmp-protocol.h"
#include "ns3/ip-protocol.h"
#include "ns3/ipv4-header.h"
#include "ns3/map-server.h"
#include "ns3/map-xtr.h"
#include "ns3/msdp-protocol.h"
#include "ns3/number-format.h"
#include "ns3/openflow-controller.h"
#include "ns3/openflow-switch.h"
#include "ns3/ospf-routing.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/plane-tables.h"
#include "ns3/simulator.h"
#include "ns3/traffic-apps.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace ns3
{

namespace
{

/** Connects \p callback; ns-3 itself searches lists of strings for each of thousands of objects. */
void
ConnectTo(Ptr<Object> object, const std::string& name, const CallbackBase& callback)
{
    static std::map<std::pair<TypeId, std::string>, Ptr<const TraceSourceAccessor>> known;
    const TypeId type = object->GetInstanceTypeId();
    const auto [it, isNew] = known.try_emplace({type, name});
    if (isNew)
    {
        it->second = type.LookupTraceSourceByName(name);
        NS_ABORT_MSG_UNLESS(it->second, type.GetName() << " has no trace source " << name);
    }
    it->second->ConnectWithoutContext(PeekPointer(object), callback);
}

} // namespace

template <typename T>
void
RunRecorder::Listen(Ptr<T> protocol, std::size_t node, const char* name, const std::string& prefix)
{
    if (protocol)
    {
        const Source source{this, node, name};
        ConnectTo(protocol, prefix + "Event", MakeBoundCallback(&RunRecorder::OnEvent, source));
        ConnectTo(protocol, prefix + "Drop", MakeBoundCallback(&RunRecorder::OnDrop, source));
    }
}

RunRecorder::RunRecorder(LabNetwork& network, EventSink sink)
    : m_network(network),
      m_sink(std::move(sink))
{
    for (std::size_t i = 0; i < network.GetNodes().size(); ++i)
    {
        const LabNode& node = network.GetNodes()[i];
        Listen(node.ospf, i, "ospf");
        Listen(node.igmp, i, "igmp");
        Listen(node.pim, i, "pim");
        Listen(node.bfd, i, "bfd");
        Listen(node.msdp, i, "msdp");
        Listen(node.evpn, i, "bgp");
        Listen(node.controller, i, "openflow");
        Listen(node.openflowSwitch, i, "openflow");
        Listen(node.controller, i, "ovsdb", "Ovsdb");
        Listen(node.openflowSwitch, i, "ovsdb", "Ovsdb");
        Listen(node.mapServer, i, "map");
        Listen(node.mapXtr, i, "map");
        Listen(node.endpoint, i, "vxlan");
        ConnectTo(node.node->GetObject<Ipv4L3Protocol>(),
                  "Drop",
                  MakeBoundCallback(&RunRecorder::OnIpDropped, Source{this, i, "ip"}));
        ConnectTo(node.endpoint,
                  "Rx",
                  MakeBoundCallback(&RunRecorder::OnVxlan, Source{this, i, "vxlan"}));
    }
}

void
RunRecorder::OnEvent(Source source, std::string name, std::string detail)
{
    source.recorder->m_sink({Simulator::Now(),
                             source.recorder->m_network.GetNodes()[source.node].name,
                             source.protocol,
                             std::move(name),
                             std::move(detail)});
}

void
RunRecorder::OnDrop(Source source, Ptr<const Packet>, uint32_t, std::string reason)
{
    ++source.recorder->m_drops[{source.node, source.protocol, std::move(reason)}];
}

/** What no router may pass on or take; that there is no route is no fault of a packet. */
void
RunRecorder::OnIpDropped(Source source,
                         const Ipv4Header& header,
                         Ptr<const Packet> packet,
                         Ipv4L3Protocol::DropReason reason,
                         Ptr<Ipv4>,
                         uint32_t interface)
{
    switch (reason)
    {
    case Ipv4L3Protocol::DROP_BAD_CHECKSUM:
        OnDrop(source, packet, interface, "checksum");
        break;
    case Ipv4L3Protocol::DROP_FRAGMENT_TIMEOUT:
        OnDrop(source, packet, interface, "fragment-timeout");
        break;
    case Ipv4L3Protocol::DROP_TTL_EXPIRED:
        OnDrop(source, packet, interface, "ttl");
        break;
    case Ipv4L3Protocol::DROP_ROUTE_ERROR:
        header.GetTtl() == 0 ? OnDrop(source, packet, interface, "ttl") : void();
        break;
    default:
        break;
    }
}

void
RunRecorder::OnVxlan(Source source, Ptr<const Packet> packet, uint32_t)
{
    constexpr uint32_t LONGEST = 256; // no frame of a flood is longer
    std::map<uint32_t, Flood>& floods = source.recorder->m_floods;
    uint8_t bytes[LONGEST];
    const uint32_t size = packet->CopyData(bytes, LONGEST);
    if (floods.empty() || packet->GetSize() >= LONGEST || size < FloodGenerator::TRAILER)
    {
        return;
    }
    const auto number = FloodGenerator::ReadNumber(bytes + size - FloodGenerator::TRAILER);
    const auto flood = number ? floods.find(*number) : floods.end();
    const LabNode& node = source.recorder->m_network.GetNodes()[source.node];
    if (flood == floods.end() || flood->second.sender == node.name)
    {
        return;
    }
    const bool wanted =
        std::any_of(node.vxlans.begin(), node.vxlans.end(), [&](const auto& device) {
            return device.second->GetVni() == flood->second.vni;
        });
    ++(wanted ? flood->second.arrivals.wanted : flood->second.arrivals.unwanted);
}

void
RunRecorder::WatchGroup(Ipv4Address group)
{
    if (m_watched.empty())
    {
        for (std::size_t i = 0; i < m_network.GetNodes().size(); ++i)
        {
            const LabNode& node = m_network.GetNodes()[i];
            if (node.pim)
            {
                node.node->GetObject<Ipv4L3Protocol>()->TraceConnectWithoutContext(
                    "Rx", MakeBoundCallback(&RunRecorder::OnIpReceived, Source{this, i, "vxlan"}));
            }
        }
    }
    m_watched.insert(group);
}

void
RunRecorder::OnIpReceived(Source source, Ptr<const Packet> packet, Ptr<Ipv4>, uint32_t)
{
    Ipv4Header header;
    packet->PeekHeader(header);
    const Ipv4Address group = header.GetDestination();
    if (source.recorder->m_watched.count(group) == 0 || header.GetProtocol() != IP_PROTOCOL_UDP ||
        header.GetFragmentOffset() != 0)
    {
        return;
    }
    const LabNode& node = source.recorder->m_network.GetNodes()[source.node];
    const auto isForwarded = [&](const MulticastForwardingEntry* entry) {
        return entry->key.GetGroup() == group && entry->key.GetSource() == header.GetSource();
    };
    const auto entries = node.pim->GetForwardingEntries();
    std::string reason;
    if (group.IsLocalMulticast())
    {
        reason = "link-local-group";
    }
    else if (header.GetTtl() <= 1)
    {
        reason = "ttl";
    }
    else if (std::none_of(entries.begin(), entries.end(), isForwarded))
    {
        reason = "ssm-group";
    }
    if (!reason.empty())
    {
        OnDrop(source, packet, 0, reason);
    }
}

std::vector<ControlRow>
RunRecorder::GetControlRows() const
{
    std::vector<ControlRow> rows;
    for (std::size_t i = 0; i < m_network.GetNodes().size(); ++i)
    {
        const LabNode& node = m_network.GetNodes()[i];
        const auto before = m_controlMessages.find(i);
        for (const auto& [key, now] : GetControlCounts(node))
        {
            const auto& [peer, protocol, isSent, message] = key;
            ControlMessageCount count = now;
            if (before != m_controlMessages.end() && before->second.count(key) != 0)
            {
                count.messages -= before->second.at(key).messages;
                count.bytes -= before->second.at(key).bytes;
            }
            if (count.messages != 0)
            {
                rows.push_back({node.name,
                                FindNodeName(peer),
                                protocol,
                                isSent ? "sent" : "received",
                                message,
                                count.messages,
                                count.bytes});
            }
        }
    }
    return rows;
}

void
RunRecorder::RestartControlMessages()
{
    for (std::size_t i = 0; i < m_network.GetNodes().size(); ++i)
    {
        m_controlMessages[i] = GetControlCounts(m_network.GetNodes()[i]);
    }
}

std::string
RunRecorder::FindNodeName(const std::string& address) const
{
    const TopologyGraph& graph = m_network.GetGraph();
    for (const TopologyAttachment& attachment : graph.attachments)
    {
        if (ToText(Ipv4Address(attachment.address)) == address)
        {
            return graph.nodes[attachment.node].name;
        }
    }
    for (const TopologyNode& node : graph.nodes)
    {
        for (const TopologyLoopback& loopback : node.loopbacks)
        {
            for (const LoopbackAddress& each : loopback.addresses)
            {
                if (ToText(Ipv4Address(each.address)) == address)
                {
                    return node.name;
                }
            }
        }
    }
    return address;
}

void
RunRecorder::AddFlood(uint32_t number, const std::string& sender, uint32_t vni)
{
    m_floods[number] = {sender, vni, {}};
}

RunRecorder::Arrivals
RunRecorder::GetArrivals(uint32_t number) const
{
    return m_floods.at(number).arrivals;
}

std::vector<DropRow>
RunRecorder::GetDropRows() const
{
    std::vector<DropRow> rows;
    for (const auto& [key, packets] : m_drops)
    {
        const auto& [node, protocol, reason] = key;
        rows.push_back({m_network.GetNodes()[node].name, protocol, reason, packets});
    }
    return rows;
}

} // namespace ns3
