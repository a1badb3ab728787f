// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-options.h"

#include "ns3/input-error.h"
#include "ns3/model-network.h"
#include "ns3/number-format.h"
#include "ns3/placement.h"
#include "ns3/study-point.h"
#include "ns3/text.h"
#include "ns3/topology-loader.h"
#include "ns3/vni-mapping.h"
#include "ns3/vxlan-header.h"
#include "ns3/workload.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iterator>
#include <set>
#include <sstream>
#include <utility>

namespace ns3
{

std::vector<std::string>
SplitTopologies(const std::string& text)
{
    if (std::ifstream(text).is_open())
    {
        return {text}; // one file, whose name may have blanks
    }
    std::vector<std::string> topologies;
    std::istringstream words(text);
    for (std::string topology; words >> std::quoted(topology);)
    {
        topologies.push_back(topology);
    }
    return topologies;
}

namespace
{

/** Beside these, `explicit:FILE`. */
const std::vector<std::string> MAPPINGS = {"modulo", "hash", "cluster", "one-to-one", "last-octet"};
const std::string DEFAULT_VMS = "32";
const std::vector<std::string> POLICIES = {"refuse", "evict", "punt", "fallback-star-g"};

[[noreturn]] void
Fail(const std::string& option, const std::string& value, const std::string& expected)
{
    throw SweepOptionError(option, "--" + option + "=" + value + ": expected " + expected);
}

/** \returns the numbers of a list such as `1,4,16` or `1-5`, in order, each once. */
std::vector<uint64_t>
ReadNumbers(const std::string& option, const std::string& text, uint64_t min, uint64_t max)
{
    const auto numbers = ParseNumberList(text, min, max);
    if (!numbers)
    {
        Fail(option,
             text,
             "numbers from " + std::to_string(min) + " to " + std::to_string(max) +
                 " with commas between");
    }
    return *numbers;
}

std::vector<std::string>
ReadWords(const std::string& option,
          const std::string& text,
          const std::vector<std::string>& allowed)
{
    std::vector<std::string> words;
    for (const std::string& word : SplitAt(text, ','))
    {
        if (std::find(allowed.begin(), allowed.end(), word) == allowed.end())
        {
            throw SweepOptionError(option,
                                   "--" + option + "=" + text + ": '" + word +
                                       "' is unknown, expected some of " + JoinWords(allowed));
        }
        if (std::find(words.begin(), words.end(), word) == words.end())
        {
            words.push_back(word);
        }
    }
    return words;
}

std::vector<TreePolicy>
ReadTrees(const std::string& text)
{
    const std::vector<std::string> names(std::begin(EnumNames<TreePolicy>::NAMES),
                                         std::end(EnumNames<TreePolicy>::NAMES));
    std::vector<TreePolicy> trees;
    for (const std::string& word : ReadWords("trees", text, names))
    {
        trees.push_back(*ParseTreePolicy(word));
    }
    return trees;
}

std::vector<std::optional<ControlPlane>>
ReadControls(const std::string& text)
{
    if (text.empty())
    {
        return {std::nullopt};
    }
    const std::vector<std::string> names(std::begin(EnumNames<ControlPlane>::NAMES),
                                         std::end(EnumNames<ControlPlane>::NAMES));
    std::vector<std::optional<ControlPlane>> controls;
    for (const std::string& word : ReadWords("control", text, names))
    {
        controls.push_back(ParseControlPlane(word));
    }
    return controls;
}

/** \returns the fractions, and `all`, as the tables spell them. */
std::vector<std::string>
ReadSenders(const std::string& text)
{
    std::vector<std::string> senders;
    for (const std::string& word : SplitAt(text, ','))
    {
        const auto fraction = word == "all" ? std::optional<double>(1) : ParseReal(word);
        if (!fraction || *fraction <= 0 || *fraction > 1)
        {
            Fail("senders", text, "all, or fractions of the members above 0 and up to 1");
        }
        senders.push_back(*fraction == 1 ? "all" : FormatDecimal(*fraction));
    }
    return senders;
}

std::vector<std::string>
ReadMappings(const std::string& text)
{
    std::vector<std::string> mappings;
    for (const std::string& word : SplitAt(text, ','))
    {
        const std::string fileMapping = "explicit:";
        mappings.push_back(
            word.rfind(fileMapping, 0) == 0 ? word : ReadWords("mapping", word, MAPPINGS).front());
    }
    return mappings;
}

std::vector<std::string>
ReadPlacements(const std::string& text)
{
    for (const std::string& word : SplitAt(text, ','))
    {
        if (!ParsePlacement(word))
        {
            Fail("placement", text, "some of uniform, fill-leaf, pod-uniform, cap:P");
        }
    }
    return SplitAt(text, ',');
}

/** The axes of the grid, each checked for itself. */
struct Axes
{
    std::vector<std::string> topologies;
    std::vector<uint64_t> vnis;
    std::vector<uint64_t> groups;
    std::vector<uint64_t> ratios;
    std::vector<TreePolicy> trees;
    std::vector<uint64_t> members;
    std::vector<std::string> mappings;
    std::vector<std::string> placements;
    std::vector<std::string> senders;
    std::vector<uint64_t> seeds;
    std::vector<PlanLimits> capacities;
    std::vector<std::string> policies;
    std::vector<std::optional<ControlPlane>> controls;
    std::vector<uint64_t> vms;
    uint32_t frames{1};

