// SPDX-License-Identifier: GPL-2.0-only
// Second opinions on optima: CBC and GLPK as programs, on a model of their own. They are not linked.
#ifndef VXLAN_MULTICAST_TEST_PLAN_SOLVERS_H
#define VXLAN_MULTICAST_TEST_PLAN_SOLVERS_H

#include "ns3/plan-problem.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{

/** \returns all unions of the items' members. */
inline std::vector<PlanMembers>
ListAllUnions(const PlanProblem& problem)
{
    std::set<PlanMembers> unions;
    for (const PlanItem& item : problem.GetItems())
    {
        std::vector<PlanMembers> added{item.members};
        for (const PlanMembers& known : unions)
        {
            added.push_back(known);
            added.back().Unite(item.members);
        }
        unions.insert(added.begin(), added.end());
    }
    return {unions.begin(), unions.end()};
}

/**
 * The question as choosing at most so many unions, and for each item one that holds it: a model
 * that shares nothing with PlanExact. In the LP format that both programs read.
 */
inline std::string
WriteUnionModel(const PlanProblem& problem, std::size_t groups)
{
    const std::vector<PlanMembers> unions = ListAllUnions(problem);
    const std::vector<PlanItem>& items = problem.GetItems();
    std::ostringstream objective;
    std::ostringstream covers;
    std::ostringstream uses;
    std::ostringstream most;
    std::ostringstream binaries;
    for (std::size_t i = 0; i < items.size(); ++i)
    {
        covers << " c" << i << ":";
        for (std::size_t u = 0; u < unions.size(); ++u)
        {
            if (items[i].members.IsSubsetOf(unions[u]))
            {
                const std::string x = "x" + std::to_string(i) + "_" + std::to_string(u);
                objective << " + " << items[i].rate * static_cast<double>(unions[u].Count()) << " "
                          << x << "\n";
                covers << " + " << x << "\n";
                uses << " u" << i << "_" << u << ": " << x << " - y" << u << " <= 0\n";
            }
        }
        covers << " = 1\n";
    }
    for (std::size_t u = 0; u < unions.size(); ++u)
    {
        most << " + y" << u << "\n";
        binaries << " y" << u << "\n";
    }
    return "Minimize\n obj:" + objective.str() + "Subject To\n" + covers.str() + uses.str() +
           " most:" + most.str() + " <= " + std::to_string(groups) + "\nBinary\n" + binaries.str() +
           "End\n";
}

/** \returns whether \p program is installed. */
inline bool
HasSolver(const std::string& program)
{
    return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

/** \returns the optimum of \p model by `cbc` or `glpsol`, or nothing if it did not find one. */
inline std::optional<double>
SolveByProgram(const std::string& program, const std::string& model)
{
    const std::filesystem::path folder = std::filesystem::temp_directory_path();
    const std::string base =
        (folder / ("vxm-solver-" + std::to_string(::getpid()) + "-" + program)).string();
    const std::string input = base + ".lp";
    const std::string output = base + ".txt";
    std::ofstream(input) << model;
    const std::string command = program == "cbc" ? "cbc " + input + " solve solu " + output
                                                 : "glpsol --lp " + input + " -w " + output;
    const int status = std::system((command + " >/dev/null 2>&1").c_str());
    std::ifstream stream(output);
    std::optional<double> value;
    for (std::string line; status == 0 && !value && std::getline(stream, line);)
    {
        const std::string cbc = "Optimal - objective value ";
        std::istringstream words(line);
        std::string s;
        std::string mip;
        std::string rows;
        std::string columns;
        std::string kind;
        double number = 0;
        if (line.rfind(cbc, 0) == 0)
        {
            value = std::atof(line.c_str() + cbc.size());
        }
        else if (words >> s >> mip >> rows >> columns >> kind >> number && s == "s" &&
                 mip == "mip" && kind == "o")
        {
            value = number;
        }
    }
    std::filesystem::remove(input);
    std::filesystem::remove(output);
    return value;
}

} // namespace ns3

#endif
