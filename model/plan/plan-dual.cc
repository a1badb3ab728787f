// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-dual.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <vector>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_ITEMS = 2500;     //!< the unions of all pairs take V² × 4 bytes
constexpr std::size_t MAX_LISTED = 8000000; //!< pairs of a union and an item in it
constexpr double WORK = 1e10;               //!< steps of the innermost loop in all
constexpr std::size_t MAX_STEPS = 1500;
constexpr std::size_t LEAST_STEPS = 3;
constexpr double MANY_STEPS = 50;
constexpr int MAX_IDLE_STEPS = 15;

/** The best column with a certain first item. */
struct AnchoredColumn
{
    double earned{0};
    std::size_t item{0};
    std::size_t choice{0}; //!< which union, or how many members
};

/** \returns the items in the order of size, the largest first. */
std::vector<const PlanItem*>
SortItems(const PlanProblem& problem)
{
    std::vector<const PlanItem*> items;
    for (const PlanItem& item : problem.GetItems())
    {
        items.push_back(&item);
    }
    std::stable_sort(items.begin(), items.end(), [](const PlanItem* a, const PlanItem* b) {
        return a->size > b->size;
    });
    return items;
}

} // namespace

/** What columns earn at given prices. */
class PlanDual::Columns
{
  public:
    explicit Columns(const PlanProblem& problem)
        : m_items(SortItems(problem))
    {
    }

    virtual ~Columns() = default;

    /** \returns for each item the most that a column may earn whose first item it is. */
    virtual std::vector<AnchoredColumn> FindBest(const std::vector<double>& prices) const = 0;
    /** Counts the items of a column. */
    virtual void Cover(const AnchoredColumn& column,
                       const std::vector<double>& prices,
                       std::vector<int>& covered) const = 0;
    /** \returns what FindBest takes, in steps of its innermost loop. */
    virtual double GetWork() const = 0;

    const std::vector<const PlanItem*>& GetItems() const
    {
        return m_items;
    }

  protected:
    double GainOf(std::size_t item, double members, const std::vector<double>& prices) const
    {
        return prices[item] - m_items[item]->rate * members;
    }

  private:
    std::vector<const PlanItem*> m_items;
};

/** Exact: all unions, each with the items in it. */
class PlanDual::ListedColumns : public Columns
{
  public:
    ListedColumns(const PlanProblem& problem, const std::vector<PlanMembers>& unions)
        : Columns(problem)
    {
        for (const PlanMembers& members : unions)
        {
            m_unions.push_back({members.Count(), m_inside.size()});
            for (uint32_t i = 0; i < GetItems().size() && m_inside.size() <= MAX_LISTED; ++i)
            {
                if (GetItems()[i]->members.IsSubsetOf(members))
                {
                    m_inside.push_back(i);
                }
            }
        }
        m_unions.push_back({0, m_inside.size()});
    }

    bool IsComplete() const
    {
        return m_unions.size() > 1 && m_inside.size() <= MAX_LISTED;
    }

    std::vector<AnchoredColumn> FindBest(const std::vector<double>& prices) const override
    {
        std::vector<AnchoredColumn> best(GetItems().size());
        for (std::size_t u = 0; u + 1 < m_unions.size(); ++u)
        {
            const auto members = static_cast<double>(m_unions[u].members);
            double later = 0;
            for (std::size_t at = m_unions[u + 1].first; at-- > m_unions[u].first;)
            {
                const uint32_t item = m_inside[at];
                const double gain = GainOf(item, members, prices);
                if (gain + later > best[item].earned)
                {
                    best[item] = {gain + later, item, u};
                }
                later += std::max(0.0, gain);
            }
        }
        return best;
    }

    void Cover(const AnchoredColumn& column,
               const std::vector<double>& prices,
               std::vector<int>& covered) const override
    {
        const auto members = static_cast<double>(m_unions[column.choice].members);
        for (std::size_t at = m_unions[column.choice].first; at < m_unions[column.choice + 1].first;
             ++at)
        {
            const uint32_t item = m_inside[at];
            const bool later = item > column.item && GainOf(item, members, prices) > 0;
            covered[item] += item == column.item || later ? 1 : 0;
        }
    }

