// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/state-run.h"

#include "ns3/csv-table.h"
#include "ns3/group-spread.h"
#include "ns3/group-stream.h"
#include "ns3/input-error.h"
#include "ns3/number-format.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/run-output.h"
#include "ns3/state-options.h"
#include "ns3/table-report.h"
#include "ns3/tier-summary.h"
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace ns3
{

namespace
{

CsvTable
MakeTable()
{
    return CsvTable("state",
                    {"topology",
                     "vnis",
                     "groups",
                     "tree",
                     "placement",
                     "distribution",
                     "seed",
                     "tier",
                     "routers_in_tier",
                     "star_g_mean",
                     "star_g_p95",
                     "star_g_max",
                     "sg_mean",
                     "sg_p95",
                     "sg_max",
                     "sg_rpt_mean",
                     "mfc_mean",
                     "mfc_p95",
                     "mfc_max",
                     "copies_per_frame",
                     "wanted_per_frame",
                     "unwanted_per_frame",
                     "unicast_links",
                     "multicast_links",
                     "leaves_per_group_mean",
                     "mapping",
                     "senders",
                     "members_mean",
                     "registers_per_frame",
                     "redraws",
                     "unsettled"});
}

/** One seed: all trees over one pass of the groups. */
class SeedRun
{
  public:
    SeedRun(const ModelNetwork& network, const StateOptions& options, uint64_t seed)
        : m_network(network),
          m_options(options),
          m_seed(seed),
          m_workload(network, WithSeed(options.workload, seed)),
          m_mapping(options.mapping, options.groups, m_workload),
          m_spread(network)
    {
        for (TreePolicy tree : options.trees)
        {
            m_models.push_back(std::make_unique<TreeStateModel>(network, tree));
        }
    }

    void Run()
    {
        ForEachGroup(m_network, m_workload, m_mapping, [this](const GroupMembers& group) {
            m_spread.Add(group);
            for (const VniTraffic& vni : group.GetTraffic().vnis)
            {
                m_members += vni.members.size();
            }
            for (const auto& model : m_models)
            {
                model->Add(group);
            }
        });
    }

    void AddRows(const StateOptionTexts& texts, CsvTable& table) const
    {
        for (std::size_t i = 0; i < m_models.size(); ++i)
        {
            for (const TierSummary& tier : SummarizeTiers(m_network, m_models[i]->GetRouters()))
            {
                AddRow(texts, m_options.trees[i], *m_models[i], tier, table);
            }
        }
    }

    uint32_t GetRedraws() const
    {
        return m_workload.GetRedraws();
    }

  private:
    /** Each --RngSeed has workloads of its own; 1 is ns-3's default. */
    static WorkloadOptions WithSeed(WorkloadOptions options, uint64_t seed)
    {
        options.seed = seed + (uint64_t(RngSeedManager::GetSeed()) - 1) * (uint64_t(1) << 32);
        return options;
    }

    void AddRow(const StateOptionTexts& texts,
                TreePolicy tree,
                const TreeStateModel& model,
                const TierSummary& tier,
                CsvTable& table) const
    {
        const TreeTotals& totals = model.GetTotals();
        const auto perFrame = [&totals](uint64_t sum) {
            return FormatDecimal(totals.frames == 0 ? 0
                                                    : static_cast<double>(sum) /
                                                          static_cast<double>(totals.frames));
        };
        const double multicast =
            m_spread.IsPublishedCount() ? m_spread.GetMulticastLinks() : totals.links;
        const double members =
            static_cast<double>(m_members) / static_cast<double>(m_workload.GetVniCount());
        table.AddRow({DescribeTopology(texts.topology, texts.topologyOptions),
                      std::to_string(m_workload.GetVniCount()),
                      std::to_string(std::min(m_mapping.GetGroupCount(), m_workload.GetVniCount())),
                      ToString(tree),
                      texts.placement,
                      GetDistribution(),
                      std::to_string(m_seed),
                      tier.tier,
                      std::to_string(tier.routers),
                      FormatDecimal(tier.starG.mean),
                      FormatDecimal(tier.starG.p95),
                      std::to_string(tier.starG.max),
                      FormatDecimal(tier.sg.mean),
                      FormatDecimal(tier.sg.p95),
                      std::to_string(tier.sg.max),
                      FormatDecimal(tier.sgRpt.mean),
                      FormatDecimal(tier.mfc.mean),
                      FormatDecimal(tier.mfc.p95),
                      std::to_string(tier.mfc.max),
                      perFrame(totals.copies),
                      perFrame(totals.wanted),
                      perFrame(totals.unwanted),
                      FormatDecimal(m_spread.GetUnicastLinks()),
                      FormatDecimal(multicast),
                      FormatDecimal(m_spread.GetMeanLeaves()),
                      m_options.mapping,
                      texts.senders,
                      FormatDecimal(members),
                      perFrame(totals.registers),
                      std::to_string(m_workload.GetRedraws()),
                      std::to_string(totals.unsettled)});
    }

    const char* GetDistribution() const
    {
        switch (m_options.workload.distribution)
        {
        case SizeDistribution::Uniform:
            return "uniform";
        case SizeDistribution::Wve:
            return "wve";
        case SizeDistribution::Fixed:
            break;
        }
        return "fixed";
    }

    const ModelNetwork& m_network;
    const StateOptions& m_options;
    uint64_t m_seed;
    Workload m_workload;
    VniMapping m_mapping;
    GroupSpread m_spread;
    std::vector<std::unique_ptr<TreeStateModel>> m_models;
    uint64_t m_members{0};
};

} // namespace

int
RunMulticastState(int argc, char* argv[])
{
    StateOptionTexts texts;
    ProgramOptions command = MakeStateProgramOptions(texts);
    command.Parse(argc, argv);
    command.Require("topology");
    command.Require("output");
    const StateOptions options = ReadStateOptions(texts, command);
    const TopologyGraph graph = LoadTopology(texts.topology, texts.topologyOptions);
    RunOutput output(texts.output);
    output.CheckReplaceable("state.csv");
    output.CheckReplaceable(REPORT_FILE);
    CsvTable table = MakeTable();
    try
    {
        const ModelNetwork network(graph, options.ecmp, options.place);
        uint32_t redraws = 0;
        for (uint64_t seed : options.seeds)
        {
            SeedRun run(network, options, seed);
            run.Run();
            run.AddRows(texts, table);
            redraws += run.GetRedraws();
        }
        if (options.workload.tenants > 0)
        {
            std::cout << redraws << " of " << redraws + options.seeds.size()
                      << " draws of tenants exceeded the places and were drawn again\n";
        }
    }
    catch (const WorkloadError& error)
    {
        if (error.GetOption().empty())
        {
            throw InputError(error.what());
        }
        command.Refuse(error.GetOption(), error.what());
    }
    catch (const std::invalid_argument& error)
    {
        command.Refuse("topology", error.what());
    }
    output.Keep();
    output.Write(table);
    std::cout << output.GetPath("state.csv") << ": " << table.GetRows().size() << " rows\n";
    if (texts.report)
    {
        std::cout << "report page " << WriteTableReport(output, "multicast-state", {"state"})
                  << "\n";
    }
    return 0;
}

} // namespace ns3
