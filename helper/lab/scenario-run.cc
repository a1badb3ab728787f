// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-run.h"

#include "ns3/config.h"
#include "ns3/evpn-protocol.h"
#include "ns3/map-server.h"
#include "ns3/names.h"
#include "ns3/number-format.h"
#include "ns3/openflow-controller.h"
#include "ns3/run-summary.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tenant-observers.h"

namespace ns3
{

namespace
{

/** \returns the path of \p file, which a run can write. \throws InputError if it cannot */
std::string
GetCheckedPath(const RunOutput& output, const std::string& file)
{
    output.CheckReplaceable(file);
    return output.GetPath(file);
}

} // namespace

ScenarioRun::ScenarioRun(const TopologyGraph& topology,
                         const Scenario& scenario,
                         const RunOptions& options,
                         std::ostream& os)
    : m_scenario(scenario),
      m_os(os),
      m_output(options.output),
      m_tables(m_output),
      m_transcript(GetCheckedPath(m_output, "transcript.txt"))
{
    m_output.CheckReplaceable("summary.json");
    for (const std::string& file : ListCaptureFiles(options.pcap, topology, scenario))
    {
        m_output.CheckReplaceable(file);
    }
    BuildNetwork(topology);
    m_recorder = std::make_unique<RunRecorder>(*m_network, [this](const EventRow& event) {
        m_tables.WriteRow(event);
        m_runObserver ? m_runObserver->NotifyEvent(event) : void();
    });
    m_traffic = std::make_unique<RunTraffic>(*m_network, *m_tenants, *m_recorder);
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
    m_state.reset(new RunState{*m_network, m_meter, *m_traffic, *m_recorder});
    m_captures = std::make_unique<CaptureWriter>(*m_network, m_output, options.pcap);
    m_figures = std::make_unique<RunFigures>(*m_state, m_output, options.figures);
}

ScenarioRun::~ScenarioRun()
{
    Simulator::Destroy();
    Names::Clear();
    Config::Reset();
}

void
ScenarioRun::BuildNetwork(const TopologyGraph& topology)
{
    SetLabDefaults();
    SetTreePolicy(m_scenario.trees);
    for (const AttributeSetting& setting : m_scenario.defaults)
    {
        Config::SetDefault(setting.name, StringValue(setting.value));
    }
    m_network = std::make_unique<LabNetwork>(topology,
                                             LabSettings{m_scenario.staticUnderlay,
                                                         m_scenario.trees == TreePolicy::Bidir,
                                                         m_scenario.nodes});
    if (m_scenario.evpn)
    {
        m_network->AddEvpn(*m_scenario.evpn);
    }
    if (m_scenario.controller)
    {
        m_network->AddController(*m_scenario.controller);
    }
    if (m_scenario.mapServer)
    {
        m_network->AddMapServer(*m_scenario.mapServer);
    }
    m_tenants = std::make_unique<LabTenants>(*m_network);
    m_observers = MakeTenantObservers(*m_network);
    for (const std::unique_ptr<LabTenantObserver>& observer : m_observers)
    {
        m_tenants->AddObserver(*observer);
    }
}

LabNetwork&
ScenarioRun::GetNetwork()
{
    return *m_network;
}

LabTenants&
ScenarioRun::GetTenants()
{
    return *m_tenants;
}

LabHost
ScenarioRun::GetHost(const std::string& name) const
{
    return GetLabHost(*m_network, *m_tenants, name);
}

LinkMeter&
ScenarioRun::GetMeter()
{
    return m_meter;
}

RunRecorder&
ScenarioRun::GetRecorder()
{
    return *m_recorder;
}

RunTraffic&
ScenarioRun::GetTraffic()
{
    return *m_traffic;
}

CaptureWriter&
ScenarioRun::GetCaptures()
{
    return *m_captures;
}

RunFigures&
ScenarioRun::GetFigures()
{
    return *m_figures;
}

TableWriter&
ScenarioRun::GetTables()
{
    return m_tables;
}

const RunState&
ScenarioRun::GetState() const
{
    return *m_state;
}

const RunOutput&
ScenarioRun::GetOutput() const
{
    return m_output;
}

Time
ScenarioRun::GetDuration() const
{
    return m_scenario.duration;
}

void
ScenarioRun::SetObserver(std::shared_ptr<RunObserver> observer)
{
    m_runObserver = std::move(observer);
}

void
ScenarioRun::Do(const ScenarioEvent& event)
{
    event.action->Run(*this);
    m_runObserver ? m_runObserver->NotifyAction(event) : void();
}

void
ScenarioRun::Print(const std::string& text)
{
    m_transcript.GetStream() << text;
    m_transcript.Check();
    m_os << text << std::flush;
}

void
ScenarioRun::TakeSnapshot(const std::string& name)
{
    m_tables.WriteSnapshot(*m_state, name);
    m_figures->DrawSnapshot(name);
    m_meter.Restart();
    m_recorder->RestartControlMessages();
    m_runObserver ? m_runObserver->NotifySnapshot(name) : void();
}

void
ScenarioRun::Check(const Expectation& expectation, int line)
{
    const std::string fault = m_tables.Check(expectation, *m_state);
    if (!fault.empty())
    {
        ++m_failures;
        Print("FAILED at " + FormatSeconds(Simulator::Now()) + "s: " + fault + " (" +
              m_scenario.file + ":" + std::to_string(line) + ")\n");
    }
}

std::size_t
ScenarioRun::GetFailures() const
{
    return m_failures;
}

void
ScenarioRun::Finish(double wallSeconds)
{
    m_transcript.Close();
    m_tables.Finish(*m_state);
    m_captures->Close();
    const std::set<std::string> files = m_output.GetStaged();
    const std::string earlier = m_output.Read("summary.json");
    m_output.StageText("summary.json", MakeRunSummary(m_scenario.duration, wallSeconds, files));
    const SignalsHeld held;
    m_output.RemoveStale(ReadSummaryFiles(earlier));
    earlier.empty() ? void() : m_output.RemoveStale({"report.html"});
    m_tables.Commit();
    m_transcript.Commit();
    m_output.CommitStaged();
}

} // namespace ns3
