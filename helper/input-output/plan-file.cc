// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-file.h"

#include "ns3/csv.h"
#include "ns3/input-error.h"

#include <map>
#include <set>
#include <stdexcept>

namespace ns3
{

namespace
{

constexpr uint32_t MAX_VNI = (1u << 24) - 1;

PlanFileRow
ReadRow(const std::string& file, int line, const std::vector<std::string>& cells)
{
    if (cells.size() != 3)
    {
        throw InputError(
            file, line, std::to_string(cells.size()) + " cells, expected vni,group,tree");
    }
    PlanFileRow row;
    const auto vni = ParseNumber(cells[0], 0, MAX_VNI);
    const auto tree = ParseTreePolicy(cells[2]);
    if (!vni)
    {
        throw InputError(file,
                         line,
                         "vni is '" + cells[0] + "', expected a number up to " +
                             std::to_string(MAX_VNI));
    }
    if (!tree)
    {
        throw InputError(
            file, line, "tree is '" + cells[2] + "', expected " + ListEnumNames<TreePolicy>());
    }
    row.vni = static_cast<uint32_t>(*vni);
    row.tree = *tree;
    if (!cells[1].empty())
    {
        row.group = ParseAddress(cells[1]);
    }
    const bool headEnd = row.tree == TreePolicy::HeadEnd;
    if (headEnd != cells[1].empty() || (row.group && *row.group >> 28 != 14) ||
        (!headEnd && !row.group))
    {
        throw InputError(file,
                         line,
                         "group is '" + cells[1] + "', expected a multicast address, or none " +
                             "with head-end");
    }
    return row;
}

} // namespace

std::vector<PlanFileRow>
ReadPlanFile(const std::string& file)
{
    CsvRows rows;
    try
    {
        rows = ReadCsvFile(file).value_or(CsvRows());
    }
    catch (const std::length_error& error)
    {
        throw InputError(file, 1, std::string(error.what()) + ", expected a plan");
    }
    if (rows.empty() || rows.front() != std::vector<std::string>{"vni", "group", "tree"})
    {
        throw InputError(file, 1, "no plan, expected a file of vni,group,tree with this header");
    }
    std::vector<PlanFileRow> plan;
    std::set<uint32_t> seen;
    std::map<TopologyAddress, TreePolicy> trees;
    for (std::size_t i = 1; i < rows.size(); ++i)
    {
        const int line = static_cast<int>(i) + 1;
        plan.push_back(ReadRow(file, line, rows[i]));
        if (!seen.insert(plan.back().vni).second)
        {
            throw InputError(file, line, "VNI " + rows[i][0] + " twice, expected a row each");
        }
        const PlanFileRow& row = plan.back();
        if (row.group && trees.emplace(*row.group, row.tree).first->second != row.tree)
        {
            throw InputError(file,
                             line,
                             "group " + rows[i][1] + " is " + EnumName(row.tree) + ", and " +
                                 EnumName(trees[*row.group]) + " above, expected one tree");
        }
    }
    return plan;
}

} // namespace ns3
