// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-workload.h"

#include "ns3/csv.h"
#include "ns3/input-error.h"
#include "ns3/text.h"
#include "ns3/vxlan-header.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace ns3
{

namespace
{

/** Far beyond any link, and sums of any number of rows are exact enough, and finite. */
constexpr double MAX_RATE = 1e15;

/** \returns the positions of the columns that are needed. */
std::vector<std::size_t>
FindColumns(const std::string& file, const std::vector<std::string>& header)
{
    std::vector<std::size_t> places;
    for (const char* column : {"vni", "node", "frames_per_s"})
    {
        const auto found = std::find(header.begin(), header.end(), column);
        if (found == header.end())
        {
            throw InputError(
                file, 1, std::string("no column '") + column + "', expected vni,node,frames_per_s");
        }
        places.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    return places;
}

/** \returns the file's rows, the header at least. */
CsvRows
ReadRows(const std::string& file)
{
    std::optional<CsvRows> rows;
    try
    {
        rows = ReadCsvFile(file);
    }
    catch (const std::length_error& error)
    {
        throw InputError(
            file, 1, std::string(error.what()) + ", expected a CSV file of vni,node,frames_per_s");
    }
    if (!rows)
    {
        throw InputError(file + ": cannot be read, expected a CSV file of vni,node,frames_per_s");
    }
    if (rows->empty())
    {
        throw InputError(file, 1, "the file is empty, expected vni,node,frames_per_s");
    }
    return *rows;
}

/** One member of one VNI, by a row of the file. */
struct MemberRow
{
    uint32_t vni;
    uint32_t vtep;
    double rate;
};

MemberRow
ReadRow(const std::map<std::string, uint32_t>& vteps,
        const std::string& file,
        std::size_t line,
        const std::vector<std::string>& cells)
{
    const auto vni = ParseNumber(cells[0], 0, VxlanFields::MAX_VNI);
    if (!vni)
    {
        throw InputError(file,
                         line,
                         "vni is '" + cells[0] + "', expected a number up to " +
                             std::to_string(VxlanFields::MAX_VNI));
    }
    const auto vtep = vteps.find(cells[1]);
    if (vtep == vteps.end())
    {
        throw InputError(file, line, "'" + cells[1] + "' is no VTEP of the topology");
    }
    const auto rate = ParseReal(cells[2]);
    if (!rate || *rate < 0 || *rate > MAX_RATE)
    {
        throw InputError(
            file, line, "frames_per_s is '" + cells[2] + "', expected a number from 0 to 1e15");
    }
    return {static_cast<uint32_t>(*vni), vtep->second, *rate};
}

} // namespace

PlanWorkload
DrawPlanWorkload(const ModelNetwork& network, const WorkloadOptions& options)
{
    PlanWorkload result;
    Workload workload(network, options);
    for (uint32_t vni = 1; vni <= workload.GetVniCount(); ++vni)
    {
        result.numbers.push_back(vni);
        result.demand.vnis.emplace_back();
        workload.GetVni(vni, result.demand.vnis.back());
        result.demand.rates.push_back(
            static_cast<double>(result.demand.vnis.back().senders.size()));
    }
    return result;
}

PlanWorkload
ReadPlanWorkload(const ModelNetwork& network, const std::string& file)
{
    const CsvRows rows = ReadRows(file);
    const std::vector<std::size_t> columns = FindColumns(file, rows.front());
    std::map<std::string, uint32_t> vteps;
    for (uint32_t v = 0; v < network.GetVteps().size(); ++v)
    {
        vteps.emplace(network.GetGraph().nodes[network.GetVteps()[v].node].name, v);
    }
    std::map<uint32_t, std::map<uint32_t, double>> members; // by VNI, by VTEP
    for (std::size_t r = 1; r < rows.size(); ++r)
    {
        if (rows[r].size() != rows.front().size())
        {
            throw InputError(file,
                             r + 1,
                             std::to_string(rows[r].size()) + " cells, expected " +
                                 std::to_string(rows.front().size()));
        }
        const MemberRow row = ReadRow(
            vteps, file, r + 1, {rows[r][columns[0]], rows[r][columns[1]], rows[r][columns[2]]});
        if (!members[row.vni].emplace(row.vtep, row.rate).second)
        {
            throw InputError(file, r + 1, "this member of the VNI has a row already");
        }
    }
    if (members.empty())
    {
        throw InputError(file, 1, "no rows, expected a row per member");
    }
    PlanWorkload result;
    for (const auto& [vni, rates] : members)
    {
        result.numbers.push_back(vni);
        result.demand.vnis.emplace_back();
        double sum = 0;
        for (const auto& [vtep, rate] : rates)
        {
            result.demand.vnis.back().members.push_back(vtep);
            if (rate > 0)
            {
                result.demand.vnis.back().senders.push_back(vtep);
                sum += rate;
            }
        }
        result.demand.rates.push_back(sum);
    }
    return result;
}

} // namespace ns3
