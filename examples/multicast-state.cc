// SPDX-License-Identifier: GPL-2.0-only
// The graph model on the command line: predicts table sizes, link copies and wasted deliveries for
// a topology and a workload, without packets, up to internet scale.
//
//   multicast-state --topology=leaf-spine:spines=4,leaves=32,hosts=16 --vnis=400 --members=20
//                   --mapping=modulo:50 --trees=rpt,spt,bidir,head-end --seed=1-30
//                   --output=out/state
//   multicast-state --topology=clos:pods=12,leaves=48,hosts=48,spines=4,cores=4 --tenants=3000
//                   --groups=1000000 --distribution=wve --placement=fill-leaf --output=out/state
//
// Exit status: 0 done; 1 the disk refused; 2 bad input or usage.
#include "ns3/command-line-check.h"
#include "ns3/command-line.h"
#include "ns3/csv-writer.h"
#include "ns3/group-spread.h"
#include "ns3/group-stream.h"
#include "ns3/input-error.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/run-output.h"
#include "ns3/text.h"
#include "ns3/tier-summary.h"
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"

#include <algorithm>
#include <iostream>
#include <limits>

using namespace ns3;

namespace
{

/** The options as they are written. */
struct Texts
{
    std::string topology;
    std::string tenants{"0"};
    std::string vnis;
    std::string groups;
    std::string members{"8"};
    std::string distribution;
    std::string placement{"uniform"};
    std::string mapping;
    std::string senders{"all"};
    std::string trees{"bidir"};
    std::string seed;
    std::string output;
    std::string rpfEcmp{"sg-hash"};
    std::string vteps{"hosts"};
};

/** The options as they are meant, checked. */
struct Options
{
    WorkloadOptions workload;
    uint32_t groups{0}; //!< for the mapping; 0: not said
    std::string mapping;
    std::vector<TreePolicy> trees;
    std::vector<uint64_t> seeds;
    RpfEcmp ecmp{RpfEcmp::SG_HASH};
    VtepPlace place{VtepPlace::Hosts};
};

/** The command line, with what messages need of it. */
class Arguments
{
  public:
    Arguments(int argc, char* argv[]);

    Options Read() const;

    /** \throws InputError about option \p name */
    [[noreturn]] void Refuse(const std::string& name, const std::string& message) const
    {
        throw InputError(COMMAND_LINE, FindArgument(m_words, name), message);
    }

    Texts texts;

  private:
    uint32_t
    Number(const std::string& name, const std::string& text, uint32_t min, uint32_t absent) const;
    void ReadSizes(Options& options) const;
    void ReadWords(Options& options) const;
    std::vector<uint64_t> ReadSeeds() const;

