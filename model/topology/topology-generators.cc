// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-generators.h"
#include "ns3/text.h"

#include "ns3/topology-builder.h"
#include "ns3/topology-options.h"
#include "ns3/topology-values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <set>

namespace ns3
{

namespace
{

/** Half of what 10.0.0.0/8 can number, and far more than a simulation can hold. */
constexpr uint64_t MAX_NODES = 1000000;

/** The parameters of a spec, taken by name; one that is left over is an error. */
class Spec
{
  public:
    explicit Spec(const std::string& text)
    {
        m_lines.source = text;
        const std::size_t colon = text.find(':');
        m_name = text.substr(0, colon);
        if (colon == std::string::npos)
        {
            return;
        }
        for (const std::string& pair : SplitAt(text.substr(colon + 1), ','))
        {
            const std::size_t equals = pair.find('=');
            if (equals == std::string::npos || equals == 0)
            {
                Fail("'" + pair + "' is no parameter, expected key=value");
            }
            if (!m_values.emplace(pair.substr(0, equals), pair.substr(equals + 1)).second)
            {
                Fail("parameter " + pair.substr(0, equals) + " is given twice, expected once");
            }
        }
    }

    const std::string& GetName() const
    {
        return m_name;
    }

    [[noreturn]] void Fail(const std::string& message) const
    {
        m_lines.Fail(1, message);
    }

    /** \returns parameter \p key, a number from \p min to \p max. */
    std::size_t Take(const std::string& key, uint64_t min, uint64_t max)
    {
        auto it = m_values.find(key);
        if (it == m_values.end())
        {
            std::string others;
            for (const auto& [other, value] : m_values)
            {
                others += (others.empty() ? " beside " : ", ") + other;
            }
            Fail("parameter " + key + " is missing" + others + ", expected " + m_name + ":" + key +
                 "=…");
        }
        const auto number = ParseNumber(it->second, min, max);
        if (!number)
        {
            Fail(key + " is '" + it->second + "', expected a number from " + std::to_string(min) +
                 " to " + std::to_string(max));
        }
        m_values.erase(it);
        return static_cast<std::size_t>(*number);
    }

    /** As Take, with a value for when the parameter is absent. */
    std::size_t TakeOr(const std::string& key, uint64_t min, uint64_t max, std::size_t absent)
    {
        return m_values.count(key) == 0 ? absent : Take(key, min, max);
    }

    /** \returns the position in \p words of parameter \p key; the first when it is absent. */
    std::size_t TakeWord(const std::string& key, const std::vector<std::string>& words)
    {
        auto it = m_values.find(key);
        if (it == m_values.end())
        {
            return 0;
        }
        const auto word = std::find(words.begin(), words.end(), it->second);
        if (word == words.end())
        {
            std::string known;
            for (const std::string& each : words)
            {
                known += (known.empty() ? "" : " or ") + each;
            }
            Fail(key + " is '" + it->second + "', expected " + known);
        }
        m_values.erase(it);
        return static_cast<std::size_t>(word - words.begin());
    }

    /** \returns parameter bfd, a detection time; empty when it is absent. */
    std::string TakeBfdTime()
    {
        auto it = m_values.find("bfd");
        std::string time = it == m_values.end() ? "" : it->second;
        if (it != m_values.end() && !IsBfdTime(time))
        {
            Fail("bfd is '" + time + "', expected a detection time from 3us to 1h, such as 150ms");
        }
        m_values.erase("bfd");
        return time;
    }

    /** \returns parameter degree, a real number from 1 to \p max. */
    double TakeDegree(double max)
    {
        auto it = m_values.find("degree");
        const auto degree = it == m_values.end() ? std::optional<double>() : ParseReal(it->second);
        if (!degree || *degree < 1 || *degree > max)
        {
            Fail("degree is '" + (it == m_values.end() ? "" : it->second) +
                 "', expected a number from 1 to n - 1");
        }
        m_values.erase(it);
        return *degree;
    }

    void Finish(uint64_t nodes) const
    {
        if (!m_values.empty())
        {
            Fail("unknown parameter '" + m_values.begin()->first + "' of " + m_name +
                 ", expected none");
        }
        if (nodes > MAX_NODES)
        {
            Fail(std::to_string(nodes) + " nodes, expected at most " + std::to_string(MAX_NODES));
        }
    }