    /** \returns whether any point floods to groups. */
    bool HasGroups() const
    {
        return std::any_of(controls.begin(), controls.end(), [](const auto& control) {
            return !control || UsesGroups(*control);
        });
    }
};

/** \returns the pieces of a list whose commas within brackets separate nothing. */
std::vector<std::string>
SplitOutsideBrackets(const std::string& text)
{
    std::vector<std::string> pieces{""};
    int depth = 0;
    for (char c : text)
    {
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        if (c == ',' && depth == 0)
        {
            pieces.emplace_back();
        }
        else
        {
            pieces.back() += c;
        }
    }
    return pieces;
}

/** \returns limits by `N`, a range of numbers, or `[TIER:N,…]`. */
std::vector<PlanLimits>
ReadCapacity(const std::string& text, const std::string& whole)
{
    std::vector<PlanLimits> limits;
    if (text.front() == '[' && text.back() == ']')
    {
        limits.push_back(PlanLimits::Parse(text.substr(1, text.size() - 2)));
        return limits;
    }
    if (text.find_first_of("[]:=") != std::string::npos)
    {
        Fail("capacity", whole, "numbers, or limits by tier in brackets: [leaf:2000,spine:8192]");
    }
    for (uint64_t number : ReadNumbers("capacity", text, 0, 100000000))
    {
        limits.push_back(number == 0 ? PlanLimits() : PlanLimits::ForAllRouters(number));
    }
    return limits;
}

/** \returns the limits to look at, less what is in use; one without any if none is given. */
std::vector<PlanLimits>
ReadCapacities(const SweepOptionTexts& texts)
{
    const bool byTier = !texts.limits.limit.empty() || !texts.limits.device.empty();
    if (byTier && !texts.capacity.empty())
    {
        throw SweepOptionError("capacity",
                               "--capacity and --limit or --device, expected one way to limit");
    }
    try
    {
        if (texts.capacity.empty())
        {
            return {ReadLimits(texts.limits)};
        }
        std::vector<PlanLimits> all;
        for (const std::string& piece : SplitOutsideBrackets(texts.capacity))
        {
            if (piece.empty())
            {
                Fail("capacity", texts.capacity, "numbers or limits with commas between");
            }
            for (PlanLimits& limits : ReadCapacity(piece, texts.capacity))
            {
                if (!texts.limits.used.empty() && !limits.IsEmpty())
                {
                    limits.Subtract(texts.limits.used);
                }
                all.push_back(std::move(limits));
            }
        }
        return all;
    }
    catch (const LimitError& error)
    {
        throw SweepOptionError(error.GetOption(), "--" + error.GetOption() + ": " + error.what());
    }
    catch (const std::invalid_argument& error)
    {
        throw SweepOptionError("capacity", "--capacity=" + texts.capacity + ": " + error.what());
    }
}

Axes
ReadAxes(const SweepOptionTexts& texts)
{
    Axes axes;
    axes.topologies = SplitTopologies(texts.topology);
    axes.vnis = ReadNumbers("vnis", texts.vnis, 1, VxlanFields::MAX_VNI);
    if (!texts.groups.empty())
    {
        axes.groups = ReadNumbers("groups", texts.groups, 1, 1 << 24);
    }
    if (!texts.ratios.empty())
    {
        axes.ratios = ReadNumbers("ratios", texts.ratios, 1, 1 << 24);
    }
    axes.trees = ReadTrees(texts.trees);
    axes.members = ReadNumbers("members", texts.members, 1, 1000000);
    axes.mappings = ReadMappings(texts.mapping);
    axes.placements = ReadPlacements(texts.placement);
    axes.senders = ReadSenders(texts.senders);
    axes.seeds = ReadNumbers("seeds", texts.seeds, 0, UINT32_MAX);
    axes.frames = static_cast<uint32_t>(ReadNumbers("frames", texts.frames, 1, 1000000).front());
    axes.capacities = ReadCapacities(texts);
    axes.policies = ReadWords("capacity-policy", texts.capacityPolicy, POLICIES);
    axes.controls = ReadControls(texts.control);
    axes.vms = {0};
    if (!texts.control.empty())
    {
        axes.vms = ReadNumbers("vms", texts.vms.empty() ? DEFAULT_VMS : texts.vms, 0, 60000);
    }
    else if (!texts.vms.empty())
    {
        throw SweepOptionError(
            "vms", "--vms=" + texts.vms + ": tenants need --control, give that as well");
    }
    return axes;
}

/**
 * \returns the numbers of groups that go with the point's VNIs and mapping.
 * \throws InputError if a file of groups does not fit
 */
std::vector<uint64_t>
GroupsOf(const Axes& axes, const SweepPoint& point, const TopologyGraph& graph)
{
    if (HasOwnGroups(point.mapping))
    {
        try
        {
            const ModelNetwork network(graph, RpfEcmp::SG_HASH);
            WorkloadOptions options;
            options.vnis = point.vnis;
            options.members = point.members;
            Workload workload(network, options);
            const VniMapping mapping(point.mapping, 0, workload);
            return {std::min(point.vnis, mapping.GetGroupCount())};
        }
        catch (const std::invalid_argument& error)
        {
            throw SweepOptionError("mapping", "--mapping=" + point.mapping + ": " + error.what());
        }
    }
    const uint64_t vnis = point.vnis;
    std::vector<uint64_t> groups = axes.groups;
    for (uint64_t ratio : axes.ratios)
    {
        groups.push_back((vnis + ratio - 1) / ratio);
    }
    return groups;
}

/** Checks that each limited tier is one of the topologies', and that routers can have its limit. */
void
CheckTiers(const Axes& axes, const SweepOptionTexts& texts, const SweepOptions& options)
{
    std::set<std::string> tiers{PlanLimits::VTEP};
    for (const auto& [name, graph] : options.topologies)
    {
        const std::vector<std::string> own = GetRouterTiers(graph);
        tiers.insert(own.begin(), own.end());
    }
    for (const PlanLimits& limits : axes.capacities)
    {
        try
        {
            CheckLimitTiers(limits, tiers);
            for (const auto& [name, graph] : options.topologies)
            {
                texts.packets ? void(MakeTableLimits(limits, graph)) : void();
            }
        }
        catch (const std::invalid_argument& error)
        {
            throw SweepOptionError("capacity", error.what());
        }
    }
}

/** Checks what no axis can know alone. */
void
CheckAxes(const Axes& axes, const SweepOptionTexts& texts, const SweepOptions& options)
{
    if (axes.topologies.empty())
    {
        throw SweepOptionError("topology",
                               "--topology is missing, expected a GraphML file or a spec such as "
                               "leaf-spine:spines=4,leaves=16,hosts=4");
    }
    if (!std::all_of(axes.mappings.begin(), axes.mappings.end(), HasOwnGroups) &&
        axes.groups.empty() == axes.ratios.empty() && (axes.HasGroups() || !axes.groups.empty()))
    {
        throw SweepOptionError("groups", "expected --groups or --ratios, one of them");
    }
    const uint64_t vnis = *std::min_element(axes.vnis.begin(), axes.vnis.end());
    for (uint64_t groups : axes.groups)
    {
        if (groups > vnis)
        {
            throw SweepOptionError("groups",
                                   "--groups=" + texts.groups + ": " + std::to_string(groups) +
                                       " groups are more than the " + std::to_string(vnis) +
                                       " VNIs, expected at most one group per VNI");
        }
    }
    CheckTiers(axes, texts, options);
    const uint64_t members = *std::max_element(axes.members.begin(), axes.members.end());
    for (const auto& [name, graph] : options.topologies)
    {
        const std::size_t vteps = CountVteps(graph);
        if (members > vteps)
        {
            throw SweepOptionError("members",
                                   "--members=" + texts.members + ": " + std::to_string(members) +
                                       " members are more than the " + std::to_string(vteps) +
                                       " VTEPs of " + name);
        }
    }
}

/** One axis of the grid: the points that it makes of a point. */
using SweepAxis = std::function<std::vector<SweepPoint>(const SweepPoint&)>;

/** \returns the axis that sets \p member to each of \p values, which outlive it. */
template <typename Value, typename Member>
SweepAxis
AxisOf(const std::vector<Value>& values, Member SweepPoint::*member)
{
    return [&values, member](SweepPoint point) {
        std::vector<SweepPoint> points;
        for (const Value& value : values)
        {
            point.*member = static_cast<Member>(value);
            points.push_back(point);
        }
        return points;
    };
}

/**
 * \returns the point without what its control plane has no use for: one that floods to each VTEP
 * has neither trees nor groups nor multicast tables
 */
SweepPoint
Simplify(SweepPoint point)
{
    if (point.control && point.tree == TreePolicy::HeadEnd)
    {
        const bool isEvpn = point.control == ControlPlane::EvpnGroup;
        const bool isMulticast = point.control == ControlPlane::Multicast;
        point.control = isEvpn        ? ControlPlane::Evpn
                        : isMulticast ? ControlPlane::HeadEnd
                                      : *point.control;
    }
    if (point.control && !UsesGroups(*point.control))
    {
        point.tree = TreePolicy::HeadEnd;
        point.groups = point.vnis;
        point.mapping = "one-to-one";
        point.capacity.clear();
        point.limits = PlanLimits();
    }
    return point;
}

/** \returns every combination, the last axis innermost, each once. */
std::vector<SweepPoint>
MakeGrid(const Axes& axes, const std::map<std::string, TopologyGraph>& topologies)
{
    const SweepAxis groups = [&](const SweepPoint& point) {
        std::vector<uint64_t> numbers = GroupsOf(axes, point, topologies.at(point.topology));
        if (numbers.empty())
        {
            numbers = {point.vnis}; // no point has groups
        }
        return AxisOf(numbers, &SweepPoint::groups)(point);
    };
    const SweepAxis capacities = [&](SweepPoint point) {
        std::vector<SweepPoint> points;
        for (const PlanLimits& limits : axes.capacities)
        {
            point.limits = limits;
            point.capacity = limits.ToText();
            points.push_back(point);
        }
        return points;
    };
    SweepPoint first;
    first.frames = axes.frames;
    std::vector<SweepPoint> grid = {first};
    for (const SweepAxis& axis : {AxisOf(axes.topologies, &SweepPoint::topology),
                                  AxisOf(axes.vnis, &SweepPoint::vnis),
                                  AxisOf(axes.members, &SweepPoint::members),
                                  AxisOf(axes.placements, &SweepPoint::placement),
                                  AxisOf(axes.senders, &SweepPoint::senders),
                                  AxisOf(axes.mappings, &SweepPoint::mapping),
                                  groups,
                                  AxisOf(axes.trees, &SweepPoint::tree),
                                  capacities,
                                  AxisOf(axes.policies, &SweepPoint::capacityPolicy),
                                  AxisOf(axes.controls, &SweepPoint::control),
                                  AxisOf(axes.vms, &SweepPoint::vms),
                                  AxisOf(axes.seeds, &SweepPoint::seed)})
    {
        std::vector<SweepPoint> product;
        for (const SweepPoint& point : grid)
        {
            const std::vector<SweepPoint> points = axis(point);
            product.insert(product.end(), points.begin(), points.end());
        }
        grid = std::move(product);
    }
    std::transform(grid.begin(), grid.end(), grid.begin(), Simplify);
    std::set<std::vector<std::string>> seen;
    grid.erase(std::remove_if(grid.begin(),
                              grid.end(),
                              [&seen](const SweepPoint& point) {
                                  return !seen.insert(GetSweepKey(point)).second;
                              }),
               grid.end());
    return grid;
}

} // namespace

SweepOptions
ReadSweepOptions(const SweepOptionTexts& texts)
{
    Axes axes = ReadAxes(texts);
    SweepOptions options;
    for (std::string& topology : axes.topologies)
    {
        try
        {
            TopologyGraph graph = LoadTopology(topology, texts.topologyOptions);
            topology = DescribeTopology(topology, texts.topologyOptions);
            options.topologies.emplace(topology, std::move(graph));
        }
        catch (const TopologyError& error)
        {
            throw InputError(error.what());
        }
    }
    CheckAxes(axes, texts, options);
    options.grid = MakeGrid(axes, options.topologies);
    options.jobs = static_cast<uint32_t>(ReadNumbers("jobs", texts.jobs, 1, 4096).front());
    options.packets = texts.packets;
    options.plots = texts.plots;
    options.report = texts.report;
    options.output = texts.output;
    return options;
}

} // namespace ns3
