// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-future.h"

#include "ns3/number-format.h"
#include "ns3/plan-file.h"
#include "ns3/plan-words.h"
#include "ns3/state-random.h"
#include "ns3/vxlan-header.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <sstream>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_LINES = 20;

/** \returns an address, `head-end`, or `new`. */
std::string
NameGroup(uint32_t group, const PlanAssignment& plan)
{
    return group == PLAN_NEW        ? "new"
           : group == PLAN_HEAD_END ? "head-end"
                                    : FormatAddress(plan.addresses[group]);
}

std::string
DescribeCost(const PlanPoint& point)
{
    std::string text = FormatDecimal(point.use.waste, 2) + " wasted deliveries, " +
                       FormatDecimal(point.use.copies, 1) + " copies per frame";
    if (!point.margins.empty())
    {
        const PlanMargin& tightest = point.margins.front();
        text += ", " + tightest.tier + " " + std::to_string(tightest.used) + " of " +
                std::to_string(tightest.limit) + (point.IsFeasible() ? "" : " (does not fit)");
    }
    return text;
}

nlohmann::ordered_json
MakeCostJson(const PlanPoint& point)
{
    return {{"waste_per_frame", point.use.waste},
            {"copies_per_frame", point.use.copies},
            {"rows_total", point.use.entries},
            {"fits", point.IsFeasible()}};
}

std::string
DescribeMonths(int months)
{
    const int years = months / 12;
    std::string text = years > 0 ? CountOf(static_cast<uint64_t>(years), "year") : "";
    if (months % 12 > 0 || years == 0)
    {
        text +=
            (text.empty() ? "" : " and ") + CountOf(static_cast<uint64_t>(months % 12), "month");
    }
    return text;
}

} // namespace

PlanAssignment
ReadOldPlan(const std::string& file, const std::vector<uint32_t>& vniNumbers)
{
    std::map<uint32_t, PlanFileRow> rows;
    for (const PlanFileRow& row : ReadPlanFile(file))
    {
        rows[row.vni] = row;
    }
    PlanAssignment plan;
    std::map<TopologyAddress, uint32_t> groups;
    for (uint32_t vni : vniNumbers)
    {
        const auto row = rows.find(vni);
        if (row == rows.end())
        {
            plan.groupOf.push_back(PLAN_NEW);
            continue;
        }
        if (!row->second.group)
        {
            plan.groupOf.push_back(PLAN_HEAD_END);
            continue;
        }
        const auto next = static_cast<uint32_t>(groups.size());
        const auto [group, added] = groups.emplace(*row->second.group, next);
        if (added)
        {
            plan.trees.push_back(row->second.tree);
            plan.addresses.push_back(*row->second.group);
        }
        plan.groupOf.push_back(group->second);
    }
    return plan;
}

std::string
DescribeChanges(const std::vector<PlanChange>& changes,
                const PlanAssignment& old,
                const PlanAssignment& plan,
                const std::vector<uint32_t>& vniNumbers)
{
    const auto added = static_cast<std::size_t>(
        std::count_if(changes.begin(), changes.end(), [](const PlanChange& change) {
            return change.from == PLAN_NEW;
        }));
    std::ostringstream text;
    text << "Changes: " << CountOf(changes.size() - added, "VNI") << " regrouped, " << added
         << " new.";
    for (std::size_t i = 0; i < changes.size() && i < MAX_LINES; ++i)
    {
        text << "\n  VNI " << vniNumbers[changes[i].vni] << ": " << NameGroup(changes[i].from, old)
             << " -> " << NameGroup(changes[i].to, plan);
    }
    if (changes.size() > MAX_LINES)
    {
        text << "\n  and " << changes.size() - MAX_LINES << " more, in plan.json";
    }
    return text.str();
}

nlohmann::ordered_json
MakeChangesJson(const std::vector<PlanChange>& changes,
                const PlanAssignment& old,
                const PlanAssignment& plan,
                const std::vector<uint32_t>& vniNumbers)
{
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const PlanChange& change : changes)
    {
        list.push_back({{"vni", vniNumbers[change.vni]},
                        {"from", NameGroup(change.from, old)},
                        {"to", NameGroup(change.to, plan)}});
    }
    return list;
}

std::string
DescribeGrowth(const PlanGrowth& growth, double perYear)
{
    std::ostringstream text;
    text << "Growing by " << PercentOf(perYear) << " a year, the plan lasts ";
    if (growth.lasts)
    {
        text << "for more than " << DescribeMonths(growth.months) << ".";
        return text.str();
    }
    if (growth.cut)
    {
        text << DescribeMonths(growth.months) << " at least; more is not known, as time ended.";
        return text.str();
    }
    text << DescribeMonths(growth.months) << "; with " << growth.vnis << " VNIs in "
         << CountOf(growth.groups, "group") << " a " << growth.over.tier << " needs "
         << growth.over.used << " entries of " << growth.over.limit << ".";
    return text.str();
}

nlohmann::ordered_json
MakeGrowthJson(const PlanGrowth& growth, double perYear)
{
    nlohmann::ordered_json json{
        {"per_year", perYear}, {"lasts", growth.lasts}, {"months", growth.months}};
    if (growth.cut)
    {
        json["cut"] = true;
    }
    else if (!growth.lasts)
    {
        json["breaks_with_vnis"] = growth.vnis;
        json["tier"] = growth.over.tier;
        json["kind"] = GetPlanKindName(growth.over.kind);
        json["rows"] = growth.over.used;
        json["limit"] = growth.over.limit;
    }
    return json;
}

std::string
DescribeChurn(const PlanChurn& churn)
{
    std::ostringstream text;
    text << "After " << FormatDecimal(churn.hours, 1) << " h, in which "
         << CountOf(churn.joined, "member") << " came and " << churn.left
         << " left: " << DescribeCost(churn.after) << "; at first " << DescribeCost(churn.before)
         << "; with " << CountOf(churn.moved, "VNI") << " regrouped "
         << DescribeCost(churn.replanned) << ".";
    return text.str();
}

nlohmann::ordered_json
MakeChurnJson(const PlanChurn& churn)
{
    return {{"hours", churn.hours},
            {"joined", churn.joined},
            {"left", churn.left},
            {"regrouped", churn.moved},
            {"before", MakeCostJson(churn.before)},
            {"after", MakeCostJson(churn.after)},
            {"replanned", MakeCostJson(churn.replanned)}};
}

PlanNextVni
MakeNextVni(const ModelNetwork& network, const WorkloadOptions& options, const PlanDemand& demand)
{
    if (options.vnis == 0 || options.tenants > 0)
    {
        return [&demand, seed = options.seed](uint32_t number) {
            const uint32_t like = StateRandom(seed, number).Below(demand.vnis.size());
            return std::make_pair(demand.vnis[like], demand.rates[like]);
        };
    }
    WorkloadOptions more = options;
    more.vnis = VxlanFields::MAX_VNI;
    const auto workload = std::make_shared<Workload>(network, more);
    return [workload](uint32_t number) {
        std::pair<VniTraffic, double> next;
        workload->GetVni(number + 1, next.first);
        next.second = static_cast<double>(next.first.senders.size());
        return next;
    };
}

} // namespace ns3
