using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Scheduling;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Solvers.Scheduling;

/// <summary>What every solver of schedules promises, whatever its method.</summary>
public sealed class SchedulingSolversTests
{
    public static TheoryData<string> Ids =>
        [.. Registered.All.Where(s => s.Families.Contains("scheduling")).Select(s => s.Info.Id)];

    public static TheoryData<string, ScheduleObjective> IdsAndObjectives
    {
        get
        {
            var data = new TheoryData<string, ScheduleObjective>();
            foreach (var row in Ids)
            foreach (var objective in Enum.GetValues<ScheduleObjective>())
                data.Add(row.Data, objective);
            return data;
        }
    }

    [Fact]
    public void The_family_names_its_solvers() =>
        SchedulingFamily.Instance.ClassicalSolvers.Should().BeSubsetOf(Ids.Select(i => i.Data)).And.HaveCount(2);

    [Theory, MemberData(nameof(IdsAndObjectives))]
    public void Never_beats_every_schedule_and_equals_it_when_it_proves(string id, ScheduleObjective objective)
    {
        for (var seed = 0; seed < 25; seed++)
        {
            var problem = SomeSchedule.Random(seed, numTasks: 1 + seed % 4, objective, maxDuration: 2);
            var best = EverySchedule.BestObjective(problem);

            var (outcome, _) = Run(id, problem, new() { Evaluations = 3_000 }, seed);

            var ruling = Referee.Judge(problem, outcome);
            ruling.Refusal.Should().BeNull();
            ruling.Evaluation!.IsFeasible.Should().BeTrue();
            ruling.Evaluation.Objective.Should().BeGreaterThanOrEqualTo(best);
            ruling.Bound.Should().BeLessThanOrEqualTo(best);
            if (id == "cp-sat")
                ruling.Status.Should().Be(ResultStatus.Optimal, "nothing stops it before the proof");
            if (ruling.Status == ResultStatus.Optimal)
                ruling.Evaluation.Objective.Should().Be(best, $"seed {seed}");
        }
    }

    [Theory, MemberData(nameof(IdsAndObjectives))]
    public void Takes_everything_that_the_family_can_say(string id, ScheduleObjective objective)
    {
        for (var seed = 100; seed < 112; seed++)
        {
            var problem = SomeSchedule.Random(seed, numTasks: 3 + 3 * (seed - 100), objective);

            var (outcome, _) = Run(id, problem, new() { Evaluations = 200 }, seed);

            var ruling = Referee.Judge(problem, outcome);
            ruling.Refusal.Should().BeNull();
            ruling.Evaluation!.Violations.Should().BeEmpty();
        }
    }

