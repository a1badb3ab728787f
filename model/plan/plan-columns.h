// SPDX-License-Identifier: GPL-2.0-only
// Every group that a plan may have, where the unions of the VNIs' members are few: for each union and
// tree what it costs each VNI in it, and how many entries it takes of each limit, as the graph model
// counts. Entries and copies may differ with the group's address, as this chooses the RP and the
// paths: the least over the addresses that the plan may give is taken.
#ifndef VXLAN_MULTICAST_PLAN_COLUMNS_H
#define VXLAN_MULTICAST_PLAN_COLUMNS_H

#include "ns3/plan-master.h"
#include "ns3/plan-problem.h"
#include "ns3/plan-question.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

namespace ns3
{

/** Prices of the linear program, 0 or more. */
struct PlanPrices
{
    std::vector<double> items;
    std::vector<double> limits;
    double group{0};
};

/** The groups that are possible under some trees. VNIs with equal members and senders are one. */
class PlanColumns
{
  public:
    /** A tree, and the addresses that groups may have under it. */
    struct Tree
    {
        TreePolicy tree;
        std::vector<TopologyAddress> addresses;
    };

    /**
     * \param network, question outlive this object
     * \param trees to choose from: not SSM, where not all members hear all frames
     */
    PlanColumns(const ModelNetwork& network, const PlanQuestion& question, std::vector<Tree> trees);

    /**
     * Lists all groups.
     * \param goOn asked between groups; false ends it
     * \returns whether there are few enough, and all are listed
     */
    bool List(const std::function<bool()>& goOn);

    const PlanProblem& GetProblem() const
    {
        return m_problem;
    }

    /** \returns how many entries there may be: of each router with a limit, and of tiers. */
    const std::vector<double>& GetLimits() const
    {
        return m_most;
    }

    /** \returns what leaving an item uncovered may cost: ten times the dearest group. */
    double GetPenalty() const
    {
        return m_penalty;
    }

    /** \returns the columns that make up a grouping, under the first tree. */
    std::vector<PlanColumn> MakeColumns(const PlanGrouping& grouping) const;

    /**
     * Looks for columns whose cost is below their prices.
     * \param found gets the best of them
     * \returns the least difference of cost and prices over all columns, at most 0
     */
    double Price(const PlanPrices& prices, std::vector<PlanColumn>& found) const;

  private:
    /** Entries that share a limit: of a router, or of all routers of a tier. */
    struct Limit
    {
        PlanKind kind;
        std::vector<uint32_t> routers;
    };

    /** A union of members and senders. */
    struct Union
    {
        VniTraffic traffic;
        std::size_t first{0}; //!< of its items in m_inside
    };

    /** A union under a tree. */
    struct Choice
    {
        std::size_t set{0};
        double fixed{0};               //!< cost, whatever items are in it
        std::vector<uint32_t> entries; //!< by limit
        std::size_t costs{0};          //!< of its items in m_costs
    };

    void FindLimits();
    bool FindUnions();
    std::vector<TopologyAddress> FindDistinct(const Tree& tree) const;
    void Count(std::size_t set,
               TreePolicy tree,
               const std::vector<TopologyAddress>& addresses,
               PlanTreeCounter& counter);
    std::vector<double> CountSenders(const VniTraffic& traffic,
                                     TreePolicy tree,
                                     const std::vector<TopologyAddress>& addresses,
                                     PlanTreeCounter& counter) const;
    PlanColumn MakeColumn(const Choice& choice, const std::vector<std::size_t>& taken) const;

    const ModelNetwork& m_network;
    const PlanQuestion& m_question;
    std::vector<Tree> m_trees;
    std::size_t m_vteps;
    bool m_someSend{false};                       //!< some VNI has members that do not send
    PlanProblem m_problem;                        //!< senders are members beyond the VTEPs
    std::vector<std::vector<uint32_t>> m_senders; //!< by item
    std::vector<Limit> m_limits;
    std::vector<double> m_most;
    std::vector<Union> m_unions; //!< one more at the end
    std::unordered_map<PlanMembers, std::size_t> m_numbers;
    std::vector<uint32_t> m_inside; //!< items
    std::vector<Choice> m_choices;  //!< of the first tree, then of the next
    std::vector<double> m_costs;
    double m_penalty{0};
};

} // namespace ns3

#endif
