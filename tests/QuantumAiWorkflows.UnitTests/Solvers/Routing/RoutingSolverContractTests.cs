using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.Routing;

/// <summary>What every solver of routing problems promises. A new one is tested by being in a registration list.</summary>
public sealed class RoutingSolverContractTests
{
    private static readonly SolveBudget Few = new() { Evaluations = 300 };

    /// <summary>cp-sat counts answers, and may look for the next one for hours.</summary>
    private static SolveBudget FewOf(string id) => id == "cp-sat" ? Few with { DeterministicSeconds = 0.3 } : Few;

    public static TheoryData<string> Ids =>
        [.. Registered.All.Where(s => s.Families.Contains("routing")).Select(s => s.Info.Id)];

    /// <summary>cp-sat takes no time windows.</summary>
    private static bool TakesWindows(string id) => id != "cp-sat";

    /// <summary>Those that look for better plans than the first.</summary>
    public static TheoryData<string> Searching => ["hybrid-genetic-search", "local-search-routing", "ortools-routing"];

    [Theory, MemberData(nameof(Searching))]
    public void Finds_the_best_of_all_plans_of_five_stops(string id)
    {
        for (ulong seed = 0; seed < 6; seed++)
        {
            var problem = RandomRouting.Problem(5, seed, hasWindows: seed % 2 == 1);
            var best = AllPlans(problem).Select(problem.Evaluate).Where(e => e.IsFeasible).Min(e => e.Objective);

            var evaluation = problem.Evaluate(Best(Solve(id, problem, Few)));

            evaluation.IsFeasible.Should().BeTrue();
            evaluation.Objective.Should().Be(best, $"of problem {seed}");
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Serves_everybody_where_each_could_have_a_vehicle(string id)
    {
        foreach (var hasWindows in new[] { false, TakesWindows(id) })
        {
            var problem = RandomRouting.Problem(20, 7, hasWindows);
            problem.Evaluate(Best(Solve(id, problem, FewOf(id)))).Violations.Should().BeEmpty();
        }
    }

    [Theory]
    [InlineData("local-search-routing")]
    [InlineData("nearest-neighbour")]
    [InlineData("ortools-routing")]
    public void Takes_everything_that_the_family_knows(string id)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            var problem = RandomRouting.Everything(seed);
            var violations = problem.Evaluate(Best(Solve(id, problem, Few))).Violations;
            // A greedy plan may leave somebody out; what it drives always holds.
            violations.Select(v => v.Constraint).Where(c => c != "unserved").Should().BeEmpty($"of problem {seed}");
            if (id != "nearest-neighbour")
                violations.Should().BeEmpty($"of problem {seed}");
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Repeats_itself_under_a_count_and_keeps_the_count(string id)
    {
        var problem = RandomRouting.Problem(25, 3, TakesWindows(id));
        var contexts = new[] { new SolveContext(FewOf(id), 5), new SolveContext(FewOf(id), 5) };

        var plans = contexts.Select(c => Best(Solver(id).Solve(problem, Options(id), c))).ToArray();

        plans[0].Should().Be(plans[1]);
        contexts.Should().OnlyContain(c => c.Evaluations <= Few.Evaluations && c.Evaluations > 0);
    }

    /// <summary>A service adds a clock where the client gives none: as long as it does not end the run, it must not change it.</summary>
    [Theory]
    [InlineData("hybrid-genetic-search", """{"iterations":400}""")]
    [InlineData("local-search-routing", """{"rounds":2000}""")]
    [InlineData("ortools-routing", """{"plans":600}""")]
    public void Repeats_itself_under_a_count_of_its_own_however_the_clock_runs_beside_it(string id, string options)
    {
        var problem = RandomRouting.Problem(40, 3);

        Run(slowdown: 3_000).Should().Be(Run(slowdown: 0));

        string Run(int slowdown)
        {
            using var json = System.Text.Json.JsonDocument.Parse(options);
            var seen = 0;
            var context = new SolveContext(new() { TimeSeconds = 25 }, 5)
            {
                OnIncumbent = (_, _) =>
                {
                    // The first plan may be a greedy one, before the search begins.
                    if (++seen <= 2)
                        Thread.Sleep(slowdown);
                },
            };
            var outcome = Solver(id).Solve(problem, Solver(id).ReadOptions(json.RootElement, "", new())!, context);
            context.StoppedBy.Should().BeNull();
            return OutcomeJson.Of(problem, outcome, context);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Never_ends_below_the_plan_it_began_with(string id)
    {
        var problem = RandomRouting.Problem(15, 9);
        var good = Best(Solve("hybrid-genetic-search", problem, Few));
        var context = new SolveContext(new() { Evaluations = 1 }, 1) { InitialSolution = good };

        var ended = Best(Solver(id).Solve(problem, Options(id), context));

        problem.Evaluate(ended).Objective.Should().BeLessThanOrEqualTo(problem.Evaluate(good).Objective);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Ends_a_cancelled_run_with_what_it_has(string id)
    {
        var problem = RandomRouting.Problem(40, 2);
        using var cancel = new CancellationTokenSource();
        RoutingSolution? last = null;
        var context = new SolveContext(new(), 1, cancel.Token)
        {
            OnIncumbent = (plan, _) =>
            {
                last = (RoutingSolution)plan;
                cancel.Cancel();
            },
        };

        var plan = Best(Solver(id).Solve(problem, Options(id), context));

        plan.Should().Be(last!);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Takes_a_problem_of_one_stop(string id)
    {
        var problem = RandomRouting.Problem(1, 1);
        problem.Evaluate(Best(Solve(id, problem, FewOf(id)))).Violations.Should().BeEmpty();
    }

    [Fact]
    public void The_genetic_search_says_what_it_does_not_take()
    {
        var check = Solver("hybrid-genetic-search")
            .Check(RandomRouting.Everything(1), Options("hybrid-genetic-search"), Few);

        check.Should().BeOfType<Applicability.Unsupported>().Which.Reason.Should().Contain("kinds of vehicles");
    }

    [Fact]
    public void Cp_sat_proves_the_best_of_all_plans_of_five_stops_and_what_has_none()
    {
        for (ulong seed = 0; seed < 4; seed++)
        {
            var problem = RandomRouting.Problem(5, seed);
            var best = AllPlans(problem).Select(problem.Evaluate).Where(e => e.IsFeasible).Min(e => e.Objective);

            var found = Solve("cp-sat", problem, new()).Should().BeOfType<SolveOutcome.Found>().Which;

            problem.Evaluate(found.Best).Should().BeEquivalentTo(new { Objective = best, IsFeasible = true });
            found.IsProven.Should().BeTrue();
            found.Bound.Should().Be(best);
        }
        Solve("cp-sat", RandomRouting.Problem(5, 1, capacity: 1), new()).Should().BeOfType<SolveOutcome.Infeasible>();
    }

    private static ISolver Solver(string id) => Registered.All.Single(s => s.Info.Id == id);

    private static object Options(string id) => Registered.Options(Solver(id));

    private static SolveOutcome Solve(string id, RoutingProblem problem, SolveBudget budget) =>
        Solver(id).Solve(problem, Options(id), new SolveContext(budget, 1));

    private static RoutingSolution Best(SolveOutcome outcome) =>
        (RoutingSolution)outcome.Should().BeOfType<SolveOutcome.Found>().Which.Best;

    /// <summary>Every order of the stops, cut in every way.</summary>
    private static IEnumerable<RoutingSolution> AllPlans(RoutingProblem problem)
    {
        var n = problem.Stops.Count;
        foreach (var order in Orders([.. Enumerable.Range(0, n)]))
            for (var cuts = 0; cuts < 1 << (n - 1); cuts++)
            {
                var routes = new List<Route>();
                var from = 0;
                for (var k = 1; k <= n; k++)
                    if (k == n || (cuts >> (k - 1) & 1) == 1)
                    {
                        routes.Add(new(0, order[from..k]));
                        from = k;
                    }
                yield return new(routes);
            }
    }

    private static IEnumerable<int[]> Orders(int[] items) =>
        items.Length <= 1
            ? [items]
            : items.SelectMany(first =>
                Orders([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest])
            );
}
