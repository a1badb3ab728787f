// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-words.h"

#include "ns3/number-format.h"
#include "ns3/topology-address.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <sstream>
#include <tuple>

namespace ns3
{

std::string
PercentOf(double share)
{
    return FormatDecimal(share * 100, share < 0.1 ? 1 : 0) + " %";
}

std::string
CountOf(uint64_t count, const std::string& noun)
{
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

namespace
{

const char*
KindWords(PlanKind kind)
{
    switch (kind)
    {
    case PlanKind::STAR_G:
        return "(*,G) entries";
    case PlanKind::SG:
        return "(S,G) entries";
    case PlanKind::REPLICATION:
        return "replication entries";
    case PlanKind::SUM:
        break;
    }
    return "entries";
}

/** "leaf 1000 of 7192 entries (14 %), spine …" */
std::string
DescribeMargins(const PlanPoint& point)
{
    std::string text;
    for (const PlanMargin& margin : point.margins)
    {
        text += (text.empty() ? "" : ", ") + margin.tier + " " + std::to_string(margin.used) +
                " of " + std::to_string(margin.limit) + " " + KindWords(margin.kind) + " (" +
                PercentOf(margin.GetShare()) + ")";
    }
    return text.empty() ? "no limits were given" : text;
}

/** "bidir", or "3 groups rpt, 5 groups bidir" */
std::string
DescribeTrees(const PlanPoint& point)
{
    if (!point.mixed)
    {
        return EnumName(point.tree);
    }
    std::map<TreePolicy, std::set<uint32_t>> groups;
    for (uint32_t group : point.assignment.groupOf)
    {
        if (group != PLAN_HEAD_END)
        {
            groups[point.assignment.trees[group]].insert(group);
        }
    }
    std::string text;
    for (const auto& [tree, own] : groups)
    {
        text += (text.empty() ? "" : " and ") + std::string(EnumName(tree)) + " (" +
                CountOf(own.size(), "group") + ")";
    }
    return text;
}

/** ", room for some 300 VNIs more", where each has a group of its own. */
std::string
DescribeRoom(const PlanPoint& best)
{
    const PlanMargin& tightest = best.margins.front();
    if (best.use.waste > 0 || best.headEndVnis > 0 || tightest.used == 0)
    {
        return "";
    }
    const double share = tightest.GetShare();
    const double more = static_cast<double>(best.groups) * (1 / share - 1);
    return ", room for some " + FormatDecimal(std::floor(more)) + " VNIs more of this kind";
}

/** What one policy can do: its best plan, or why it has none. */
std::string
DescribeTree(const PlanQuestion& question,
             const PlanAnswer& answer,
             TreePolicy tree,
             const PlanPoint* best)
{
    const PlanPoint* fits = nullptr;
    const PlanPoint* nearest = nullptr;
    for (const PlanPoint& point : answer.points)
    {
        if (point.tree != tree || point.mixed || point.headEndVnis > 0)
        {
            continue;
        }
        if (point.IsFeasible() && (fits == nullptr || IsBetterPlan(question, point, *fits)))
        {
            fits = &point;
        }
        if (nearest == nullptr ||
            (!point.margins.empty() &&
             point.margins.front().GetShare() < nearest->margins.front().GetShare()))
        {
            nearest = &point;
        }
    }
    if ((fits == best && best != nullptr) || (fits == nullptr && nearest == nullptr))
    {
        return ""; // an earlier plan keeps its trees: no other was looked at
    }
    std::ostringstream text;
    text << EnumName(tree);
    if (fits != nullptr)
    {
        text << " fits with " << CountOf(fits->groups, "group") << " (" << DescribeMargins(*fits)
             << "), at " << FormatDecimal(fits->use.waste, 2) << " wasted deliveries and "
             << FormatDecimal(fits->use.copies, 1) << " copies per frame.";
    }
    else if (nearest != nullptr)
    {
        const PlanMargin& over = nearest->margins.front();
        text << " does not fit: even with " << CountOf(nearest->groups, "group") << " a "
             << over.tier << " needs " << over.used << " " << KindWords(over.kind) << " of "
             << over.limit << ".";
    }
    return text.str();
}

/** The plan, what fits, what a frame costs, and how good that is. */
std::string
DescribeBest(const PlanQuestion& question, const PlanAnswer& answer, const PlanPoint& best)
{
    std::ostringstream text;
    text << "Plan: " << CountOf(best.groups, "group") << " for "
         << CountOf(question.demand.vnis.size() - best.headEndVnis, "VNI") << " under "
         << DescribeTrees(best);
    if (best.mapping != PlanMapping::PLAN)
    {
        text << ", as " << EnumName(best.mapping) << " maps them";
    }
    if (best.headEndVnis > 0)
    {
        text << ", " << CountOf(best.headEndVnis, "VNI") << " by head-end replication";
    }
    text << ". It fits: " << DescribeMargins(best) << ". A frame costs "
         << FormatDecimal(best.use.copies, 1) << " copies and " << FormatDecimal(best.use.waste, 2)
         << " wasted deliveries beside " << FormatDecimal(best.use.wanted, 2) << " wanted ones";
    if (best.headEndVnis == 0)
    {
        const char* costs = question.objective == PlanObjective::WASTE    ? "wastes"
                            : question.objective == PlanObjective::COPIES ? "takes fewer copies"
                                                                          : "takes fewer entries";
        text << "; no plan with as many groups " << costs << " ";
        text << (answer.proven
                     ? (question.objective == PlanObjective::WASTE ? "less" : "")
                     : (question.objective == PlanObjective::WASTE ? "less than " : "than ") +
                           FormatDecimal(answer.bound, 2) + ", a gap of " +
                           PercentOf(answer.GetGap()));
    }
    std::string words = text.str();
    words.erase(words.find_last_not_of(' ') + 1);
    words += ".";
    if (!best.margins.empty())
    {
        const PlanMargin& tightest = best.margins.front();
        words += " The tightest table is the " + tightest.tier + "'s, " +
                 PercentOf(tightest.GetShare()) + " used" + DescribeRoom(best) + ".";
    }
    return words;
}

/** The best plan of each other kind, and by how much more than \p best it costs. */
std::string
DescribeNext(const PlanQuestion& question, const PlanAnswer& answer, const PlanPoint& best)
{
    const PlanPoint* next = nullptr;
    for (const PlanPoint& point : answer.points)
    {
        const bool other = point.groups != best.groups || point.tree != best.tree ||
                           point.mixed != best.mixed || point.headEndVnis != best.headEndVnis;
        if (other && point.IsFeasible() &&
            (next == nullptr || IsBetterPlan(question, point, *next)))
        {
            next = &point;
        }
    }
    if (next == nullptr)
    {
        return " No other plan that was looked at fits.";
    }
    return " Next best: " + next->GetTreeName() + " with " + CountOf(next->groups, "group") +
           ", at " + FormatDecimal(next->use.waste, 2) + " wasted deliveries, " +
           FormatDecimal(next->use.copies, 1) + " copies and " + std::to_string(next->use.entries) +
           " entries in all, against " + std::to_string(best.use.entries) + ".";
}

/** What would do, where nothing fits. */
std::string
DescribeLeast(const PlanAnswer& answer)
{
    const PlanPoint* nearest = nullptr;
    for (const PlanPoint& point : answer.points)
    {
        if (nearest == nullptr ||
            point.margins.front().GetShare() < nearest->margins.front().GetShare())
        {
            nearest = &point;
        }
    }
    std::string text = " The least that would do is " + nearest->GetTreeName() + " with " +
                       CountOf(nearest->groups, "group") + " and limits of";
    for (const PlanMargin& margin : nearest->margins)
    {
        text +=
            " " + margin.tier + ":" +
            (margin.kind == PlanKind::SUM ? "" : std::string(GetPlanKindName(margin.kind)) + "=") +
            std::to_string(margin.used);
    }
    return text + " free entries.";
}

} // namespace

std::string
DescribePlan(const PlanQuestion& question, const PlanAnswer& answer)
{
    const PlanPoint* best = answer.best ? &answer.points[*answer.best] : nullptr;
    std::string text =
        best != nullptr ? DescribeBest(question, answer, *best) : std::string("No plan fits.");
    for (TreePolicy tree : question.trees)
    {
        const std::string line = DescribeTree(question, answer, tree, best);
        text += (line.empty() ? "" : " ") + line;
    }
    text += best != nullptr ? DescribeNext(question, answer, *best) : DescribeLeast(answer);
    if (answer.cut)
    {
        text += " The search was cut short, so that another run may find another plan: --seconds "
                "gives it more time.";
    }
    return text;
}

CsvTable
MakePlanTable(const PlanPoint& plan, const std::vector<uint32_t>& vniNumbers)
{
    CsvTable table("plan", {"vni", "group", "tree"});
    const PlanAssignment& assignment = plan.assignment;
    for (std::size_t v = 0; v < assignment.groupOf.size(); ++v)
    {
        const uint32_t group = assignment.groupOf[v];
        const bool headEnd = group == PLAN_HEAD_END;
        table.AddRow({std::to_string(vniNumbers[v]),
                      headEnd ? "" : FormatAddress(assignment.addresses[group]),
                      EnumName(headEnd ? TreePolicy::HeadEnd : assignment.trees[group])});
    }
    return table;
}

CsvTable
MakeFrontTable(const PlanAnswer& answer)
{
    std::set<std::string> tiers;
    for (const PlanPoint& point : answer.points)
    {
        for (const auto& [tier, use] : point.use.tiers)
        {
            tiers.insert(tier);
        }
    }
    tiers.erase(PlanLimits::VTEP);
    std::vector<std::string> columns{"groups", "tree", "waste_per_frame", "copies_per_frame"};
    for (const std::string& tier : tiers)
    {
        columns.push_back("rows_max_" + tier);
    }
    columns.insert(columns.end(),
                   {"feasible", "head_end_vnis", "rows_total", "mapping", "waste_bound"});
    CsvTable table("front", columns);
    std::vector<const PlanPoint*> points;
    for (const PlanPoint& point : answer.points)
    {
        points.push_back(&point);
    }
    std::stable_sort(points.begin(), points.end(), [](const PlanPoint* a, const PlanPoint* b) {
        const auto rank = [](const PlanPoint& point) {
            return std::make_tuple(point.groups, point.mixed, point.tree, point.mapping);
        };
        return rank(*a) < rank(*b);
    });
    for (const PlanPoint* point : points)
    {
        std::vector<std::string> row{std::to_string(point->groups),
                                     point->GetTreeName(),
                                     FormatDecimal(point->use.waste),
                                     FormatDecimal(point->use.copies)};
        for (const std::string& tier : tiers)
        {
            row.push_back(std::to_string(point->use.tiers.at(tier).sum));
        }
        row.insert(row.end(),
                   {point->IsFeasible() ? "1" : "0",
                    std::to_string(point->headEndVnis),
                    std::to_string(point->use.entries),
                    EnumName(point->mapping),
                    point->wasteBound ? FormatDecimal(*point->wasteBound) : ""});
        table.AddRow(row);
    }
    return table;
}

nlohmann::ordered_json
MakePlanJson(const PlanQuestion& question, const PlanAnswer& answer, double seconds)
{
    nlohmann::ordered_json json;
    json["objective"] = EnumName(question.objective);
    json["fits"] = answer.best.has_value();
    if (answer.best)
    {
        const PlanPoint& best = answer.points[*answer.best];
        json["tree"] = best.GetTreeName();
        json["groups"] = best.groups;
        json["mapping"] = EnumName(best.mapping);
        json["head_end_vnis"] = best.headEndVnis;
        json["value"] = answer.value;
        json["lower_bound"] = answer.bound;
        json["bound_by"] = answer.boundBy;
        json["gap_percent"] = 100 * answer.GetGap();
        json["proven"] = answer.proven;
        json["waste_per_frame"] = best.use.waste;
        json["copies_per_frame"] = best.use.copies;
        json["wanted_per_frame"] = best.use.wanted;
        for (const auto& [tier, use] : best.use.tiers)
        {
            nlohmann::ordered_json& rows = json["rows"][tier];
            for (PlanKind kind :
                 {PlanKind::SUM, PlanKind::STAR_G, PlanKind::SG, PlanKind::REPLICATION})
            {
                rows["used"][GetPlanKindName(kind)] = use.Get(kind);
            }
        }
        for (const PlanMargin& margin : best.margins)
        {
            json["rows"][margin.tier]["limit"][GetPlanKindName(margin.kind)] = margin.limit;
        }
    }
    json["seconds"] = seconds;
    if (answer.cut)
    {
        json["cut"] = true;
    }
    json["solver"] = answer.solver;
    json["answer"] = DescribePlan(question, answer);
    return json;
}

} // namespace ns3
