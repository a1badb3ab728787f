// SPDX-License-Identifier: GPL-2.0-only
// The scaling study: sweeps VNIs per group, tree and sizes over a topology, in packets and in the
// graph model, and writes tables (sweep.csv, growth.csv) and figures.
//
//   vni-group-sweep --topology=leaf-spine:spines=4,leaves=16,hosts=4 --vnis=256
//                   --groups=1,4,16,64,256 --trees=rpt,spt,bidir --members=8
//                   --output=out/sweep --jobs=2
//   mpirun -np 8 vni-group-sweep …
#include "ns3/command-line-check.h"
#include "ns3/command-line.h"
#include "ns3/input-error.h"
#include "ns3/plot-sweep.h"
#include "ns3/run-output.h"
#include "ns3/study-point.h"
#include "ns3/sweep-mpi.h"
#include "ns3/sweep-options.h"
#include "ns3/sweep-run.h"

#include <iostream>
#include <memory>

using namespace ns3;

namespace
{

/** Reads the command line. \throws InputError */
SweepOptions
ReadCommandLine(int argc, char* argv[])
{
    SweepOptionTexts texts;
    const std::vector<std::tuple<const char*, const char*, std::string*>> options = {
        {"topology", "GraphML files or generator specs, with blanks between", &texts.topology},
        {"vnis", "numbers of VNIs", &texts.vnis},
        {"groups", "numbers of groups", &texts.groups},
        {"ratios", "VNIs per group, instead of groups", &texts.ratios},
        {"trees", "rpt, rpt-register, spt, bidir, ssm, head-end", &texts.trees},
        {"members", "VTEPs per VNI", &texts.members},
        {"mapping", "VNI to group: modulo, hash, cluster, one-to-one, last-octet", &texts.mapping},
        {"placement",
         "where a VNI's VTEPs are: uniform, fill-leaf, pod-uniform, cap:P",
         &texts.placement},
        {"senders", "which members send: all, or a fraction", &texts.senders},
        {"seeds", "seeds of the workloads, as 1,2,3 or 1-3", &texts.seeds},
        {"frames", "broadcast frames per VNI and sender", &texts.frames},
        {"capacity", "rows of a router's forwarding cache; 0: unlimited", &texts.capacity},
        {"capacity-policy",
         "when it is full: refuse, evict, punt, fallback-star-g",
         &texts.capacityPolicy},
        {"output", "directory of tables and figures; continues what is there", &texts.output},
        {"jobs", "processes at once", &texts.jobs},
    };
    CommandLine cmd(__FILE__);
    cmd.Usage("Sweeps VNIs per group, tree type and sizes; one CSV row per point and tier.\n"
              "Lists have commas between, and number lists know ranges such as 1-5.");
    std::vector<std::string> known;
    for (const auto& [name, help, text] : options)
    {
        known.push_back(name);
        cmd.AddValue(name, help, *text);
    }
    cmd.AddValue("packets", "simulate packets; false: the graph model alone", texts.packets);
    cmd.AddValue("plots", "draw the figures", texts.plots);
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    CheckCommandLine(arguments, known, {"packets", "plots"});
    cmd.Parse(argc, argv);
    try
    {
        return ReadSweepOptions(texts);
    }
    catch (const InputError& error)
    {
        // Messages begin with the option that they are about.
        const std::string message = error.what();
        const std::string option = message.substr(0, message.find_first_of("= ,"));
        const std::string name = option.rfind("--", 0) == 0 ? option.substr(2) : "";
        throw InputError(COMMAND_LINE, FindArgument(arguments, name), message);
    }
}

/** \throws InputError if the run could not draw what it is asked to, or not write its files */
void
CheckResults(const SweepOptions& options,
             const std::vector<std::string>& arguments,
             const RunOutput& output)
{
    if (options.plots && !HasGnuplot())
    {
        throw InputError(COMMAND_LINE,
                         FindArgument(arguments, "plots"),
                         "the figures need gnuplot, install the package gnuplot-nox or give "
                         "--plots=false");
    }
    for (const char* table : {"sweep", "growth"})
    {
        output.CheckReplaceable(std::string(table) + ".csv");
        output.CheckReplaceable(std::string(table) + "-before.csv");
    }
    for (const std::string& figure : GetSweepFigureNames())
    {
        for (const char* extension : {".svg", ".png", ".dat", ".gnuplot"})
        {
            options.plots ? output.CheckReplaceable(figure + extension) : void();
        }
    }
}

/** Hands out the points, here and to the workers of \p mpi, which wait for them. */
int
Lead(const SweepOptions& options,
     const std::vector<std::string>& arguments,
     const SweepFunction& compute,
     SweepMpi* mpi)
{
    try
    {
        RunOutput output(options.output);
        CheckResults(options, arguments, output);
        output.Keep();
        return RunSweep(options, compute, mpi == nullptr ? nullptr : &mpi->GetRemote());
    }
    catch (const InputError&)
    {
        if (mpi != nullptr)
        {
            mpi->GetRemote().Finish();
        }
        throw;
    }
    catch (const std::exception& error)
    {
        std::cerr << "vni-group-sweep: " << error.what() << "\n";
        if (mpi != nullptr)
        {
            mpi->Abort(1);
        }
        return 1;
    }
}

int
Run(int argc, char* argv[], SweepMpi* mpi)
{
    const SweepOptions options = ReadCommandLine(argc, argv);
    const SweepFunction compute = [&options](std::size_t index) {
        const SweepPoint& point = options.grid[index];
        return ComputeStudyPoint(point, options.topologies.at(point.topology), options.packets);
    };
    if (mpi != nullptr && !mpi->IsLeader())
    {
        mpi->Serve(compute);
        return 0;
    }
    return Lead(options, {argv + 1, argv + argc}, compute, mpi);
}

} // namespace

int
main(int argc, char* argv[])
{
    std::unique_ptr<SweepMpi> mpi;
    try
    {
        mpi = IsMpiLaunched() ? std::make_unique<SweepMpi>() : nullptr;
        return Run(argc, argv, mpi.get());
    }
    catch (const InputError& error)
    {
        // Under mpirun every process finds the same fault; one says so.
        if (mpi == nullptr || mpi->IsLeader())
        {
            std::cerr << error.what() << "\n";
        }
        return 2;
    }
}
