// SPDX-License-Identifier: GPL-2.0-only
// CSV, and what is read from it: the resumed sweep, plans, workloads. Lists of devices, limits.
#include "fuzz-file.h"

#include "ns3/csv.h"
#include "ns3/device-library.h"
#include "ns3/input-error.h"
#include "ns3/plan-file.h"
#include "ns3/plan-limits.h"
#include "ns3/plan-workload.h"
#include "ns3/sweep-options.h"
#include "ns3/sweep-store.h"
#include "ns3/topology-loader.h"

#include <cmath>
#include <stdexcept>

namespace ns3
{

namespace
{

std::optional<Rewritten>
RewriteCsv(const FuzzBytes& bytes)
{
    const std::string text = FormatCsv(ParseCsv(ToFuzzText(bytes)));
    return Rewritten{FuzzBytes(text.begin(), text.end())};
}

const SweepOptions&
GetSweep()
{
    static const SweepOptions options = [] {
        SweepOptionTexts texts;
        texts.topology = "leaf-spine:spines=1,leaves=2,hosts=1";
        texts.vnis = "4";
        texts.ratios = "1,2";
        texts.trees = "rpt,spt";
        texts.members = "2";
        texts.output = GetFuzzFolder();
        return ReadSweepOptions(texts);
    }();
    return options;
}

/** sweep.csv and growth.csv with a line "growth" between them: what an earlier run has left. */
void
CheckResume(const FuzzBytes& bytes)
{
    const std::string text = ToFuzzText(bytes);
    const std::size_t cut = text.find("\ngrowth\n");
    WriteFuzzFile("sweep.csv", text.substr(0, cut == std::string::npos ? cut : cut + 1));
    WriteFuzzFile("growth.csv", cut == std::string::npos ? "" : text.substr(cut + 8));
    const auto check = [](const std::map<std::size_t, SweepResult>& before, const SweepStore& now) {
        RequireFuzz(!now.HasKeptAside(), "a table of our own is kept aside");
        RequireFuzz(now.GetResults().size() == before.size(), "points come or go");
        for (const auto& [point, result] : now.GetResults())
        {
            RequireFuzz(now.IsDone(point) && result.rows == before.at(point).rows &&
                            result.samples == before.at(point).samples,
                        "a point changes");
        }
    };
    std::map<std::size_t, SweepResult> results;
    {
        const SweepStore first(GetSweep());
        results = first.GetResults();
    }
    {
        SweepStore second(GetSweep());
        check(results, second);
        second.Finish();
    }
    check(results, SweepStore(GetSweep()));
}

void
CheckPlanFile(const FuzzBytes& bytes)
{
    const std::string text = ToFuzzText(bytes);
    const std::string file = WriteFuzzFile("plan.csv", text);
    std::vector<PlanFileRow> rows;
    try
    {
        rows = ReadPlanFile(file);
    }
    catch (const InputError& error)
    {
        CheckRefusal(error.what(), file, text + "\n");
        return;
    }
    CsvRows table{{"vni", "group", "tree"}};
    for (const PlanFileRow& row : rows)
    {
        table.push_back({std::to_string(row.vni),
                         row.group ? FormatAddress(*row.group) : "",
                         EnumName(row.tree)});
    }
    const std::vector<PlanFileRow> again =
        ReadPlanFile(WriteFuzzFile("plan.csv", FormatCsv(table)));
    RequireFuzz(again.size() == rows.size(), "rows of a plan come or go");
    for (std::size_t i = 0; i < rows.size(); ++i)
    {
        RequireFuzz(again[i].vni == rows[i].vni && again[i].group == rows[i].group &&
                        again[i].tree == rows[i].tree,
                    "a row of a plan changes");
    }
}

void
CheckWorkload(const FuzzBytes& bytes)
{
    static const TopologyGraph graph = LoadTopology("leaf-spine:spines=1,leaves=2,hosts=2");
    static const ModelNetwork network(graph, RpfEcmp{});
    const std::string text = ToFuzzText(bytes);
    const std::string file = WriteFuzzFile("workload.csv", text);
    try
    {
        const PlanWorkload workload = ReadPlanWorkload(network, file);
        const PlanDemand& demand = workload.demand;
        RequireFuzz(workload.numbers.size() == demand.vnis.size() &&
                        demand.rates.size() == demand.vnis.size(),
                    "a VNI without its demand");
        for (std::size_t i = 0; i < demand.vnis.size(); ++i)
        {
            RequireFuzz(std::isfinite(demand.rates[i]) && demand.rates[i] >= 0, "a VNI's rate");
            RequireFuzz(demand.vnis[i].senders.size() <= demand.vnis[i].members.size(),
                        "senders that are no members");
        }
    }
    catch (const InputError& error)
    {
        CheckRefusal(error.what(), file, text + "\n");
    }
}

void
CheckDevices(const FuzzBytes& bytes)
{
    const std::string text = ToFuzzText(bytes);
    const std::string file = WriteFuzzFile("devices.yaml", text);
    try
    {
        for (const Device& device : ReadDevices(file))
        {
            RequireFuzz(!device.name.empty(), "a device without a name");
        }
    }
    catch (const InputError& error)
    {
        CheckRefusal(error.what(), file, text + "\n");
    }
}

void
CheckLimit(const FuzzBytes& bytes)
{
    try
    {
        PlanTierLimit::Parse(ToFuzzText(bytes));
    }
    catch (const std::invalid_argument& error)
    {
        RequireFuzz(*error.what() != '\0', "a refusal without a word");
    }
}

const FuzzTarget csv("csv", RewriteCsv);
const FuzzTarget resume("sweep-resume", CheckResume);
const FuzzTarget planFile("plan-file", CheckPlanFile);
const FuzzTarget workload("workload", CheckWorkload);
const FuzzTarget devices("devices", CheckDevices);
const FuzzTarget limit("limit", CheckLimit);

} // namespace

} // namespace ns3