  private:
    TopologyLines m_lines;
    std::string m_name;
    std::map<std::string, std::string> m_values;
};

/** Adds one tier of nodes; in figures, tiers are a fifth of the width apart. */
std::vector<std::size_t>
AddTier(TopologyBuilder& builder, const std::string& tier, std::size_t count, int row)
{
    std::vector<std::size_t> nodes;
    for (std::size_t i = 0; i < count; ++i)
    {
        const NodeKind kind = tier == "vtep" ? NodeKind::Vtep : NodeKind::Router;
        nodes.push_back(builder.AddNode(tier + std::to_string(i), kind, tier));
        builder.SetPosition(nodes.back(), (i + 0.5) / static_cast<double>(count), row * 0.2);
    }
    return nodes;
}

void
MakeCandidates(TopologyBuilder& builder, const std::vector<std::size_t>& nodes)
{
    for (std::size_t node : nodes)
    {
        builder.MakeCandidate(node, "eth0");
    }
}

void
LinkVteps(TopologyBuilder& builder, const std::vector<std::size_t>& routers, std::size_t each)
{
    const std::vector<std::size_t> vteps = AddTier(builder, "vtep", routers.size() * each, 0);
    for (std::size_t i = 0; i < vteps.size(); ++i)
    {
        builder.AddLink(routers[i / each], vteps[i]);
    }
}

/** How a fabric of leaves and spines is deployed. */
struct FabricDesign
{
    enum class Rp
    {
        HASHED,
        ANYCAST,
        PHANTOM
    };

    explicit FabricDesign(Spec& spec)
        : vtepsOnLeaves(spec.TakeWord("vteps", {"host", "leaf"}) == 1),
          unnumbered(spec.TakeWord("links", {"numbered", "unnumbered"}) == 1),
          rp(static_cast<Rp>(spec.TakeWord("rp", {"hashed", "anycast", "phantom"}))),
          bfd(spec.TakeBfdTime())
    {
    }

    bool HasLoopbacks() const
    {
        return vtepsOnLeaves || unnumbered || rp != Rp::HASHED;
    }

