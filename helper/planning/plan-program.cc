// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-program.h"

#include "ns3/plan-figure.h"
#include "ns3/plan-future.h"
#include "ns3/plan-options.h"
#include "ns3/plan-verdict.h"
#include "ns3/plan-verification.h"
#include "ns3/plan-words.h"
#include "ns3/plan-workload.h"
#include "ns3/planner.h"
#include "ns3/run-output.h"
#include "ns3/table-report.h"
#include "ns3/topology-loader.h"
#include "ns3/unfinished-files.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <iostream>

#include <unistd.h>

namespace ns3
{

namespace
{

using Clock = std::chrono::steady_clock;

constexpr int INTERRUPTED = 128 + SIGINT;

volatile std::sig_atomic_t g_interrupted = 0;

/** The search ends at its next look; a second signal does not wait for that. */
void
Interrupt(int number)
{
    g_interrupted = 1;
    std::signal(number, EndCleanly);
}

/** Packets cannot be asked to stop; the plan is written by then. */
void
EndVerification(int)
{
    constexpr char LINE[] = "multicast-plan: interrupted; the plan is written, not verified\n";
    RemoveUnfinishedFiles();
    if (write(STDERR_FILENO, LINE, sizeof LINE - 1) < 0)
    {
        _exit(1);
    }
    _exit(INTERRUPTED);
}

/** Says what is being done: on a terminal once a second in place, else a line now and then. */
class PlanProgress : public PlanWatch
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

    bool GoOn(const std::string& step) override
    {
        // The clock is asked often enough, and not for each of millions of steps.
        if (++m_calls % CALLS_PER_LOOK != 0 && step == m_step)
        {
            return m_goOn;
        }
        m_step = step;
        const double seconds = GetSeconds();
        if (seconds >= m_next)
        {
            m_next = seconds + (m_terminal ? 1 : LINE_INTERVAL);
            m_said = true;
            std::cerr << (m_terminal ? "\r\033[K" : "") << step << ", " << static_cast<int>(seconds)
                      << " s of " << static_cast<int>(m_limit) << (m_terminal ? "" : "\n")
                      << std::flush;
        }
        m_goOn = g_interrupted == 0 && seconds < m_limit;
        return m_goOn;
    }

    double GetUsedShare() const override
    {
        return GetSeconds() / m_limit;
    }

    void End() const
    {
        if (m_said && m_terminal)
        {
            std::cerr << "\r\033[K" << std::flush;
        }
    }

  private:
    static constexpr uint64_t CALLS_PER_LOOK = 16;
    static constexpr double LINE_INTERVAL = 10; //!< seconds

    Clock::time_point m_start{Clock::now()};
    double m_limit;
    bool m_terminal{isatty(STDERR_FILENO) == 1};
    double m_next{m_terminal ? 1 : LINE_INTERVAL};
    bool m_said{false};
    bool m_goOn{true};
    uint64_t m_calls{0};
    std::string m_step;
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
        options.workload.onePerTenant = true;
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

/** One run of the program. */
class PlanRun
{
  public:
    PlanRun(const ProgramOptions& table, PlanOptions& options)
        : m_table(table),
          m_options(options),
          m_limits(ReadLimits(table, options.limits)),
          m_graph(LoadTopology(options.topology, options.topologyOptions)),
          m_output(options.output),
          m_progress(options.seconds)
    {
        std::vector<std::string> files{"plan.csv", "plan.json", "front.csv", REPORT_FILE};
        for (const char* extension : {".svg", ".png", ".dat", ".gnuplot"})
        {
            files.push_back(std::string("plan-front") + extension);
        }
        for (const std::string& file : files)
        {
            m_output.CheckReplaceable(file);
        }
        if (options.plots && !HasGnuplot())
        {
            table.Refuse("plots",
                         "plan-front needs gnuplot, install the package gnuplot-nox or give "
                         "--plots=false");
        }
        if (options.moves && options.from.empty() && !options.churnTime)
        {
            table.Refuse("moves", "--moves goes with --from or --churn, give one of them");
        }
        if (options.verify && options.place == VtepPlace::Leaves)
        {
            table.Refuse("verify",
                         "packets have no VTEPs for leaves' hosts, expected --vteps=tier:leaf");
        }
    }

