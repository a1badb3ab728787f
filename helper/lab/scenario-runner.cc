// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-runner.h"

#include "ns3/number-format.h"
#include "ns3/run-progress.h"
#include "ns3/scenario-warnings.h"
#include "ns3/simulator.h"

#include <chrono>

namespace ns3
{

ScenarioRunner::ScenarioRunner(const TopologyGraph& topology,
                               const Scenario& scenario,
                               const RunOptions& options,
                               std::ostream& os)
    : m_scenario(scenario),
      m_progress(options.progress),
      m_run(std::make_unique<ScenarioRun>(topology, scenario, options, os))
{
    for (const ScenarioWarning& warning : FindScenarioWarnings(scenario, topology))
    {
        warning.group ? m_run->GetRecorder().WatchGroup(*warning.group) : void();
    }
    for (const ScenarioEvent& event : scenario.events)
    {
        event.action->Prepare(*m_run);
    }
    m_run->GetTraffic().StartReceivers();
    for (const ScenarioEvent& event : scenario.events)
    {
        Simulator::Schedule(event.at, [this, &event] { m_run->Do(event); });
    }
}

ScenarioRunner::~ScenarioRunner() = default;

ScenarioRun&
ScenarioRunner::GetRun()
{
    return *m_run;
}

std::size_t
ScenarioRunner::Run()
{
    const auto start = std::chrono::steady_clock::now();
    for (const LabNode& node : m_run->GetNetwork().GetNodes())
    {
        m_run->GetCaptures().Start(node);
    }
    m_run->GetFigures().Draw({FigureKind::Topology,
                              "topology",
                              Ipv4Address::GetAny(),
                              Ipv4Address::GetAny(),
                              std::nullopt});
    std::unique_ptr<RunProgress> progress;
    if (m_progress)
    {
        progress = std::make_unique<RunProgress>(m_scenario.duration);
    }
    Simulator::Stop(m_scenario.duration + NanoSeconds(1)); // after what happens at the very end
    Simulator::Run();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    m_run->Finish(wall.count());
    return m_run->GetFailures();
}

} // namespace ns3
