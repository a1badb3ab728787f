// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-options.h"

#include "ns3/state-options.h"
#include "ns3/text.h"

#include <cmath>
#include <stdexcept>

namespace ns3
{

namespace
{

constexpr uint64_t MAX_COUNT = 100000000;

[[noreturn]] void
Expect(const std::string& value, const std::string& expected)
{
    throw std::invalid_argument("'" + value + "', expected " + expected);
}

/** \returns an option that is a number. */
ProgramOption
NumberOption(const std::string& name,
             const std::string& help,
             uint64_t min,
             const std::function<void(uint64_t)>& take,
             const std::string& fallback)
{
    const auto parse = [min, take](const std::string& value) {
        const auto number = ParseNumber(value, min, MAX_COUNT);
        if (!number)
        {
            Expect(value,
                   "a number from " + std::to_string(min) + " to " + std::to_string(MAX_COUNT));
        }
        take(*number);
    };
    return {name, help, parse, fallback};
}

/** \returns an option that is one of the words of an enum. */
template <typename T>
ProgramOption
WordOption(const std::string& name, const std::string& help, T& target)
{
    const auto parse = [&target](const std::string& value) {
        const auto word = ParseEnumName<T>(value);
        if (!word)
        {
            Expect(value, ListEnumNames<T>());
        }
        target = *word;
    };
    return {name, help, parse, EnumName(target)};
}

void
ParseTrees(const std::string& value, PlanOptions& options)
{
    options.trees.clear();
    options.mayHeadEnd = false;
    for (const std::string& name : SplitAt(value, ','))
    {
        const auto tree = ParseEnumName<TreePolicy>(name);
        if (!tree)
        {
            Expect(name, ListEnumNames<TreePolicy>());
        }
        if (*tree == TreePolicy::HeadEnd)
        {
            options.mayHeadEnd = true;
        }
        else
        {
            options.trees.push_back(*tree);
        }
    }
    if (options.trees.empty())
    {
        Expect(value, "a tree beside head-end");
    }
}

void
ParseGroups(const std::string& value, PlanOptions& options)
{
    options.groups.clear();
    if (value == "auto")
    {
        return;
    }
    const auto numbers = ParseNumberList(value, 1, MAX_COUNT);
    if (!numbers)
    {
        Expect(value, "auto, or numbers of groups such as 1,4,16 or 1-5");
    }
    options.groups.assign(numbers->begin(), numbers->end());
}

void
ParseSenders(const std::string& value, PlanOptions& options)
{
    if (value == "all")
    {
        options.workload.senders = 1;
        return;
    }
    const auto part = ParseReal(value);
    if (!part || *part <= 0 || *part > 1)
    {
        Expect(value, "all, or a fraction above 0 and at most 1");
    }
    options.workload.senders = *part;
}

void
ParsePlacementOption(const std::string& value, PlanOptions& options)
{
    const auto placement = ParsePlacement(value);
    if (!placement)
    {
        Expect(value, "uniform, fill-leaf, pod-uniform or cap:P");
    }
    options.workload.placement = *placement;
}

void
ParseDistribution(const std::string& value, PlanOptions& options)
{
    const auto distribution = ParseEnumName<SizeDistribution>(value);
    if (!distribution)
    {
        Expect(value, "fixed, uniform or wve");
    }
    options.workload.distribution = *distribution;
}

void
ParseSeconds(const std::string& value, PlanOptions& options)
{
    const auto seconds = ParseReal(value);
    if (!seconds || *seconds <= 0)
    {
        Expect(value, "a time above 0 in seconds");
    }
    options.seconds = *seconds;
}

void
ParseEcmp(const std::string& value, PlanOptions& options)
{
    if (value != "sg-hash" && value != "highest")
    {
        Expect(value, "sg-hash or highest");
    }
    options.ecmp = value == "highest" ? RpfEcmp::HIGHEST : RpfEcmp::SG_HASH;
}

/** `20%/year`, `2%/month`, or `0.2` a year. */
void
ParseGrowth(const std::string& value, PlanOptions& options)
{
    const std::vector<std::string> words = SplitAt(value, '/');
    const bool percent = HasEnding(words.front(), "%");
    const auto number =
        ParseReal(percent ? words.front().substr(0, words.front().size() - 1) : words.front());
    const bool month = words.size() == 2 && words[1] == "month";
    if (!number || *number <= 0 || words.size() > 2 ||
        (words.size() == 2 && !month && words[1] != "year"))
    {
        Expect(value, "a growth such as 20%/year or 2%/month");
    }
    const double part = percent ? *number / 100 : *number;
    options.growth = month ? std::pow(1 + part, 12) - 1 : part;
    if (*options.growth < 0.001 || *options.growth > 100)
    {
        Expect(value, "a growth from 0.1%/year to 10000%/year");
    }
}

void
ParseChurn(const std::string& value, PlanOptions& options)
{
    const bool unit = HasEnding(value, "h");
    const auto hours = ParseReal(unit ? value.substr(0, value.size() - 1) : value);
    if (!hours || *hours <= 0 || *hours > 8760)
    {
        Expect(value, "hours such as 24h, at most 8760h");
    }
    options.churnTime = *hours;
}

std::vector<ProgramOption>
MakeWorkloadOptions(PlanOptions& options)
{
    WorkloadOptions& workload = options.workload;
    workload.members = 8;
    return {
        NumberOption(
            "vnis",
            "how many VNIs; with tenants and without it: one for each",
            1,
            [&workload](uint64_t n) { workload.vnis = static_cast<uint32_t>(n); },
            ""),
        NumberOption(
            "members",
            "VTEPs of a VNI, or the most with a distribution",
            1,
            [&workload](uint64_t n) { workload.members = static_cast<uint32_t>(n); },
            "8"),
        NumberOption(
            "tenants",
            "tenants of the published model; 0: VNIs straight on VTEPs",
            0,
            [&workload](uint64_t n) { workload.tenants = static_cast<uint32_t>(n); },
            "0"),
        {"distribution",
         "sizes of VNIs: fixed, uniform, wve",
         [&options](const std::string& value) { ParseDistribution(value, options); },
         "fixed"},
        {"placement",
         "where members are: uniform, fill-leaf, pod-uniform, cap:P",
         [&options](const std::string& value) { ParsePlacementOption(value, options); },
         "uniform"},
        {"senders",
         "which members send: all, or a fraction",
         [&options](const std::string& value) { ParseSenders(value, options); },
         "all"},
        TextOption("workload",
                   "CSV of vni,node,frames_per_s, a row per member, instead of the above",
                   options.workloadFile),
        NumberOption(
            "seeds",
            "of the workload and the search: one, as a plan is for one workload",
            0,
            [&options](uint64_t n) { options.seed = n; },
            "1"),
        NumberOption(
            "seed", "the same", 0, [&options](uint64_t n) { options.seed = n; }, "1"),
    };
}

/** What is looked for, and how long. */
std::vector<ProgramOption>
MakeSearchOptions(PlanOptions& options)
{
    return {
        {"trees",
         "policies to choose from: " + ListEnumNames<TreePolicy>(),
         [&options](const std::string& value) { ParseTrees(value, options); },
         "bidir,rpt,spt"},
        FlagOption("mixed", "each group may have a tree of its own", options.mixed),
        WordOption(
            "objective", "what to minimize: " + ListEnumNames<PlanObjective>(), options.objective),
        {"groups",
         "numbers of groups to look at: auto, or such as 1,4,16 or 1-5",
         [&options](const std::string& value) { ParseGroups(value, options); },
         "auto"},
        {"seconds",
         "ends the search",
         [&options](const std::string& value) { ParseSeconds(value, options); },
         "60"},
        NumberOption(
            "search-seed",
            "of the search alone; without: --seeds",
            0,
            [&options](uint64_t n) { options.searchSeed = n; },
            ""),
        NumberOption(
            "effort",
            "so many times as long a search",
            1,
            [&options](uint64_t n) { options.effort = static_cast<uint32_t>(n); },
            "1"),
        FlagOption(
            "bounds", "a lower bound of the waste for each row of front.csv", options.bounds),
        FlagOption("exact", "prove the grouping optimal, if it is small enough", options.exact),
    };
}

/** What is done beside the search. */
std::vector<ProgramOption>
MakeRunOptions(PlanOptions& options)
{
    return {
        TextOption("from", "an earlier plan.csv, to be changed a little", options.from),
        NumberOption(
            "moves",
            "VNIs of it that may change their group",
            0,
            [&options](uint64_t n) { options.moves = n; },
            ""),
        {"growth",
         "VNIs more in a year: 20%/year; says when the plan breaks",
         [&options](const std::string& value) { ParseGrowth(value, options); },
         ""},
        {"churn",
         "hours of members that come and go; what they cost without and with --moves",
         [&options](const std::string& value) { ParseChurn(value, options); },
         ""},
        FlagOption("verify", "run the plan in packets, tables limited as given", options.verify),
        FlagOption("plots", "draw plan-front", options.plots),
        {"rpf-ecmp",
         "choice among equal costs: sg-hash, highest",
         [&options](const std::string& value) { ParseEcmp(value, options); },
         "sg-hash"},
        TextOption("output", "directory of plan.csv, plan.json, front.csv", options.output),
        FlagOption("report", "write report.html, a page of curves and tables", options.report),
    };
}

} // namespace

ProgramOptions
MakePlanOptions(PlanOptions& options)
{
    std::vector<ProgramOption> list{
        TextOption("topology", "topology file or generator spec", options.topology)};
    for (const auto& more : {MakeWorkloadOptions(options),
                             MakeLimitOptions(options.limits),
                             MakeSearchOptions(options),
                             MakeRunOptions(options),
                             MakeStateTopologyOptions(options.topologyOptions, options.place)})
    {
        list = JoinOptions(std::move(list), more);
    }
    return ProgramOptions(
        "multicast-plan",
        "Finds which VNIs should share multicast groups, and under which trees, so that tables\n"
        "suffice and little is wasted. Exit status: 0 a plan was found; 1 none fits; 2 bad input;\n"
        "130 interrupted, the best so far is written.\n"
        "Example: multicast-plan --topology=leaf-spine:spines=4,leaves=40,hosts=30 --vnis=2000 "
        "--members=25 --limit=leaf:8192,spine:8192 --output=out/plan",
        std::move(list));
}

} // namespace ns3