    double GetWork() const override
    {
        return static_cast<double>(m_inside.size());
    }

  private:
    struct Listed
    {
        std::size_t members;
        std::size_t first; //!< of its items in m_inside
    };

    std::vector<Listed> m_unions; //!< one more at the end
    std::vector<uint32_t> m_inside;
};

/** Bounds of what columns earn, from pairs of items and the room for VTEPs. */
class PlanDual::RelaxedColumns : public Columns
{
  public:
    explicit RelaxedColumns(const PlanProblem& problem)
        : Columns(problem),
          m_vteps(problem.GetVteps()),
          m_pairs(GetItems().size())
    {
        for (std::size_t a = 0; a < m_pairs.size(); ++a)
        {
            const PlanItem& anchor = *GetItems()[a];
            m_members.push_back(anchor.members.List());
            m_entries += anchor.size;
            m_pairs[a].reserve(m_pairs.size() - a - 1);
            for (std::size_t i = a + 1; i < m_pairs.size(); ++i)
            {
                const std::size_t size =
                    anchor.size + GetItems()[i]->members.CountBeyond(anchor.members);
                m_pairs[a].emplace_back(static_cast<uint32_t>(size), static_cast<uint32_t>(i));
            }
            std::sort(m_pairs[a].begin(), m_pairs[a].end());
        }
        m_close = GetCloseWork() * MANY_STEPS <= WORK;
    }

    std::vector<AnchoredColumn> FindBest(const std::vector<double>& prices) const override
    {
        std::vector<AnchoredColumn> best;
        for (std::size_t a = 0; a < m_pairs.size(); ++a)
        {
            best.push_back(FindBestOf(a, prices));
        }
        return best;
    }

    void Cover(const AnchoredColumn& column,
               const std::vector<double>& prices,
               std::vector<int>& covered) const override
    {
        ++covered[column.item];
        const auto members = static_cast<double>(column.choice);
        for (const auto& [size, item] : m_pairs[column.item])
        {
            if (size > column.choice)
            {
                break;
            }
            covered[item] += GainOf(item, members, prices) > 0 ? 1 : 0;
        }
    }

    double GetWork() const override
    {
        constexpr double SIZES = 64; // of unions of two, about
        const auto items = static_cast<double>(m_members.size());
        return m_close ? GetCloseWork() : items * items * SIZES / 4;
    }

  private:
    /** \returns the work of looking at each number of members, and at the room for VTEPs. */
    double GetCloseWork() const
    {
        const auto entries = static_cast<double>(m_entries);
        return entries * entries * static_cast<double>(m_vteps) / 2;
    }

    AnchoredColumn FindBestOf(std::size_t a, const std::vector<double>& prices) const
    {
        const auto& pairs = m_pairs[a];
        const std::size_t size = GetItems()[a]->size;
        AnchoredColumn best{GainOf(a, static_cast<double>(size), prices), a, size};
        std::size_t end = 0;
        for (std::size_t members = size; members <= m_vteps;)
        {
            while (end < pairs.size() && pairs[end].first <= members)
            {
                ++end;
            }
            double earned = GainOf(a, static_cast<double>(members), prices);
            double others = 0;
            for (std::size_t i = 0; i < end; ++i)
            {
                others +=
                    std::max(0.0, GainOf(pairs[i].second, static_cast<double>(members), prices));
            }
            if (earned + others > best.earned)
            {
                earned += m_close ? BoundOthers(a, members, end, others, prices) : others;
            }
            if (earned > best.earned)
            {
                best.earned = earned;
                best.choice = members;
            }
            if (end == pairs.size() && (others == 0 || !m_close))
            {
                break; // more members cost more
            }
            members = m_close ? members + 1 : pairs[end].first;
        }
        return best;
    }

