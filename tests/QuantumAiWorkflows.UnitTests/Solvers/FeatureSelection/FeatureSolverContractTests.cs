using System.Text.Json.Nodes;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

namespace QuantumAiWorkflows.UnitTests.Solvers.FeatureSelection;

/// <summary>What every solver of feature subsets promises, whatever its method.</summary>
public sealed class FeatureSolverContractTests
{
    private const double Generous = 60;

    private static readonly IReadOnlyList<ISolver> All =
    [
        .. Registered.All.Where(s => s.Families.Contains(FeatureSelectionFamily.FamilyId)),
    ];

    public static TheoryData<string> Ids => [.. All.Select(s => s.Info.Id)];

    public static TheoryData<string> AcceptingIds =>
        [.. All.Where(s => s.Info.AcceptsInitialSolution).Select(s => s.Info.Id)];

    /// <summary>Every kind of constraint, alone and together.</summary>
    private static readonly Dictionary<string, Action<JsonObject>> Rules = new()
    {
        ["size alone"] = _ => { },
        ["at most"] = p => p["size"] = JsonNode.Parse("""{"atMost":4}"""),
        ["costs"] = p =>
        {
            p["costs"] = JsonNode.Parse("""{"f0":1.5,"f1":0.5,"f2":2,"f3":0.1,"f4":0.1,"f5":1}""");
            p["budget"] = 2;
        },
        ["at most one of a group"] = p =>
            p["groups"] = JsonNode.Parse("""[{"features":["f0","f1","f2","f3"],"atMost":1}]"""),
        ["at least two of a group"] = p =>
            p["groups"] = JsonNode.Parse("""[{"features":["f6","f7","f1"],"atLeast":2}]"""),
        ["require and exclude"] = p =>
        {
            p["require"] = new JsonArray("f5");
            p["exclude"] = new JsonArray("f0", "f3");
        },
        ["all chosen"] = p => p["size"] = JsonNode.Parse("""{"exactly":8}"""),
        ["nothing to choose"] = p =>
        {
            p["require"] = new JsonArray("f1", "f2", "f4");
            p["size"] = JsonNode.Parse("""{"exactly":3}""");
        },
        ["all together"] = p =>
        {
            p["size"] = JsonNode.Parse("""{"atMost":4}""");
            p["costs"] = JsonNode.Parse("""{"f0":1,"f1":1,"f2":1,"f3":1}""");
            p["budget"] = 1;
            p["groups"] = JsonNode.Parse(
                """[{"features":["f4","f5"],"atMost":1},{"features":["f5","f6","f7"],"atLeast":1}]"""
            );
            p["require"] = new JsonArray("f2");
        },
    };

