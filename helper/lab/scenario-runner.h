// SPDX-License-Identifier: GPL-2.0-only
// Runs a scenario on a topology, packet by packet, and writes what came of it.
#ifndef VXLAN_MULTICAST_SCENARIO_RUNNER_H
#define VXLAN_MULTICAST_SCENARIO_RUNNER_H

#include "ns3/captures.h"
#include "ns3/delivery-ledger.h"
#include "ns3/lab-figures.h"
#include "ns3/lab-network.h"
#include "ns3/link-meter.h"
#include "ns3/run-output.h"
#include "ns3/run-recorder.h"
#include "ns3/scenario.h"
#include "ns3/table-formats.h"
#include "ns3/topology-graph.h"
#include "ns3/traffic-apps.h"

#include <chrono>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** What a run is asked for, besides its scenario. */
struct RunOptions
{
    std::string output; //!< directory
    CaptureList pcap;
    bool figures{false};
    bool progress{false}; //!< tell on stderr how far it is
};

/**
 * One run, once: it uses ns-3's one simulator, its names and its attribute defaults, and leaves
 * them as they are at a program's start.
 */
class ScenarioRunner
{
  public:
    /**
     * Builds the network.
     * \param os where shows and failed expectations are printed
     * \throws InputError if the output directory cannot be written
     */
    ScenarioRunner(const TopologyGraph& topology,
                   const Scenario& scenario,
                   const RunOptions& options,
                   std::ostream& os);
    ~ScenarioRunner();
    ScenarioRunner(const ScenarioRunner&) = delete;
    ScenarioRunner& operator=(const ScenarioRunner&) = delete;

    /** Runs to the end and writes all files. \returns how many expectations failed */
    std::size_t Run();

  private:
    void CheckOutput() const;
    void ScheduleEvents();
    void Do(const JoinAction& action);
    void Do(const LeaveAction& action);
    void Do(const SendAction& action);
    void Do(const VxlanAction& action);
    void Do(const PingAction& action);
    void Do(const FloodAction& action);
    void Do(const LinkAction& action);
    void Do(const NodeAction& action);
    void Do(const LossAction& action);
    void Do(const ShowAction& action);
    void Do(const SnapshotAction& action);
    void Do(const ExpectAction& action);
    void Do(const FigureAction& action);

    void AddReceivers();
    void AddFlow(const SendAction& action);
    CsvTable MakeTable(const TableFormat& format) const;
    void AppendState(CsvTable& table, const std::string& snapshot) const;
    void ReportFloods(CsvTable& table) const;
    void DrawFigures(const std::string& snapshot);
    void Draw(const FigureAction& figure);
    void EnablePcap(const LabNode& node);
    void Print(const std::string& text);
    void ShowProgress();

    const TopologyGraph& m_topology;
    const Scenario& m_scenario;
    RunOptions m_options;
    std::ostream& m_os;
    RunOutput m_output;
    std::unique_ptr<LabNetwork> m_network;
    std::unique_ptr<RunRecorder> m_recorder;
    LinkMeter m_meter;
    DeliveryLedger m_ledger;
    std::map<std::string, CsvTable> m_snapshots; //!< by format
    std::map<const SendAction*, uint32_t> m_flows;
    std::vector<std::unique_ptr<MulticastSender>> m_senders;
    std::vector<std::unique_ptr<MulticastReceiver>> m_receivers;
    std::vector<std::unique_ptr<PingSeries>> m_pings;
    std::vector<std::unique_ptr<FloodGenerator>> m_floods;
    std::set<std::string> m_captured; //!< files
    std::string m_transcript;
    std::size_t m_failures{0};
    const ScenarioEvent* m_current{nullptr}; //!< the event that is being done
    std::chrono::steady_clock::time_point m_lastProgress;
};

} // namespace ns3

#endif
