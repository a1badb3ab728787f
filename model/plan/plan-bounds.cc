// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-bounds.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace ns3
{

namespace
{

/**
 * \returns the weights of a least spanning tree in ascending order: its V − G lightest edges are
 * the least forest (Kruskal's argument). Prim's algorithm: V² weights, none kept.
 */
std::vector<double>
FindTreeWeights(const std::vector<PlanItem>& items)
{
    constexpr double FAR = std::numeric_limits<double>::infinity();
    std::vector<double> distance(items.size(), FAR);
    std::vector<bool> inTree(items.size(), false);
    std::vector<double> weights;
    std::size_t last = 0;
    inTree[0] = true;
    for (std::size_t step = 1; step < items.size(); ++step)
    {
        std::size_t next = 0;
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            if (inTree[i])
            {
                continue;
            }
            const PlanItem& a = items[last];
            const PlanItem& b = items[i];
            const double beyond = static_cast<double>(b.members.CountBeyond(a.members));
            const double back = beyond + static_cast<double>(a.size) - static_cast<double>(b.size);
            distance[i] = std::min(distance[i], a.rate * beyond + b.rate * back);
            if (next == 0 || distance[i] < distance[next])
            {
                next = i;
            }
        }
        inTree[next] = true;
        weights.push_back(distance[next]);
        last = next;
    }
    std::sort(weights.begin(), weights.end());
    return weights;
}

/** \returns what each item wastes at least if it has company, in ascending order. */
std::vector<double>
FindNearest(const std::vector<PlanItem>& items)
{
    std::vector<double> nearest;
    for (std::size_t i = 0; i < items.size(); ++i)
    {
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t j = 0; j < items.size(); ++j)
        {
            if (j != i)
            {
                least = std::min(
                    least, static_cast<double>(items[j].members.CountBeyond(items[i].members)));
            }
        }
        nearest.push_back(items[i].rate * least);
    }
    std::sort(nearest.begin(), nearest.end());
    return nearest;
}

} // namespace

PlanBounds
ComputePlanBounds(const PlanProblem& problem, std::size_t groups)
{
    PlanBounds bounds;
    const std::vector<PlanItem>& items = problem.GetItems();
    if (groups >= items.size())
    {
        return bounds;
    }
    const std::size_t edges = items.size() - groups;
    const std::vector<double> nearest = FindNearest(items);
    for (std::size_t i = 0; i < edges + 1; ++i)
    {
        bounds.nearest += nearest[i];
    }
    const std::vector<double> weights = FindTreeWeights(items);
    for (std::size_t i = 0; i < edges; ++i)
    {
        bounds.forest += weights[i];
    }
    bounds.forest *= static_cast<double>(edges + 1) / (2.0 * static_cast<double>(edges));
    return bounds;
}

} // namespace ns3
