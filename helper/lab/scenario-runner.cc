// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-runner.h"

#include "ns3/config.h"
#include "ns3/expectation.h"
#include "ns3/interface-names.h"
#include "ns3/lab-show.h"
#include "ns3/lab-tables.h"
#include "ns3/names.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/run-summary.h"
#include "ns3/scenario-values.h"
#include "ns3/scenario-warnings.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/topology-values.h"
#include "ns3/trace-helper.h"

#include <algorithm>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace ns3
{

ScenarioRunner::ScenarioRunner(const TopologyGraph& topology,
                               const Scenario& scenario,
                               const RunOptions& options,
                               std::ostream& os)
    : m_topology(topology),
      m_scenario(scenario),
      m_options(options),
      m_os(os),
      m_output(options.output)
{
    CheckOutput();
    SetLabDefaults();
    SetTreePolicy(scenario.trees);
    for (const AttributeSetting& setting : scenario.defaults)
    {
        Config::SetDefault(setting.name, StringValue(setting.value));
    }
    m_network = std::make_unique<LabNetwork>(
        topology, LabSettings{scenario.staticUnderlay, scenario.trees == "bidir", scenario.nodes});
    m_recorder = std::make_unique<RunRecorder>(*m_network);
    for (const TopologyNetwork& network : topology.networks)
    {
        for (std::size_t attachment : network.attachments)
        {
            m_meter.Attach(network.name,
                           topology.nodes[topology.attachments[attachment].node].name,
                           m_network->GetDevice(attachment));
        }
    }
    if (options.figures)
    {
        m_meter.RecordGroups();
    }
    for (const TableFormat& format : GetTableFormats())
    {
        if (format.snapshot)
        {
            m_snapshots.emplace(format.name, CsvTable(format.name, format.columns));
        }
    }
    for (const ScenarioWarning& warning : FindScenarioWarnings(scenario, topology))
    {
        warning.group ? m_recorder->WatchGroup(*warning.group) : void();
    }
    AddReceivers();
    ScheduleEvents();
}

/** Refuses, before anything runs, an output directory in which the run could not write its files.
 */
void
ScenarioRunner::CheckOutput() const
{
    for (const std::string& file : ListCaptureFiles(m_options.pcap, m_topology, m_scenario))
    {
        m_output.CheckReplaceable(file);
    }
    for (const TableFormat& format : GetTableFormats())
    {
        m_output.CheckReplaceable(format.name + ".csv");
    }
    m_output.CheckReplaceable("transcript.txt");
    m_output.CheckReplaceable("summary.json");
    for (const ScenarioEvent& event : m_scenario.events)
    {
        const auto* figure = std::get_if<FigureAction>(&event.action);
        if (figure && m_options.figures)
        {
            m_output.CheckReplaceable(figure->name + ".svg");
        }
    }
}

ScenarioRunner::~ScenarioRunner()
{
    Simulator::Destroy();
    Names::Clear();
    Config::Reset();
}

void
ScenarioRunner::ScheduleEvents()
{
    for (const ScenarioEvent& event : m_scenario.events)
    {
        if (const auto* send = std::get_if<SendAction>(&event.action))
        {
            m_flows[send] = m_ledger.AddFlow(send->name, send->node, send->group);
        }
        Simulator::Schedule(event.at, [this, &event] {
            m_current = &event;
            std::visit([this](const auto& action) { Do(action); }, event.action);
        });
    }
}

/** Listens wherever the scenario joins something, on every port that it sends to. */
void
ScenarioRunner::AddReceivers()
{
    std::set<std::string> nodes;
    std::set<uint16_t> ports;
    for (const ScenarioEvent& event : m_scenario.events)
    {
        if (const auto* join = std::get_if<JoinAction>(&event.action))
        {
            nodes.insert(join->node);
        }
        if (const auto* send = std::get_if<SendAction>(&event.action))
        {
            ports.insert(send->port);
        }
    }
    for (const std::string& name : nodes)
    {
        for (uint16_t port : ports)
        {
            m_receivers.push_back(std::make_unique<MulticastReceiver>(
                m_network->GetNode(name).node, name, port, m_ledger));
        }
    }
}

std::size_t
ScenarioRunner::Run()
{
    const auto start = std::chrono::steady_clock::now();
    m_lastProgress = start;
    m_output.Keep();
    for (const LabNode& node : m_network->GetNodes())
    {
        EnablePcap(node);
    }
    if (m_options.figures)
    {
        Draw({FigureKind::Topology, "topology", Ipv4Address::GetAny(), Ipv4Address::GetAny()});
    }
    if (m_options.progress)
    {
        ShowProgress();
    }
    Simulator::Stop(m_scenario.duration + NanoSeconds(1)); // after what happens at the very end
    Simulator::Run();

    for (const TableFormat& format : GetTableFormats())
    {
        m_output.Write(format.snapshot ? m_snapshots.at(format.name) : MakeTable(format));
    }
    m_output.Write("transcript.txt", m_transcript);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    m_output.Write("summary.json", MakeRunSummary(m_scenario.duration, wall.count()));
    return m_failures;
}

void
ScenarioRunner::Do(const JoinAction& action)
{
    LabNode& node = m_network->GetNode(action.node);
    const uint32_t interface = m_network->GetInterface(node, action.interface);
    node.igmp->Join(
        interface, action.group, IgmpSourceSet(action.sources.begin(), action.sources.end()));
    m_ledger.Join(action.node,
                  action.group,
                  GetInterfaceName(node.node, interface),
                  action.sources,
                  Simulator::Now());
}

void
ScenarioRunner::Do(const LeaveAction& action)
{
    LabNode& node = m_network->GetNode(action.node);
    for (uint32_t i = 1; i < node.node->GetObject<Ipv4>()->GetNInterfaces(); ++i)
    {
        if (action.interface.empty() || GetInterfaceName(node.node, i) == action.interface)
        {
            node.igmp->Leave(
                i, action.group, IgmpSourceSet(action.sources.begin(), action.sources.end()));
        }
    }
    m_ledger.Leave(action.node, action.group, action.interface, action.sources, Simulator::Now());
}

void
ScenarioRunner::Do(const SendAction& action)
{
    const LabNode& node = m_network->GetNode(action.node);
    m_senders.push_back(
        std::make_unique<MulticastSender>(node.node,
                                          m_network->GetInterface(node, action.interface),
                                          action,
                                          m_ledger,
                                          m_flows.at(&action)));
}

void
ScenarioRunner::Do(const VxlanAction& action)
{
    m_meter.AddVxlanPort(action.port);
    m_network->AddVxlan(action);
    for (const std::string& name : action.nodes)
    {
        EnablePcap(m_network->GetNode(name));
    }
}

void
ScenarioRunner::Do(const PingAction& action)
{
    m_pings.push_back(std::make_unique<PingSeries>(m_network->GetNode(action.node).echo, action));
}

void
ScenarioRunner::Do(const FloodAction& action)
{
    const uint32_t number = static_cast<uint32_t>(m_floods.size());
    Ptr<VxlanNetDevice> device = m_network->GetNode(action.node).vxlans.at(action.device);
    m_recorder->AddFlood(number, action.node, device->GetVni());
    m_floods.push_back(std::make_unique<FloodGenerator>(device, action, number));
}

void
ScenarioRunner::Do(const LinkAction& action)
{
    for (std::size_t network : action.networks)
    {
        m_network->SetNetworkUp(network, action.up);
    }
}

void
ScenarioRunner::Do(const NodeAction& action)
{
    m_network->SetNodeUp(action.name, action.up);
}

void
ScenarioRunner::Do(const LossAction& action)
{
    for (std::size_t network : action.networks)
    {
        m_network->SetLoss(network, action.rate);
        if (action.until)
        {
            Simulator::Schedule(*action.until - Simulator::Now(),
                                [this, network] { m_network->SetLoss(network, 0); });
        }
    }
}

void
ScenarioRunner::Do(const ShowAction& action)
{
    Ptr<Node> node = m_network->GetNode(action.node).node;
    std::ostringstream os;
    os << "[" << FormatSeconds(Simulator::Now()) << "s] " << GetShowPrompt(node, action.what)
       << '\n';
    Show(os, node, action.what);
    os << '\n';
    Print(os.str());
}

void
ScenarioRunner::Do(const SnapshotAction& action)
{
    for (auto& [name, table] : m_snapshots)
    {
        AppendState(table, action.name);
    }
    if (m_options.figures)
    {
        DrawFigures(action.name);
    }
    m_meter.Restart();
}

void
ScenarioRunner::Do(const ExpectAction& action)
{
    const bool recorded = std::any_of(action.where.begin(),
                                      action.where.end(),
                                      [](const auto& pair) { return pair.first == "snapshot"; });
    const std::string fault = CheckExpectation(
        action,
        recorded ? m_snapshots.at(action.table) : MakeTable(*FindTableFormat(action.table)));
    if (!fault.empty())
    {
        ++m_failures;
        Print("FAILED at " + FormatSeconds(Simulator::Now()) + "s: " + fault + " (" +
              m_scenario.file + ":" + std::to_string(m_current->line) + ")\n");
    }
}

void
ScenarioRunner::Do(const FigureAction& action)
{
    if (m_options.figures)
    {
        Draw(action);
    }
}

CsvTable
ScenarioRunner::MakeTable(const TableFormat& format) const
{
    CsvTable table(format.name, format.columns);
    if (format.snapshot)
    {
        AppendState(table, "");
    }
    else if (format.name == "deliveries")
    {
        m_ledger.Report(table);
    }
    else if (format.name == "pings")
    {
        std::vector<const PingSeries*> series;
        for (const auto& pings : m_pings)
        {
            series.push_back(pings.get());
        }
        ReportPings(series, table);
    }
    else if (format.name == "flood")
    {
        ReportFloods(table);
    }
    else if (format.name == "events")
    {
        m_recorder->ReportEvents(table);
    }
    else
    {
        m_recorder->ReportDrops(table);
    }
    return table;
}

void
ScenarioRunner::AppendState(CsvTable& table, const std::string& snapshot) const
{
    using Append = void (*)(const LabNode&, const SnapshotRows&);
    static const std::map<std::string, Append> appenders = {{"routes", AppendRoutes},
                                                            {"rp", AppendRp},
                                                            {"igmp", AppendIgmp},
                                                            {"tib", AppendTib},
                                                            {"mfc", AppendMfc},
                                                            {"fdb", AppendFdb}};
    if (table.GetName() == "links")
    {
        m_meter.Report(table, snapshot, Simulator::Now());
        return;
    }
    const SnapshotRows rows{table, snapshot, FormatSeconds(Simulator::Now())};
    for (const LabNode& node : m_network->GetNodes())
    {
        appenders.at(table.GetName())(node, rows);
    }
}

void
ScenarioRunner::ReportFloods(CsvTable& table) const
{
    static const char* const kinds[] = {"arp", "unknown-unicast", "broadcast", "multicast"};
    for (std::size_t i = 0; i < m_floods.size(); ++i)
    {
        const uint32_t number = static_cast<uint32_t>(i);
        const FloodAction& action = m_floods[i]->GetAction();
        const RunRecorder::Arrivals arrivals = m_recorder->GetArrivals(number);
        table.AddRow(
            {action.node,
             action.device,
             std::to_string(m_network->GetNode(action.node).vxlans.at(action.device)->GetVni()),
             kinds[static_cast<std::size_t>(action.kind)],
             std::to_string(m_floods[i]->GetFrames()),
             std::to_string(m_meter.GetFloodCopies(number)),
             std::to_string(arrivals.wanted),
             std::to_string(arrivals.unwanted)});
    }
}

/** Draws what a snapshot shows, unless the scenario says itself what to draw. */
void
ScenarioRunner::DrawFigures(const std::string& snapshot)
{
    constexpr std::size_t MOST_GROUPS = 8;
    const auto& events = m_scenario.events;
    if (std::any_of(events.begin(), events.end(), [](const ScenarioEvent& event) {
            return std::holds_alternative<FigureAction>(event.action);
        }))
    {
        return;
    }
    const auto draw = [&](FigureKind kind, const std::string& name, Ipv4Address group) {
        Draw({kind, snapshot + "-" + name, group, Ipv4Address::GetAny()});
    };
    draw(FigureKind::RpElection, "rp-election", Ipv4Address::GetAny());
    const CsvTable tib = MakeTable(*FindTableFormat("tib"));
    std::set<std::string> groups;
    for (const auto& row : tib.GetRows())
    {
        groups.insert(row[*tib.FindColumn("group")]);
    }
    for (const std::string& text : groups)
    {
        if (groups.size() <= MOST_GROUPS)
        {
            draw(FigureKind::RpTree, "rp-tree-" + text, *ParseIpv4(text));
            draw(FigureKind::ViaRp, "via-rp-" + text, *ParseIpv4(text));
            draw(FigureKind::Spt, "spt-" + text, *ParseIpv4(text));
        }
    }
}

void
ScenarioRunner::Draw(const FigureAction& figure)
{
    const std::string dot = DrawFigure(figure,
                                       {m_topology,
                                        Simulator::Now(),
                                        MakeTable(*FindTableFormat("rp")),
                                        MakeTable(*FindTableFormat("igmp")),
                                        MakeTable(*FindTableFormat("tib")),
                                        MakeTable(*FindTableFormat("mfc")),
                                        m_meter.GetGroupCounts(figure.group)});
    const std::string path = m_output.GetPath(figure.name + ".svg");
    if (!RenderFigure(dot, path))
    {
        throw std::runtime_error(path + ": Graphviz cannot draw it");
    }
}

void
ScenarioRunner::EnablePcap(const LabNode& node)
{
    Ptr<Ipv4> ipv4 = node.node->GetObject<Ipv4>();
    std::map<std::string, Ptr<NetDevice>> devices;
    for (const std::size_t attachment :
         m_topology.nodes[*m_topology.FindNode(node.name)].attachments)
    {
        devices[m_topology.attachments[attachment].interface] = m_network->GetDevice(attachment);
    }
    for (const auto& [name, device] : node.vxlans)
    {
        devices[name] = device;
    }
    for (const auto& [name, device] : devices)
    {
        const std::string file = GetCaptureFile(node.name, name);
        if (!IsCaptured(m_options.pcap, node.name, name) || !m_captured.insert(file).second)
        {
            continue;
        }
        PcapHelper pcap;
        const bool isLink = DynamicCast<PointToPointNetDevice>(device) != nullptr;
        Ptr<PcapFileWrapper> wrapper =
            pcap.CreateFile(m_output.GetPath(file),
                            std::ios::out,
                            isLink ? PcapHelper::DLT_PPP : PcapHelper::DLT_EN10MB);
        const char* const trace = DynamicCast<VxlanNetDevice>(device) ? "Frame" : "PromiscSniffer";
        pcap.HookDefaultSink<NetDevice>(device, trace, wrapper);
    }
}

void
ScenarioRunner::Print(const std::string& text)
{
    m_transcript += text;
    m_os << text << std::flush;
}

void
ScenarioRunner::ShowProgress()
{
    const auto now = std::chrono::steady_clock::now();
    if (now - m_lastProgress > std::chrono::milliseconds(500))
    {
        m_lastProgress = now;
        std::cerr << "\r" << FormatDecimal(Simulator::Now().GetSeconds(), 0) << " of "
                  << FormatSeconds(m_scenario.duration) << " s simulated " << std::flush;
    }
    Simulator::Schedule(m_scenario.duration / 1000, &ScenarioRunner::ShowProgress, this);
}

} // namespace ns3
