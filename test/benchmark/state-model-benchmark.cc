// SPDX-License-Identifier: GPL-2.0-only
// The graph model: one seed of the published model with 1,000,000 groups on its Clos (aim: 2 s of
// one core, 100 MB, the topology's loading included), and (S,G) state of shared groups under spt.
#include "ns3/group-spread.h"
#include "ns3/group-stream.h"
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"
#include "ns3/vni-mapping.h"
#include "ns3/workload.h"

#include <benchmark/benchmark.h>

#include <sys/resource.h>

namespace ns3
{
namespace
{

double
PeakMegabytes()
{
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

void
MillionGroups(benchmark::State& state)
{
    uint64_t seed = 0;
    for (auto _ : state)
    {
        const TopologyGraph graph =
            LoadTopology("clos:pods=12,leaves=48,hosts=48,spines=4,cores=4");
        const ModelNetwork network(graph, RpfEcmp::SG_HASH);
        WorkloadOptions options;
        options.tenants = 3000;
        options.vnis = 1000000;
        options.distribution = SizeDistribution::Wve;
        options.placement = *ParsePlacement("fill-leaf");
        options.seed = ++seed;
        Workload workload(network, options);
        const VniMapping mapping("one-to-one", 0, workload);
        GroupSpread spread(network);
        TreeStateModel model(network, TreePolicy::Bidir);
        ForEachGroup(network, workload, mapping, [&](const GroupMembers& group) {
            spread.Add(group);
            model.Add(group);
        });
        benchmark::DoNotOptimize(spread.GetUnicastLinks());
    }
    state.counters["peak_rss_mb"] = PeakMegabytes();
}

void
SharedGroups(benchmark::State& state, TreePolicy policy)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=4,leaves=32,hosts=16");
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    WorkloadOptions options;
    options.vnis = 400;
    options.members = 20;
    uint64_t entries = 0;
    for (auto _ : state)
    {
        Workload workload(network, options);
        const VniMapping mapping("modulo:50", 0, workload);
        TreeStateModel model(network, policy);
        ForEachGroup(
            network, workload, mapping, [&](const GroupMembers& group) { model.Add(group); });
        for (const RouterState& router : model.GetRouters())
        {
            entries += router.starG + router.sg + router.sgRpt;
        }
    }
    state.SetItemsProcessed(static_cast<int64_t>(entries));
}

} // namespace

BENCHMARK(MillionGroups)->Unit(benchmark::kSecond)->Iterations(3);
BENCHMARK_CAPTURE(SharedGroups, rpt, TreePolicy::Rpt)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(SharedGroups, spt, TreePolicy::Spt)->Unit(benchmark::kMillisecond);

} // namespace ns3

BENCHMARK_MAIN();
