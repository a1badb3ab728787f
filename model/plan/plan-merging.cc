// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-merging.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace ns3
{

PlanMerging::PlanMerging(const PlanProblem& problem,
                         const PlanCost& cost,
                         const std::function<bool()>& goOn)
    : m_cost(cost),
      m_clusters(problem.GetItems().size())
{
    const std::size_t items = m_clusters.size();
    m_window = items <= MAX_PAIRWISE ? items : MAX_PAIRWISE * MAX_PAIRWISE / items / 8;
    for (std::size_t i = 0; i < items; ++i)
    {
        const PlanItem& item = problem.GetItems()[i];
        m_clusters[i].members = item.members;
        m_clusters[i].rate = item.rate;
        m_clusters[i].unit = cost.Evaluate(item.members);
        m_clusters[i].cost = m_clusters[i].unit.At(item.rate);
    }
    for (std::size_t i = 0; i < items && goOn(); ++i)
    {
        FindPartner(i);
    }
    for (std::size_t left = items; left > 1; --left)
    {
        if (!goOn())
        {
            MergeRest();
            break;
        }
        const std::size_t best = FindBest();
        Merge(best, m_clusters[best].partner);
    }
    m_clusters.clear();
    m_clusters.shrink_to_fit();
}

/** Looks at the union of two clusters, \p i the earlier one. */
void
PlanMerging::Offer(std::size_t i, std::size_t j)
{
    Cluster& a = m_clusters[i];
    const Cluster& b = m_clusters[j];
    const double rate = a.rate + b.rate;
    // The union costs at least what the dearer of both would, for the frames of both.
    if (std::max(a.unit.At(rate), b.unit.At(rate)) - a.cost - b.cost >= a.increase)
    {
        return;
    }
    const double increase = m_cost.EvaluateWith(a.members, b.members).At(rate) - a.cost - b.cost;
    if (increase < a.increase)
    {
        a.increase = increase;
        a.partner = j;
    }
}

/** Looks at later clusters only, so that each pair is seen once. */
void
PlanMerging::FindPartner(std::size_t i)
{
    m_clusters[i].increase = std::numeric_limits<double>::infinity();
    std::size_t seen = 0;
    for (std::size_t j = i + 1; j < m_clusters.size() && seen < m_window; ++j)
    {
        if (!m_clusters[j].gone)
        {
            Offer(i, j);
            ++seen;
        }
    }
}

std::size_t
PlanMerging::FindBest() const
{
    std::size_t best = m_clusters.size();
    for (std::size_t i = 0; i < m_clusters.size(); ++i)
    {
        if (!m_clusters[i].gone &&
            (best == m_clusters.size() || m_clusters[i].increase < m_clusters[best].increase))
        {
            best = i;
        }
    }
    return best;
}

void
PlanMerging::Merge(std::size_t into, std::size_t from)
{
    m_merges.emplace_back(into, from);
    Cluster& kept = m_clusters[into];
    Cluster& gone = m_clusters[from];
    kept.members.Unite(gone.members);
    kept.rate += gone.rate;
    kept.unit = m_cost.Evaluate(kept.members);
    kept.cost = kept.unit.At(kept.rate);
    gone.gone = true;
    gone.members = PlanMembers();
    for (std::size_t i = 0; i < m_clusters.size(); ++i)
    {
        if (m_clusters[i].gone)
        {
            continue;
        }
        if (i == into || m_clusters[i].partner == into || m_clusters[i].partner == from)
        {
            FindPartner(i);
        }
        else if (i < into && m_window >= m_clusters.size())
        {
            Offer(i, into);
        }
    }
}

/** Merges what is left in pairs of neighbours, again and again: groups of about equal size. */
void
PlanMerging::MergeRest()
{
    std::vector<uint32_t> left;
    for (std::size_t i = 0; i < m_clusters.size(); ++i)
    {
        if (!m_clusters[i].gone)
        {
            left.push_back(static_cast<uint32_t>(i));
        }
    }
    while (left.size() > 1)
    {
        std::vector<uint32_t> kept;
        for (std::size_t i = 0; i < left.size(); i += 2)
        {
            kept.push_back(left[i]);
            if (i + 1 < left.size())
            {
                m_merges.emplace_back(left[i], left[i + 1]);
            }
        }
        left = std::move(kept);
    }
}

PlanGrouping
PlanMerging::GetGrouping(std::size_t groups) const
{
    const std::size_t items = m_merges.size() + 1;
    // Each item points to what it was merged into; the first item of a group to itself.
    std::vector<uint32_t> into(items);
    std::iota(into.begin(), into.end(), 0);
    for (std::size_t k = 0; k < m_merges.size() && items - k > groups; ++k)
    {
        into[m_merges[k].second] = m_merges[k].first;
    }
    PlanGrouping grouping(items);
    uint32_t count = 0;
    for (uint32_t i = 0; i < items; ++i)
    {
        // What is merged into always comes first.
        grouping[i] = into[i] == i ? count++ : grouping[into[i]];
    }
    return grouping;
}

} // namespace ns3
