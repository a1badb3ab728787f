// SPDX-License-Identifier: GPL-2.0-only
// A plan in plain words, and as the files that other programs take.
#ifndef VXLAN_MULTICAST_PLAN_WORDS_H
#define VXLAN_MULTICAST_PLAN_WORDS_H

#include "ns3/csv-table.h"
#include "ns3/plan-question.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace ns3
{

/** \returns the paragraph that answers the question. */
std::string DescribePlan(const PlanQuestion& question, const PlanAnswer& answer);

/** \returns plan.csv: vni,group,tree. \param vniNumbers of each VNI */
CsvTable MakePlanTable(const PlanPoint& plan, const std::vector<uint32_t>& vniNumbers);

/** \returns front.csv: a row per plan that was looked at. */
CsvTable MakeFrontTable(const PlanAnswer& answer);

/** \returns plan.json without what was asked beside. \param seconds what the search took */
nlohmann::ordered_json MakePlanJson(const PlanQuestion& question,
                                    const PlanAnswer& answer,
                                    double seconds);

/** \returns "1 group", "2 groups". */
std::string CountOf(uint64_t count, const std::string& noun);
/** \returns "94 %", below 10 % with one decimal. */
std::string PercentOf(double share);

} // namespace ns3

#endif
