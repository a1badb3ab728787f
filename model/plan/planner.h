// SPDX-License-Identifier: GPL-2.0-only
// From the question — VNIs, limits, trees allowed — to an answer: how many groups, which VNIs share
// one, which tree, and how good that is.
//
// First a grouping for each number of groups by merging alone (plan-merging), and the tables of each
// tree policy: that is known soon. Then the groupings are improved (plan-breeding, plan-search), the
// best ones first, for as long as there is time; where a table's limit binds, also with a price on its
// entries. Of what keeps within the limits the plan with the fewest VNIs at the head-end is taken,
// of these that with the least objective, then that with fewer entries. Several trees in one plan
// are chosen by plan-mixing; VNIs at the head-end by plan-head-end.
#ifndef VXLAN_MULTICAST_PLANNER_H
#define VXLAN_MULTICAST_PLANNER_H

#include "ns3/plan-cost.h"
#include "ns3/plan-merging.h"
#include "ns3/plan-problem.h"
#include "ns3/plan-question.h"
#include "ns3/plan-watch.h"
#include "ns3/vni-clustering.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** Finds the answer to one question. */
class Planner
{
  public:
    /** \param network, question, watch outlive this object */
    Planner(const ModelNetwork& network, const PlanQuestion& question, PlanWatch& watch);

    PlanAnswer Run();

  private:
    /** A grouping, and how far it was improved. */
    struct Found
    {
        PlanGrouping grouping;
        bool searched{false};
    };

    /** Tree and number of groups. */
    using Key = std::pair<TreePolicy, uint32_t>;

    bool GoOn(const std::string& step);
    bool IsOver(double share);
    std::function<bool()> Until(double share, const std::string& step);
    std::vector<uint32_t> ChooseGroupCounts() const;
    const PlanMerging& GetMerging();
    const PlanCost& GetCost(TreePolicy tree);
    Found& FindGrouping(uint32_t groups, TreePolicy tree);
    const std::vector<uint32_t>& Cluster(uint32_t groups);
    PlanGrouping ClusterItems(uint32_t groups);
    void Improve(uint32_t groups, TreePolicy tree, double share);
    void ImproveAll();
    std::vector<uint32_t> ToVnis(const PlanGrouping& grouping) const;
    PlanAssignment Assign(std::vector<uint32_t> groupOf, TreePolicy tree) const;
    const PlanPoint* FindPoint(const PlanAssignment& plan) const;
    PlanPoint Count(PlanAssignment plan) const;
    std::size_t Look(uint32_t groups, TreePolicy tree);
    void LookAt(uint32_t groups);
    void Recount(uint32_t groups, TreePolicy tree);
    void LookAtOthers(const std::vector<uint32_t>& counts);
    void Refine(TreePolicy tree);
    void PriceRows();
    void PriceRowsOf(uint32_t groups, TreePolicy tree, const PlanMargin& over);
    double FindWorth(const PlanPoint& start, const PlanMargin& over) const;
    void Mix();
    void UseHeadEnd();
    void ChooseBest();

    const ModelNetwork& m_network;
    const PlanQuestion& m_question;
    PlanWatch& m_watch;
    PlanProblem m_problem;
    PlanDeliveries m_deliveries;
    std::map<TreePolicy, std::unique_ptr<PlanCost>> m_costs;
    std::unique_ptr<PlanMerging> m_merging;
    std::unique_ptr<VniClustering> m_clustering;
    std::map<uint32_t, std::vector<uint32_t>> m_clusters; //!< by number of groups
    std::map<Key, Found> m_groupings; //!< of any tree where the objective does not depend on it
    std::size_t m_searches{1};        //!< of them, how many are searched for
    std::map<Key, std::size_t> m_looked;
    PlanAnswer m_answer;
    bool m_stopped{false};
};

} // namespace ns3

#endif
