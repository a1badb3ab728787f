// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/state-options.h"

#include "ns3/input-error.h"
#include "ns3/placement.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/text.h"
#include "ns3/topology-program-options.h"

#include <limits>

namespace ns3
{

std::vector<ProgramOption>
MakeStateTopologyOptions(TopologyOptions& topology, VtepPlace& place)
{
    std::vector<ProgramOption> options = MakeTopologyProgramOptions(topology);
    options.front() = {"vteps",
                       "where they are: hosts, leaves, or NAME,…, tier:NAME, ends",
                       [&topology, &place](const std::string& value) {
                           const bool isPlace = value == "hosts" || value == "leaves";
                           place = value == "leaves" ? VtepPlace::Leaves : VtepPlace::Hosts;
                           topology.vteps = isPlace ? "" : value;
                       },
                       "hosts"};
    return options;
}

ProgramOptions
MakeStateProgramOptions(StateOptionTexts& texts)
{
    std::vector<ProgramOption> options = {
        TextOption("topology", "GraphML or .topo file, or a generator spec", texts.topology),
        TextOption(
            "tenants", "tenants of the published model; 0: VNIs straight on VTEPs", texts.tenants),
        TextOption("vnis", "how many VNIs", texts.vnis),
        TextOption("groups",
                   "numbers of multicast groups, as 1,4,16; with tenants and no --vnis: VNIs",
                   texts.groups),
        TextOption("members", "VTEPs of a VNI, or the most with a distribution", texts.members),
        TextOption(
            "distribution", "sizes: fixed, uniform, wve (with tenants: wve)", texts.distribution),
        TextOption("placement", "uniform, fill-leaf, pod-uniform, cap:P", texts.placement),
        TextOption("mapping",
                   "one-to-one, modulo:G, hash:G, last-octet, explicit:FILE, cluster:G",
                   texts.mapping),
        TextOption("senders", "which members send: all, or a fraction", texts.senders),
        TextOption("trees", "rpt, rpt-register, spt, bidir, ssm, head-end", texts.trees),
        TextOption("seeds", "seeds, as 1,2 or 1-30; without: --RngRun", texts.seed),
        TextOption("seed", "the same", texts.seed),
        TextOption("output", "directory of state.csv", texts.output),
        TextOption("rpf-ecmp", "choice among equal costs: sg-hash, highest", texts.rpfEcmp),
        FlagOption("report", "write report.html, a page of curves and tables", texts.report)};
    options = JoinOptions(std::move(options), MakeLimitOptions(texts.limits));
    return ProgramOptions(
        "multicast-state",
        "Predicts multicast state, link copies and wasted deliveries from a graph alone;\n"
        "one row per seed, tree and tier of routers.\n"
        "Exit status: 0 done; 1 the disk refused; 2 bad input.\n"
        "Example: multicast-state --topology=leaf-spine:spines=4,leaves=32,hosts=16 --vnis=400 "
        "--members=20 --mapping=modulo:50 --trees=rpt,spt,bidir --output=out/state",
        JoinOptions(std::move(options),
                    MakeStateTopologyOptions(texts.topologyOptions, texts.place)));
}

namespace
{

constexpr uint32_t MAX_COUNT = 100000000;

/** Turns texts into values. */
class Reader
{
  public:
    Reader(const StateOptionTexts& texts, const ProgramOptions& command)
        : m_texts(texts),
          m_command(command)
    {
    }

    StateOptions Read() const;

  private:
    uint32_t
    Number(const std::string& name, const std::string& text, uint32_t min, uint32_t absent) const;
    void ReadSizes(StateOptions& options) const;
    std::vector<uint64_t> ReadGroups() const;
    StateSize ReadSize(uint32_t vnis, uint32_t groups) const;
    void ReadDistribution(StateOptions& options) const;
    void ReadWords(StateOptions& options) const;
    std::vector<uint64_t> ReadSeeds() const;