    int Run()
    {
        try
        {
            const ModelNetwork network(m_graph, m_options.ecmp, m_options.place);
            CheckLimitTiers(m_table, network, m_limits);
            Ask(network);
            if (m_options.from.empty())
            {
                m_answer = Planner(network, m_question, m_progress).Run();
            }
            else
            {
                Change(network);
            }
            if (m_answer.best && g_interrupted == 0)
            {
                LookAhead(network);
            }
        }
        catch (const std::invalid_argument& error)
        {
            m_table.Refuse("topology", error.what());
        }
        m_progress.End();
        Write();
        if (g_interrupted != 0)
        {
            std::cerr << "multicast-plan: interrupted; "
                      << (m_answer.best ? "the best plan so far is written"
                                        : "no plan had been found")
                      << std::endl;
            return INTERRUPTED;
        }
        return m_answer.best && (!m_options.verify || Verify()) ? 0 : 1;
    }

  private:
    void Ask(const ModelNetwork& network)
    {
        PlanWorkload workload = GetWorkload(m_table, network, m_options);
        m_numbers = std::move(workload.numbers);
        m_question.demand = std::move(workload.demand);
        m_question.trees = m_options.trees;
        m_question.mixed = m_options.mixed;
        m_question.mayHeadEnd = m_options.mayHeadEnd;
        m_question.objective = m_options.objective;
        m_question.limits = m_limits;
        m_question.groups = m_options.groups;
        m_question.compare = true;
        m_question.exact = m_options.exact;
        m_question.bounds = m_options.bounds;
        m_question.seed = m_options.searchSeed.value_or(m_options.seed);
        m_question.effort = m_options.effort;
    }

    /** Changes an earlier plan instead of making one. */
    void Change(const ModelNetwork& network)
    {
        PlanAssignment old = ReadOldPlan(m_options.from, m_numbers);
        PlanReplan replan(network, m_question, old, m_progress);
        const uint64_t moves = m_options.moves.value_or(m_numbers.size());
        // As many groups as the plan had, unless the question allows any number.
        m_answer.points.push_back(replan.Run(moves, m_question.groups.empty()));
        m_answer.cut = !m_progress.GoOn("looking at the plan");
        const std::vector<PlanChange> changes = replan.GetChanges(m_answer.points.front());
        const PlanAssignment& plan = m_answer.points.front().assignment;
        m_more.push_back(DescribeChanges(changes, old, plan, m_numbers));
        m_extra["changes"] = MakeChangesJson(changes, old, plan, m_numbers);
        if (m_answer.points.front().IsFeasible())
        {
            m_answer.best = 0;
            const PlanProblem problem =
                MakePlanProblem(m_question.demand, network.GetVteps().size());
            JudgePlan(network, m_question, problem, m_progress, m_answer);
            m_answer.solver = "the earlier plan, changed";
        }
    }

    /** Growth, and members that come and go. */
    void LookAhead(const ModelNetwork& network)
    {
        // A step of its own: it may take as long as the search might.
        PlanProgress progress(m_options.seconds);
        const PlanPoint& plan = m_answer.points[*m_answer.best];
        if (m_options.growth)
        {
            WorkloadOptions options = m_options.workload;
            options.vnis = m_options.workloadFile.empty() ? options.vnis : 0;
            const PlanGrowth growth =
                FindPlanGrowth(network,
                               m_question,
                               plan,
                               *m_options.growth,
                               MakeNextVni(network, options, m_question.demand),
                               progress);
            m_more.push_back(DescribeGrowth(growth, *m_options.growth));
            m_extra["growth"] = MakeGrowthJson(growth, *m_options.growth);
        }
        if (m_options.churnTime)
        {
            const PlanChurn churn = RunPlanChurn(network,
                                                 m_question,
                                                 plan,
                                                 *m_options.churnTime,
                                                 m_options.moves.value_or(m_numbers.size()),
                                                 PlanChurnRates(),
                                                 progress);
            m_more.push_back(DescribeChurn(churn));
            m_extra["churn"] = MakeChurnJson(churn);
        }
        progress.End();
    }

