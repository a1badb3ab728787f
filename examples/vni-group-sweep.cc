// SPDX-License-Identifier: GPL-2.0-only
// The scaling study: sweeps VNIs per group, tree and sizes over a topology, in packets and in the
// graph model, and writes tables (sweep.csv, growth.csv) and figures.
//
//   vni-group-sweep --topology=leaf-spine:spines=4,leaves=16,hosts=4 --vnis=256
//                   --groups=1,4,16,64,256 --trees=rpt,spt,bidir --members=8
//                   --output=out/sweep --jobs=2
//   mpirun -np 8 vni-group-sweep …
#include "ns3/input-error.h"
#include "ns3/open-files.h"
#include "ns3/plot-sweep.h"
#include "ns3/program-options.h"
#include "ns3/run-output.h"
#include "ns3/study-point.h"
#include "ns3/sweep-mpi.h"
#include "ns3/sweep-options.h"
#include "ns3/sweep-run.h"
#include "ns3/table-report.h"
#include "ns3/topology-program-options.h"

#include <iostream>
#include <memory>

using namespace ns3;

namespace
{

ProgramOptions
MakeOptions(SweepOptionTexts& texts)
{
    std::vector<ProgramOption> options = {
        TextOption("topology",
                   "files or generator specs, with blanks between; one that has blanks in quotes",
                   texts.topology),
        TextOption("vnis", "numbers of VNIs", texts.vnis),
        TextOption("groups", "numbers of groups", texts.groups),
        TextOption("ratios", "VNIs per group, instead of groups", texts.ratios),
        TextOption("trees", "rpt, rpt-register, spt, bidir, ssm, head-end", texts.trees),
        TextOption("members", "VTEPs per VNI", texts.members),
        TextOption("mapping",
                   "VNI to group: modulo, hash, cluster, one-to-one, last-octet, explicit:FILE",
                   texts.mapping),
        TextOption("placement",
                   "where a VNI's VTEPs are: uniform, fill-leaf, pod-uniform, cap:P",
                   texts.placement),
        TextOption("senders", "which members send: all, or a fraction", texts.senders),
        TextOption("seeds", "seeds of the workloads, as 1,2,3 or 1-3", texts.seeds),
        TextOption("seed", "the same", texts.seeds),
        TextOption("frames", "broadcast frames per VNI and sender", texts.frames),
        TextOption("capacity",
                   "entries of a router's forwarding cache; 0: unlimited; by tier in brackets: "
                   "[leaf:2000,spine:8192]",
                   texts.capacity),
        TextOption("capacity-policy",
                   "when it is full: refuse, evict, punt, fallback-star-g",
                   texts.capacityPolicy),
        TextOption("control",
                   "with tenants: multicast, head-end, evpn, evpn-group, controller, "
                   "controller-proactive, map-server",
                   texts.control),
        TextOption("vms", "tenants per VNI, with --control (32)", texts.vms),
        TextOption(
            "output", "directory of tables and figures; continues what is there", texts.output),
        TextOption("jobs", "processes at once", texts.jobs),
        FlagOption("packets", "simulate packets; false: the graph model alone", texts.packets),
        FlagOption("plots", "draw the figures", texts.plots),
        FlagOption("report", "write report.html, a page of curves and tables", texts.report)};
    options = JoinOptions(std::move(options), MakeLimitOptions(texts.limits));
    return ProgramOptions(
        "vni-group-sweep",
        "Sweeps VNIs per group, tree type and sizes; one CSV row per point and tier.\n"
        "Lists have commas between, and number lists know ranges such as 1-5.\n"
        "Exit status: 0 done; 1 a point or the disk failed; 2 bad input.\n"
        "Example: vni-group-sweep --topology=leaf-spine:spines=4,leaves=16,hosts=4 --vnis=256 "
        "--groups=1,4,16,64,256 --trees=rpt,spt,bidir --members=8 --packets=false",
        JoinOptions(std::move(options), MakeTopologyProgramOptions(texts.topologyOptions)));
}

/** Reads and checks the whole command line. \throws InputError */
SweepOptions
ReadCommandLine(ProgramOptions& command, SweepOptionTexts& texts, int argc, char* argv[])
{
    command.Parse(argc, argv);
    try
    {
        return ReadSweepOptions(texts);
    }
    catch (const SweepOptionError& error)
    {
        command.Refuse(error.GetOption(), error.what());
    }
}

/** \throws InputError if the run could not draw what it is asked to, or not write its files */
void
CheckResults(const SweepOptions& options, const ProgramOptions& command, const RunOutput& output)
{
    if (options.plots && !HasGnuplot())
    {
        command.Refuse("plots",
                       "the figures need gnuplot, install the package gnuplot-nox or give "
                       "--plots=false");
    }
    const std::size_t room = ReserveOpenFiles(options.jobs); // a pipe from each process
    if (room < options.jobs)
    {
        command.Refuse("jobs",
                       "--jobs is " + std::to_string(options.jobs) + ", more than the " +
                           std::to_string(room) +
                           " files that may be open, give fewer or raise ulimit -n");
    }
    for (const char* table : {"sweep", "growth"})
    {
        output.CheckReplaceable(std::string(table) + ".csv");
        output.CheckReplaceable(std::string(table) + "-before.csv");
    }
    output.CheckReplaceable(REPORT_FILE);
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
     const ProgramOptions& command,
     const SweepFunction& compute,
     SweepMpi* mpi)
{
    try
    {
        RunOutput output(options.output);
        CheckResults(options, command, output);
        const int status = RunSweep(options, compute, mpi == nullptr ? nullptr : &mpi->GetRemote());
        if (options.report && status == 0)
        {
            std::cout << "report page " << WriteTableReport(output, "vni-group-sweep", {"sweep"})
                      << "\n";
        }
        return status;
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
    SweepOptionTexts texts;
    ProgramOptions command = MakeOptions(texts);
    const SweepOptions options = ReadCommandLine(command, texts, argc, argv);
    const SweepFunction compute = [&options](std::size_t index) {
        const SweepPoint& point = options.grid[index];
        return ComputeStudyPoint(point, options.topologies.at(point.topology), options.packets);
    };
    if (mpi != nullptr && !mpi->IsLeader())
    {
        mpi->Serve(compute);
        return 0;
    }
    return Lead(options, command, compute, mpi);
}

} // namespace

int
main(int argc, char* argv[])
{
    return RunProgram("vni-group-sweep", [&] {
        const auto mpi = IsMpiLaunched() ? std::make_unique<SweepMpi>() : nullptr;
        try
        {
            return Run(argc, argv, mpi.get());
        }
        catch (const InputError& error)
        {
            // Under mpirun every process finds the same fault; the leader reports it, before MPI
            // ends: mpirun kills the others when one exits with a status.
            if (mpi == nullptr || mpi->IsLeader())
            {
                PrintFault(error.what());
            }
            return 2;
        }
    });
}
