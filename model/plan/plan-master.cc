// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-master.h"

#include <lpsolve/lp_lib.h>

#include <algorithm>
#include <new>

namespace ns3
{

/**
 * lp_solve's program: a row per item, then the row of groups, then those of the limits; a penalty
 * column per item first.
 */
struct PlanMaster::Program
{
    lprec* lp;
};

PlanMaster::PlanMaster(std::size_t items,
                       std::size_t groups,
                       double penalty,
                       const std::vector<double>& limits)
    : m_items(items),
      m_limits(limits.size()),
      m_program(new Program{make_lp(static_cast<int>(items + 1 + limits.size()), 0)})
{
    lprec* lp = m_program->lp;
    if (lp == nullptr)
    {
        throw std::bad_alloc();
    }
    set_verbose(lp, NEUTRAL);
    set_minim(lp);
    for (std::size_t i = 0; i < items; ++i)
    {
        const int row = static_cast<int>(i) + 1;
        set_constr_type(lp, row, GE);
        set_rh(lp, row, 1);
        double values[2] = {penalty, 1};
        int rows[2] = {0, row};
        add_columnex(lp, 2, values, rows);
    }
    const int last = static_cast<int>(items) + 1;
    set_constr_type(lp, last, LE);
    set_rh(lp, last, static_cast<double>(groups));
    for (std::size_t l = 0; l < limits.size(); ++l)
    {
        const int row = last + 1 + static_cast<int>(l);
        set_constr_type(lp, row, LE);
        set_rh(lp, row, limits[l]);
    }
}

PlanMaster::~PlanMaster()
{
    delete_lp(m_program->lp);
}

void
PlanMaster::Add(const PlanColumn& column)
{
    std::vector<double> values{column.cost};
    std::vector<int> rows{0};
    for (uint32_t item : column.items)
    {
        values.push_back(1);
        rows.push_back(static_cast<int>(item) + 1);
    }
    values.push_back(1);
    rows.push_back(static_cast<int>(m_items) + 1);
    for (std::size_t l = 0; l < column.entries.size(); ++l)
    {
        if (column.entries[l] != 0)
        {
            values.push_back(column.entries[l]);
            rows.push_back(static_cast<int>(m_items + 2 + l));
        }
    }
    add_columnex(m_program->lp, static_cast<int>(values.size()), values.data(), rows.data());
}

bool
PlanMaster::Solve()
{
    lprec* lp = m_program->lp;
    // From scratch each time: columns that were added since make lp_solve's old basis a poor start.
    default_basis(lp);
    if (solve(lp) != OPTIMAL)
    {
        return false;
    }
    m_value = get_objective(lp);
    const auto columns = static_cast<std::size_t>(get_Ncolumns(lp));
    std::vector<double> uses(columns);
    get_variables(lp, uses.data());
    m_incomplete = false;
    for (std::size_t i = 0; i < m_items; ++i)
    {
        m_incomplete = m_incomplete || uses[i] > 1e-7;
    }
    m_uses.assign(uses.begin() + static_cast<std::ptrdiff_t>(m_items), uses.end());
    // The first entry is the objective function's, then come the rows, then the columns.
    double* duals = nullptr;
    get_ptr_dual_solution(lp, &duals);
    m_prices.assign(duals + 1, duals + 1 + m_items);
    m_groupPrice = -duals[1 + m_items];
    m_entryPrices.clear();
    for (std::size_t l = 0; l < m_limits; ++l)
    {
        m_entryPrices.push_back(std::max(0.0, -duals[2 + m_items + l]));
    }
    return true;
}

} // namespace ns3
