// SPDX-License-Identifier: GPL-2.0-only
// The sweep of 5 ratios and 3 trees on 4 spines, 16 leaves, 64 VTEPs and 256 VNIs: how long it
// takes with one process and with two, and the ratio of both. Run alone, on two cores or more.
#include "support/paths.h"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace
{

/** \returns the wall time in seconds; 0 if the program failed. */
double
TimeSweep(const std::string& jobs)
{
    const std::string output = std::string(BIN_DIR) + "/benchmark-sweep";
    std::filesystem::remove_all(output);
    const std::string command =
        std::string(BIN_DIR) + "/vni-group-sweep --topology=leaf-spine:spines=4,leaves=16,hosts=4" +
        " --vnis=256 --groups=1,4,16,64,256 --trees=rpt,spt,bidir --members=8 --plots=false" +
        " --jobs=" + jobs + " --output=" + output + " >/dev/null 2>&1";
    const auto start = std::chrono::steady_clock::now();
    const bool done = std::system(command.c_str()) == 0;
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    return done ? taken.count() : 0;
}

void
SweepOnTwoProcesses(benchmark::State& state)
{
    double one = 0;
    double two = 0;
    for (auto _ : state)
    {
        one = TimeSweep("1");
        two = TimeSweep("2");
        if (one == 0 || two == 0)
        {
            state.SkipWithError("vni-group-sweep failed");
            return;
        }
    }
    state.counters["s_with_one"] = one;
    state.counters["s_with_two"] = two;
    state.counters["speed_of_two_per_one"] = one / two;
}

BENCHMARK(SweepOnTwoProcesses)->Iterations(1)->UseRealTime()->Unit(benchmark::kSecond);

} // namespace

BENCHMARK_MAIN();
