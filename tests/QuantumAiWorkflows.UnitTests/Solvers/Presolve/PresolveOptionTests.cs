using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Presolve;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

namespace QuantumAiWorkflows.UnitTests.Solvers.Presolve;

/// <summary>The option <c>presolve</c> of every solver that has it: its runs keep the promises of a solver.</summary>
public sealed class PresolveOptionTests
{
    private static readonly IReadOnlyList<ISolver> All =
    [
        .. ClassicalSolvers.All.Where(s => s.Families.Contains("qubo") && Has(s, "presolve")),
    ];

    public static TheoryData<string> Ids => [.. All.Select(s => s.Info.Id)];

    [Fact]
    public void Every_classical_solver_of_qubo_problems_has_it_but_auto_which_always_does_it() =>
        ClassicalSolvers
            .All.Where(s => s.Families.Contains("qubo") && s.Info.Id != "auto")
            .Select(s => s.Info.Id)
            .Should()
            .BeEquivalentTo(All.Select(s => s.Info.Id));

    [Theory, MemberData(nameof(Ids))]
    public void What_is_solved_outright_is_proven_by_any_solver(string id)
    {
        var problem = Some.Qubo(18, 0.4, 2, Sense.Maximize, Vartype.Spin);

        var (outcome, context) = Run(id, problem, new() { Evaluations = 1 });

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.IsProven.Should().BeTrue();
        problem.Evaluate(found.Best).Objective.Should().Be(Every.BestObjective(problem)).And.Be(found.Bound);
        found.Presolve!.VariablesLeft.Should().Be(0);
        context.Evaluations.Should().Be(1);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Agrees_with_the_referee_and_reports_only_improvements(string id)
    {
        foreach (var problem in new[] { Parts(22, 26), Reals(25) })
        {
            var reported = new List<double>();
            var context = new SolveContext(new() { Evaluations = 20_000 }, 1)
            {
                OnIncumbent = (best, bound) =>
                {
                    reported.Add(problem.ToOwnSense(problem.Evaluate(best).Objective));
                    if (bound is { } claimed)
                        Referee.Refutes(problem, problem.Evaluate(best).Objective, claimed).Should().BeFalse();
                },
            };

            var outcome = Solve(id, problem, context);

            var ruling = Referee.Judge(problem, outcome);
            ruling.Refusal.Should().BeNull();
            reported.Should().BeInDescendingOrder();
            problem.ToOwnSense(ruling.Evaluation!.Objective).Should().Be(reported[^1]);
            outcome.Presolve!.VariablesLeft.Should().BeGreaterThan(20);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Keeps_within_the_evaluations_budget_and_replays(string id)
    {
        var problem = Parts(22, 24);
        foreach (var evaluations in new long[] { 1, 2, 3, 40, 3_000 })
        {
            var (first, context) = Run(id, problem, new() { Evaluations = evaluations });
            var (second, again) = Run(id, problem, new() { Evaluations = evaluations });

            first.Should().BeOfType<SolveOutcome.Found>();
            context.Evaluations.Should().BeInRange(1, evaluations);
            OutcomeJson.Of(problem, first, context).Should().Be(OutcomeJson.Of(problem, second, again));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Never_draws_more_shots_than_there_are(string id)
    {
        var (_, context) = Run(id, Parts(22, 24, 30), new() { Shots = 7, Evaluations = 100_000 });

        (context.Shots ?? 0).Should().BeLessThanOrEqualTo(7);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_by_itself_and_at_the_time_limit(string id)
    {
        var (_, natural) = Run(id, Parts(22, 23), new());
        var (outcome, context) = Run(id, Parts(200, 300), new() { TimeSeconds = 0.3 }, isChecked: false);

        natural.StoppedBy.Should().BeNull();
        outcome.Should().BeOfType<SolveOutcome.Found>();
        context.ElapsedSeconds.Should().BeLessThan(60);
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_run_that_is_cancelled_beforehand_finds_nothing(string id)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Solve(id, Parts(22), new(new(), 1, cancelled.Token)).Should().BeOfType<SolveOutcome.NothingFound>();
    }

    [Theory, MemberData(nameof(Ids))]
    public void Never_ends_below_the_initial_solution(string id)
    {
        var problem = Parts(30, 40);
        var (good, _) = Run("tabu", problem, new() { Evaluations = 200_000 });
        var start = ((SolveOutcome.Found)good).Best;
        var context = new SolveContext(new() { Evaluations = 2 }, 9) { InitialSolution = start };

        var found = (SolveOutcome.Found)Solve(id, problem, context);

        problem.IsBetter(problem.Evaluate(start).Objective, problem.Evaluate(found.Best).Objective).Should().BeFalse();
    }

    [Theory, InlineData("tabu"), InlineData("simulated-annealing"), InlineData("cp-sat")]
    public void What_is_no_qubo_is_refused_by_its_pointer(string id)
    {
        var features = SomeFeatures.Read(SomeFeatures.Scores(14, 1, 5));

        Solver(id)
            .Check(features, Options(Solver(id)), new())
            .Should()
            .BeOfType<Applicability.BadOptions>()
            .Which.Faults.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(
                new Fault(
                    FaultCode.NotApplicable,
                    "Only QUBO problems can be presolved, not feature-selection problems."
                )
                {
                    Pointer = "/presolve",
                }
            );
    }

    [Fact]
    public void An_encoded_problem_is_presolved_as_the_qubo_that_it_is()
    {
        var features = SomeFeatures.Read(SomeFeatures.Scores(14, 1, 5));
        var exhaustive = ViaQubo.For(Solver("exhaustive"), features.Family, null);
        var context = new SolveContext(new(), 1);

        var outcome = exhaustive.Solve(features, Options(Solver("exhaustive")), context);

        outcome.Presolve!.Variables.Should().Be(outcome.Encoding!.NumVariables);
        var alone = exhaustive.Solve(features, exhaustive.ReadOptions(null, "", new())!, new(new(), 1));
        features
            .Evaluate(((SolveOutcome.Found)outcome).Best)
            .Objective.Should()
            .Be(features.Evaluate(((SolveOutcome.Found)alone).Best).Objective);
    }

    [Fact]
    public void A_proof_of_every_part_is_a_proof_of_the_whole()
    {
        var problem = Parts(24, 25);

        var (outcome, _) = Run("exhaustive", problem, new());

        var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
        found.IsProven.Should().BeTrue();
        found.Bound.Should().Be(problem.Evaluate(found.Best).Objective);
        found.Presolve!.Components.Should().Be(2);
        var alone = (SolveOutcome.Found)Run("exhaustive", Parts(24), new()).Outcome;
        // The first part is the same problem: what is proven of the whole contains what is proven of it.
        ((QuboSolution)found.Best)
            .Values[..25]
            .Should()
            .Equal(((QuboSolution)alone.Best).Values);
    }

    [Fact]
    public void The_parts_share_the_deterministic_seconds_that_there_are()
    {
        var given = new List<double>();
        var problem = Parts(26, 26, 26, 26);
        var context = new SolveContext(new() { DeterministicSeconds = 1 }, 1);

        new PresolvedRun(
            problem,
            context,
            acceptsInitialSolution: false,
            takes: _ => true,
            solve: (part, inner) =>
            {
                given.Add(inner.Budget.DeterministicSeconds!.Value);
                return new SolveOutcome.Found(part.FromBits(new sbyte[part.NumVariables]));
            }
        ).Execute();

        given.Should().HaveCount(4);
        given.Sum().Should().BeApproximately(1, 1e-9);
    }

    /// <summary>Putting answers together costs as much as the whole problem is large, whatever the part.</summary>
    [Fact]
    public void Answers_of_many_small_parts_are_put_together_a_few_times_and_a_large_one_s_at_once()
    {
        var (few, many) = (0, 0);
        var small = new Joint(2_000 * 300, () => many++);
        for (var part = 0; part < 2_000; part++)
        {
            for (var better = 0; better < 10; better++)
                small.Improved(300);
            small.End(300);
        }
        small.Flush();
        small.Flush();
        var large = new Joint(3_000, () => few++);
        for (var better = 0; better < 10; better++)
            large.Improved(2_999);

        many.Should().BeInRange(16, 17);
        few.Should().Be(10);
    }

    [Fact]
    public void Exhaustive_takes_a_problem_whose_parts_it_takes()
    {
        var solver = Solver("exhaustive");
        var budget = new SolveBudget { TimeSeconds = 60 };

        solver.Check(Parts(22, 23), Options(solver), budget).Should().BeOfType<Applicability.Supported>();
        solver
            .Check(Parts(22, 23), solver.ReadOptions(null, "", new())!, budget)
            .Should()
            .BeOfType<Applicability.Unsupported>();
        solver
            .Check(Parts(22, 40), Options(solver), budget)
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Which.Reason.Should()
            .StartWith("Presolved, the problem has 62 variables")
            .And.EndWith("exhaustive takes at most 30 variables, the problem has 40.");
    }

    [Fact]
    public void Samples_of_one_part_are_taken_back_with_their_counts()
    {
        var problem = Parts(25);

        var (outcome, _) = Run("random", problem, new() { Shots = 50 });

        outcome.Samples.Sum(s => s.Occurrences).Should().Be(50);
        outcome
            .Samples.Select(s => ((QuboSolution)s.Solution).Values.Length)
            .Should()
            .AllBeEquivalentTo(problem.NumVariables);
        outcome
            .Samples.Select(s => problem.ToOwnSense(problem.Evaluate(s.Solution).Objective))
            .Should()
            .BeInAscendingOrder();
    }

    /// <summary>
    /// Complete graphs of couplings of both signs, wider than any table and with fields too weak to dominate, each with a
    /// tail that is eliminated: what is left are just the graphs.
    /// </summary>
    private static QuboProblem Parts(params int[] sizes)
    {
        var terms = new List<(int, int, double)>();
        var from = 0;
        foreach (var size in sizes)
        {
            for (var i = from; i < from + size; i++)
            {
                terms.Add((i, i, Drawn(i, i) % 5));
                for (var j = i + 1; j < from + size; j++)
                    terms.Add((i, j, Drawn(i, j)));
            }
            terms.Add((from + size - 1, from + size, 3));
            terms.Add((from + size, from + size, -1));
            from += size + 1;
        }
        return ReducibleProblems.Of(from, terms);
    }

    private static double Drawn(int i, int j) =>
        Xoshiro256.FromSeed((ulong)(1_000 * i + j), "parts").NextInt32(41) - 20;

    private static QuboProblem Reals(int n) =>
        ReducibleProblems.Of(
            n + 1,
            Enumerable
                .Range(0, n)
                .SelectMany(i => Enumerable.Range(i, n - i).Select(j => (i, j, Drawn(i, j) / Math.E)))
                // Dominated: at 1, whatever its neighbour is.
                .Append((n - 1, n, Math.PI))
                .Append((n, n, -4.5))
        );

    private static (SolveOutcome Outcome, SolveContext Context) Run(
        string id,
        QuboProblem problem,
        SolveBudget budget,
        bool isChecked = true
    )
    {
        var context = new SolveContext(budget, 1);
        var solver = Solver(id);
        if (isChecked)
            solver.Check(problem, Options(solver), budget).Should().BeOfType<Applicability.Supported>();
        return (Solve(id, problem, context), context);
    }

    private static SolveOutcome Solve(string id, QuboProblem problem, SolveContext context) =>
        Solver(id).Solve(problem, Options(Solver(id)), context);

    private static ISolver Solver(string id) => All.Single(s => s.Info.Id == id);

    private static object Options(ISolver solver)
    {
        using var json = JsonDocument.Parse("""{"presolve":true}""");
        return solver.ReadOptions(json.RootElement, "", new())!;
    }

    private static bool Has(ISolver solver, string option) =>
        solver.OptionsSchema["properties"]?.AsObject().ContainsKey(option) == true;
}