    std::vector<std::string> m_words;
};

Arguments::Arguments(int argc, char* argv[])
    : m_words(argv + 1, argv + argc)
{
    const std::vector<std::tuple<const char*, const char*, std::string*>> options = {
        {"topology", "GraphML file or generator spec", &texts.topology},
        {"tenants", "tenants of the published model; 0: VNIs straight on VTEPs", &texts.tenants},
        {"vnis", "how many VNIs", &texts.vnis},
        {"groups", "how many multicast groups; with tenants and no --vnis: VNIs", &texts.groups},
        {"members", "VTEPs of a VNI, or the most with a distribution", &texts.members},
        {"distribution", "sizes: fixed, uniform, wve (with tenants: wve)", &texts.distribution},
        {"placement", "uniform, fill-leaf, pod-uniform, cap:P", &texts.placement},
        {"mapping",
         "one-to-one, modulo:G, hash:G, last-octet, explicit:FILE, cluster:G",
         &texts.mapping},
        {"senders", "which members send: all, or a fraction", &texts.senders},
        {"trees", "rpt, rpt-register, spt, bidir, ssm, head-end", &texts.trees},
        {"seed", "seeds, as 1,2 or 1-30; without: --RngRun", &texts.seed},
        {"output", "directory of state.csv", &texts.output},
        {"rpf-ecmp", "choice among equal costs: sg-hash, highest", &texts.rpfEcmp},
        {"vteps", "where they are: hosts, leaves", &texts.vteps},
    };
    std::vector<std::string> names;
    CommandLine cmd(__FILE__);
    cmd.Usage("Predicts multicast state, link copies and wasted deliveries from a graph alone;\n"
              "one row per seed, tree and tier of routers.");
    for (const auto& [name, help, text] : options)
    {
        names.emplace_back(name);
        cmd.AddValue(name, help, *text);
    }
    CheckCommandLine(m_words, names);
    cmd.Parse(argc, argv);
    for (const auto& [name, value] :
         {std::make_pair("topology", texts.topology), std::make_pair("output", texts.output)})
    {
        if (value.empty())
        {
            Refuse(name, std::string("no --") + name + ", give --" + name + "=…");
        }
    }
}

uint32_t
Arguments::Number(const std::string& name,
                  const std::string& text,
                  uint32_t min,
                  uint32_t absent) const
{
    if (text.empty())
    {
        return absent;
    }
    constexpr uint32_t max = 100000000;
    const auto number = ParseNumber(text, min, max);
    if (!number)
    {
        Refuse(name,
               "--" + name + " is '" + text + "', expected a number from " + std::to_string(min) +
                   " to " + std::to_string(max));
    }
    return static_cast<uint32_t>(*number);
}

void
Arguments::ReadSizes(Options& options) const
{
    WorkloadOptions& workload = options.workload;
    workload.tenants = Number("tenants", texts.tenants, 0, 0);
    workload.members = Number("members", texts.members, 1, 0);
    const uint32_t vnis = Number("vnis", texts.vnis, 1, 0);
    options.groups = Number("groups", texts.groups, 1, 0);
    workload.vnis = vnis != 0 ? vnis : options.groups;
    if (workload.vnis == 0)
    {
        Refuse("vnis", "no --vnis, give --vnis=N or --groups=N");
    }
    if (options.groups > workload.vnis)
    {
        Refuse("groups",
               "--groups is " + texts.groups + ", expected at most the " +
                   std::to_string(workload.vnis) + " VNIs");
    }
    options.mapping = texts.mapping;
    if (vnis == 0 || options.groups == vnis)
    {
        options.groups = 0;
    }
    if (options.mapping.empty())
    {
        options.mapping = options.groups == 0 ? "one-to-one" : "modulo";
    }
    else if (options.mapping.find(':') == std::string::npos && options.groups == 0)
    {
        // A mapping that wants its number of groups, where each VNI has its own.
        options.groups = options.mapping == "one-to-one" ? 0 : workload.vnis;
    }
    if (texts.senders != "all")
    {
        const auto part = ParseReal(texts.senders);
        if (!part || *part <= 0 || *part > 1)
        {
            Refuse("senders",
                   "--senders is '" + texts.senders +
                       "', expected all, or a fraction above 0 and at most 1");
        }
        workload.senders = *part;
    }
}

void
Arguments::ReadWords(Options& options) const
{
    static const std::map<std::string, SizeDistribution> distributions{
        {"fixed", SizeDistribution::Fixed},
        {"uniform", SizeDistribution::Uniform},
        {"wve", SizeDistribution::Wve}};
    std::string distribution = texts.distribution;
    if (distribution.empty())
    {
        distribution = options.workload.tenants > 0 ? "wve" : "fixed";
    }
    auto found = distributions.find(distribution);
    if (found == distributions.end())
    {
        Refuse("distribution",
               "--distribution is '" + distribution + "', expected fixed, uniform or wve");
    }
    options.workload.distribution = found->second;
    const auto placement = ParsePlacement(texts.placement);
    if (!placement)
    {
        Refuse("placement",
               "--placement is '" + texts.placement +
                   "', expected uniform, fill-leaf, pod-uniform or cap:P");
    }
    options.workload.placement = *placement;
    for (const std::string& name : SplitAt(texts.trees, ','))
    {
        const auto policy = ParseTreePolicy(name);
        if (!policy)
        {
            Refuse("trees",
                   "unknown tree '" + name +
                       "', expected rpt, rpt-register, spt, bidir, ssm or head-end");
        }
        options.trees.push_back(*policy);
    }
    if (texts.rpfEcmp != "sg-hash" && texts.rpfEcmp != "highest")
    {
        Refuse("rpf-ecmp", "--rpf-ecmp is '" + texts.rpfEcmp + "', expected sg-hash or highest");
    }
    options.ecmp = texts.rpfEcmp == "highest" ? RpfEcmp::HIGHEST : RpfEcmp::SG_HASH;
    if (texts.vteps != "hosts" && texts.vteps != "leaves")
    {
        Refuse("vteps", "--vteps is '" + texts.vteps + "', expected hosts or leaves");
    }
    options.place = texts.vteps == "leaves" ? VtepPlace::Leaves : VtepPlace::Hosts;
}

std::vector<uint64_t>
Arguments::ReadSeeds() const
{
    std::vector<uint64_t> seeds;
    constexpr uint64_t max = std::numeric_limits<uint32_t>::max();
    if (texts.seed.empty())
    {
        return {RngSeedManager::GetRun()};
    }
    for (const std::string& item : SplitAt(texts.seed, ','))
    {
        const std::vector<std::string> ends = SplitAt(item, '-');
        const auto first = ParseNumber(ends.front(), 0, max);
        const auto last = ParseNumber(ends.back(), 0, max);
        if (!first || !last || ends.size() > 2 || *last < *first || *last - *first > 9999)
        {
            Refuse("seed", "--seed is '" + texts.seed + "', expected numbers such as 1,2 or 1-30");
        }
        for (uint64_t seed = *first; seed <= *last; ++seed)
        {
            seeds.push_back(seed);
        }
    }
    return seeds;
}

Options
Arguments::Read() const
{
    Options options;
    ReadSizes(options);
    ReadWords(options);
    options.seeds = ReadSeeds();
    return options;
}

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
    SeedRun(const ModelNetwork& network, const Options& options, uint64_t seed)
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

    void AddRows(const Texts& texts, CsvTable& table) const
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

    void AddRow(const Texts& texts,
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
        table.AddRow({texts.topology,
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
    const Options& m_options;
    uint64_t m_seed;
    Workload m_workload;
    VniMapping m_mapping;
    GroupSpread m_spread;
    std::vector<std::unique_ptr<TreeStateModel>> m_models;
    uint64_t m_members{0};
};

int
Run(const Arguments& arguments)
{
    const Options options = arguments.Read();
    const TopologyGraph graph = LoadTopology(arguments.texts.topology);
    RunOutput output(arguments.texts.output);
    output.CheckReplaceable("state.csv");
    CsvTable table = MakeTable();
    try
    {
        const ModelNetwork network(graph, options.ecmp, options.place);
        uint32_t redraws = 0;
        for (uint64_t seed : options.seeds)
        {
            SeedRun run(network, options, seed);
            run.Run();
            run.AddRows(arguments.texts, table);
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
        arguments.Refuse(error.GetOption(), error.what());
    }
    catch (const std::invalid_argument& error)
    {
        arguments.Refuse("topology", error.what());
    }
    output.Keep();
    output.Write(table);
    std::cout << output.GetPath("state.csv") << ": " << table.GetRows().size() << " rows\n";
    return 0;
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("multicast-state", [&] { return Run(Arguments(argc, argv)); });
}
