// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-words.h"

#include "ns3/number-format.h"
#include "ns3/topology-address.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

namespace ns3
{

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

const char*
KindKey(PlanKind kind)
{
    switch (kind)
    {
    case PlanKind::STAR_G:
        return "star-g";
    case PlanKind::SG:
        return "sg";
    case PlanKind::REPLICATION:
        return "replication";
    case PlanKind::SUM:
        break;
    }
    return "sum";
}

std::string
Percent(double share)
{
    return FormatDecimal(share * 100, share < 0.1 ? 1 : 0) + " %";
}

std::string
Plural(uint64_t count, const std::string& noun)
{
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
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
                Percent(margin.GetShare()) + ")";
    }
    return text.empty() ? "no limits were given" : text;
}

/** What one policy can do: its best plan, or why it has none. */
std::string
DescribeTree(const PlanAnswer& answer, TreePolicy tree, const PlanPoint* best)
{
    const PlanPoint* fits = nullptr;
    const PlanPoint* nearest = nullptr;
    for (const PlanPoint& point : answer.points)
    {
        if (point.tree != tree || point.headEndVnis > 0)
        {
            continue;
        }
        if (point.IsFeasible() && (fits == nullptr || point.use.waste < fits->use.waste))
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
    std::ostringstream text;
    text << EnumName(tree);
    if (fits == best && best != nullptr)
    {
        return "";
    }
    if (fits != nullptr)
    {
        text << " fits with " << Plural(fits->groups, "group") << " (" << DescribeMargins(*fits)
             << "), at " << FormatDecimal(fits->use.waste, 2) << " wasted deliveries and "
             << FormatDecimal(fits->use.copies, 1) << " copies per frame.";
    }
    else if (nearest != nullptr)
    {
        const PlanMargin& over = nearest->margins.front();
        text << " does not fit: even with " << Plural(nearest->groups, "group") << " a "
             << over.tier << " needs " << over.used << " " << KindWords(over.kind) << " of "
             << over.limit << ".";
    }
    return text.str();
}

} // namespace

std::string
DescribePlan(const PlanQuestion& question, const PlanAnswer& answer)
{
    std::ostringstream text;
    const PlanPoint* best = answer.best ? &answer.points[*answer.best] : nullptr;
    if (best != nullptr)
    {
        text << "Plan: " << Plural(best->groups, "group") << " for "
             << Plural(question.vnis.size() - best->headEndVnis, "VNI") << " under "
             << EnumName(best->tree);
        if (best->headEndVnis > 0)
        {
            text << ", " << Plural(best->headEndVnis, "VNI") << " by head-end replication";
        }
        text << ". It fits: " << DescribeMargins(*best) << ". A frame costs "
             << FormatDecimal(best->use.copies, 1) << " copies and "
             << FormatDecimal(best->use.waste, 2) << " wasted deliveries beside "
             << FormatDecimal(best->use.wanted, 2) << " wanted ones";
        if (question.objective == PlanObjective::WASTE && best->headEndVnis == 0)
        {
            text << (answer.proven ? "; no grouping into as many groups wastes less"
                                   : "; no grouping into as many groups wastes less than " +
                                         FormatDecimal(answer.bound, 2) + ", a gap of " +
                                         Percent(answer.GetGap()));
        }
        text << ".";
        if (!best->margins.empty())
        {
            const PlanMargin& tightest = best->margins.front();
            text << " The tightest table is the " << tightest.tier << "'s, "
                 << Percent(tightest.GetShare()) << " used.";
        }
    }
    else
    {
        text << "No plan fits.";
    }
    for (TreePolicy tree : question.trees)
    {
        const std::string line = DescribeTree(answer, tree, best);
        text << (line.empty() ? "" : " ") << line;
    }
    if (best == nullptr)
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
        text << " The least that would do is " << EnumName(nearest->tree) << " with "
             << Plural(nearest->groups, "group") << " and limits of";
        for (const PlanMargin& margin : nearest->margins)
        {
            text << " " << margin.tier << ":" << margin.used;
        }
        text << " free "
             << "entries.";
    }
    return text.str();
}

CsvTable
MakePlanTable(const PlanPoint& plan, const std::vector<uint32_t>& vniNumbers)
{
    CsvTable table("plan", {"vni", "group", "tree"});
    for (std::size_t v = 0; v < plan.groupOf.size(); ++v)
    {
        const bool headEnd = plan.groupOf[v] == PLAN_HEAD_END;
        table.AddRow({std::to_string(vniNumbers[v]),
                      headEnd ? "" : FormatAddress(GetPlanAddress(plan.groupOf[v])),
                      headEnd ? EnumName(TreePolicy::HeadEnd) : EnumName(plan.tree)});
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
    tiers.erase("vtep");
    std::vector<std::string> columns{"groups", "tree", "waste_per_frame", "copies_per_frame"};
    for (const std::string& tier : tiers)
    {
        columns.push_back("rows_max_" + tier);
    }
    columns.insert(columns.end(), {"feasible", "head_end_vnis", "rows_total"});
    CsvTable table("front", columns);
    std::vector<const PlanPoint*> points;
    for (const PlanPoint& point : answer.points)
    {
        points.push_back(&point);
    }
    std::stable_sort(points.begin(), points.end(), [](const PlanPoint* a, const PlanPoint* b) {
        return a->groups != b->groups ? a->groups < b->groups : a->tree < b->tree;
    });
    for (const PlanPoint* point : points)
    {
        std::vector<std::string> row{std::to_string(point->groups),
                                     EnumName(point->tree),
                                     FormatDecimal(point->use.waste),
                                     FormatDecimal(point->use.copies)};
        for (const std::string& tier : tiers)
        {
            row.push_back(std::to_string(point->use.tiers.at(tier).sum));
        }
        row.insert(row.end(),
                   {point->IsFeasible() ? "1" : "0",
                    std::to_string(point->headEndVnis),
                    std::to_string(point->use.entries)});
        table.AddRow(row);
    }
    return table;
}

std::string
MakePlanJson(const PlanQuestion& question, const PlanAnswer& answer, double seconds)
{
    nlohmann::ordered_json json;
    json["objective"] = EnumName(question.objective);
    json["fits"] = answer.best.has_value();
    if (answer.best)
    {
        const PlanPoint& best = answer.points[*answer.best];
        json["tree"] = EnumName(best.tree);
        json["groups"] = best.groups;
        json["head_end_vnis"] = best.headEndVnis;
        json["value"] = answer.value;
        json["lower_bound"] = answer.bound;
        json["gap_percent"] = 100 * answer.GetGap();
        json["proven"] = answer.proven;
        json["waste_per_frame"] = best.use.waste;
        json["copies_per_frame"] = best.use.copies;
        json["wanted_per_frame"] = best.use.wanted;
        for (const auto& [tier, use] : best.use.tiers)
        {
            nlohmann::ordered_json& rows = json["rows"][tier];
            rows["used"]["sum"] = use.sum;
            rows["used"]["star-g"] = use.starG;
            rows["used"]["sg"] = use.sg;
            rows["used"]["replication"] = use.replication;
        }
        for (const PlanMargin& margin : best.margins)
        {
            json["rows"][margin.tier]["limit"][KindKey(margin.kind)] = margin.limit;
        }
    }
    json["seconds"] = seconds;
    json["solver"] = answer.solver;
    json["answer"] = DescribePlan(question, answer);
    return json.dump(2) + "\n";
}

} // namespace ns3
