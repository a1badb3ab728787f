// SPDX-License-Identifier: GPL-2.0-only
// How much faster a simulation could be at best, cut over ranks as ns-3's distributed simulator
// cuts it: the ranks go on together from window to window, each as long as the shortest delay
// between two of them (the lookahead), and each window takes as long as its busiest rank.
//
//     parallel-bound --topology=SPEC --scenario=FILE --output=DIRECTORY [--delay=10us]
//
// Nodes of a tier are cut in their order, so that a Clos is cut by pods where their number is a
// multiple of the ranks. Messages between ranks are taken to cost nothing, nor does waiting.
#include "ns3/config.h"
#include "ns3/map-scheduler.h"
#include "ns3/nstime.h"
#include "ns3/program-options.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-runner.h"
#include "ns3/string.h"
#include "ns3/topology-loader.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

/** The events of a run, window by window, for one number of ranks. */
class Windows
{
  public:
    Windows(std::size_t ranks, const TopologyGraph& topology)
        : m_events(ranks, 0)
    {
        std::map<std::string, std::size_t> sizes;
        std::map<std::string, std::size_t> seen;
        for (const TopologyNode& node : topology.nodes)
        {
            ++sizes[node.tier];
        }
        for (const TopologyNode& node : topology.nodes)
        {
            m_rankOf.push_back(seen[node.tier]++ * ranks / sizes[node.tier]);
        }
        for (const TopologyNetwork& network : topology.networks)
        {
            const auto rankOfEnd = [&](std::size_t attachment) {
                return m_rankOf[topology.attachments[attachment].node];
            };
            const std::size_t first = rankOfEnd(network.attachments.front());
            if (std::any_of(network.attachments.begin(), network.attachments.end(), [&](auto end) {
                    return rankOfEnd(end) != first;
                }))
            {
                m_lookahead = std::min<uint64_t>(m_lookahead, Time(network.delay).GetTimeStep());
            }
        }
    }

    void Add(const Scheduler::EventKey& key)
    {
        if (key.m_ts >= m_end)
        {
            Close();
            m_end = key.m_ts + m_lookahead;
        }
        // What belongs to no node, such as a snapshot, is taken to cost nothing.
        if (key.m_context < m_rankOf.size())
        {
            ++m_events[m_rankOf[key.m_context]];
            ++m_all;
        }
    }

    void Close()
    {
        const uint64_t busiest = *std::max_element(m_events.begin(), m_events.end());
        m_path += busiest;
        m_windows += busiest == 0 ? 0 : 1;
        std::fill(m_events.begin(), m_events.end(), 0);
    }

    void Print() const
    {
        std::printf("%5zu %12llu %12llu %16.1f %14.2f\n",
                    m_events.size(),
                    static_cast<unsigned long long>(m_all),
                    static_cast<unsigned long long>(m_windows),
                    static_cast<double>(m_all) / static_cast<double>(m_windows),
                    static_cast<double>(m_all) / static_cast<double>(m_path));
    }

  private:
    std::vector<std::size_t> m_rankOf; //!< by node
    std::vector<uint64_t> m_events;    //!< of the window, by rank
    uint64_t m_lookahead{UINT64_MAX};  //!< in time steps
    uint64_t m_end{0};                 //!< of the window, in time steps
    uint64_t m_all{0};
    uint64_t m_path{0}; //!< events of the busiest rank of each window
    uint64_t m_windows{0};
};

std::vector<Windows> g_windows; //!< by number of ranks; schedulers are made by ns-3

/** A MapScheduler that tells which events are taken. */
class CountingScheduler : public MapScheduler
{
  public:
    static TypeId GetTypeId()
    {
        static const TypeId tid = TypeId("ns3::CountingScheduler")
                                      .SetParent<MapScheduler>()
                                      .AddConstructor<CountingScheduler>();
        return tid;
    }

    Event RemoveNext() override
    {
        const Event event = MapScheduler::RemoveNext();
        for (Windows& windows : g_windows)
        {
            windows.Add(event.key);
        }
        return event;
    }
};

NS_OBJECT_ENSURE_REGISTERED(CountingScheduler);

int
Run(int argc, char* argv[])
{
    std::string spec;
    std::string file;
    std::string delay;
    RunOptions options;
    ProgramOptions command("parallel-bound",
                           "How much faster a simulation could be at best, cut over ranks.",
                           {TextOption("topology", "file or spec", spec),
                            TextOption("scenario", "YAML file", file),
                            TextOption("output", "directory of the results", options.output),
                            TextOption("delay", "of all links instead of their own", delay)});
    command.Parse(argc, argv);
    for (const char* name : {"topology", "scenario", "output"})
    {
        command.Require(name);
    }
    TopologyGraph topology = LoadTopology(spec);
    for (TopologyNetwork& network : topology.networks)
    {
        network.delay = delay.empty() ? network.delay : delay;
    }
    for (std::size_t ranks : {2, 4, 12})
    {
        g_windows.emplace_back(ranks, topology);
    }
    Config::SetGlobal("SchedulerType", StringValue("ns3::CountingScheduler"));
    std::ostringstream shown;
    ScenarioRunner(topology, ReadScenario(file, topology), options, shown).Run();
    std::puts("ranks       events      windows events_a_window speed_at_most");
    for (Windows& windows : g_windows)
    {
        windows.Close();
        windows.Print();
    }
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("parallel-bound", [&] { return Run(argc, argv); });
}