    /** What the first \p end items near an anchor may earn, as there is room for so many VTEPs. */
    double BoundOthers(std::size_t a,
                       std::size_t members,
                       std::size_t end,
                       double others,
                       const std::vector<double>& prices) const
    {
        const PlanItem& anchor = *GetItems()[a];
        const std::size_t room = members - anchor.size;
        std::vector<NearItem> near;
        double inside = 0;
        for (std::size_t p = 0; p < end; ++p)
        {
            const auto [size, item] = m_pairs[a][p];
            const double gain = GainOf(item, static_cast<double>(members), prices);
            if (gain <= 0)
            {
                continue;
            }
            if (size == anchor.size)
            {
                inside += gain;
                continue;
            }
            near.push_back({gain, {}});
            for (uint32_t vtep : m_members[item])
            {
                if (!anchor.members.Contains(vtep))
                {
                    near.back().vteps.push_back(vtep);
                }
            }
        }
        const double single = inside + FindShares(near, room);
        return std::min({others, single, inside + FindPairShares(near, room)});
    }

    /** An item that needs VTEPs beside the anchor's. */
    struct NearItem
    {
        double gain;
        std::vector<uint32_t> vteps;
    };

    /** \returns the sum of the \p count greatest. */
    static double SumGreatest(std::vector<double>& values, std::size_t count)
    {
        if (count < values.size())
        {
            std::nth_element(values.begin(),
                             values.begin() + static_cast<std::ptrdiff_t>(count),
                             values.end(),
                             std::greater<double>());
        }
        const auto end =
            values.begin() + static_cast<std::ptrdiff_t>(std::min(count, values.size()));
        return std::accumulate(values.begin(), end, 0.0);
    }

    /** Each gain is shared by the VTEPs that its item needs: the best count. */
    double FindShares(const std::vector<NearItem>& near, std::size_t room) const
    {
        std::vector<double> shares(m_vteps, 0);
        for (const NearItem& item : near)
        {
            for (uint32_t vtep : item.vteps)
            {
                shares[vtep] += item.gain / static_cast<double>(item.vteps.size());
            }
        }
        return SumGreatest(shares, room);
    }

    /**
     * Each gain is shared by the pairs of VTEPs that its item needs. A VTEP that is taken has
     * room − 1 partners at most, the best of its pairs count, and each pair half for either.
     */
    double FindPairShares(const std::vector<NearItem>& near, std::size_t room) const
    {
        std::vector<double> own(m_vteps, 0);
        std::vector<double> pairs(m_vteps * m_vteps, 0);
        for (const NearItem& item : near)
        {
            const std::vector<uint32_t>& vteps = item.vteps;
            if (vteps.size() == 1)
            {
                own[vteps[0]] += item.gain;
                continue;
            }
            const auto count = static_cast<double>(vteps.size());
            const double half = item.gain / (count * (count - 1));
            for (std::size_t i = 0; i < vteps.size(); ++i)
            {
                for (std::size_t j = 0; j < vteps.size(); ++j)
                {
                    pairs[vteps[i] * m_vteps + vteps[j]] += i == j ? 0 : half;
                }
            }
        }
        std::vector<double> row;
        for (std::size_t vtep = 0; vtep < m_vteps && room > 0; ++vtep)
        {
            const auto begin = pairs.begin() + static_cast<std::ptrdiff_t>(vtep * m_vteps);
            row.assign(begin, begin + static_cast<std::ptrdiff_t>(m_vteps));
            own[vtep] += SumGreatest(row, room - 1);
        }
        return SumGreatest(own, room);
    }

    std::size_t m_vteps;
    std::size_t m_entries{0}; //!< members of all items
    bool m_close{true};
    std::vector<std::vector<uint32_t>> m_members;
    /** By anchor: the size of its union with each later item, and the item; ascending. */
    std::vector<std::vector<std::pair<uint32_t, uint32_t>>> m_pairs;
};