    [Theory, MemberData(nameof(IdsAndObjectives))]
    public void Same_seed_same_answer(string id, ScheduleObjective objective)
    {
        foreach (var evaluations in new long[] { 1, 3, 40, 500 })
        {
            var problem = SomeSchedule.Random(5, 20, objective);
            var budget = new SolveBudget { Evaluations = evaluations };

            Json(problem, Run(id, problem, budget, 3)).Should().Be(Json(problem, Run(id, problem, budget, 3)));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Keeps_within_the_evaluations_budget(string id)
    {
        foreach (var evaluations in new long[] { 1, 2, 13, 100, 1_000 })
        {
            var (outcome, context) = Run(id, SomeSchedule.Random(7, 24), new() { Evaluations = evaluations });

            outcome.Should().BeOfType<SolveOutcome.Found>();
            context.Evaluations.Should().BeInRange(1, evaluations);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_by_itself_without_any_limit(string id)
    {
        var (outcome, context) = Run(id, SomeSchedule.Workshop(), new());

        outcome.Should().BeOfType<SolveOutcome.Found>();
        context.StoppedBy.Should().BeNull();
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_by_the_clock_in_a_problem_that_it_cannot_finish(string id)
    {
        foreach (
            var budget in new SolveBudget[]
            {
                new() { TimeSeconds = 0.3 },
                new() { CpuSeconds = 0.3 },
            }
        )
        {
            var (outcome, context) = Run(id, Large(), budget);

            outcome.Should().BeOfType<SolveOutcome.Found>();
            context.StoppedBy.Should().BeOneOf(StoppedBy.Time, StoppedBy.Cpu);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_cancel_before_the_start_ends_with_an_outcome(string id)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var solver = Solver(id);
        var context = Registered.Context(solver, new(), cancellation: cancelled.Token);

        solver.Solve(Large(), Registered.Options(solver), context).Should().BeOfType<SolveOutcome.NothingFound>();

        context.StoppedBy.Should().Be(StoppedBy.Cancel);
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_stop_during_the_run_keeps_the_incumbent(string id)
    {
        SolveContext? context = null;
        Solution? reported = null;
        var solver = Solver(id);
        context = Registered.Context(
            solver,
            new() { TimeSeconds = 120 },
            onIncumbent: (best, _) =>
            {
                reported = best;
                context!.RequestStop(StoppedBy.Cancel);
            }
        );

        var outcome = solver.Solve(Large(), Registered.Options(solver), context);

        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best.Should().Be(reported!);
        context.StoppedBy.Should().Be(StoppedBy.Cancel);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Reports_improvements_with_bounds_that_never_cross_them(string id)
    {
        var problem = SomeSchedule.Random(11, 30);
        var reports = new List<(double Objective, double? Bound)>();
        var solver = Solver(id);
        var context = Registered.Context(
            solver,
            new() { Evaluations = 2_000 },
            onIncumbent: (best, bound) => reports.Add((problem.Evaluate(best).Objective, bound))
        );

        var found = (SolveOutcome.Found)solver.Solve(problem, Registered.Options(solver), context);

        reports.Select(r => r.Objective).Should().BeInDescendingOrder();
        reports.Should().OnlyContain(r => r.Bound <= r.Objective);
        reports[^1].Objective.Should().Be(problem.Evaluate(found.Best).Objective);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Is_never_worse_than_its_initial_solution(string id)
    {
        var problem = SomeSchedule.Random(13, 25, ScheduleObjective.WeightedTardiness);
        var initial = (
            (SolveOutcome.Found)Run("dispatching-rules", problem, new() { Evaluations = 4_000 }).Outcome
        ).Best;
        foreach (var evaluations in new long[] { 1, 2, 50 })
        {
            var solver = Solver(id);
            var context = Registered.Context(solver, new() { Evaluations = evaluations });
            context.InitialSolution = initial;

            var found = (SolveOutcome.Found)solver.Solve(problem, Registered.Options(solver), context);

            var reached = problem.Evaluate(found.Best).Objective;
            reached.Should().BeLessThanOrEqualTo(problem.Evaluate(initial).Objective);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void An_initial_solution_that_is_not_feasible_is_no_start(string id)
    {
        var problem = SomeSchedule.Workshop();
        var solver = Solver(id);
        var context = Registered.Context(solver, new() { Evaluations = 50 });
        context.InitialSolution = new SchedulingSolution([new(0, 0, 0), new(1, 0, 0), new(2, 0, 0)]);

        var found = (SolveOutcome.Found)solver.Solve(problem, Registered.Options(solver), context);

        problem.Evaluate(found.Best).IsFeasible.Should().BeTrue();
    }

    [Theory, MemberData(nameof(Ids))]
    public void Options_at_the_ends_of_their_ranges_are_taken(string id)
    {
        var solver = Solver(id);
        foreach (var (name, property) in solver.OptionsSchema["properties"]!.AsObject())
        foreach (var end in new[] { "minimum", "maximum" })
        {
            if (property?[end] is not { } value)
                continue;
            using var json = JsonDocument.Parse(new JsonObject { [name] = value.DeepClone() }.ToJsonString());
            var options = solver.ReadOptions(json.RootElement, "", new FaultList());
            var problem = SomeSchedule.Random(17, 12);

            var outcome = solver.Solve(problem, options!, Registered.Context(solver, new() { Evaluations = 300 }));

            Referee.Judge(problem, outcome).Status.Should().BeOneOf(ResultStatus.Feasible, ResultStatus.Optimal);
        }
    }

    [Fact]
    public void Cp_sat_counts_deterministic_seconds_and_refuses_what_it_cannot_build_in_time()
    {
        var (problem, solver) = (Large(), Solver("cp-sat"));

        var (outcome, context) = Run("cp-sat", problem, new() { DeterministicSeconds = 0.05 });

        outcome.Should().BeOfType<SolveOutcome.Found>();
        context.StoppedBy.Should().Be(StoppedBy.Time);
        solver
            .Check(problem, Registered.Options(solver), new() { TimeSeconds = 0.01 })
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Which.Needed.Should()
            .BePositive();
    }

    [Theory]
    [InlineData("jobshop", "ft06", 3_000)]
    [InlineData("jobshop", "la01", 3_000)]
    [InlineData("jobshop", "la02", 100_000)]
    [InlineData("flexible-jobshop", "mk01", 100_000)]
    [InlineData("flexible-jobshop", "fattahi15", 100_000)]
    [InlineData("rcpsp", "j301_1", 100_000)]
    public void Tabu_search_reaches_published_optima_within_a_count(string folder, string name, long evaluations)
    {
        var instance = SchedulingData.Named(folder, name);
        var problem = instance.Read();

        var (outcome, _) = Run("dispatching-rules", problem, new() { Evaluations = evaluations });

        problem.Evaluate(((SolveOutcome.Found)outcome).Best).Objective.Should().Be(instance.BestKnown);
    }

    [Theory]
    [InlineData("jobshop", "ft06")]
    [InlineData("jobshop", "la02")]
    [InlineData("flexible-jobshop", "mk01")]
    [InlineData("flexible-jobshop", "kacem2")]
    [InlineData("rcpsp", "j301_2")]
    [InlineData("rcpsp", "j3048_10")]
    public void Cp_sat_proves_published_optima(string folder, string name)
    {
        var instance = SchedulingData.Named(folder, name);
        var problem = instance.Read();

        var (outcome, _) = Run("cp-sat", problem, new() { TimeSeconds = 120, Threads = 2 });

        outcome.Should().BeOfType<SolveOutcome.Found>().Which.IsProven.Should().BeTrue();
        problem.Evaluate(((SolveOutcome.Found)outcome).Best).Objective.Should().Be(instance.BestKnown);
    }

    /// <summary>A square job shop that no method closes in a moment.</summary>
    private static SchedulingProblem Large()
    {
        using var parameters = JsonDocument.Parse("""{"numJobs":15,"numMachines":15}""");
        return (SchedulingProblem)
            ProblemGenerators.Find("scheduling-job-shop")!.Generate(parameters.RootElement, 1, "", new())!;
    }

    private static ISolver Solver(string id) => Registered.All.Single(s => s.Info.Id == id);

    private static (SolveOutcome Outcome, SolveContext Context) Run(
        string id,
        SchedulingProblem problem,
        SolveBudget budget,
        long seed = 1
    )
    {
        var solver = Solver(id);
        var context = Registered.Context(solver, budget, seed);
        return (solver.Solve(problem, Registered.Options(solver), context), context);
    }

    private static string Json(SchedulingProblem problem, (SolveOutcome Outcome, SolveContext Context) run) =>
        OutcomeJson.Of(problem, run.Outcome, run.Context);
}