    bool vtepsOnLeaves;
    bool unnumbered;
    Rp rp;
    std::string bfd; //!< detection time on links of routers; empty: none
};

constexpr TopologyAddress FIRST_LOOPBACK = 0x0aff0001; // 10.255.0.1
constexpr TopologyAddress RP_NETWORK = 0x0afe0000;     // 10.254.0.0
constexpr uint64_t MAX_LOOPBACKS = 65000;
constexpr std::size_t MAX_PHANTOMS = 14; // prefixes from /30 to /17

/** Gives each of \p rps the one address, and every router the RP (RFC 4610). */
void
AddAnycastRp(TopologyGraph& graph, const std::vector<std::size_t>& rps)
{
    AnycastRpSpec anycast;
    anycast.address = RP_NETWORK + 1;
    for (std::size_t rp : rps)
    {
        anycast.members.push_back(graph.nodes[rp].loopbacks.front().addresses.front().address);
    }
    for (std::size_t rp : rps)
    {
        graph.nodes[rp].loopbacks.push_back({"lo1", {{anycast.address, 32}}});
        graph.nodes[rp].anycastRps = {anycast};
    }
    for (TopologyNode& node : graph.nodes)
    {
        if (node.kind == NodeKind::Router)
        {
            node.staticRps = {{anycast.address, DefaultRpGroups()}};
        }
    }
}

/** An RP on no router, in prefixes of \p rps, each shorter than the one before (RFC 5015). */
void
AddPhantomRp(TopologyGraph& graph, const std::vector<std::size_t>& rps)
{
    for (std::size_t i = 0; i < std::min(rps.size(), MAX_PHANTOMS); ++i)
    {
        const TopologyAddress host = i == 0 ? 1 : 1u << (i + 1);
        graph.nodes[rps[i]].loopbacks.push_back(
            {"lo1", {{RP_NETWORK + host, static_cast<uint8_t>(30 - i)}}});
    }
    for (TopologyNode& node : graph.nodes)
    {
        if (node.kind == NodeKind::Router)
        {
            node.bidirRps = {{RP_NETWORK + 2, DefaultRpGroups()}};
        }
    }
}

/** Turns a fabric of routers, whose hosts hang on \p leaves, into \p design. */
void
DeployFabric(const FabricDesign& design,
             Spec& spec,
             TopologyBuilder& builder,
             const std::vector<std::size_t>& leaves,
             std::size_t hosts,
             const std::vector<std::size_t>& rps)
{
    TopologyGraph& graph = builder.graph;
    if (design.HasLoopbacks() && graph.nodes.size() > MAX_LOOPBACKS)
    {
        spec.Fail(std::to_string(graph.nodes.size()) +
                  " routers with loopbacks, expected at most " + std::to_string(MAX_LOOPBACKS));
    }
    for (std::size_t node = 0; design.HasLoopbacks() && node < graph.nodes.size(); ++node)
    {
        graph.nodes[node].loopbacks = {
            {"lo", {{FIRST_LOOPBACK + static_cast<TopologyAddress>(node), 32}}}};
    }
    for (TopologyAttachment& attachment : graph.attachments)
    {
        attachment.unnumbered = design.unnumbered ? "lo" : "";
        attachment.bfd = design.bfd;
    }
    for (std::size_t leaf : leaves)
    {
        graph.nodes[leaf].vtep = design.vtepsOnLeaves;
        graph.nodes[leaf].ports = design.vtepsOnLeaves ? static_cast<uint32_t>(hosts) : 0;
    }
    switch (design.rp)
    {
    case FabricDesign::Rp::HASHED:
        for (std::size_t rp : rps)
        {
            builder.MakeCandidate(rp, design.HasLoopbacks() ? "lo" : "eth0");
        }
        break;
    case FabricDesign::Rp::ANYCAST:
        AddAnycastRp(graph, rps);
        break;
    case FabricDesign::Rp::PHANTOM:
        AddPhantomRp(graph, rps);
        break;
    }
    design.vtepsOnLeaves ? void() : LinkVteps(builder, leaves, hosts);
}

void
GenerateLeafSpine(Spec& spec, TopologyBuilder& builder)
{
    const std::size_t spineCount = spec.Take("spines", 1, MAX_NODES);
    const std::size_t leafCount = spec.Take("leaves", 1, MAX_NODES);
    const std::size_t hosts = spec.Take("hosts", 0, MAX_NODES);
    const FabricDesign design(spec);
    spec.Finish(spineCount + leafCount + (design.vtepsOnLeaves ? 0 : uint64_t(leafCount) * hosts));
    const auto spines = AddTier(builder, "spine", spineCount, 2);
    const auto leaves = AddTier(builder, "leaf", leafCount, 1);
    for (std::size_t leaf : leaves)
    {
        for (std::size_t spine : spines)
        {
            builder.AddLink(leaf, spine);
        }
    }
    DeployFabric(design, spec, builder, leaves, hosts, spines);
}

void
GenerateClos(Spec& spec, TopologyBuilder& builder)
{
    const std::size_t pods = spec.Take("pods", 1, MAX_NODES);
    const std::size_t leafCount = spec.Take("leaves", 1, MAX_NODES);
    const std::size_t hosts = spec.Take("hosts", 0, MAX_NODES);
    const std::size_t spineCount = spec.Take("spines", 1, MAX_NODES);
    const std::size_t coreCount = spec.Take("cores", 1, MAX_NODES);
    const FabricDesign design(spec);
    spec.Finish(coreCount + uint64_t(pods) * (spineCount + leafCount +
                                              (design.vtepsOnLeaves ? 0 : leafCount * hosts)));
    const auto cores = AddTier(builder, "core", coreCount, 3);
    const auto spines = AddTier(builder, "spine", pods * spineCount, 2);
    const auto leaves = AddTier(builder, "leaf", pods * leafCount, 1);
    for (std::size_t spine : spines)
    {
        for (std::size_t core : cores)
        {
            builder.AddLink(spine, core);
        }
    }
    for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf)
    {
        for (std::size_t spine = 0; spine < spineCount; ++spine)
        {
            builder.AddLink(leaves[leaf], spines[leaf / leafCount * spineCount + spine]);
        }
    }
    DeployFabric(design, spec, builder, leaves, hosts, cores);
}

void
GenerateFatTree(Spec& spec, TopologyBuilder& builder)
{
    const std::size_t k = spec.Take("k", 2, 100);
    if (k % 2 != 0)
    {
        spec.Fail("k is " + std::to_string(k) + ", expected an even number");
    }
    spec.Finish(k * k * k);
    const std::size_t half = k / 2;
    const auto cores = AddTier(builder, "core", half * half, 3);
    const auto aggregations = AddTier(builder, "aggregation", k * half, 2);
    const auto edges = AddTier(builder, "edge", k * half, 1);
    for (std::size_t i = 0; i < aggregations.size(); ++i)
    {
        for (std::size_t j = 0; j < half; ++j)
        {
            builder.AddLink(aggregations[i], cores[i % half * half + j]);
        }
    }
    for (std::size_t i = 0; i < edges.size(); ++i)
    {
        for (std::size_t j = 0; j < half; ++j)
        {
            builder.AddLink(edges[i], aggregations[i / half * half + j]);
        }
    }
    LinkVteps(builder, edges, half);
    MakeCandidates(builder, cores);
}

/** Puts the RP at the centre and a VTEP on each of \p edge; the routers are all there is so far. */
void
FinishRouters(TopologyBuilder& builder, const std::vector<std::size_t>& edge)
{
    builder.MakeCandidate(FindCentre(builder.graph), "eth0");
    for (std::size_t i = 0; i < edge.size(); ++i)
    {
        const std::size_t vtep =
            builder.AddNode("vtep" + std::to_string(i), NodeKind::Vtep, "vtep");
        const TopologyNode& router = builder.graph.nodes[edge[i]];
        builder.SetPosition(vtep, *router.x + 0.3, *router.y - 0.4);
        builder.AddLink(edge[i], vtep);
    }
}

std::vector<std::size_t>
AddRouters(TopologyBuilder& builder, std::size_t count, bool onCircle)
{
    std::vector<std::size_t> routers;
    for (std::size_t i = 0; i < count; ++i)
    {
        routers.push_back(
            builder.AddNode("router" + std::to_string(i), NodeKind::Router, "router"));
        const double angle = 2 * 3.14159265358979 * static_cast<double>(i) / count;
        const double radius = static_cast<double>(count) / 4;
        builder.SetPosition(i,
                            onCircle ? radius * std::cos(angle) : static_cast<double>(i),
                            onCircle ? radius * std::sin(angle) : 0);
    }
    return routers;
}

void
GenerateChain(Spec& spec, TopologyBuilder& builder)
{
    const std::size_t n = spec.Take("n", 2, MAX_NODES);
    spec.Finish(n + 2);
    const auto routers = AddRouters(builder, n, false);
    for (std::size_t i = 1; i < n; ++i)
    {
        builder.AddLink(i - 1, i);
    }
    FinishRouters(builder, {routers.front(), routers.back()});
}

void
GenerateRing(Spec& spec, TopologyBuilder& builder)
{
    const std::size_t n = spec.Take("n", 3, MAX_NODES);
    spec.Finish(2 * n);
    const auto routers = AddRouters(builder, n, true);
    for (std::size_t i = 0; i < n; ++i)
    {
        builder.AddLink(i, (i + 1) % n);
    }
    FinishRouters(builder, routers);
}

void
GenerateStar(Spec& spec, TopologyBuilder& builder)
{
    const std::size_t n = spec.Take("n", 2, MAX_NODES);
    spec.Finish(2 * n);
    auto routers = AddRouters(builder, n, true);
    builder.SetPosition(0, 0, 0);
    for (std::size_t i = 1; i < n; ++i)
    {
        builder.AddLink(0, i);
    }
    routers.erase(routers.begin());
    FinishRouters(builder, routers);
}

void
GenerateGrid(Spec& spec, TopologyBuilder& builder)
{
    const std::size_t rows = spec.Take("rows", 1, MAX_NODES);
    const std::size_t columns = spec.Take("columns", 1, MAX_NODES);
    if (rows * columns < 2)
    {
        spec.Fail("a grid of one router, expected at least two");
    }
    spec.Finish(uint64_t(rows) * columns * 2);
    AddRouters(builder, rows * columns, false);
    std::vector<std::size_t> border;
    for (std::size_t row = 0; row < rows; ++row)
    {
        for (std::size_t column = 0; column < columns; ++column)
        {
            const std::size_t router = row * columns + column;
            builder.SetPosition(router, static_cast<double>(column), -static_cast<double>(row));
            if (column > 0)
            {
                builder.AddLink(router - 1, router);
            }
            if (row > 0)
            {
                builder.AddLink(router - columns, router);
            }
            if (row == 0 || column == 0 || row == rows - 1 || column == columns - 1)
            {
                border.push_back(router);
            }
        }
    }
    FinishRouters(builder, border);
}

void
GenerateRandom(Spec& spec, TopologyBuilder& builder)
{
    const std::size_t n = spec.Take("n", 2, MAX_NODES);
    const double degree = spec.TakeDegree(static_cast<double>(n - 1));
    const std::size_t seed = spec.TakeOr("seed", 0, std::numeric_limits<uint64_t>::max(), 1);
    spec.Finish(2 * n);
    const auto routers = AddRouters(builder, n, true);
    // Library distributions differ between platforms; the engine's numbers do not.
    std::mt19937_64 engine(seed);
    std::set<std::pair<std::size_t, std::size_t>> links;
    for (std::size_t i = 1; i < n; ++i)
    {
        const std::size_t parent = engine() % i;
        links.insert({parent, i});
        builder.AddLink(parent, i);
    }
    const double wanted = std::min(std::round(static_cast<double>(n) * degree / 2),
                                   static_cast<double>(n) * static_cast<double>(n - 1) / 2);
    while (static_cast<double>(links.size()) < wanted)
    {
        const std::size_t a = engine() % n;
        const std::size_t b = engine() % n;
        if (a != b && links.insert(std::minmax(a, b)).second)
        {
            builder.AddLink(std::min(a, b), std::max(a, b));
        }
    }
    FinishRouters(builder, routers);
}

struct LabNetwork
{
    unsigned number;
    std::array<std::size_t, 2> members; //!< r1 r2 r3 e1 e2 e3 c1 c2 c3 are 0 to 8
};

void
GenerateRecLab(Spec& spec, TopologyBuilder& builder)
{
    spec.Finish(9);
    const std::array<const char*, 9> names{"r1", "r2", "r3", "e1", "e2", "e3", "c1", "c2", "c3"};
    const std::array<uint32_t, 9> hosts{1, 2, 3, 11, 22, 33, 111, 122, 133};
    const std::array<const char*, 3> tiers{"vtep", "edge", "core"};
    const std::array<uint32_t, 3> idHeads{1, 3, 2};
    const std::array<std::pair<double, double>, 9> places{
        {{0, 0}, {0, 4}, {8, 2}, {2, 0}, {2, 4}, {6, 2}, {3, 2}, {4.5, 3}, {4.5, 1}}};
    const std::array<LabNetwork, 12> networks{{{1, {0, 3}},
                                               {2, {1, 4}},
                                               {3, {2, 5}},
                                               {11, {3, 6}},
                                               {12, {4, 6}},
                                               {13, {5, 7}},
                                               {21, {3, 8}},
                                               {22, {4, 7}},
                                               {23, {5, 8}},
                                               {101, {6, 8}},
                                               {102, {6, 7}},
                                               {103, {7, 8}}}};
    for (std::size_t i = 0; i < names.size(); ++i)
    {
        const NodeKind kind = i < 3 ? NodeKind::Vtep : NodeKind::Router;
        builder.AddNode(names[i], kind, tiers[i / 3]);
        builder.graph.nodes[i].routerId = idHeads[i / 3] << 24 | static_cast<uint32_t>(i % 3 + 1);
        builder.SetPosition(i, places[i].first, places[i].second);
    }
    for (std::size_t core = 6; core < 9; ++core)
    {
        builder.MakeCandidate(core, "eth2");
        builder.graph.nodes[core].candidateBsrPriority = core == 8 ? 10 : 1;
        builder.graph.nodes[core].candidateRpPriority = core == 8 ? 100 : 192;
    }
    for (const LabNetwork& lab : networks)
    {
        const std::size_t network = builder.AddLan(std::to_string(lab.number));
        const TopologyAddress prefix = 192u << 24 | 168u << 16 | lab.number << 8;
        builder.graph.networks[network].prefix = {prefix, 24};
        for (std::size_t member : lab.members)
        {
            const std::size_t attachment = builder.Attach(member, network);
            builder.graph.attachments[attachment].address = prefix | hosts[member];
        }
    }
}

using Generator = std::function<void(Spec&, TopologyBuilder&)>;

const std::map<std::string, Generator>&
GetGenerators()
{
    static const std::map<std::string, Generator> generators{{"rec-lab", GenerateRecLab},
                                                             {"leaf-spine", GenerateLeafSpine},
                                                             {"clos", GenerateClos},
                                                             {"fat-tree", GenerateFatTree},
                                                             {"chain", GenerateChain},
                                                             {"ring", GenerateRing},
                                                             {"star", GenerateStar},
                                                             {"grid", GenerateGrid},
                                                             {"random", GenerateRandom}};
    return generators;
}

} // namespace

bool
IsGeneratorSpec(const std::string& spec)
{
    return GetGenerators().count(spec.substr(0, spec.find(':'))) != 0;
}

TopologyGraph
GenerateTopology(const std::string& specText)
{
    const std::map<std::string, Generator>& generators = GetGenerators();
    Spec spec(specText);
    const auto generator = generators.find(spec.GetName());
    if (generator == generators.end())
    {
        std::string names;
        for (const auto& [name, function] : generators)
        {
            names += (names.empty() ? "" : ", ") + name;
        }
        spec.Fail("unknown generator '" + spec.GetName() + "' and no such file, expected " + names);
    }
    TopologyBuilder builder(specText);
    generator->second(spec, builder);
    return std::move(builder.graph);
}

} // namespace ns3
