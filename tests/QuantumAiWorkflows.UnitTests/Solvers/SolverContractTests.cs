using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.Descent;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>What every solver of QUBO problems promises, whatever its method. A new one is tested by being in a registration list.</summary>
public sealed class SolverContractTests
{
    // The example of docs/add-a-solver.md is held to it, too.
    private static readonly IReadOnlyList<ISolver> All =
    [
        .. Registered.All.Where(s => s.Families.Contains("qubo")),
        new DescentSolver(),
    ];

    public static TheoryData<string> Ids => [.. All.Select(s => s.Info.Id)];

    public static TheoryData<string> AcceptingIds =>
        [.. All.Where(s => s.Info.AcceptsInitialSolution).Select(s => s.Info.Id)];

    public static TheoryData<string, Sense, Vartype> IdsAndForms
    {
        get
        {
            var data = new TheoryData<string, Sense, Vartype>();
            foreach (var solver in All)
            foreach (var sense in Enum.GetValues<Sense>())
            foreach (var vartype in Enum.GetValues<Vartype>())
                data.Add(solver.Info.Id, sense, vartype);
            return data;
        }
    }

    public static TheoryData<string, string> IdsAndOddProblems
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var solver in All)
            foreach (var name in OddProblems.Keys)
                data.Add(solver.Info.Id, name);
            return data;
        }
    }

    /// <summary>Seconds that no run of these tests takes, however busy the machine, unless it forgets to stop.</summary>
    private const double Generous = 60;

    private static readonly Dictionary<string, QuboProblem> OddProblems = new()
    {
        ["one variable"] = Problem(1, (0, 0, -3)),
        ["one variable that costs"] = Problem(1, (0, 0, 2)),
        ["one variable without a coefficient"] = Problem(1),
        ["no interactions"] = Problem(4, (0, 0, -1), (1, 1, 2), (2, 2, -3)),
        ["all coefficients zero"] = Problem(5),
        ["one interaction alone"] = Problem(9, (3, 7, -2)),
        ["huge"] = Problem(4, (0, 0, 1e300), (0, 1, -3e300), (1, 2, 2e300), (2, 3, -1e300)),
        ["tiny"] = Problem(4, (0, 0, 1e-300), (0, 1, -3e-300), (1, 2, 2e-300), (2, 3, -1e-300)),
        ["subnormal"] = Problem(3, (0, 0, -5e-324), (0, 1, 1e-320), (1, 1, -1e-321)),
        ["huge beside tiny"] = Problem(4, (0, 0, 1e300), (1, 1, -1e-300), (1, 2, 1e-12), (2, 3, -7)),
        ["tenths"] = Problem(4, (0, 0, 0.1), (0, 1, -0.3), (1, 2, 0.2), (2, 3, -0.7), (3, 3, 0.6)),
        ["no common unit"] = Problem(4, (0, 0, Math.PI), (0, 1, -Math.E), (1, 2, 1 / 3.0), (2, 3, -Math.Sqrt(2))),
        ["a field at the end of 32 bits"] = Problem(3, (0, 1, 2147483647), (1, 2, -2147483648), (0, 0, -5)),
        ["beyond 53 bits"] = Problem(3, (0, 1, 9007199254740993), (1, 2, -9007199254740995), (0, 0, -1)),
    };

    [Theory, MemberData(nameof(IdsAndForms))]
    public void Never_beats_the_best_of_all_assignments(string id, Sense sense, Vartype vartype)
    {
        foreach (var n in new[] { 1, 2, 3, 5, 8 })
        {
            var problem = Some.Qubo(n, 0.7, n, sense, vartype);

            var (outcome, _) = Run(id, problem, new() { Evaluations = 5_000 }, seed: n);

            var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
            problem.IsBetter(problem.Evaluate(found.Best).Objective, Every.BestObjective(problem)).Should().BeFalse();
            if (found.IsProven)
                problem.Evaluate(found.Best).Objective.Should().Be(Every.BestObjective(problem));
            if (found.Bound is { } bound)
                Referee.Refutes(problem, Every.BestObjective(problem), bound).Should().BeFalse();
        }
    }

    [Theory, MemberData(nameof(IdsAndOddProblems))]
    public void Takes_odd_problems_and_agrees_with_the_referee(string id, string name)
    {
        var problem = OddProblems[name];

        var (outcome, _) = Run(id, problem, new() { Evaluations = 3_000 });

        var ruling = Referee.Judge(problem, outcome);
        ruling.Refusal.Should().BeNull();
        ruling.Evaluation.Should().NotBeNull();
        problem.IsBetter(ruling.Evaluation!.Objective, Every.BestObjective(problem)).Should().BeFalse();
        if (ruling.Bound is { } bound)
            Referee.Refutes(problem, Every.BestObjective(problem), bound).Should().BeFalse();
    }

    [Theory, MemberData(nameof(Ids))]
    public void Same_seed_same_answer(string id)
    {
        foreach (var evaluations in new long[] { 1, 7, 500, 200_000 })
        {
            var budget = new SolveBudget { Evaluations = evaluations };
            var problem = Some.Qubo(14, seed: 5, vartype: Vartype.Spin);

            Json(problem, Run(id, problem, budget, 3)).Should().Be(Json(problem, Run(id, problem, budget, 3)));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Keeps_within_the_evaluations_budget(string id)
    {
        foreach (var evaluations in new long[] { 1, 2, 13, 100, 4_000 })
        {
            var (outcome, context) = Run(id, Some.Qubo(13), new() { Evaluations = evaluations });

            outcome.Should().BeOfType<SolveOutcome.Found>();
            context.Evaluations.Should().BeInRange(1, evaluations);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_within_the_time_budget(string id)
    {
        var problem = Large(id);

        var (outcome, context) = Run(id, problem, new() { TimeSeconds = 0.2 });

        outcome.Should().BeOfType<SolveOutcome.Found>();
        context.ElapsedSeconds.Should().BeLessThan(Generous);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_within_the_cpu_budget(string id)
    {
        var problem = Large(id);

        var (outcome, context) = Run(id, problem, new() { CpuSeconds = 0.2 });

        outcome.Should().BeOfType<SolveOutcome.Found>();
        context.ElapsedSeconds.Should().BeLessThan(Generous);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_by_itself_without_any_limit(string id)
    {
        var (outcome, context) = Run(id, Some.Qubo(12), new());

        outcome.Should().BeOfType<SolveOutcome.Found>();
        context.StoppedBy.Should().BeNull();
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_servers_stop_clock_takes_no_natural_end_away(string id)
    {
        var solver = Solver(id);
        var context = Registered.Context(solver, new(), stopSeconds: Generous);

        solver.Solve(Some.Qubo(12), Registered.Options(solver), context);

        context.StoppedBy.Should().BeNull();
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_at_the_stop_clock_under_a_budget_that_has_none_of_its_own(string id)
    {
        foreach (
            var budget in new SolveBudget[]
            {
                new() { MaxCost = 1 },
                new() { DeadlineSeconds = 60 },
            }
        )
        {
            var solver = Solver(id);
            var problem = Large(id);
            var context = Registered.Context(solver, budget, stopSeconds: 0.2);

            solver.Solve(problem, Registered.Options(solver), context).Should().BeOfType<SolveOutcome.Found>();

            context.ElapsedSeconds.Should().BeLessThan(Generous);
            if (id is "tabu" or "random" or "simulated-annealing")
                context.StoppedBy.Should().Be(StoppedBy.Time, "a cost or a deadline is a limit to be used up");
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Counts_its_shots_or_ends_by_itself(string id)
    {
        var budget = new SolveBudget { Shots = 7 };
        if (!Solver(id).Info.CountsShots)
        {
            // The same request does for every solver: shots are a limit that such a solver never reaches.
            Run(id, Some.Qubo(), budget).Context.StoppedBy.Should().BeNull();
            return;
        }
        var (outcome, context) = Run(id, Some.Qubo(), budget);
        context.StoppedBy.Should().Be(StoppedBy.Shots);
        context.Shots.Should().Be(7);
        outcome.Samples.Sum(s => s.Occurrences).Should().Be(7);
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_cancel_before_the_start_ends_with_an_outcome(string id)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var solver = Solver(id);
        var context = Registered.Context(solver, new(), cancellation: cancelled.Token);

        var outcome = solver.Solve(Some.Qubo(12), Registered.Options(solver), context);

        outcome.Should().BeOfType<SolveOutcome.NothingFound>();
        context.StoppedBy.Should().Be(StoppedBy.Cancel);
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_stop_during_the_run_keeps_the_incumbent(string id)
    {
        SolveContext? context = null;
        Solution? reported = null;
        var solver = Solver(id);
        var problem = Large(id);
        context = Registered.Context(
            solver,
            new() { TimeSeconds = 120 },
            onIncumbent: (best, _) =>
            {
                reported = best;
                context!.RequestStop(StoppedBy.Cancel);
            }
        );

        var outcome = solver.Solve(problem, Registered.Options(solver), context);

        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best.Should().Be(reported!);
        context.StoppedBy.Should().Be(StoppedBy.Cancel);
        context.ElapsedSeconds.Should().BeLessThan(Generous);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Reports_improvements_only_and_the_best_one_last(string id)
    {
        var problem = Some.Qubo(16, seed: 2, sense: Sense.Maximize);
        var objectives = new List<double>();
        var solver = Solver(id);
        var context = Registered.Context(
            solver,
            new() { Evaluations = 70_000 },
            seed: 4,
            onIncumbent: (best, _) => objectives.Add(problem.Evaluate(best).Objective)
        );

        var found = (SolveOutcome.Found)solver.Solve(problem, Registered.Options(solver), context);

        objectives.Should().BeInAscendingOrder();
        objectives[^1].Should().Be(problem.Evaluate(found.Best).Objective);
    }

    [Theory, MemberData(nameof(AcceptingIds))]
    public void Is_never_worse_than_its_initial_solution(string id)
    {
        foreach (var evaluations in new long[] { 1, 2, 20, 2_000 })
        {
            var problem = Some.Qubo(15, seed: evaluations, sense: Sense.Maximize, vartype: Vartype.Spin);
            var (good, _) = Run("random", problem, new() { Evaluations = 300 });
            var initial = ((SolveOutcome.Found)good).Best;

            var (outcome, context) = Run(id, problem, new() { Evaluations = evaluations }, initial: initial);

            var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
            var (reached, given) = (problem.Evaluate(found.Best).Objective, problem.Evaluate(initial).Objective);
            reached.Should().BeGreaterThanOrEqualTo(given, $"{evaluations} evaluations cannot take it away");
            context.Evaluations.Should().BeInRange(1, evaluations);
        }
    }

    [Theory, MemberData(nameof(AcceptingIds))]
    public void An_optimal_initial_solution_stays_the_answer(string id)
    {
        var problem = Some.Qubo(16, seed: 9);
        var (exact, _) = Run("exhaustive", problem, new());
        var optimum = ((SolveOutcome.Found)exact).Best;
        var solver = Solver(id);
        var reported = new List<Solution>();
        var context = Registered.Context(
            solver,
            new() { Evaluations = 5_000 },
            onIncumbent: (best, _) => reported.Add(best)
        );
        context.InitialSolution = optimum;

        var outcome = solver.Solve(problem, Registered.Options(solver), context);

        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best.Should().Be(optimum);
        reported.Should().OnlyContain(best => best.Equals(optimum), "the parent has it before the search begins");
    }

    [Theory, MemberData(nameof(AcceptingIds))]
    public void A_run_that_is_stopped_at_once_answers_with_its_initial_solution(string id)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var solver = Solver(id);
        var problem = Some.Qubo(6);
        var context = Registered.Context(solver, new(), cancellation: cancelled.Token);
        context.InitialSolution = problem.FromBits([1, 0, 0, 1, 1, 0]);

        var outcome = solver.Solve(problem, Registered.Options(solver), context);

        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best.Should().Be(context.InitialSolution);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Options_at_the_ends_of_their_ranges_are_taken(string id)
    {
        var solver = Solver(id);
        foreach (var (name, property) in solver.OptionsSchema["properties"]?.AsObject() ?? [])
        foreach (var end in new[] { "minimum", "maximum" })
        {
            if (property?[end] is not { } value)
                continue;
            var faults = new FaultList();
            using var json = JsonDocument.Parse(new JsonObject { [name] = value.DeepClone() }.ToJsonString());
            var options = solver.ReadOptions(json.RootElement, "", faults);
            faults.Items.Should().BeEmpty();

            var problem = Some.Qubo(10);
            var outcome = solver.Solve(problem, options!, Registered.Context(solver, new() { Evaluations = 2_000 }));

            Referee.Judge(problem, outcome).Refusal.Should().BeNull();
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Says_what_it_is(string id)
    {
        var info = Solver(id).Info;

        info.Id.Should().MatchRegex("^[a-z]+(-[a-z]+)*$");
        info.Version.Should().MatchRegex(@"^\d+\.\d+\.\d+$");
        info.Complexity.Should().Contain("O(", "a step's cost is a function of the problem's size");
        info.Strengths.Should().NotBeEmpty();
        info.Weaknesses.Should().NotBeEmpty();
        info.Sources.Should()
            .NotBeEmpty()
            .And.OnlyContain(source => source.Any(char.IsAsciiDigit), "sources have years");
        info.Limits.Should().Contain("thread", "it must be plain what budget.threads does");
    }

    [Theory, MemberData(nameof(Ids))]
    public void Refuses_deterministic_seconds_unless_it_counts_them(string id)
    {
        var solver = Solver(id);

        var applicability = solver.Check(
            Some.Qubo(),
            Registered.Options(solver),
            new SolveBudget { DeterministicSeconds = 1 }
        );

        (applicability is Applicability.Supported).Should().Be(id == "cp-sat");
    }

    [Fact]
    public void Ids_are_unique() => All.Select(s => s.Info.Id).Should().OnlyHaveUniqueItems();

    /// <summary>Small enough for the solver to take, and too large to be done within a moment.</summary>
    private static QuboProblem Large(string id)
    {
        var problem = Some.Qubo(
            id switch
            {
                "exhaustive" => 30,
                "qaoa" => 18,
                _ => 200,
            }
        );
        // What is compiled once per problem is not what these tests are about.
        if (Solver(id).Info.CompilesPerProblem)
            Run(id, problem, new() { Evaluations = 1, Shots = 1 });
        return problem;
    }

    private static ISolver Solver(string id) => All.Single(s => s.Info.Id == id);

    private static (SolveOutcome Outcome, SolveContext Context) Run(
        string id,
        QuboProblem problem,
        SolveBudget budget,
        long seed = 1,
        Solution? initial = null
    )
    {
        var solver = Solver(id);
        var context = Registered.Context(solver, budget, seed);
        context.InitialSolution = initial;
        return (solver.Solve(problem, Registered.Options(solver), context), context);
    }

    private static string Json(QuboProblem problem, (SolveOutcome Outcome, SolveContext Context) run) =>
        OutcomeJson.Of(problem, run.Outcome, run.Context);

    private static QuboProblem Problem(int n, params (int I, int J, double Value)[] terms)
    {
        var builder = new QuboBuilder(_ => default);
        foreach (var (i, j, value) in terms)
            builder.Add(i, j, value, 0);
        return builder.Build(n, new FaultList())!;
    }
}