    void Write()
    {
        if (m_answer.best)
        {
            m_output.Write(MakePlanTable(m_answer.points[*m_answer.best], m_numbers));
        }
        m_output.Write(MakeFrontTable(m_answer));
        m_json = MakePlanJson(m_question, m_answer, m_progress.GetSeconds());
        m_json.update(m_extra);
        m_output.Write("plan.json", m_json.dump(2) + "\n");
        std::cout << DescribePlan(m_question, m_answer) << std::endl;
        for (const std::string& paragraph : m_more)
        {
            std::cout << paragraph << std::endl;
        }
        if (m_options.plots && g_interrupted == 0)
        {
            const std::string error =
                DrawFigure(MakePlanFigure(m_question, m_answer), m_options.output);
            if (!error.empty())
            {
                throw std::runtime_error(error);
            }
        }
        if (m_options.report)
        {
            std::cout << "report page "
                      << WriteTableReport(m_output, "multicast-plan", {"front", "plan"})
                      << std::endl;
        }
    }

    /** \returns whether packets confirm the plan. */
    bool Verify()
    {
        PlanVerification result;
        std::signal(SIGINT, EndVerification);
        std::signal(SIGTERM, EndVerification);
        try
        {
            result = VerifyPlan(
                m_graph,
                m_question,
                m_answer.points[*m_answer.best],
                m_numbers,
                [](const std::string& step) { std::cerr << step << std::endl; },
                m_options.ecmp);
        }
        catch (const std::invalid_argument& error)
        {
            m_table.Refuse("verify", error.what());
        }
        std::cout << result.Describe() << std::endl;
        m_json["verified"] = {{"confirmed", result.IsConfirmed()},
                              {"frames", result.frames},
                              {"delivered_wanted", result.wanted},
                              {"delivered_unwanted", result.unwanted},
                              {"delivered_lost", result.lost},
                              {"copies_per_frame", result.copies},
                              {"routers", result.routers},
                              {"routers_as_promised", result.asPromised},
                              {"refused_rows", result.refused},
                              {"spared_router", result.spared},
                              {"fullest_router", result.fullest},
                              {"fullest_rows", result.fullestRows},
                              {"lost_with_one_row_less", result.lostWithLess},
                              {"refused_with_one_row_less", result.refusedWithLess}};
        m_output.Write("plan.json", m_json.dump(2) + "\n");
        return result.IsConfirmed();
    }

    const ProgramOptions& m_table;
    PlanOptions& m_options;
    PlanLimits m_limits;
    TopologyGraph m_graph;
    RunOutput m_output;
    PlanProgress m_progress;
    PlanQuestion m_question;
    std::vector<uint32_t> m_numbers; //!< VNIs as users number them
    PlanAnswer m_answer;
    std::vector<std::string> m_more; //!< paragraphs after the answer
    nlohmann::ordered_json m_extra = nlohmann::ordered_json::object();
    nlohmann::ordered_json m_json;
};

} // namespace

int
RunPlanProgram(int argc, char* argv[])
{
    for (const int number : {SIGINT, SIGTERM})
    {
        const auto before = std::signal(number, Interrupt);
        before == SIG_IGN ? void(std::signal(number, SIG_IGN)) : void();
    }
    PlanOptions options;
    ProgramOptions table = MakePlanOptions(options);
    table.Parse(argc, argv);
    table.Require("topology");
    table.Require("output");
    return PlanRun(table, options).Run();
}

} // namespace ns3
