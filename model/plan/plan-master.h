// SPDX-License-Identifier: GPL-2.0-only
// The restricted master program of PlanExact and plan-linear.h: which of the columns known so far, each
// used in part, cover every item once with the least cost and at most so many groups, and with no
// more entries than tables hold.
#ifndef VXLAN_MULTICAST_PLAN_MASTER_H
#define VXLAN_MULTICAST_PLAN_MASTER_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ns3
{

/** A group that a solution may use. */
struct PlanColumn
{
    std::vector<uint32_t> items; //!< ascending
    double cost{0};
    std::vector<double> entries; //!< that it takes of each limit of the program
};

/** A linear program that grows by columns. */
class PlanMaster
{
  public:
    /**
     * \param items how many items there are to cover
     * \param groups how many columns may be used
     * \param penalty the cost of leaving an item uncovered: above any grouping's
     * \param limits of entries, over all columns that are used
     */
    PlanMaster(std::size_t items,
               std::size_t groups,
               double penalty,
               const std::vector<double>& limits = {});
    ~PlanMaster();

    void Add(const PlanColumn& column);
    /** \returns whether an optimum was found. */
    bool Solve();

    double GetValue() const
    {
        return m_value;
    }

    /** \returns the price of each item, 0 or more: what covering it a little more would cost. */
    const std::vector<double>& GetPrices() const
    {
        return m_prices;
    }

    /** \returns what one more group would save, 0 or more. */
    double GetGroupPrice() const
    {
        return m_groupPrice;
    }

    /** \returns what one more entry of each limit would save, 0 or more. */
    const std::vector<double>& GetEntryPrices() const
    {
        return m_entryPrices;
    }

    /** \returns how much of each column is used, in the order of Add. */
    const std::vector<double>& GetUses() const
    {
        return m_uses;
    }

    /** \returns whether an item is left uncovered at the optimum. */
    bool IsIncomplete() const
    {
        return m_incomplete;
    }

  private:
    struct Program;

    std::size_t m_items;
    std::size_t m_limits;
    std::unique_ptr<Program> m_program;
    double m_value{0};
    double m_groupPrice{0};
    bool m_incomplete{false};
    std::vector<double> m_prices;
    std::vector<double> m_entryPrices;
    std::vector<double> m_uses;
};

} // namespace ns3

#endif
