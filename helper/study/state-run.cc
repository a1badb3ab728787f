// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/state-run.h"

#include "ns3/csv-table.h"
#include "ns3/group-spread.h"
#include "ns3/group-stream.h"
#include "ns3/number-format.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/run-output.h"
#include "ns3/state-options.h"
#include "ns3/study-point.h"
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

/** \param limited whether tables have limits, which two more columns show */
CsvTable
MakeTable(bool limited)
{
    std::vector<std::string> columns = {"topology",
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
                                        "unsettled"};
    if (limited)
    {
        columns.insert(columns.end(), {"limit", "fits"});
    }
    return CsvTable("state", columns);
}

/** One seed: all trees over one pass of the groups. */
class SeedRun
{
  public:
    SeedRun(const ModelNetwork& network,
            const StateOptions& options,
            const StateSize& size,
            uint64_t seed)
        : m_network(network),
          m_options(options),
          m_size(size),
          m_seed(seed),
          m_workload(network, WithSeed(options.workload, size.vnis, seed)),
          m_mapping(size.mapping, size.groups, m_workload),
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
        for (const auto& model : m_models)
        {
            m_totals.push_back(AddHeadEnd(m_network, m_workload, m_mapping, model->GetTotals()));
        }
        for (const VniTraffic& vni : GetHeadEndTraffic(m_workload, m_mapping).vnis)
        {
            m_members += vni.members.size();
        }
    }

    void AddRows(const StateOptionTexts& texts, CsvTable& table) const
    {
        for (std::size_t i = 0; i < m_models.size(); ++i)
        {
            for (const TierSummary& tier : SummarizeTiers(m_network, m_models[i]->GetRouters()))
            {
                AddRow(texts, m_options.trees[i], m_totals[i], tier, table);
            }
        }
    }

    uint32_t GetRedraws() const
    {
        return m_workload.GetRedraws();
    }

  private:
    /** Each --RngSeed has workloads of its own; 1 is ns-3's default. */
    static WorkloadOptions WithSeed(WorkloadOptions options, uint32_t vnis, uint64_t seed)
    {
        options.vnis = vnis;
        options.seed = seed + (uint64_t(RngSeedManager::GetSeed()) - 1) * (uint64_t(1) << 32);
        return options;
    }

    void AddRow(const StateOptionTexts& texts,
                TreePolicy tree,
                const TreeTotals& totals,
                const TierSummary& tier,
                CsvTable& table) const
    {
        const auto perFrame = [&totals](uint64_t sum) {
            return FormatDecimal(totals.frames == 0 ? 0
                                                    : static_cast<double>(sum) /
                                                          static_cast<double>(totals.frames));
        };
        const double multicast =
            m_spread.IsPublishedCount() ? m_spread.GetMulticastLinks() : totals.links;
        const double members =
            static_cast<double>(m_members) / static_cast<double>(m_workload.GetVniCount());
        std::vector<std::string> row = {
            DescribeTopology(texts.topology, texts.topologyOptions),
            std::to_string(m_workload.GetVniCount()),
            std::to_string(std::min(m_mapping.GetGroupCount(), m_workload.GetVniCount())),
            ToString(tree),
            texts.placement,
            EnumName(m_options.workload.distribution),
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
            m_size.mapping,
            texts.senders,
            FormatDecimal(members),
            perFrame(totals.registers),
            std::to_string(m_workload.GetRedraws()),
            std::to_string(totals.unsettled)};
        if (!m_options.limits.IsEmpty())
        {
            const PlanTierLimit limit = m_options.limits.Get(tier.tier);
            row.push_back(limit.ToText());
            row.push_back(Fits(tier, limit) ? "1" : "0");
        }
        table.AddRow(row);
    }

    const ModelNetwork& m_network;
    const StateOptions& m_options;
    const StateSize& m_size;
    uint64_t m_seed;
    Workload m_workload;
    VniMapping m_mapping;
    GroupSpread m_spread;
    std::vector<std::unique_ptr<TreeStateModel>> m_models;
    std::vector<TreeTotals> m_totals; //!< by tree
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
    CsvTable table = MakeTable(!options.limits.IsEmpty());
    try
    {
        const ModelNetwork network(graph, options.ecmp, options.place);
        CheckLimitTiers(command, network, options.limits);
        uint32_t redraws = 0;
        for (const StateSize& size : options.sizes)
        {
            for (uint64_t seed : options.seeds)
            {
                SeedRun run(network, options, size, seed);
                run.Run();
                run.AddRows(texts, table);
                redraws += run.GetRedraws();
            }
        }
        if (options.workload.tenants > 0)
        {
            std::cout << redraws << " of " << redraws + options.seeds.size() * options.sizes.size()
                      << " draws of tenants exceeded the places and were drawn again\n";
        }
    }
    catch (const WorkloadError& error)
    {
        RefuseWorkload(command, error);
    }
    catch (const std::invalid_argument& error)
    {
        command.Refuse("topology", error.what());
    }
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
