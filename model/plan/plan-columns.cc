// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-columns.h"

#include "ns3/plan-unions.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_INSIDE = 2000000; //!< pairs of a union under a tree and an item in it
constexpr std::size_t MAX_COUNTS = 4000000; //!< groups that are counted by the graph model
constexpr std::size_t MAX_FOUND = 40;       //!< columns of one pricing
constexpr double PRICE_ROUNDING = 1e-7;

} // namespace

PlanColumns::PlanColumns(const ModelNetwork& network,
                         const PlanQuestion& question,
                         std::vector<Tree> trees)
    : m_network(network),
      m_question(question),
      m_trees(std::move(trees)),
      m_vteps(network.GetVteps().size()),
      m_problem(2 * m_vteps)
{
    const std::vector<VniTraffic>& vnis = question.demand.vnis;
    m_someSend = std::any_of(vnis.begin(), vnis.end(), [](const VniTraffic& vni) {
        return vni.senders.size() != vni.members.size();
    });
    for (std::size_t v = 0; v < vnis.size(); ++v)
    {
        std::vector<uint32_t> all = vnis[v].members;
        for (uint32_t sender : vnis[v].senders)
        {
            if (m_someSend)
            {
                all.push_back(sender + static_cast<uint32_t>(m_vteps));
            }
        }
        m_problem.Add(static_cast<uint32_t>(v), all, question.demand.rates[v]);
    }
    for (const PlanItem& item : m_problem.GetItems())
    {
        m_senders.push_back(vnis[item.vnis.front()].senders);
    }
    FindLimits();
}

/** Of each router; and of the tiers, as a router may be spared by other addresses, a tier may not. */
void
PlanColumns::FindLimits()
{
    std::map<std::string, std::vector<uint32_t>> tiers;
    for (uint32_t r = 0; r < m_network.GetRouters().size(); ++r)
    {
        tiers[m_network.GetRouters()[r].tier].push_back(r);
    }
    for (const auto& [tier, routers] : tiers)
    {
        const PlanTierLimit limit = m_question.limits.Get(tier);
        for (PlanKind kind : {PlanKind::SUM, PlanKind::STAR_G, PlanKind::SG})
        {
            if (!limit.Get(kind))
            {
                continue;
            }
            const auto most = static_cast<double>(*limit.Get(kind));
            for (uint32_t router : routers)
            {
                m_limits.push_back({kind, {router}});
                m_most.push_back(most);
            }
            m_limits.push_back({kind, routers});
            m_most.push_back(most * static_cast<double>(routers.size()));
        }
    }
}

bool
PlanColumns::FindUnions()
{
    for (const PlanMembers& set : ListPlanUnions(m_problem))
    {
        Union known;
        known.first = m_inside.size();
        for (uint32_t member : set.List())
        {
            const bool sends = member >= m_vteps;
            (sends ? known.traffic.senders : known.traffic.members)
                .push_back(sends ? member - static_cast<uint32_t>(m_vteps) : member);
        }
        if (!m_someSend)
        {
            known.traffic.senders = known.traffic.members;
        }
        for (uint32_t i = 0; i < m_problem.GetItems().size(); ++i)
        {
            if (m_problem.GetItems()[i].members.IsSubsetOf(set))
            {
                m_inside.push_back(i);
            }
        }
        if (m_inside.size() * m_trees.size() > MAX_INSIDE)
        {
            return false;
        }
        m_numbers.emplace(set, m_unions.size());
        m_unions.push_back(std::move(known));
    }
    m_unions.emplace_back();
    m_unions.back().first = m_inside.size();
    return m_unions.size() > 1;
}

/** \returns the addresses that may make a difference: for bidirectional trees that of the RP. */
std::vector<TopologyAddress>
PlanColumns::FindDistinct(const Tree& tree) const
{
    if (tree.tree != TreePolicy::Bidir)
    {
        return tree.addresses;
    }
    std::set<TopologyAddress> rps;
    std::vector<TopologyAddress> distinct;
    for (TopologyAddress address : tree.addresses)
    {
        if (rps.insert(m_network.GetRp(address).address).second)
        {
            distinct.push_back(address);
        }
    }
    return distinct;
}

bool
PlanColumns::List(const std::function<bool()>& goOn)
{
    if (m_question.demand.vnis.empty() || !FindUnions())
    {
        return false;
    }
    std::size_t counts = 0;
    for (const Union& set : m_unions)
    {
        counts +=
            m_question.objective == PlanObjective::COPIES ? set.traffic.senders.size() + 1 : 1;
    }
    std::vector<std::vector<TopologyAddress>> addresses;
    std::size_t tried = 0;
    for (const Tree& tree : m_trees)
    {
        addresses.push_back(FindDistinct(tree));
        tried += addresses.back().size();
    }
    if (counts * tried > MAX_COUNTS)
    {
        return false;
    }
    PlanTreeCounter counter(m_network);
    for (std::size_t t = 0; t < m_trees.size(); ++t)
    {
        for (std::size_t set = 0; set + 1 < m_unions.size(); ++set)
        {
            if (!goOn())
            {
                return false;
            }
            Count(set, m_trees[t].tree, addresses[t], counter);
        }
    }
    return true;
}

