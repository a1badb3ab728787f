// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-dual.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_ITEMS = 2500; //!< the unions of all pairs take V² × 2 bytes
constexpr double WORK = 3e9;            //!< steps of the innermost loop in all
constexpr std::size_t MAX_STEPS = 400;

/** The prices and what columns earn by them. */
class DualPrices
{
  public:
    DualPrices(const PlanProblem& problem, std::size_t groups, const PlanGrouping& start)
        : m_groups(groups)
    {
        std::vector<std::size_t> order(problem.GetItems().size());
        std::iota(order.begin(), order.end(), 0);
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return problem.GetItems()[a].size > problem.GetItems()[b].size;
        });
        std::vector<PlanMembers> unions(groups, PlanMembers(problem.GetVteps()));
        for (std::size_t i = 0; i < order.size(); ++i)
        {
            unions[start[i]].Unite(problem.GetItems()[i].members);
        }
        for (std::size_t i : order)
        {
            m_items.push_back(&problem.GetItems()[i]);
            m_prices.push_back(m_items.back()->rate *
                               static_cast<double>(unions[start[i]].Count()));
        }
        m_pairs.resize(m_items.size());
        for (std::size_t a = 0; a < m_items.size(); ++a)
        {
            for (std::size_t i = a + 1; i < m_items.size(); ++i)
            {
                const std::size_t size =
                    m_items[a]->size + m_items[i]->members.CountBeyond(m_items[a]->members);
                m_pairs[a].emplace_back(static_cast<uint32_t>(size), static_cast<uint32_t>(i));
            }
            std::sort(m_pairs[a].begin(), m_pairs[a].end());
        }
    }

    std::size_t GetSize() const
    {
        return m_items.size();
    }

    /** \returns the bound by the present prices; fills in how often each item is in a column. */
    double Evaluate()
    {
        std::vector<Anchor> anchors;
        for (std::size_t a = 0; a < m_items.size(); ++a)
        {
            anchors.push_back(FindBest(a));
        }
        const std::size_t kept = std::min(m_groups, anchors.size());
        std::partial_sort(anchors.begin(),
                          anchors.begin() + static_cast<std::ptrdiff_t>(kept),
                          anchors.end(),
                          [](const Anchor& a, const Anchor& b) {
                              return a.earned != b.earned ? a.earned > b.earned : a.item < b.item;
                          });
        double bound = std::accumulate(m_prices.begin(), m_prices.end(), 0.0);
        m_covered.assign(m_items.size(), 0);
        for (std::size_t i = 0; i < kept && anchors[i].earned > 0; ++i)
        {
            bound -= anchors[i].earned;
            Cover(anchors[i]);
        }
        return bound;
    }

    /** Takes a step: an item that is in no column becomes dearer. \returns whether there is one */
    bool Step(double missing, double scale)
    {
        double norm = 0;
        for (int covered : m_covered)
        {
            norm += (1.0 - covered) * (1.0 - covered);
        }
        if (norm == 0)
        {
            return false;
        }
        const double length = scale * missing / norm;
        for (std::size_t i = 0; i < m_prices.size(); ++i)
        {
            m_prices[i] = std::max(0.0, m_prices[i] + length * (1.0 - m_covered[i]));
        }
        return true;
    }

    const std::vector<double>& GetPrices() const
    {
        return m_prices;
    }

    void SetPrices(std::vector<double> prices)
    {
        m_prices = std::move(prices);
    }

  private:
    struct Anchor
    {
        double earned;
        std::size_t item;
        std::size_t members;
    };

    /** The most that a column with the anchor may earn. */
    Anchor FindBest(std::size_t a) const
    {
        const PlanItem& anchor = *m_items[a];
        Anchor best{m_prices[a] - anchor.rate * static_cast<double>(anchor.size), a, anchor.size};
        const auto& pairs = m_pairs[a];
        for (std::size_t end = 0; end < pairs.size();)
        {
            const uint32_t members = pairs[end].first;
            while (end < pairs.size() && pairs[end].first == members)
            {
                ++end;
            }
            const double k = members;
            double earned = m_prices[a] - anchor.rate * k;
            for (std::size_t i = 0; i < end; ++i)
            {
                const uint32_t item = pairs[i].second;
                earned += std::max(0.0, m_prices[item] - m_items[item]->rate * k);
            }
            if (earned > best.earned)
            {
                best.earned = earned;
                best.members = members;
            }
        }
        return best;
    }

    void Cover(const Anchor& anchor)
    {
        ++m_covered[anchor.item];
        for (const auto& [size, item] : m_pairs[anchor.item])
        {
            if (size > anchor.members)
            {
                break;
            }
            m_covered[item] +=
                m_prices[item] > m_items[item]->rate * static_cast<double>(anchor.members) ? 1 : 0;
        }
    }

    std::size_t m_groups;
    std::vector<const PlanItem*> m_items; //!< the largest first
    std::vector<double> m_prices;
    /** By anchor: the size of its union with each later item, and the item; ascending. */
    std::vector<std::vector<std::pair<uint32_t, uint32_t>>> m_pairs;
    std::vector<int> m_covered;
};

} // namespace

double
ComputeDualBound(const PlanProblem& problem,
                 std::size_t groups,
                 const PlanGrouping& start,
                 const std::function<bool()>& goOn)
{
    const double items = static_cast<double>(problem.GetItems().size());
    const double sizes = static_cast<double>(std::min<std::size_t>(problem.GetVteps(), 64));
    const auto steps = std::min<std::size_t>(
        MAX_STEPS, static_cast<std::size_t>(WORK / (items * items * sizes / 4 + 1)));
    if (problem.GetItems().size() > MAX_ITEMS || groups >= problem.GetItems().size() || steps < 3)
    {
        return 0;
    }
    DualPrices prices(problem, groups, start);
    const double value = ComputeWaste(problem, start) + problem.GetWantedRate();
    double best = 0;
    std::vector<double> bestPrices = prices.GetPrices();
    double scale = 1;
    int idle = 0;
    for (std::size_t step = 0; step < steps && goOn(); ++step)
    {
        const double bound = prices.Evaluate();
        if (bound > best)
        {
            best = bound;
            bestPrices = prices.GetPrices();
            idle = 0;
        }
        else if (++idle == 15)
        {
            idle = 0;
            scale /= 2;
            prices.SetPrices(bestPrices);
            prices.Evaluate();
        }
        if (!prices.Step(std::max(value * 1.001 - bound, 1e-9), scale))
        {
            break;
        }
    }
    return std::max(0.0, best - problem.GetWantedRate());
}

} // namespace ns3
