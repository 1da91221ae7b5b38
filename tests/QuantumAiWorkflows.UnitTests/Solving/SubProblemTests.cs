using System.Text.Json;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solving;

/// <summary><see cref="SolveContext.SolveSubProblem"/>: a run within a run.</summary>
public sealed class SubProblemTests
{
    private static readonly SolveBudget NoLimit = new();

    [Fact]
    public void Evaluations_and_shots_are_charged_to_the_caller()
    {
        var solver = new StandIn(
            (problem, context) =>
            {
                context.CountEvaluations(5);
                context.CountShots(9);
                return StandIn.Zeros(problem, context);
            }
        );
        var context = Context(solver, new() { Evaluations = 100, Shots = 50 });
        context.CountEvaluations(3);

        var first = Solve(context, NoLimit);
        Solve(context, NoLimit);

        (first.Evaluations, first.Shots).Should().Be((6, 9));
        (context.Evaluations, context.Shots).Should().Be((3 + 2 * 6, 18));
        (context.EvaluationsLeft, context.ShotsLeft).Should().Be((85, 32));
    }

    [Theory]
    [InlineData(null, null, 40L, 20)]
    [InlineData(10L, 5, 10L, 5)]
    [InlineData(1000L, 1000, 40L, 20)]
    public void A_budget_is_never_more_than_what_the_caller_has_left(
        long? evaluations,
        int? shots,
        long expectedEvaluations,
        int expectedShots
    )
    {
        var solver = new StandIn(StandIn.Zeros);
        var context = Context(solver, new() { Evaluations = 60, Shots = 25 });
        context.CountEvaluations(20);
        context.CountShots(5);

        Solve(context, new() { Evaluations = evaluations, Shots = shots });

        var given = solver.Asked[0].Context.Budget;
        (given.Evaluations, given.Shots).Should().Be((expectedEvaluations, expectedShots));
    }

    [Fact]
    public void Without_limits_of_the_caller_the_sub_problem_has_its_own_and_no_more()
    {
        var solver = new StandIn(StandIn.Zeros);

        Solve(Context(solver, new() { Threads = 2, MemoryMegabytes = 77 }), new() { Evaluations = 8 });

        solver
            .Asked[0]
            .Context.Budget.Should()
            .Be(
                new SolveBudget
                {
                    Evaluations = 8,
                    Threads = 2,
                    MemoryMegabytes = 77,
                }
            );
        solver.Asked[0].Context.StopTimeSeconds.Should().BeNull();
        solver.Asked[0].Context.StopCpuSeconds.Should().BeNull();
    }

    [Fact]
    public void Its_clocks_are_what_is_left_of_the_callers()
    {
        var solver = new StandIn(StandIn.Zeros);
        var context = Context(solver, new() { TimeSeconds = 500, CpuSeconds = 300 });

        Solve(context, new() { TimeSeconds = 1000, CpuSeconds = 2 });

        solver.Asked[0].Context.StopTimeSeconds.Should().BeLessThan(500).And.BeGreaterThan(400);
        solver.Asked[0].Context.StopCpuSeconds.Should().Be(2);
    }

    [Fact]
    public void Whatever_stops_the_caller_stops_it_with_that_reason()
    {
        SolveContext? caller = null;
        var solver = new StandIn(
            (problem, context) =>
            {
                context.ShouldStop().Should().BeFalse();
                caller!.RequestStop(StoppedBy.Cost);
                context.ShouldStop().Should().BeTrue();
                return StandIn.Zeros(problem, context);
            }
        );
        caller = Context(solver, NoLimit);

        Solve(caller, NoLimit).StoppedBy.Should().Be(StoppedBy.Cost);
    }

    [Fact]
    public void A_budget_of_its_own_does_not_stop_the_caller()
    {
        var solver = new StandIn(
            (problem, context) =>
            {
                while (!context.ShouldStop())
                    context.CountEvaluations(1);
                return StandIn.Zeros(problem, context);
            }
        );
        var context = Context(solver, new() { Evaluations = 100 });

        Solve(context, new() { Evaluations = 4 }).StoppedBy.Should().Be(StoppedBy.Evaluations);

        context.ShouldStop().Should().BeFalse();
    }

    [Fact]
    public void Cancelling_the_caller_cancels_it()
    {
        using var cancellation = new CancellationTokenSource();
        var solver = new StandIn(StandIn.Zeros);
        var context = new SolveContext(NoLimit, 1, cancellation.Token) { Solvers = solver.Registry };
        Solve(context, NoLimit);

        cancellation.Cancel();

        solver.Asked[0].Context.Cancellation.IsCancellationRequested.Should().BeTrue();
        solver.Asked[0].Context.ShouldStop().Should().BeTrue();
    }