/** Adds what a union costs under a tree. */
void
PlanColumns::Count(std::size_t set,
                   TreePolicy tree,
                   const std::vector<TopologyAddress>& addresses,
                   PlanTreeCounter& counter)
{
    const VniTraffic& traffic = m_unions[set].traffic;
    Choice choice;
    choice.set = set;
    choice.costs = m_costs.size();
    choice.entries.assign(m_limits.size(), UINT32_MAX);
    double total = std::numeric_limits<double>::infinity();
    GroupTraffic group;
    group.vnis = {traffic};
    PlanGroupUse use;
    std::vector<PlanRouterRows> rows(m_network.GetRouters().size());
    for (TopologyAddress address : addresses)
    {
        group.address = address;
        counter.Count(group, tree, use);
        std::fill(rows.begin(), rows.end(), PlanRouterRows());
        double sum = 0;
        for (const PlanRouterRows& row : use.rows)
        {
            rows[row.router] = row;
            sum += static_cast<double>(row.starG + row.sg);
        }
        total = std::min(total, sum);
        for (std::size_t l = 0; l < m_limits.size(); ++l)
        {
            uint64_t entries = 0;
            for (uint32_t router : m_limits[l].routers)
            {
                entries += rows[router].Get(m_limits[l].kind);
            }
            choice.entries[l] = std::min(choice.entries[l], static_cast<uint32_t>(entries));
        }
    }
    const std::vector<double> copies = m_question.objective == PlanObjective::COPIES
                                           ? CountSenders(traffic, tree, addresses, counter)
                                           : std::vector<double>();
    choice.fixed = m_question.objective == PlanObjective::ROWS ? total : 0;
    double all = choice.fixed;
    for (std::size_t at = m_unions[set].first; at < m_unions[set + 1].first; ++at)
    {
        const uint32_t item = m_inside[at];
        double perFrame = 0;
        if (m_question.objective == PlanObjective::WASTE)
        {
            perFrame = static_cast<double>(traffic.members.size());
        }
        for (uint32_t sender : copies.empty() ? std::vector<uint32_t>() : m_senders[item])
        {
            perFrame += copies[sender] / static_cast<double>(m_senders[item].size());
        }
        m_costs.push_back(m_problem.GetItems()[item].rate * perFrame);
        all += m_costs.back();
    }
    m_penalty = std::max(m_penalty, 10 * (all + 1));
    m_choices.push_back(std::move(choice));
}

/** \returns by VTEP the least copies of a frame that it sends to a group. */
std::vector<double>
PlanColumns::CountSenders(const VniTraffic& traffic,
                          TreePolicy tree,
                          const std::vector<TopologyAddress>& addresses,
                          PlanTreeCounter& counter) const
{
    std::vector<double> copies(m_vteps, std::numeric_limits<double>::infinity());
    GroupTraffic group;
    group.vnis.resize(1);
    group.vnis.front().members = traffic.members;
    PlanGroupUse use;
    for (uint32_t sender : traffic.senders)
    {
        group.vnis.front().senders = {sender};
        for (TopologyAddress address : addresses)
        {
            group.address = address;
            counter.Count(group, tree, use);
            copies[sender] = std::min(copies[sender], use.copies);
        }
    }
    return copies;
}

/** \param taken places in m_inside */
PlanColumn
PlanColumns::MakeColumn(const Choice& choice, const std::vector<std::size_t>& taken) const
{
    PlanColumn column;
    column.cost = choice.fixed;
    for (std::size_t at : taken)
    {
        column.items.push_back(m_inside[at]);
        column.cost += m_costs[choice.costs + at - m_unions[choice.set].first];
    }
    column.entries.assign(choice.entries.begin(), choice.entries.end());
    return column;
}

std::vector<PlanColumn>
PlanColumns::MakeColumns(const PlanGrouping& grouping) const
{
    std::map<uint32_t, PlanMembers> sets;
    for (std::size_t i = 0; i < grouping.size(); ++i)
    {
        sets.emplace(grouping[i], PlanMembers(2 * m_vteps))
            .first->second.Unite(m_problem.GetItems()[i].members);
    }
    std::vector<PlanColumn> columns;
    for (const auto& [group, members] : sets)
    {
        const std::size_t set = m_numbers.at(members);
        std::vector<std::size_t> taken;
        for (std::size_t at = m_unions[set].first; at < m_unions[set + 1].first; ++at)
        {
            if (grouping[m_inside[at]] == group)
            {
                taken.push_back(at);
            }
        }
        columns.push_back(MakeColumn(m_choices[set], taken));
    }
    return columns;
}

double
PlanColumns::Price(const PlanPrices& prices, std::vector<PlanColumn>& found) const
{
    double least = 0;
    std::vector<std::pair<double, std::size_t>> better;
    const auto gainOf = [&](const Choice& choice, std::size_t at) {
        return prices.items[m_inside[at]] - m_costs[choice.costs + at - m_unions[choice.set].first];
    };
    for (std::size_t c = 0; c < m_choices.size(); ++c)
    {
        const Choice& choice = m_choices[c];
        double reduced = choice.fixed + prices.group;
        for (std::size_t l = 0; l < m_limits.size(); ++l)
        {
            reduced += prices.limits[l] * choice.entries[l];
        }
        for (std::size_t at = m_unions[choice.set].first; at < m_unions[choice.set + 1].first; ++at)
        {
            reduced -= std::max(0.0, gainOf(choice, at));
        }
        least = std::min(least, reduced);
        if (reduced < -PRICE_ROUNDING * (1 + choice.fixed + prices.group))
        {
            better.emplace_back(reduced, c);
        }
    }
    const auto last = better.size() > MAX_FOUND
                          ? better.begin() + static_cast<std::ptrdiff_t>(MAX_FOUND)
                          : better.end();
    std::partial_sort(better.begin(), last, better.end());
    for (auto it = better.begin(); it != last; ++it)
    {
        const Choice& choice = m_choices[it->second];
        std::vector<std::size_t> taken;
        for (std::size_t at = m_unions[choice.set].first; at < m_unions[choice.set + 1].first; ++at)
        {
            if (gainOf(choice, at) > 0)
            {
                taken.push_back(at);
            }
        }
        found.push_back(MakeColumn(choice, taken));
    }
    return least;
}

} // namespace ns3
