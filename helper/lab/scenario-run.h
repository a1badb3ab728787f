// SPDX-License-Identifier: GPL-2.0-only
// A scenario under way: what its actions work on.
#ifndef VXLAN_MULTICAST_SCENARIO_RUN_H
#define VXLAN_MULTICAST_SCENARIO_RUN_H

#include "ns3/capture-writer.h"
#include "ns3/lab-host.h"
#include "ns3/lab-network.h"
#include "ns3/lab-tenants.h"
#include "ns3/link-meter.h"
#include "ns3/partial-file.h"
#include "ns3/run-figures.h"
#include "ns3/run-observer.h"
#include "ns3/run-options.h"
#include "ns3/run-output.h"
#include "ns3/run-recorder.h"
#include "ns3/run-state.h"
#include "ns3/run-traffic.h"
#include "ns3/scenario.h"
#include "ns3/table-writer.h"
#include "ns3/topology-graph.h"

#include <cstddef>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

/** The network of a scenario and the instruments on it. */
class ScenarioRun
{
  public:
    /**
     * Builds the network. All arguments but the options outlive the run.
     * \param os where transcript and failed expectations are printed
     * \throws InputError if the output directory cannot be written
     */
    ScenarioRun(const TopologyGraph& topology,
                const Scenario& scenario,
                const RunOptions& options,
                std::ostream& os);
    /** Leaves ns-3's simulator, names and attribute defaults as at a program's start. */
    ~ScenarioRun();
    ScenarioRun(const ScenarioRun&) = delete;
    ScenarioRun& operator=(const ScenarioRun&) = delete;

    LabNetwork& GetNetwork();
    LabTenants& GetTenants();
    /** \returns the tenant or node called \p name, which is there. */
    LabHost GetHost(const std::string& name) const;
    LinkMeter& GetMeter();
    RunRecorder& GetRecorder();
    RunTraffic& GetTraffic();
    CaptureWriter& GetCaptures();
    RunFigures& GetFigures();
    TableWriter& GetTables();
    const RunState& GetState() const;
    const RunOutput& GetOutput() const;
    /** \returns how long the scenario goes on. */
    Time GetDuration() const;

    /** \param observer is told what happens from now on; the run keeps it */
    void SetObserver(std::shared_ptr<RunObserver> observer);
    /** Carries out the action of \p event. */
    void Do(const ScenarioEvent& event);

    /** Prints \p text and appends it to the transcript. */
    void Print(const std::string& text);
    /** Appends the current state to the tables, draws it, and resets the link counts. */
    void TakeSnapshot(const std::string& name);
    /**
     * Compares a table with \p expectation; a difference is printed and counted.
     * \param line where the scenario states it
     */
    void Check(const Expectation& expectation, int line);
    /** \returns how many expectations have failed. */
    std::size_t GetFailures() const;

    /**
     * Writes what is written at the end, and gives all files their names; captures and figures of an
     * earlier run go. \param wallSeconds how long the run took
     */
    void Finish(double wallSeconds);

  private:
    void BuildNetwork(const TopologyGraph& topology);

    const Scenario& m_scenario;
    std::ostream& m_os;
    std::shared_ptr<RunObserver> m_runObserver; //!< until the network is gone
    RunOutput m_output;
    TableWriter m_tables;
    PartialFile m_transcript;
    std::unique_ptr<LabNetwork> m_network;
    std::vector<std::unique_ptr<LabTenantObserver>> m_observers;
    std::unique_ptr<LabTenants> m_tenants;
    std::unique_ptr<RunRecorder> m_recorder;
    std::unique_ptr<RunTraffic> m_traffic;
    LinkMeter m_meter;
    std::unique_ptr<RunState> m_state;
    std::unique_ptr<CaptureWriter> m_captures;
    std::unique_ptr<RunFigures> m_figures;
    std::size_t m_failures{0};
};

} // namespace ns3

#endif
