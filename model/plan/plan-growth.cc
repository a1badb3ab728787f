// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-growth.h"

#include "ns3/plan-replan.h"
#include "ns3/state-random.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ns3
{

namespace
{

constexpr uint64_t CHURN_STREAM = 4093;
constexpr uint64_t MAX_VNIS = (1u << 24) - 1;

/** A plan that grows. */
class Growth
{
  public:
    Growth(const ModelNetwork& network,
           const PlanQuestion& question,
           const PlanPoint& plan,
           const PlanNextVni& next,
           PlanWatch& watch)
        : m_network(network),
          m_question(question),
          m_plan(plan),
          m_next(next),
          m_watch(watch)
    {
    }

    /** \returns the plan with so many VNIs. */
    PlanPoint At(uint64_t vnis)
    {
        PlanQuestion question = m_question;
        PlanAssignment old = m_plan.assignment;
        for (auto v = static_cast<uint32_t>(old.groupOf.size()); v < vnis; ++v)
        {
            auto [traffic, rate] = m_next(v);
            question.demand.vnis.push_back(std::move(traffic));
            question.demand.rates.push_back(rate);
            old.groupOf.push_back(PLAN_NEW);
        }
        const bool alone = m_plan.use.waste <= 0 && m_plan.headEndVnis == 0;
        if (alone)
        {
            // As if each had been planned for from the start.
            const TreePolicy tree = m_plan.tree;
            for (uint32_t v = 0; v < old.groupOf.size(); ++v)
            {
                if (old.groupOf[v] == PLAN_NEW)
                {
                    old.groupOf[v] = static_cast<uint32_t>(old.trees.size());
                    old.addresses.push_back(GetPlanAddress(old.groupOf[v], tree, m_plan.mixed));
                    old.trees.push_back(tree);
                }
            }
            return MakePlanPoint(m_network, question, std::move(old));
        }
        PlanReplan replan(m_network, question, std::move(old), m_watch);
        return replan.Run(0, false);
    }

  private:
    const ModelNetwork& m_network;
    const PlanQuestion& m_question;
    const PlanPoint& m_plan;
    const PlanNextVni& m_next;
    PlanWatch& m_watch;
};

/** The VNIs of a plan while members come and go. */
class Membership
{
  public:
    Membership(const ModelNetwork& network, const PlanDemand& demand, uint64_t seed)
        : m_network(network),
          m_demand(demand),
          m_random(seed, CHURN_STREAM)
    {
        for (uint32_t v = 0; v < demand.vnis.size(); ++v)
        {
            for (uint32_t member : demand.vnis[v].members)
            {
                m_machines.emplace_back(v, member);
            }
            m_all.push_back(demand.vnis[v].senders.size() == demand.vnis[v].members.size());
        }
        m_places = m_machines;
    }

    std::size_t GetMachines() const
    {
        return m_machines.size();
    }

    StateRandom& GetRandom()
    {
        return m_random;
    }

    /**
     * A machine starts, in a VNI by the sizes at first and on a leaf where the VNI had machines
     * then, so that the placement stays of its kind. \returns whether a VTEP was free
     */
    bool Start()
    {
        const auto& [vni, near] = m_places[m_random.Below(m_places.size())];
        std::vector<uint32_t> free;
        std::vector<uint32_t> any;
        const std::vector<uint32_t>& members = m_demand.vnis[vni].members;
        for (uint32_t vtep = 0; vtep < m_network.GetVteps().size(); ++vtep)
        {
            if (std::find(members.begin(), members.end(), vtep) == members.end())
            {
                any.push_back(vtep);
                if (m_network.GetLeaf(vtep) == m_network.GetLeaf(near))
                {
                    free.push_back(vtep);
                }
            }
        }
        const std::vector<uint32_t>& choice = free.empty() ? any : free;
        if (choice.empty())
        {
            return false;
        }
        const uint32_t vtep = choice[m_random.Below(choice.size())];
        m_machines.emplace_back(vni, vtep);
        m_demand.vnis[vni].members.push_back(vtep);
        if (m_all[vni])
        {
            m_demand.vnis[vni].senders.push_back(vtep);
        }
        return true;
    }

    /** A machine ends; the last one of a VNI stays. \returns whether one ended */
    bool End()
    {
        const std::size_t at = m_random.Below(m_machines.size());
        const auto [vni, vtep] = m_machines[at];
        VniTraffic& traffic = m_demand.vnis[vni];
        if (traffic.members.size() == 1)
        {
            return false;
        }
        Erase(traffic.members, vtep);
        Erase(traffic.senders, vtep);
        if (traffic.senders.empty())
        {
            traffic.senders.push_back(traffic.members.front());
        }
        m_machines[at] = m_machines.back();
        m_machines.pop_back();
        return true;
    }

    /** \returns the VNIs now; each sender sends as much as before. \param before the VNIs at first */
    PlanDemand GetDemand(const PlanDemand& before) const
    {
        PlanDemand demand = m_demand;
        for (std::size_t v = 0; v < demand.vnis.size(); ++v)
        {
            const double senders = static_cast<double>(before.vnis[v].senders.size());
            demand.rates[v] = senders == 0 ? before.rates[v]
                                           : before.rates[v] / senders *
                                                 static_cast<double>(demand.vnis[v].senders.size());
        }
        return demand;
    }

  private:
    static void Erase(std::vector<uint32_t>& vteps, uint32_t vtep)
    {
        vteps.erase(std::remove(vteps.begin(), vteps.end(), vtep), vteps.end());
    }

    const ModelNetwork& m_network;
    PlanDemand m_demand;
    StateRandom m_random;
    std::vector<std::pair<uint32_t, uint32_t>> m_machines; //!< VNI and VTEP
    std::vector<std::pair<uint32_t, uint32_t>> m_places;   //!< those of the start
    std::vector<bool> m_all;                               //!< by VNI: whether every member sends
};

} // namespace

PlanGrowth
FindPlanGrowth(const ModelNetwork& network,
               const PlanQuestion& question,
               const PlanPoint& plan,
               double perYear,
               const PlanNextVni& next,
               PlanWatch& watch)
{
    Growth growth(network, question, plan, next, watch);
    const auto vnis = static_cast<double>(question.demand.vnis.size());
    const auto after = [&](int months) {
        const double grown = std::ceil(vnis * std::pow(1 + perYear, months / 12.0) - 1e-9);
        return std::min(MAX_VNIS, static_cast<uint64_t>(std::min(grown, 1e9)));
    };
    PlanGrowth result;
    const auto goOn = [&] {
        result.cut = !watch.GoOn("growing");
        return !result.cut;
    };
    int fits = 0;
    int over = 12;
    PlanPoint broken;
    while (over <= PlanGrowth::MAX_MONTHS && goOn())
    {
        broken = growth.At(after(over));
        if (!broken.IsFeasible() || after(over) == MAX_VNIS)
        {
            break;
        }
        fits = over;
        over =
            over == PlanGrowth::MAX_MONTHS ? over + 1 : std::min(over * 2, PlanGrowth::MAX_MONTHS);
    }
    result.lasts = !result.cut && (over > PlanGrowth::MAX_MONTHS || broken.IsFeasible());
    while (!result.lasts && !result.cut && over - fits > 1 && goOn())
    {
        const int middle = fits + (over - fits) / 2;
        PlanPoint point = growth.At(after(middle));
        if (point.IsFeasible())
        {
            fits = middle;
        }
        else
        {
            over = middle;
            broken = std::move(point);
        }
    }
    result.months = fits;
    if (!result.lasts && !result.cut)
    {
        result.vnis = after(over);
        result.groups = broken.groups;
        result.over = broken.margins.front();
    }
    return result;
}

PlanChurn
RunPlanChurn(const ModelNetwork& network,
             const PlanQuestion& question,
             const PlanPoint& plan,
             double hours,
             uint64_t moves,
             const PlanChurnRates& rates,
             PlanWatch& watch)
{
    PlanChurn churn;
    churn.hours = hours;
    churn.before = plan;
    Membership members(network, question.demand, question.seed);
    const double starts = rates.startsPerSecond * 3600 / rates.perMachines *
                          static_cast<double>(members.GetMachines());
    double time = 0;
    while (true)
    {
        if (!watch.GoOn("members come and go"))
        {
            churn.hours = time;
            break;
        }
        const double ends = static_cast<double>(members.GetMachines()) / rates.meanLifeHours;
        time += members.GetRandom().Exponential(starts + ends);
        if (time > hours)
        {
            break;
        }
        if (members.GetRandom().Unit() * (starts + ends) <= starts)
        {
            churn.joined += members.Start() ? 1 : 0;
        }
        else
        {
            churn.left += members.End() ? 1 : 0;
        }
    }
    PlanQuestion later = question;
    later.demand = members.GetDemand(question.demand);
    churn.after = MakePlanPoint(network, later, plan.assignment);
    PlanReplan replan(network, later, plan.assignment, watch);
    churn.replanned = replan.Run(moves, false);
    churn.moved = replan.GetChanges(churn.replanned).size();
    return churn;
}

} // namespace ns3
