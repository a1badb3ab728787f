// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-run.h"

#include "ns3/plot-sweep.h"
#include "ns3/sweep-progress.h"
#include "ns3/sweep-store.h"
#include "ns3/unfinished-files.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

namespace ns3
{

namespace
{

/** Ends the pool of processes. */
struct SweepInterrupted
{
};

/** Says before a long sweep in packets how long it will take, roughly, and what else there is. */
void
SayEstimate(const SweepOptions& options, const std::vector<std::size_t>& todo)
{
    constexpr double WORTH_SAYING = 60; // seconds
    double seconds = 0;
    for (std::size_t index : todo)
    {
        const SweepPoint& point = options.grid[index];
        seconds += EstimateSeconds(point, CountVteps(options.topologies.at(point.topology)));
    }
    seconds /= options.jobs;
    if (options.packets && seconds >= WORTH_SAYING)
    {
        std::cerr << "vni-group-sweep: " << todo.size() << " points in packets, very roughly "
                  << FormatTimeLeft(seconds)
                  << "; --packets=false asks the graph model alone, in seconds\n";
    }
}

/** \returns a point as a message names it. */
std::string
Describe(const SweepPoint& point)
{
    std::string text;
    const std::vector<std::string> key = GetSweepKey(point);
    for (std::size_t i = 0; i < key.size(); ++i)
    {
        if (!key[i].empty())
        {
            text += (text.empty() ? "" : " ") + GetSweepKeyColumns()[i] + "=" + key[i];
        }
    }
    return text;
}

/** Reports in how many rows the packets confirm the graph model. */
void
ReportAgreement(const SweepStore& store)
{
    const auto at = [](const std::string& name) {
        const auto& columns = GetSweepColumns();
        return static_cast<std::size_t>(std::find(columns.begin(), columns.end(), name) -
                                        columns.begin());
    };
    std::vector<std::pair<std::size_t, std::size_t>> pairs = {
        {at("copies_on_links"), at("predicted_copies")},
        {at("delivered_wanted"), at("predicted_wanted")},
        {at("delivered_unwanted"), at("predicted_unwanted")}};
    for (const char* count : {"arp_flooded",
                              "control_messages_boot",
                              "control_messages_talk",
                              "control_messages_move",
                              "table_entries_vtep_max",
                              "server_entries"})
    {
        pairs.emplace_back(at(count), at(std::string("predicted_") + count));
    }
    for (const char* table : {"star_g", "sg", "sg_rpt", "mfc"})
    {
        for (const char* of : {"_max", "_mean"})
        {
            pairs.emplace_back(at(std::string(table) + of),
                               at(std::string("predicted_") + table + of));
        }
    }
    std::size_t rows = 0;
    std::size_t equal = 0;
    for (const auto& [index, result] : store.GetResults())
    {
        for (const std::vector<std::string>& row : result.rows)
        {
            // Where tables are too small, the model says what they should hold.
            if (!row[pairs.front().first].empty() && row[at("fits")] != "0")
            {
                ++rows;
                equal += std::all_of(pairs.begin(), pairs.end(), [&row](const auto& pair) {
                    return row[pair.first] == row[pair.second];
                });
            }
        }
    }
    if (rows > 0)
    {
        std::cout << "graph model and packets agree on " << equal << " of " << rows << " rows\n";
    }
}

/** \returns whether all figures were drawn; what keeps one from it keeps the others too. */
bool
DrawFigures(const SweepStore& store, const std::string& directory)
{
    SweepRows rows;
    SweepRows samples;
    for (const auto& [index, result] : store.GetResults())
    {
        rows.insert(rows.end(), result.rows.begin(), result.rows.end());
        samples.insert(samples.end(), result.samples.begin(), result.samples.end());
    }
    for (const PlotFigure& figure : MakeSweepFigures(rows, samples))
    {
        const std::string error = DrawFigure(figure, directory);
        if (error.empty())
        {
            std::cout << directory << "/" << figure.name << ".svg\n";
        }
        else
        {
            std::cerr << "vni-group-sweep: " << error << "\n";
            return false;
        }
    }
    return true;
}

} // namespace

int
RunSweep(const SweepOptions& options, const SweepFunction& compute, SweepRemote* remote)
{
    SweepStore store(options);
    if (store.HasKeptAside())
    {
        std::cerr << "vni-group-sweep: " << options.output
                  << " holds points of another sweep, kept as sweep-before.csv\n";
    }
    std::vector<std::size_t> todo;
    for (std::size_t index = 0; index < options.grid.size(); ++index)
    {
        if (!store.IsDone(index))
        {
            todo.push_back(index);
        }
    }
    std::size_t failed = 0;
    SayEstimate(options, todo);
    // mpirun ends its processes itself; what is appended is whole at any time.
    auto watch = remote == nullptr ? std::make_unique<InterruptWatch>() : nullptr;
    try
    {
        SweepProgress progress(options.grid.size(), options.grid.size() - todo.size());
        const auto done = [&](std::size_t index, const SweepResult& result) {
            if (result.error.empty())
            {
                store.Append(index, result);
            }
            else if (InterruptWatch::GetSignal() != 0)
            {
                throw SweepInterrupted(); // it dies of the signal as well
            }
            else
            {
                ++failed;
                std::cerr << "vni-group-sweep: " << Describe(options.grid[index]) << ": "
                          << result.error << "\n";
            }
            progress.Advance();
        };
        RunSweepPool(todo, options.jobs, remote, compute, done, [&] {
            progress.Show();
            if (InterruptWatch::GetSignal() != 0)
            {
                throw SweepInterrupted();
            }
        });
    }
    catch (const SweepInterrupted&)
    {
        store.Finish();
        std::cerr << "vni-group-sweep: interrupted; " << store.GetResults().size() << " of "
                  << options.grid.size() << " points are kept in " << options.output
                  << ", the same command continues\n";
        return 128 + InterruptWatch::GetSignal();
    }
    watch.reset();
    store.Finish();
    std::cout << options.grid.size() - failed << " of " << options.grid.size() << " points in "
              << options.output << "/sweep.csv\n";
    ReportAgreement(store);
    return (!options.plots || DrawFigures(store, options.output)) && failed == 0 ? 0 : 1;
}

} // namespace ns3
