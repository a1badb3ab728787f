// SPDX-License-Identifier: GPL-2.0-only
// Runs a scenario on a topology, packet by packet, and writes the results.
#ifndef VXLAN_MULTICAST_SCENARIO_RUNNER_H
#define VXLAN_MULTICAST_SCENARIO_RUNNER_H

#include "ns3/run-options.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario.h"
#include "ns3/topology-graph.h"

#include <cstddef>
#include <memory>
#include <ostream>

namespace ns3
{

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

    ScenarioRun& GetRun();
    /** Runs to the end and writes all files. \returns how many expectations failed */
    std::size_t Run();

  private:
    const Scenario& m_scenario;
    bool m_progress;
    std::unique_ptr<ScenarioRun> m_run;
};

} // namespace ns3

#endif
