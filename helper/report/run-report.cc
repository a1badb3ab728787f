// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-report.h"

#include "ns3/evpn-protocol.h"
#include "ns3/igmp-protocol.h"
#include "ns3/number-format.h"
#include "ns3/ospf-routing.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/report-page.h"
#include "ns3/scenario-words.h"
#include "ns3/simulator.h"
#include "ns3/table-report.h"
#include "ns3/versions.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** \returns the last part of a path. */
std::string
BaseName(const std::string& path)
{
    return path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
}

const char*
KindName(NodeKind kind)
{
    static const char* const names[] = {"router", "vtep", "host", "controller"};
    return names[static_cast<std::size_t>(kind)];
}

/** \returns the coordinates, or null. */
ReportJson
Coordinate(const std::optional<double>& value)
{
    return value ? ReportJson(*value) : ReportJson();
}

} // namespace

RunReport::RunReport(ScenarioRun& run, const Scenario& scenario, const ReportLimits& limits)
    : m_run(run),
      m_scenario(scenario),
      m_state(run.GetState(), m_moments, m_texts, limits.tableCells),
      m_packets(m_moments, limits.packets)
{
    run.GetMeter().SetFrameSink(
        [this](std::size_t station, Ptr<const Packet> packet, const LinkFrame& frame) {
            m_packets.Add(station, packet, frame);
        });
    ListenToProtocols();
    ListenToDevices();
    Simulator::Schedule(Seconds(0), &RunReport::SampleRegularly, this);
}

std::shared_ptr<RunReport>
RunReport::Attach(ScenarioRun& run, const Scenario& scenario, const ReportLimits& limits)
{
    run.GetOutput().CheckReplaceable(REPORT_FILE);
    std::shared_ptr<RunReport> report(new RunReport(run, scenario, limits));
    run.SetObserver(report);
    return report;
}

/** Also to devices that have come since: ports of tenants, VXLAN devices. */
void
RunReport::ListenToDevices()
{
    const auto& nodes = m_run.GetNetwork().GetNodes();
    m_devices.resize(nodes.size(), 0);
    for (std::size_t i = 0; i < nodes.size(); ++i)
    {
        for (; m_devices[i] < nodes[i].node->GetNDevices(); ++m_devices[i])
        {
            for (const char* trace : {"PhyRxEnd", "MacTx"})
            {
                nodes[i]
                    .node->GetDevice(m_devices[i])
                    ->TraceConnectWithoutContext(
                        trace, MakeBoundCallback(&RunReport::OnFrame, Source{this, i}));
            }
        }
    }
}

void
RunReport::ListenToProtocols()
{
    const auto& nodes = m_run.GetNetwork().GetNodes();
    for (std::size_t i = 0; i < nodes.size(); ++i)
    {
        const Source source{this, i};
        const auto onTransition = MakeBoundCallback(&RunReport::OnTransition, source);
        for (const Ptr<Object>& protocol : std::initializer_list<Ptr<Object>>{
                 nodes[i].ospf, nodes[i].igmp, nodes[i].pim, nodes[i].evpn})
        {
            protocol ? protocol->TraceConnectWithoutContext("Transition", onTransition) : true;
        }
    }
}

void
RunReport::OnFrame(Source source, Ptr<const Packet>)
{
    source.report->Mark(source.node);
}

void
RunReport::OnTransition(Source source,
                        std::string,
                        std::string,
                        std::string,
                        std::string,
                        std::string)
{
    source.report->Mark(source.node);
}

/** The state of \p node may be changing: it is looked at after what happens at this time. */
void
RunReport::Mark(std::size_t node)
{
    // A frame may reach its protocol by way of events at the same time: sockets, queues.
    constexpr int DELAYS = 4;
    if (m_marked.empty())
    {
        Simulator::ScheduleNow(&RunReport::SampleMarked, this, DELAYS);
    }
    m_marked.insert(node);
}

void
RunReport::SampleMarked(int delays)
{
    if (delays > 0)
    {
        Simulator::ScheduleNow(&RunReport::SampleMarked, this, delays - 1);
        return;
    }
    for (std::size_t node : m_marked)
    {
        m_state.Sample(node);
    }
    m_marked.clear();
}

/** Finds what changed without a packet, a transition or an event. */
void
RunReport::SampleRegularly()
{
    constexpr std::size_t NODES_A_SECOND = 50;
    ListenToDevices();
    m_state.SampleAll();
    const std::size_t nodes = m_run.GetNetwork().GetNodes().size();
    const std::size_t seconds = 1 + nodes / NODES_A_SECOND;
    Simulator::Schedule(Seconds(static_cast<double>(seconds)), &RunReport::SampleRegularly, this);
}

