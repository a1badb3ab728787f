// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-breeding.h"

#include "ns3/plan-annealing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace ns3
{

namespace
{

/** Items × VTEPs up to which annealing is worth its time. */
constexpr std::size_t MAX_SIZE = 400000;
/** Items × groups up to which its tables are small, in 64 MB. */
constexpr std::size_t MAX_PAIRS = 32000000;
constexpr std::size_t MAX_VTEPS = 65535;

/** How groupings are annealed and crossed; parts are parts of all steps. */
struct Schedule
{
    PlanAnnealing::Cooling cooling;
    double longRun;      //!< the part of one from the start
    double child;        //!< the part of one from a child
    std::size_t maxIdle; //!< children without success, then what is left is one more long run
};

// Where groupings freeze depends on how many VNIs share a group and how much they have in common:
// a few short runs with each find out which of these is best. What freezes early, as VNIs of few
// leaves do, ends in many places, and children are worth more than long runs.
constexpr std::array<Schedule, 4> SCHEDULES{{{{0.5, 0.3}, 0.2, 0.017, 12},
                                             {{0.27, 0.1}, 0.3, 0.03, 4},
                                             {{0.18, 0.06}, 0.3, 0.03, 4},
                                             {{0.12, 0.04}, 0.3, 0.03, 4}}};
constexpr std::size_t TRIALS = 3; //!< of each
constexpr double TRIAL = 0.01;    //!< the part of one

constexpr std::size_t KEPT = 8; //!< groupings that children come from
constexpr double WARM = 0.95;   //!< where children begin: between cold, 0, and hot, 1

// How many steps, all runs together: what takes about four seconds.
constexpr double STEPS_PER_PAIR = 5000; //!< of items, at most; fewer for less than
constexpr double MANY_ITEMS = 100;      //!< so many items
constexpr double MAX_WORK = 4.5e9;
constexpr double WORK_OF_STEP = 45;
constexpr double WORK_OF_BIT = 8;
constexpr double WORK_OF_GROUP = 0.8;
constexpr double SAME_COST = 1e-9;

/** The groups of one parent, and what of them is left. */
class Parent
{
  public:
    Parent(const PlanProblem& problem, std::size_t groups, const PlanGrouping& grouping)
        : m_problem(problem),
          m_grouping(grouping),
          m_items(groups),
          m_whole(groups, 0),
          m_left(groups, 0)
    {
        for (uint32_t item = 0; item < grouping.size(); ++item)
        {
            m_items[grouping[item]].push_back(item);
            m_whole[grouping[item]] += problem.GetItems()[item].rate;
        }
        m_left = m_whole;
    }

    /** \returns the group of which most is left, one of these at random. */
    uint32_t FindWholest(StateRandom& random) const
    {
        double most = -1;
        uint32_t best = 0;
        uint32_t equal = 0;
        for (uint32_t group = 0; group < m_items.size(); ++group)
        {
            const double part = m_left[group] <= 0 ? 0 : m_left[group] / m_whole[group];
            equal = part > most ? 0 : equal;
            if (part >= most && random.Below(++equal) == 0)
            {
                best = group;
            }
            most = std::max(most, part);
        }
        return best;
    }

    const std::vector<uint32_t>& GetItems(uint32_t group) const
    {
        return m_items[group];
    }

    void Remove(uint32_t item)
    {
        m_left[m_grouping[item]] -= m_problem.GetItems()[item].rate;
    }

  private:
    const PlanProblem& m_problem;
    const PlanGrouping& m_grouping;
    std::vector<std::vector<uint32_t>> m_items;
    std::vector<double> m_whole;
    std::vector<double> m_left;
};

} // namespace

bool
CanAnnealPlan(const PlanProblem& problem, std::size_t groups)
{
    const std::size_t items = problem.GetItems().size();
    return items * problem.GetVteps() <= MAX_SIZE && items * groups <= MAX_PAIRS &&
           problem.GetVteps() <= MAX_VTEPS;
}

PlanGrouping
CrossPlans(const PlanProblem& problem,
           std::size_t groups,
           const PlanGrouping& a,
           const PlanGrouping& b,
           StateRandom& random)
{
    const auto none = static_cast<uint32_t>(groups);
    PlanGrouping child(a.size(), none);
    std::array<Parent, 2> parents{Parent(problem, groups, a), Parent(problem, groups, b)};
    std::vector<PlanMembers> unions(groups, PlanMembers(problem.GetVteps()));
    std::vector<double> rates(groups, 0);
    const auto put = [&](uint32_t item, uint32_t group) {
        child[item] = group;
        unions[group].Unite(problem.GetItems()[item].members);
        rates[group] += problem.GetItems()[item].rate;
    };
    for (uint32_t group = 0; group < groups; ++group)
    {
        const Parent& giver = parents[group % 2];
        for (uint32_t item : giver.GetItems(giver.FindWholest(random)))
        {
            if (child[item] == none)
            {
                put(item, group);
                parents[0].Remove(item);
                parents[1].Remove(item);
            }
        }
    }
    for (uint32_t item = 0; item < child.size(); ++item)
    {
        if (child[item] != none)
        {
            continue;
        }
        const PlanItem& left = problem.GetItems()[item];
        double least = std::numeric_limits<double>::infinity();
        uint32_t best = 0;
        for (uint32_t group = 0; group < groups; ++group)
        {
            const auto more = static_cast<double>(left.members.CountBeyond(unions[group]));
            const auto members = static_cast<double>(unions[group].Count());
            const double cost = left.rate * (members + more) + rates[group] * more;
            if (cost < least)
            {
                least = cost;
                best = group;
            }
        }
        put(item, best);
    }
    return child;
}

namespace
{

/** A few groupings, the best first. */
class Breeding
{
  public:
    Breeding(const PlanProblem& problem,
             std::size_t groups,
             const PlanGrouping& start,
             uint64_t seed,
             double steps,
             const std::function<bool()>& goOn)
        : m_problem(problem),
          m_groups(groups),
          m_start(start),
          m_random(seed, 13),
          m_steps(steps),
          m_goOn(goOn)
    {
    }

    PlanGrouping Run()
    {
        const Schedule& chosen = ChooseSchedule();
        const auto [hot, cold] = chosen.cooling;
        const double warm = cold * std::pow(hot / cold, WARM);
        Anneal(m_start, chosen.longRun, chosen.cooling);
        double left = 1 - chosen.longRun - TRIAL * TRIALS * SCHEDULES.size();
        for (std::size_t child = 0, idle = 0;
             left > chosen.child && idle < chosen.maxIdle && m_kept.size() > 1 && m_goOn();
             ++child)
        {
            const double least = m_kept.front().first;
            Anneal(MakeChild(child), chosen.child, {warm, cold});
            idle = m_kept.front().first < least ? 0 : idle + 1;
            left -= chosen.child;
        }
        Anneal(m_start, left, chosen.cooling);
        return m_kept.front().second;
    }

  private:
    /** Cost and grouping. */
    using Found = std::pair<double, PlanGrouping>;

    /** Keeps what it finds if that is good. \returns its cost */
    double Anneal(const PlanGrouping& from, double part, const PlanAnnealing::Cooling& cooling)
    {
        PlanAnnealing annealing(m_problem, m_groups, from, m_random.Next());
        annealing.Run(static_cast<std::size_t>(part * m_steps), cooling, m_goOn);
        Keep({annealing.GetCost(), annealing.GetGrouping()});
        return annealing.GetCost();
    }

    const Schedule& ChooseSchedule()
    {
        const Schedule* chosen = SCHEDULES.data();
        double least = std::numeric_limits<double>::infinity();
        for (const Schedule& schedule : SCHEDULES)
        {
            double cost = 0;
            for (std::size_t i = 0; i < TRIALS; ++i)
            {
                cost += Anneal(m_start, TRIAL, schedule.cooling);
            }
            if (cost < least)
            {
                least = cost;
                chosen = &schedule;
            }
        }
        return *chosen;
    }

    /** \returns one of those that are kept, or by turns a child of two. */
    PlanGrouping MakeChild(std::size_t turn)
    {
        const auto kept = static_cast<uint32_t>(m_kept.size());
        const uint32_t first = m_random.Below(kept);
        const uint32_t second = (first + 1 + m_random.Below(kept - 1)) % kept;
        return turn % 2 == 0 ? m_kept[first].second
                             : CrossPlans(m_problem,
                                          m_groups,
                                          m_kept[first].second,
                                          m_kept[second].second,
                                          m_random);
    }

    /** Keeps it if it is one of the best, unless it costs as much as another. */
    void Keep(Found found)
    {
        const bool known = std::any_of(m_kept.begin(), m_kept.end(), [&](const Found& kept) {
            return std::abs(kept.first - found.first) <= SAME_COST * (1 + found.first);
        });
        if (!known)
        {
            m_kept.push_back(std::move(found));
            std::stable_sort(m_kept.begin(), m_kept.end(), [](const Found& a, const Found& b) {
                return a.first < b.first;
            });
            m_kept.resize(std::min(m_kept.size(), KEPT));
        }
    }

    const PlanProblem& m_problem;
    std::size_t m_groups;
    const PlanGrouping& m_start;
    StateRandom m_random;
    double m_steps;
    const std::function<bool()>& m_goOn;
    std::vector<Found> m_kept;
};

} // namespace

PlanGrouping
AnnealPlan(const PlanProblem& problem,
           std::size_t groups,
           const PlanGrouping& start,
           uint64_t seed,
           double effort,
           const std::function<bool()>& goOn)
{
    const auto items = static_cast<double>(problem.GetItems().size());
    // The tables of one group, which are small: bits are the same for any number.
    const PlanGroups one(problem, 1, PlanGrouping(start.size(), 0));
    const double work =
        WORK_OF_STEP + WORK_OF_BIT * one.GetMeanBits() +
        WORK_OF_GROUP *
            static_cast<double>(std::min<std::size_t>(groups, PlanAnnealing::MAX_SCANNED));
    const double perPair = STEPS_PER_PAIR * std::min(1.0, items / MANY_ITEMS);
    const double steps = std::min(perPair * items * items, MAX_WORK / work);
    return Breeding(problem, groups, start, seed, steps * effort, goOn).Run();
}

} // namespace ns3
