// SPDX-License-Identifier: GPL-2.0-only
// Records a run for the report page: what each protocol event, action and packet changed in the
// tables of state, so that the page can show the state at any time.
#ifndef VXLAN_MULTICAST_RUN_REPORT_H
#define VXLAN_MULTICAST_RUN_REPORT_H

#include "ns3/packet-history.h"
#include "ns3/report-moments.h"
#include "ns3/run-observer.h"
#include "ns3/scenario-run.h"
#include "ns3/state-history.h"

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/** How much of a run a report keeps. */
struct ReportLimits
{
    std::size_t tableCells{300000}; //!< of each table of state: cells of rows, numbers of changes
    PacketLimits packets;
};

/** The report of one run. */
class RunReport : public RunObserver
{
  public:
    /**
     * Makes the report of a run, before it begins.
     * \param run keeps the report \param scenario outlives it
     * \throws InputError if the output directory holds a folder `report.html`
     */
    static std::shared_ptr<RunReport> Attach(ScenarioRun& run,
                                             const Scenario& scenario,
                                             const ReportLimits& limits = ReportLimits());
    RunReport(const RunReport&) = delete;
    RunReport& operator=(const RunReport&) = delete;

    void NotifyEvent(const EventRow& event) override;
    void NotifyAction(const ScenarioEvent& event) override;
    void NotifySnapshot(const std::string& name) override;

    /** After the run. \returns what the page shows: doc/report.md describes it */
    ReportJson ToJson() const;
    /** After the run: writes `report.html`. \returns its path \throws std::runtime_error */
    std::string Write() const;

  private:
    RunReport(ScenarioRun& run, const Scenario& scenario, const ReportLimits& limits);

    /** A device or protocol of a node, bound to a trace source. */
    struct Source
    {
        RunReport* report;
        std::size_t node;

        /** ns-3 compares the bound arguments of callbacks. */
        friend bool operator!=(const Source& a, const Source& b)
        {
            return a.report != b.report || a.node != b.node;
        }
    };

    static void OnFrame(Source source, Ptr<const Packet> packet);
    static void OnTransition(Source source,
                             std::string machine,
                             std::string key,
                             std::string oldState,
                             std::string event,
                             std::string newState);

    void ListenToProtocols();
    void ListenToDevices();
    void Mark(std::size_t node);
    void SampleMarked(int delays);
    void SampleRegularly();
    ReportJson GetTopology() const;

    ScenarioRun& m_run;
    const Scenario& m_scenario;
    ReportMoments m_moments;
    ReportTexts m_texts;
    StateHistory m_state;
    PacketHistory m_packets;
    std::vector<uint32_t> m_devices; //!< to how many devices of each node it listens
    std::set<std::size_t> m_marked;  //!< nodes whose state may have changed since it was sampled
    ReportJson m_events = ReportJson::array();
    ReportJson m_actions = ReportJson::array();
    ReportJson m_snapshots = ReportJson::array();
};

} // namespace ns3

#endif