void
RunReport::NotifyEvent(const EventRow& event)
{
    const auto& nodes = m_run.GetNetwork().GetNodes();
    const auto node = std::find_if(
        nodes.begin(), nodes.end(), [&](const LabNode& each) { return each.name == event.node; });
    if (node != nodes.end()) // else a tenant, of which there are no tables
    {
        Mark(static_cast<std::size_t>(node - nodes.begin()));
    }
    m_events.push_back({m_moments.Now(),
                        m_texts.Add(event.node),
                        m_texts.Add(event.protocol),
                        m_texts.Add(event.event),
                        m_texts.Add(event.detail)});
}

void
RunReport::NotifyAction(const ScenarioEvent& event)
{
    ListenToDevices();
    ReportJson action = DescribeAction(event, m_run.GetNetwork().GetGraph());
    if (!action.is_null())
    {
        constexpr std::size_t FEW = 100;
        m_run.GetNetwork().GetNodes().size() <= FEW ? m_state.SampleAll() : void();
        action["moment"] = m_moments.Now();
        m_actions.push_back(std::move(action));
    }
}

void
RunReport::NotifySnapshot(const std::string& name)
{
    m_state.SampleAll();
    m_snapshots.push_back({m_moments.Now(), name});
    m_moments.End();
}

ReportJson
RunReport::GetTopology() const
{
    const TopologyGraph& graph = m_run.GetNetwork().GetGraph();
    ReportJson nodes = ReportJson::array();
    for (const TopologyNode& node : graph.nodes)
    {
        ReportJson loopbacks = ReportJson::array();
        for (const TopologyLoopback& loopback : node.loopbacks)
        {
            for (const LoopbackAddress& address : loopback.addresses)
            {
                loopbacks.push_back(FormatAddress(address.address));
            }
        }
        nodes.push_back({{"name", node.name},
                         {"loopbacks", loopbacks},
                         {"kind", KindName(node.kind)},
                         {"tier", node.tier},
                         {"x", Coordinate(node.x)},
                         {"y", Coordinate(node.y)}});
    }
    for (std::size_t i = graph.nodes.size(); i < m_run.GetNetwork().GetNodes().size(); ++i)
    {
        nodes.push_back({{"name", m_run.GetNetwork().GetNodes()[i].name}, {"kind", "host"}});
    }
    ReportJson networks = ReportJson::array();
    ReportJson interfaces = ReportJson::array(); // in the order of LinkMeter's stations
    for (const TopologyNetwork& network : graph.networks)
    {
        for (std::size_t attachment : network.attachments)
        {
            const TopologyAttachment& each = graph.attachments[attachment];
            interfaces.push_back({{"node", each.node},
                                  {"network", networks.size()},
                                  {"name", each.interface},
                                  {"address", FormatAddress(each.address)},
                                  {"mac",
                                   ToText(Mac48Address::ConvertFrom(
                                       m_run.GetNetwork().GetDevice(attachment)->GetAddress()))}});
        }
        networks.push_back({{"name", network.name},
                            {"prefix", network.prefix.ToString()},
                            {"pointToPoint", network.pointToPoint},
                            {"cost", network.cost},
                            {"x", Coordinate(network.x)},
                            {"y", Coordinate(network.y)}});
    }
    return {{"name", BaseName(graph.name)},
            {"nodes", nodes},
            {"networks", networks},
            {"interfaces", interfaces}};
}

ReportJson
RunReport::ToJson() const
{
    ReportJson classes = ReportJson::array();
    for (const char* name : EnumNames<LinkClass>::NAMES)
    {
        classes.push_back(name);
    }
    ReportJson ports = ReportJson::array();
    for (uint16_t port : m_run.GetMeter().GetVxlanPorts())
    {
        ports.push_back(port);
    }
    const std::optional<std::size_t> end = m_packets.GetEnd();
    return {{"format", 1},
            {"kind", "run"},
            {"version", GetModuleVersion()},
            {"scenario", BaseName(m_scenario.file)},
            {"duration", m_scenario.duration.GetNanoSeconds()},
            {"topology", GetTopology()},
            {"texts", m_texts.ToJson()},
            {"times", m_moments.ToJson()},
            {"events", m_events},
            {"actions", m_actions},
            {"snapshots", m_snapshots},
            {"tables", m_state.ToJson()},
            {"classes", classes},
            {"vxlanPorts", ports},
            {"packets", m_packets.ToJson()},
            {"packetsEnd", end ? ReportJson(*end) : ReportJson()}};
}

std::string
RunReport::Write() const
{
    m_run.GetOutput().Write(REPORT_FILE, MakeReportPage(ToJson()));
    return m_run.GetOutput().GetPath(REPORT_FILE);
}

} // namespace ns3