    const StateOptionTexts& m_texts;
    const ProgramOptions& m_command;
};

uint32_t
Reader::Number(const std::string& name,
               const std::string& text,
               uint32_t min,
               uint32_t absent) const
{
    if (text.empty())
    {
        return absent;
    }
    const auto number = ParseNumber(text, min, MAX_COUNT);
    if (!number)
    {
        m_command.Refuse(name,
                         "--" + name + " is '" + text + "', expected a number from " +
                             std::to_string(min) + " to " + std::to_string(MAX_COUNT));
    }
    return static_cast<uint32_t>(*number);
}

void
Reader::ReadSizes(StateOptions& options) const
{
    WorkloadOptions& workload = options.workload;
    workload.tenants = Number("tenants", m_texts.tenants, 0, 0);
    workload.members = Number("members", m_texts.members, 1, 0);
    const uint32_t vnis = Number("vnis", m_texts.vnis, 1, 0);
    for (uint64_t groups : ReadGroups())
    {
        options.sizes.push_back(ReadSize(vnis, static_cast<uint32_t>(groups)));
    }
    workload.vnis = options.sizes.front().vnis;
    if (m_texts.senders != "all")
    {
        const auto part = ParseReal(m_texts.senders);
        if (!part || *part <= 0 || *part > 1)
        {
            m_command.Refuse("senders",
                             "--senders is '" + m_texts.senders +
                                 "', expected all, or a fraction above 0 and at most 1");
        }
        workload.senders = *part;
    }
}

/** \returns the numbers of groups; 0 where none is given. */
std::vector<uint64_t>
Reader::ReadGroups() const
{
    if (m_texts.groups.empty())
    {
        return {0};
    }
    const auto groups = ParseNumberList(m_texts.groups, 1, MAX_COUNT);
    if (!groups)
    {
        m_command.Refuse("groups",
                         "--groups is '" + m_texts.groups + "', expected numbers from 1 to " +
                             std::to_string(MAX_COUNT) + " such as 1,4,16 or 1-5");
    }
    return *groups;
}

/** \returns what goes with one number of groups; 0: none is given. */
StateSize
Reader::ReadSize(uint32_t vnis, uint32_t groups) const
{
    StateSize size{vnis != 0 ? vnis : groups, groups, m_texts.mapping};
    if (size.vnis == 0)
    {
        m_command.Refuse("vnis", "no --vnis, give --vnis=N or --groups=N");
    }
    if (groups > size.vnis)
    {
        m_command.Refuse("groups",
                         "--groups is " + m_texts.groups + ", expected at most the " +
                             std::to_string(size.vnis) + " VNIs");
    }
    if (vnis == 0 || groups == vnis)
    {
        size.groups = 0;
    }
    if (size.mapping.empty())
    {
        size.mapping = size.groups == 0 ? "one-to-one" : "modulo";
    }
    else if (size.mapping.find(':') == std::string::npos && size.groups == 0)
    {
        // A mapping needs its number of groups; where none is given, each VNI has its own.
        size.groups = size.mapping == "one-to-one" ? 0 : size.vnis;
    }
    return size;
}

void
Reader::ReadDistribution(StateOptions& options) const
{
    if (m_texts.distribution.empty())
    {
        options.workload.distribution =
            options.workload.tenants > 0 ? SizeDistribution::Wve : SizeDistribution::Fixed;
        return;
    }
    const auto distribution = ParseEnumName<SizeDistribution>(m_texts.distribution);
    if (!distribution)
    {
        m_command.Refuse("distribution",
                         "--distribution is '" + m_texts.distribution +
                             "', expected fixed, uniform or wve");
    }
    options.workload.distribution = *distribution;
}

void
Reader::ReadWords(StateOptions& options) const
{
    const auto placement = ParsePlacement(m_texts.placement);
    if (!placement)
    {
        m_command.Refuse("placement",
                         "--placement is '" + m_texts.placement +
                             "', expected uniform, fill-leaf, pod-uniform or cap:P");
    }
    options.workload.placement = *placement;
    for (const std::string& name : SplitAt(m_texts.trees, ','))
    {
        const auto policy = ParseTreePolicy(name);
        if (!policy)
        {
            m_command.Refuse("trees",
                             "unknown tree '" + name +
                                 "', expected rpt, rpt-register, spt, bidir, ssm or head-end");
        }
        options.trees.push_back(*policy);
    }
    if (m_texts.rpfEcmp != "sg-hash" && m_texts.rpfEcmp != "highest")
    {
        m_command.Refuse("rpf-ecmp",
                         "--rpf-ecmp is '" + m_texts.rpfEcmp + "', expected sg-hash or highest");
    }
    options.ecmp = m_texts.rpfEcmp == "highest" ? RpfEcmp::HIGHEST : RpfEcmp::SG_HASH;
    options.place = m_texts.place;
}

std::vector<uint64_t>
Reader::ReadSeeds() const
{
    constexpr uint64_t MAX_SEEDS = 10000;
    if (m_texts.seed.empty())
    {
        return {RngSeedManager::GetRun()};
    }
    const auto seeds =
        ParseNumberList(m_texts.seed, 0, std::numeric_limits<uint32_t>::max(), MAX_SEEDS);
    if (!seeds)
    {
        m_command.Refuse("seed",
                         "--seed is '" + m_texts.seed + "', expected numbers such as 1,2 or 1-30");
    }
    return *seeds;
}

StateOptions
Reader::Read() const
{
    StateOptions options;
    ReadSizes(options);
    ReadDistribution(options);
    ReadWords(options);
    options.seeds = ReadSeeds();
    options.limits = ReadLimits(m_command, m_texts.limits);
    return options;
}

} // namespace

StateOptions
ReadStateOptions(const StateOptionTexts& texts, const ProgramOptions& command)
{
    return Reader(texts, command).Read();
}

void
RefuseWorkload(const ProgramOptions& command, const WorkloadError& error)
{
    if (error.GetOption().empty())
    {
        throw InputError(error.what());
    }
    command.Refuse(error.GetOption(), error.what());
}

} // namespace ns3