    [Fact]
    public void Seeds_differ_from_call_to_call_and_follow_from_the_callers()
    {
        var solver = new StandIn(StandIn.Zeros);
        foreach (var seed in new[] { 5, 5, 6 })
        {
            var context = Context(solver, NoLimit, seed);
            Solve(context, NoLimit);
            Solve(context, NoLimit);
        }

        var seeds = solver.Asked.Select(a => a.Context.Seed).ToList();
        seeds.Should().OnlyContain(s => s >= 0 && s < 1L << 53);
        seeds[..2].Should().Equal(seeds[2..4]);
        seeds[2..].Should().OnlyHaveUniqueItems().And.NotContain(5);
    }

    [Fact]
    public void Incumbents_of_a_sub_problem_are_not_the_callers()
    {
        var solver = new StandIn(
            (problem, context) =>
            {
                context.Report(problem.FromBits(new sbyte[problem.NumVariables]));
                return StandIn.Zeros(problem, context);
            }
        );
        var reported = 0;
        var context = new SolveContext(NoLimit, 1) { Solvers = solver.Registry, OnIncumbent = (_, _) => reported++ };

        Solve(context, NoLimit);

        reported.Should().Be(0);
    }

    [Fact]
    public void Its_stages_are_the_callers()
    {
        var stages = new List<string>();
        var solver = new StandIn(
            (problem, context) =>
            {
                using (context.Stage("compile"))
                    return StandIn.Zeros(problem, context);
            }
        );
        var context = new SolveContext(NoLimit, 1)
        {
            Solvers = solver.Registry,
            OnStage = (name, _) => stages.Add(name),
            CacheDirectory = "somewhere",
        };

        Solve(context, NoLimit);

        stages.Should().Equal("compile");
        solver.Asked[0].Context.CacheDirectory.Should().Be("somewhere");
    }

    [Fact]
    public void Options_are_the_solvers_own_for_sub_problems_unless_given()
    {
        var solver = new StandIn(StandIn.Zeros);
        var context = Context(solver, NoLimit);

        Solve(context, NoLimit);
        Solve(context, NoLimit, "{}");
        Solve(context, NoLimit, """{"level":2}""");

        solver.Asked.Select(a => a.Options.Level).Should().Equal(4, 4, 2);
    }

    [Theory]
    [InlineData("oracle", null, "No solver \"oracle\"; known are *")]
    [InlineData("hybrid-decomposition", null, "hybrid-decomposition hands sub-problems to other solvers itself*")]
    [InlineData("stand-in", """{"level":10}""", "Expected 0 <= level <= 9, got 10.")]
    [InlineData("stand-in", """{"level":1,"level":2}""", "Member \"level\" is given twice.")]
    [InlineData("exhaustive", null, "exhaustive takes at most 30 variables, the problem has 40.")]
    public void What_cannot_be_called_finds_nothing_and_says_why(string id, string? options, string reason)
    {
        var context = Context(new StandIn(StandIn.Zeros), NoLimit);

        var run = context.SolveSubProblem(id, Some.Qubo(40, 0.1), Json(options), NoLimit);

        run.Outcome.Should().BeOfType<SolveOutcome.NothingFound>().Which.Reason.Should().Match(reason);
        (run.Evaluations, context.Evaluations).Should().Be((0, 0));
    }

    [Fact]
    public void A_sub_problems_solver_may_not_call_another()
    {
        var solver = new StandIn((problem, context) => Solve(context, NoLimit).Outcome);

        var call = () => Solve(Context(solver, NoLimit), NoLimit);

        call.Should().Throw<InvalidOperationException>().WithMessage("*may not call another*");
    }

    [Fact]
    public void Without_other_solvers_there_is_nobody_to_call() =>
        Solve(new SolveContext(NoLimit, 1), NoLimit)
            .Outcome.Should()
            .BeOfType<SolveOutcome.NothingFound>()
            .Which.Reason.Should()
            .Be("No other solver can be called here.");

    private static SolveContext Context(StandIn solver, SolveBudget budget, long seed = 1) =>
        new(budget, seed) { Solvers = solver.Registry };

    private static SubRun Solve(SolveContext context, SolveBudget budget, string? options = null) =>
        context.SolveSubProblem("stand-in", Some.Qubo(4), Json(options), budget);

    private static JsonElement? Json(string? text) => text is null ? null : JsonDocument.Parse(text).RootElement;
}