namespace
{

/** Prices that begin with what each item's group costs it. */
std::vector<double>
MakePrices(const PlanProblem& problem,
           const std::vector<const PlanItem*>& order,
           const PlanGrouping& start)
{
    const std::vector<PlanItem>& items = problem.GetItems();
    std::size_t groups = 1;
    for (const uint32_t group : start)
    {
        groups = std::max(groups, std::size_t{group} + 1);
    }
    std::vector<PlanMembers> unions(groups, PlanMembers(problem.GetVteps()));
    for (std::size_t i = 0; i < items.size(); ++i)
    {
        unions[start[i]].Unite(items[i].members);
    }
    std::vector<double> prices;
    for (const PlanItem* item : order)
    {
        const PlanMembers& own = unions[start[static_cast<std::size_t>(item - items.data())]];
        prices.push_back(item->rate * static_cast<double>(own.Count()));
    }
    return prices;
}

/** Moves prices against the subgradient. \returns whether there is one */
bool
StepPrices(std::vector<double>& prices, const std::vector<int>& covered, double length)
{
    double norm = 0;
    for (int times : covered)
    {
        norm += (1.0 - times) * (1.0 - times);
    }
    if (norm == 0)
    {
        return false;
    }
    for (std::size_t i = 0; i < prices.size(); ++i)
    {
        prices[i] = std::max(0.0, prices[i] + length / norm * (1.0 - covered[i]));
    }
    return true;
}

} // namespace

PlanDual::PlanDual(const PlanProblem& problem, std::size_t unions)
    : m_problem(problem)
{
    if (problem.GetItems().size() > MAX_ITEMS)
    {
        return;
    }
    auto listed = std::make_unique<ListedColumns>(problem, ListPlanUnions(problem, unions));
    if (listed->IsComplete())
    {
        m_columns = std::move(listed);
    }
    else
    {
        m_columns = std::make_unique<RelaxedColumns>(problem);
    }
}

PlanDual::~PlanDual() = default;

bool
PlanDual::IsExact() const
{
    return dynamic_cast<const ListedColumns*>(m_columns.get()) != nullptr;
}

double
PlanDual::Bound(std::size_t groups,
                const PlanGrouping& start,
                const std::function<bool()>& goOn) const
{
    if (!m_columns || groups >= m_problem.GetItems().size())
    {
        return 0;
    }
    const auto steps =
        std::min(MAX_STEPS, static_cast<std::size_t>(WORK / (m_columns->GetWork() + 1)));
    const double value = ComputeWaste(m_problem, start) + m_problem.GetWantedRate();
    std::vector<double> prices = MakePrices(m_problem, m_columns->GetItems(), start);
    std::vector<double> bestPrices = prices;
    std::vector<int> covered;
    const auto evaluate = [&] {
        std::vector<AnchoredColumn> columns = m_columns->FindBest(prices);
        std::sort(columns.begin(), columns.end(), [](const auto& a, const auto& b) {
            return a.earned != b.earned ? a.earned > b.earned : a.item < b.item;
        });
        double bound = std::accumulate(prices.begin(), prices.end(), 0.0);
        covered.assign(prices.size(), 0);
        for (std::size_t i = 0; i < std::min(groups, columns.size()) && columns[i].earned > 0; ++i)
        {
            bound -= columns[i].earned;
            m_columns->Cover(columns[i], prices, covered);
        }
        return bound;
    };
    double best = 0;
    double scale = 1;
    int idle = 0;
    for (std::size_t step = 0; step < steps && steps >= LEAST_STEPS && goOn(); ++step)
    {
        const double bound = evaluate();
        if (bound > best)
        {
            best = bound;
            bestPrices = prices;
            idle = 0;
        }
        else if (++idle == MAX_IDLE_STEPS)
        {
            idle = 0;
            scale /= 2;
            prices = bestPrices;
            evaluate();
        }
        if (!StepPrices(prices, covered, scale * std::max(value * 1.001 - bound, 1e-9)))
        {
            break;
        }
    }
    return std::max(0.0, best - m_problem.GetWantedRate());
}

} // namespace ns3