    public static TheoryData<string, string> IdsAndRules
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var solver in All)
            foreach (var name in Rules.Keys)
                data.Add(solver.Info.Id, name);
            return data;
        }
    }

    [Fact]
    public void The_solvers_of_the_family_are_those_that_auto_tries() =>
        All.Select(s => s.Info.Id).Should().BeEquivalentTo(FeatureSelectionFamily.Instance.ClassicalSolvers);

    [Theory, MemberData(nameof(IdsAndRules))]
    public void Obeys_every_constraint_and_never_beats_the_best_of_all_subsets(string id, string rule)
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var problem = Ruled(rule, seed);
            var best = SomeFeatures.Best(problem)!.Value;

            var (outcome, _) = Run(id, problem, new() { Evaluations = 20_000 }, seed);

            var ruling = Referee.Judge(problem, outcome);
            ruling.Refusal.Should().BeNull();
            ruling.Evaluation!.Violations.Should().BeEmpty();
            ruling.Evaluation.Objective.Should().BeLessThanOrEqualTo(best + 1e-12);
            if (ruling.Bound is { } bound)
                Referee.Refutes(problem, best, bound).Should().BeFalse();
            if (id != "greedy-mrmr")
                ruling.Evaluation.Objective.Should().BeApproximately(best, 1e-9, "eight features are few");
        }
    }

    [Theory]
    [InlineData("cp-sat")]
    [InlineData("tabu")]
    [InlineData("simulated-annealing")]
    public void Candidates_beside_the_best_come_also_where_every_search_ends_at_it(string id)
    {
        var problem = SomeFeatures.Read(SomeFeatures.Scores(3, 1, 2));
        for (var seed = 0; seed < 30; seed++)
        {
            var (outcome, _) = Run(id, problem, new() { Evaluations = 10_000 }, seed);

            outcome.Samples.Should().HaveCount(3, "there are three pairs of three features (seed {0})", seed);
        }
    }

    [Theory, MemberData(nameof(IdsAndRules))]
    public void Five_candidates_come_back_or_as_many_as_the_constraints_allow(string id, string rule)
    {
        foreach (var seed in new[] { 1, 2, 3 })
        {
            var problem = Ruled(rule, seed);

            var (outcome, _) = Run(id, problem, new() { Evaluations = 20_000 }, seed);

            var met = outcome.Samples.Select(s => s.Solution).Distinct().Count(s => problem.Evaluate(s).IsFeasible);
            met.Should().Be(outcome.Samples.Count, "each is another one, and allowed");
            met.Should().BeGreaterThanOrEqualTo(Math.Min(5, CountAllowed(problem)), "{0} with seed {1}", rule, seed);
        }
    }

    /// <summary>Half of the size is fixed, and costs leave few pairs for the rest.</summary>
    [Fact]
    public void Cp_sat_finds_the_candidates_that_tight_constraints_leave()
    {
        var json = SomeFeatures.Scores(8, seed: 2, size: 5);
        json["require"] = new JsonArray("f0", "f1", "f2");
        json["costs"] = JsonNode.Parse("""{"f3":1,"f4":2,"f5":3,"f6":4,"f7":5}""");
        json["budget"] = 5;
        var problem = SomeFeatures.Read(json);

        var (outcome, _) = Run("cp-sat", problem, new(), 1);

        CountAllowed(problem).Should().Be(4);
        outcome.Samples.Should().HaveCount(4);
        outcome
            .Should()
            .BeOfType<SolveOutcome.Found>()
            .Which.IsProven.Should()
            .BeTrue("the further searches prove nothing away");
    }

    private static int CountAllowed(FeatureSelectionProblem problem) =>
        Enumerable
            .Range(0, 1 << problem.NumVariables)
            .Count(mask =>
                problem
                    .Evaluate(
                        new FeatureSelectionSolution(
                            Enumerable.Range(0, problem.NumVariables).Where(i => ((mask >> i) & 1) == 1)
                        )
                    )
                    .IsFeasible
            );

    [Theory, MemberData(nameof(Ids))]
    public void Samples_are_distinct_allowed_subsets_best_first(string id)
    {
        var problem = SomeFeatures.Read(SomeFeatures.Scores(12, size: 5, exactly: false));

        var (outcome, _) = Run(id, problem, new(), 1);

        outcome.Samples.Count.Should().BeGreaterThanOrEqualTo(5);
        outcome.Samples.Select(s => s.Solution).Should().OnlyHaveUniqueItems();
        var evaluations = outcome.Samples.Select(s => problem.Evaluate(s.Solution)).ToList();
        evaluations.Should().OnlyContain(e => e.IsFeasible);
        evaluations.Select(e => e.Objective).Should().BeInDescendingOrder();
        outcome.Samples[0].Solution.Should().Be(((SolveOutcome.Found)outcome).Best);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Same_seed_same_answer(string id)
    {
        var problem = SomeFeatures.Read(SomeFeatures.Table(rows: 60, numbers: 14, size: 4));
        foreach (var evaluations in new long[] { 1, 7, 60, 500, 30_000 })
        {
            var budget = new SolveBudget { Evaluations = evaluations };

            var first = Run(id, problem, budget, 3);
            var second = Run(id, (FeatureSelectionProblem)Posted.Again(problem), budget, 3);

            OutcomeJson
                .Of(problem, second.Outcome, second.Context)
                .Should()
                .Be(OutcomeJson.Of(problem, first.Outcome, first.Context));
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Keeps_within_the_evaluations_budget(string id)
    {
        foreach (var exactly in new[] { true, false })
        foreach (var evaluations in new long[] { 1, 2, 13, 100, 4_000 })
        {
            var problem = SomeFeatures.Read(SomeFeatures.Scores(13, size: 4, exactly: exactly));

            var (outcome, context) = Run(id, problem, new() { Evaluations = evaluations }, 1);

            outcome.Should().BeOfType<SolveOutcome.Found>();
            context.Evaluations.Should().BeInRange(1, evaluations);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_by_itself_without_any_limit(string id)
    {
        var (outcome, context) = Run(id, SomeFeatures.Read(SomeFeatures.Scores(12)), new(), 1);

        outcome.Should().BeOfType<SolveOutcome.Found>();
        context.StoppedBy.Should().BeNull();
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_within_time_and_CPU_budgets(string id)
    {
        var problem = SomeFeatures.Read(SomeFeatures.Scores(120, size: 20));
        foreach (
            var budget in new SolveBudget[]
            {
                new() { TimeSeconds = 0.2 },
                new() { CpuSeconds = 0.2 },
            }
        )
        {
            var (outcome, context) = Run(id, problem, budget, 1);

            outcome.Should().BeOfType<SolveOutcome.Found>();
            context.ElapsedSeconds.Should().BeLessThan(Generous);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_cancel_before_the_start_ends_with_an_outcome(string id)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var solver = Solver(id);
        var problem = SomeFeatures.Read(SomeFeatures.Scores(12));
        var context = Registered.Context(solver, new(), cancellation: cancelled.Token);

        solver.Solve(problem, Registered.Options(solver), context).Should().BeOfType<SolveOutcome.NothingFound>();

        if (!solver.Info.AcceptsInitialSolution)
            return;
        context = Registered.Context(solver, new(), cancellation: cancelled.Token);
        context.InitialSolution = new FeatureSelectionSolution([2, 5, 7]);
        solver
            .Solve(problem, Registered.Options(solver), context)
            .Should()
            .BeOfType<SolveOutcome.Found>()
            .Which.Best.Should()
            .Be(context.InitialSolution);
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_stop_during_the_run_keeps_the_incumbent(string id)
    {
        SolveContext? context = null;
        Solution? reported = null;
        var solver = Solver(id);
        var problem = SomeFeatures.Read(SomeFeatures.Scores(150, size: 20));
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
        context.ElapsedSeconds.Should().BeLessThan(Generous);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Reports_improvements_only_and_the_best_one_last(string id)
    {
        var problem = SomeFeatures.Read(SomeFeatures.Scores(30, seed: 4, size: 5));
        var objectives = new List<double>();
        var solver = Solver(id);
        var context = Registered.Context(
            solver,
            new() { Evaluations = 50_000 },
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
        var problem = SomeFeatures.Read(SomeFeatures.Scores(14, seed: 8, size: 5));
        var (exact, _) = Run("cp-sat", problem, new(), 1);
        var optimum = ((SolveOutcome.Found)exact).Best;
        foreach (var evaluations in new long[] { 1, 2, 20, 2_000 })
        {
            var (outcome, context) = Run(id, problem, new() { Evaluations = evaluations }, 1, optimum);

            var found = outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
            problem.Evaluate(found.Best).Objective.Should().Be(problem.Evaluate(optimum).Objective);
            context.Evaluations.Should().BeInRange(1, evaluations);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void What_no_subset_satisfies_is_said_so_or_answered_by_what_comes_near(string id)
    {
        var json = SomeFeatures.Scores(8, size: 3);
        json["groups"] = JsonNode.Parse(
            """[{"features":["f0","f1","f2","f3"],"atLeast":2},{"features":["f4","f5","f6","f7"],"atLeast":2}]"""
        );
        var problem = SomeFeatures.Read(json);

        var (outcome, _) = Run(id, problem, new() { Evaluations = 20_000 }, 1);

        if (id == "cp-sat")
            outcome.Should().BeOfType<SolveOutcome.Infeasible>();
        else
            problem
                .Evaluate(outcome.Should().BeOfType<SolveOutcome.Found>().Subject.Best)
                .Violations.Sum(v => v.Amount)
                .Should()
                .Be(1, "one feature too few is the least that can be wrong");
    }

    [Theory, MemberData(nameof(Ids))]
    public void Options_at_the_ends_of_their_ranges_are_taken(string id)
    {
        var solver = Solver(id);
        var problem = SomeFeatures.Read(SomeFeatures.Scores(10));
        foreach (var (name, property) in solver.OptionsSchema["properties"]?.AsObject() ?? [])
        foreach (var end in new[] { "minimum", "maximum" })
        {
            if (property?[end] is not { } value)
                continue;
            using var json = System.Text.Json.JsonDocument.Parse(
                new JsonObject { [name] = value.DeepClone() }.ToJsonString()
            );
            var options = solver.ReadOptions(json.RootElement, "", new());

            var outcome = solver.Solve(problem, options!, Registered.Context(solver, new() { Evaluations = 2_000 }));

            Referee.Judge(problem, outcome).Refusal.Should().BeNull();
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Scores_of_any_size_and_sign_are_taken(string id)
    {
        foreach (var unit in new[] { 1e-300, 1e-12, 1, Math.PI, 1e300, -1 })
        {
            var json = SomeFeatures.Scores(9, seed: 6, size: 4);
            foreach (
                var list in new[]
                {
                    json["scores"]!["relevance"]!.AsArray(),
                    json["scores"]!["redundancy"]!["value"]!.AsArray(),
                }
            )
                for (var i = 0; i < list.Count; i++)
                    list[i] = (double)list[i]! * unit;
            var problem = SomeFeatures.Read(json);
            var best = SomeFeatures.Best(problem)!.Value;

            var (outcome, _) = Run(id, problem, new() { Evaluations = 5_000 }, 1);

            var ruling = Referee.Judge(problem, outcome);
            ruling.Refusal.Should().BeNull();
            if (ruling.Bound is { } bound)
                Referee.Refutes(problem, best, bound).Should().BeFalse();
            if (id != "greedy-mrmr")
                ruling.Evaluation!.Objective.Should().BeApproximately(best, 1e-9 * Math.Abs(best));
        }
    }

    private static FeatureSelectionProblem Ruled(string rule, long seed)
    {
        var json = SomeFeatures.Scores(8, seed, size: 3);
        Rules[rule](json);
        return SomeFeatures.Read(json);
    }

    private static ISolver Solver(string id) => All.Single(s => s.Info.Id == id);

    private static (SolveOutcome Outcome, SolveContext Context) Run(
        string id,
        FeatureSelectionProblem problem,
        SolveBudget budget,
        long seed,
        Solution? initial = null
    )
    {
        var solver = Solver(id);
        var context = Registered.Context(solver, budget, seed);
        context.InitialSolution = initial;
        return (solver.Solve(problem, Registered.Options(solver), context), context);
    }
}
