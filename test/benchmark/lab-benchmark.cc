// SPDX-License-Identifier: GPL-2.0-only
// How fast the article's scenario runs: simulated seconds per second of wall time, the program as a
// whole, its start and its files included. Run alone; the machine's noise is in the figure.
#include "support/paths.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace
{

/** \returns the number that follows "simulated_s" in a summary.json; 0 if there is none. */
double
ReadSimulatedSeconds(const std::string& path)
{
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::string key = "\"simulated_s\":";
    const std::size_t at = text.find(key);
    return at == std::string::npos ? 0 : std::strtod(text.c_str() + at + key.size(), nullptr);
}

void
Article(benchmark::State& state)
{
    const std::string output = std::string(BIN_DIR) + "/benchmark-article";
    const std::string source = SOURCE_DIR;
    const std::string command = std::string(BIN_DIR) + "/vxlan-lab --topology=" + source +
                                "/topologies/rec-lab.graphml --scenario=" + source +
                                "/examples/scenarios/article.yaml --output=" + output +
                                " >/dev/null 2>&1";
    double simulated = 0;
    for (auto _ : state)
    {
        if (std::system(command.c_str()) != 0)
        {
            state.SkipWithError("vxlan-lab failed on examples/scenarios/article.yaml");
            return;
        }
        simulated += ReadSimulatedSeconds(output + "/summary.json");
    }
    state.counters["simulated_s_per_wall_s"] =
        benchmark::Counter(simulated, benchmark::Counter::kIsRate);
}

BENCHMARK(Article)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
