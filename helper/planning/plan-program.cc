// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-program.h"

#include "ns3/plan-options.h"
#include "ns3/plan-words.h"
#include "ns3/plan-workload.h"
#include "ns3/run-output.h"
#include "ns3/table-report.h"
#include "ns3/topology-loader.h"

#include <chrono>
#include <csignal>
#include <iostream>

#include <unistd.h>

namespace ns3
{

namespace
{

using Clock = std::chrono::steady_clock;

volatile std::sig_atomic_t g_interrupted = 0;

void
Interrupt(int)
{
    g_interrupted = 1;
}

/** Says what is being done, at most once a second, on a terminal in place. */
class PlanProgress
{
  public:
    explicit PlanProgress(double seconds)
        : m_limit(seconds)
    {
    }

    double GetSeconds() const
    {
        return std::chrono::duration<double>(Clock::now() - m_start).count();
    }

    bool GoOn(const std::string& step)
    {
        const double seconds = GetSeconds();
        if (seconds - m_last >= 1)
        {
            m_last = seconds;
            m_said = true;
            std::cerr << (m_terminal ? "\r\033[K" : "") << step << ", " << static_cast<int>(seconds)
                      << " s of " << static_cast<int>(m_limit) << (m_terminal ? "" : "\n")
                      << std::flush;
        }
        return g_interrupted == 0 && seconds < m_limit;
    }

    void End() const
    {
        if (m_said && m_terminal)
        {
            std::cerr << "\r\033[K" << std::flush;
        }
    }

  private:
    Clock::time_point m_start{Clock::now()};
    double m_limit;
    double m_last{0};
    bool m_terminal{isatty(STDERR_FILENO) == 1};
    bool m_said{false};
};

/** \throws InputError for what does not fit the network */
PlanWorkload
GetWorkload(const ProgramOptions& table, const ModelNetwork& network, PlanOptions& options)
{
    if (!options.workloadFile.empty())
    {
        return ReadPlanWorkload(network, options.workloadFile);
    }
    if (options.workload.vnis == 0)
    {
        options.workload.vnis = options.workload.tenants;
    }
    if (options.workload.vnis == 0)
    {
        table.Refuse("vnis", "no --vnis, give --vnis=N or --workload=FILE");
    }
    options.workload.seed = options.seed;
    try
    {
        return DrawPlanWorkload(network, options.workload);
    }
    catch (const WorkloadError& error)
    {
        table.Refuse(error.GetOption(), error.what());
    }
}

int
Plan(const ProgramOptions& table, PlanOptions& options)
{
    const PlanLimits limits = ReadPlanLimits(table, options);
    const TopologyGraph graph = LoadTopology(options.topology, options.topologyOptions);
    RunOutput output(options.output);
    for (const char* file : {"plan.csv", "plan.json", "front.csv", REPORT_FILE})
    {
        output.CheckReplaceable(file);
    }
    PlanProgress progress(options.seconds);
    PlanQuestion question;
    std::vector<uint32_t> numbers;
    PlanAnswer answer;
    try
    {
        const ModelNetwork network(graph, options.ecmp, options.place);
        CheckPlanTiers(table, network, limits);
        PlanWorkload workload = GetWorkload(table, network, options);
        numbers = std::move(workload.numbers);
        question.vnis = std::move(workload.vnis);
        question.rates = std::move(workload.rates);
        question.trees = options.trees;
        question.mayHeadEnd = options.mayHeadEnd;
        question.objective = options.objective;
        question.limits = limits;
        question.groups = options.groups;
        question.exact = options.exact;
        question.seed = options.seed;
        std::signal(SIGINT, Interrupt);
        std::signal(SIGTERM, Interrupt);
        answer = Planner(network, question, [&progress](const std::string& step) {
                     return progress.GoOn(step);
                 }).Run();
    }
    catch (const std::invalid_argument& error)
    {
        table.Refuse("topology", error.what());
    }
    progress.End();
    output.Keep();
    if (answer.best)
    {
        output.Write(MakePlanTable(answer.points[*answer.best], numbers));
    }
    output.Write(MakeFrontTable(answer));
    output.Write("plan.json", MakePlanJson(question, answer, progress.GetSeconds()));
    std::cout << DescribePlan(question, answer) << "\n";
    if (options.report)
    {
        std::cout << "report page " << WriteTableReport(output, "multicast-plan", {"front", "plan"})
                  << "\n";
    }
    if (g_interrupted != 0)
    {
        return 128 + SIGINT;
    }
    return answer.best ? 0 : 1;
}

} // namespace

int
RunPlanProgram(int argc, char* argv[])
{
    PlanOptions options;
    ProgramOptions table = MakePlanOptions(options);
    table.Parse(argc, argv);
    table.Require("topology");
    table.Require("output");
    return Plan(table, options);
}

} // namespace ns3
