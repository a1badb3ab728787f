// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-head-end.h"

#include <algorithm>
#include <numeric>
#include <optional>

namespace ns3
{

PlanHeadEnd::PlanHeadEnd(const ModelNetwork& network,
                         const PlanQuestion& question,
                         PlanWatch& watch)
    : m_network(network),
      m_question(question),
      m_watch(watch)
{
}

/**
 * Orders in which VNIs leave: group by group, those first whose entries each VNI frees most of; and
 * small VNIs first, whose replication lists are short.
 */
std::vector<std::vector<uint32_t>>
PlanHeadEnd::MakeOrders(const PlanPoint& start) const
{
    const std::vector<uint32_t>& groupOf = start.assignment.groupOf;
    const std::vector<GroupTraffic> groups = MakePlanGroups(m_question.demand, start.assignment);
    std::vector<double> freed(groups.size(), 0);
    PlanTreeCounter counter(m_network);
    PlanGroupUse use;
    for (std::size_t g = 0; g < groups.size(); ++g)
    {
        if (groups[g].vnis.empty())
        {
            continue;
        }
        counter.Count(groups[g], start.assignment.trees[g], use);
        for (const PlanRouterRows& rows : use.rows)
        {
            freed[g] += static_cast<double>(rows.starG + rows.sg) /
                        static_cast<double>(groups[g].vnis.size());
        }
    }
    std::vector<uint32_t> vnis(groupOf.size());
    std::iota(vnis.begin(), vnis.end(), 0);
    std::vector<std::vector<uint32_t>> orders(2, vnis);
    std::stable_sort(orders[0].begin(), orders[0].end(), [&](uint32_t a, uint32_t b) {
        const uint32_t x = groupOf[a];
        const uint32_t y = groupOf[b];
        return freed[x] != freed[y] ? freed[x] > freed[y] : x < y;
    });
    std::stable_sort(orders[1].begin(), orders[1].end(), [&](uint32_t a, uint32_t b) {
        return m_question.demand.vnis[a].members.size() < m_question.demand.vnis[b].members.size();
    });
    return orders;
}

PlanPoint
PlanHeadEnd::TakeOut(const PlanPoint& start, const std::vector<uint32_t>& order, uint32_t count)
{
    PlanAssignment plan = start.assignment;
    for (uint32_t i = 0; i < count; ++i)
    {
        plan.groupOf[order[i]] = PLAN_HEAD_END;
    }
    return MakePlanPoint(m_network, m_question, std::move(plan));
}

/** \returns whether routers' tables suffice, whatever the lists of VTEPs do. */
bool
PlanHeadEnd::HasRoomInTables(const PlanPoint& point)
{
    return std::all_of(point.margins.begin(), point.margins.end(), [](const PlanMargin& margin) {
        return margin.kind == PlanKind::REPLICATION || margin.used <= margin.limit;
    });
}

void
PlanHeadEnd::Use(const PlanPoint& start, std::vector<PlanPoint>& points)
{
    std::optional<PlanPoint> best;
    for (const std::vector<uint32_t>& order : MakeOrders(start))
    {
        uint32_t low = 0;
        auto high = static_cast<uint32_t>(order.size());
        while (low < high && m_watch.GoOn("head-end replication"))
        {
            const uint32_t middle = low + (high - low) / 2;
            if (HasRoomInTables(TakeOut(start, order, middle)))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }
        PlanPoint point = TakeOut(start, order, high);
        const bool better =
            !best || (point.IsFeasible() && !best->IsFeasible()) ||
            (point.IsFeasible() == best->IsFeasible() && IsBetterPlan(m_question, point, *best));
        if (better)
        {
            best = std::move(point);
        }
    }
    points.push_back(std::move(*best));
}

PlanPoint
PlanHeadEnd::PutBack(const PlanPoint& start, const PlanPoint& point)
{
    PlanPoint best = point;
    std::vector<uint32_t> out;
    for (uint32_t v = 0; v < point.assignment.groupOf.size(); ++v)
    {
        if (point.assignment.groupOf[v] == PLAN_HEAD_END &&
            start.assignment.groupOf[v] != PLAN_HEAD_END)
        {
            out.push_back(v);
        }
    }
    std::stable_sort(out.begin(), out.end(), [this](uint32_t a, uint32_t b) {
        return m_question.demand.vnis[a].members.size() < m_question.demand.vnis[b].members.size();
    });
    for (uint32_t vni : out)
    {
        if (!m_watch.GoOn("head-end replication"))
        {
            break;
        }
        PlanAssignment plan = best.assignment;
        plan.groupOf[vni] = start.assignment.groupOf[vni];
        PlanPoint more = MakePlanPoint(m_network, m_question, std::move(plan));
        if (more.IsFeasible())
        {
            best = std::move(more);
        }
    }
    return best;
}

} // namespace ns3
