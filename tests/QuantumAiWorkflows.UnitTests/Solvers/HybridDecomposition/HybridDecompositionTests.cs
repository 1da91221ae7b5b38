using System.Text.Json;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.HybridDecomposition;

/// <summary>The loop; what it promises like every solver is in <see cref="SolverContractTests"/>.</summary>
public sealed class HybridDecompositionTests
{
    private static readonly ISolver Hybrid = HybridSolvers.All.Single(s => s.Info.Id == "hybrid-decomposition");

    [Theory]
    [InlineData("energyImpact")]
    [InlineData("bfs")]
    [InlineData("random")]
    public void Every_variable_has_its_turn_before_one_has_its_second(string selection)
    {
        var solver = new StandIn(StandIn.Zeros);
        // Two turns of 40 variables in sub-problems of 8 are ten sub-problems.
        var options = $$"""{"subSolver":"stand-in","subProblemSize":8,"selection":"{{selection}}","patience":10}""";

        var (outcome, _) = Run(Some.Qubo(40, 0.1), options, new() { Evaluations = 21 }, solver);

        var steps = outcome.SubProblems!.Steps;
        steps.Should().HaveCount(10);
        foreach (var turn in steps.Chunk(5))
            turn.SelectMany(s => s.Clamped.Variables).Should().BeEquivalentTo(Enumerable.Range(0, 40));
    }

    [Fact]
    public void When_fewer_are_left_than_fit_others_fill_the_sub_problem()
    {
        var solver = new StandIn(StandIn.Zeros);

        var (outcome, _) = Run(
            Some.Qubo(10, 0.5),
            """{"subSolver":"stand-in","subProblemSize":7}""",
            new() { Evaluations = 5 },
            solver
        );

        var steps = outcome.SubProblems!.Steps;
        steps.Should().HaveCount(2).And.OnlyContain(s => s.Clamped.Variables.Count == 7);
        steps.SelectMany(s => s.Clamped.Variables).Distinct().Should().HaveCount(10);
    }

    [Fact]
    public void Energy_impact_frees_the_variables_whose_flip_changes_most()
    {
        // No interactions: the impact of a variable is its coefficient's magnitude.
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < 12; i++)
            builder.Add(i, i, i % 2 == 0 ? i + 1 : -(i + 1), 0);
        var problem = builder.Build(12, new())!;

        var (outcome, _) = Run(
            problem,
            """{"subSolver":"stand-in","subProblemSize":4}""",
            new() { Evaluations = 5 },
            new StandIn(StandIn.Zeros)
        );

        outcome.SubProblems!.Steps[0].Clamped.Variables.Should().Equal(8, 9, 10, 11);
        outcome.SubProblems.Steps[1].Clamped.Variables.Should().Equal(4, 5, 6, 7);
    }

    [Fact]
    public void Bfs_frees_variables_that_interact()
    {
        // A ring: only neighbours interact.
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < 30; i++)
            builder.Add(i, (i + 1) % 30, i + 1, 0);
        var problem = builder.Build(30, new())!;

        var (outcome, _) = Run(
            problem,
            """{"subSolver":"stand-in","subProblemSize":5,"selection":"bfs"}""",
            new() { Evaluations = 3 },
            new StandIn(StandIn.Zeros)
        );

        outcome.SubProblems!.Steps[0].Clamped.ToProblem(problem.Model).NumInteractions.Should().Be(4);
    }

    [Theory]
    [InlineData(Sense.Minimize, Vartype.Binary)]
    [InlineData(Sense.Maximize, Vartype.Spin)]
    public void The_trace_leads_from_the_start_to_the_answer(Sense sense, Vartype vartype)
    {
        var problem = Some.Qubo(30, 0.3, seed: 3, sense: sense, vartype: vartype);

        var (outcome, context) = Run(problem, """{"subSolver":"tabu","rounds":1,"polish":"descent"}""", new());

        var steps = outcome.SubProblems!.Steps;
        steps.Select(s => s.Index).Should().Equal(Enumerable.Range(0, outcome.SubProblems.Total));
        foreach (var (step, next) in steps.Zip(steps.Skip(1)))
        {
            next.ObjectiveBefore.Should().Be(step.ObjectiveAfter);
            problem.IsBetter(step.ObjectiveBefore, step.ObjectiveAfter).Should().BeFalse("nothing worse is accepted");
            step.Accepted.Should().Be(!problem.IsBetter(step.ObjectiveBefore, step.ObjectiveFound!.Value));
        }
        steps[^1].ObjectiveAfter.Should().Be(Objective(problem, outcome));
        var totals = outcome.Decomposition!;
        totals.SubProblems.Should().Be(steps.Count);
        totals.Accepted.Should().Be(steps.Count(s => s.Accepted));
        totals.SubEvaluations.Should().Be(steps.Sum(s => s.Evaluations)).And.BeLessThan(context.Evaluations);
        (totals.SubSolver.Id, totals.SubSolver.Version).Should().Be(("tabu", "1.1.0"));
        (totals.Rounds, totals.SubProblemSize, totals.SubShots).Should().Be((1, 12, null));
    }

    [Fact]
    public void The_trace_has_every_sub_problem_as_it_was_solved()
    {
        var solver = new StandIn(StandIn.Zeros);
        var problem = Some.Qubo(25, 0.4, seed: 8, sense: Sense.Maximize, vartype: Vartype.Spin);

        var (outcome, _) = Run(problem, """{"subSolver":"stand-in"}""", new(), solver);

        outcome
            .SubProblems!.Steps.Select(s => s.Clamped.ToProblem(problem.Model).Id)
            .Should()
            .Equal(solver.Asked.Select(a => a.Problem.Id));
    }

    [Fact]
    public void A_long_trace_is_thinned_evenly()
    {
        var (outcome, _) = Run(
            Some.Qubo(30, 0.3),
            """{"subSolver":"random","subProblemSize":4,"subBudget":{"shots":1}}""",
            new() { Evaluations = 5_000 }
        );

        var trace = outcome.SubProblems!;
        trace.Total.Should().Be(outcome.Decomposition!.SubProblems).And.BeGreaterThan(2000);
        trace.Steps.Count.Should().BeInRange(500, 1000);
        trace.Steps.Select((s, k) => s.Index - k * trace.Every).Should().OnlyContain(d => d == 0);
        (trace.Total - trace.Steps[^1].Index).Should().BeLessThanOrEqualTo(trace.Every, "the end is there, too");
    }

    [Fact]
    public void Large_sub_problems_are_kept_in_smaller_number()
    {
        var (outcome, _) = Run(
            Some.Qubo(300, 0.02),
            """{"subSolver":"stand-in","subProblemSize":250,"patience":1000}""",
            new() { Evaluations = 401 },
            new StandIn(StandIn.Zeros)
        );

        var trace = outcome.SubProblems!;
        (trace.Total, trace.Every).Should().Be((200, 4));
        trace.Steps.Sum(s => s.Clamped.Variables.Count).Should().BeLessThanOrEqualTo(20_000);
    }

    [Fact]
    public void An_answer_that_is_worse_is_not_taken_over()
    {
        // Every bit earns something, so zeros are never good.
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < 10; i++)
            builder.Add(i, i, -1, 0);
        var problem = builder.Build(10, new())!;
        var context = Context(new() { Evaluations = 9 }, new StandIn(StandIn.Zeros).Registry);
        context.InitialSolution = problem.FromBits([1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);

        var outcome = Solve(problem, """{"subSolver":"stand-in","subProblemSize":3}""", context);

        Objective(problem, outcome).Should().Be(-10);
        outcome.Decomposition!.Accepted.Should().Be(0);
        outcome.SubProblems!.Steps.Should().OnlyContain(s => s.ObjectiveFound == -7 && s.ObjectiveAfter == -10);
    }

    [Fact]
    public void An_answer_that_is_as_good_is_taken_over()
    {
        var (outcome, _) = Run(
            Some.Qubo(6, 0),
            """{"subSolver":"stand-in"}""",
            new() { Evaluations = 7 },
            new StandIn(StandIn.Zeros)
        );

        // The first one leads to all zeros, or stays where it is; from there on zeros change nothing.
        var steps = outcome.SubProblems!.Steps;
        steps.Where(s => s.ObjectiveFound == s.ObjectiveBefore).Should().OnlyContain(s => s.Accepted);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("descent")]
    [InlineData("tabu")]
    public void Polishing_never_makes_it_worse_and_keeps_within_the_evaluations(string polish)
    {
        var problem = Some.Qubo(60, 0.2, seed: 5);
        foreach (var evaluations in new long[] { 1, 61, 200, 4_000 })
        {
            var (outcome, context) = Run(
                problem,
                $$"""{"subSolver":"random","polish":"{{polish}}"}""",
                new() { Evaluations = evaluations }
            );

            context.Evaluations.Should().BeInRange(1, evaluations);
            foreach (var step in outcome.SubProblems!.Steps.Where(s => s.Accepted))
                step.ObjectiveAfter.Should().BeLessThanOrEqualTo(step.ObjectiveFound!.Value);
        }
    }

    [Fact]
    public void Descent_ends_where_no_single_flip_is_better()
    {
        var problem = Some.Qubo(40, 0.3, seed: 6);

        var (outcome, _) = Run(problem, """{"subSolver":"tabu","polish":"descent","rounds":1}""", new());

        var best = (QuboSolution)((SolveOutcome.Found)outcome).Best;
        for (var i = 0; i < 40; i++)
        {
            var flipped = (sbyte[])best.Values.Clone();
            flipped[i] ^= 1;
            problem.Terms.Evaluate(flipped).Should().BeGreaterThanOrEqualTo(problem.Terms.Evaluate(best.Values));
        }
    }

    [Fact]
    public void Later_rounds_start_near_the_best_answer()
    {
        var (outcome, _) = Run(Some.Qubo(40, 0.3), """{"subSolver":"tabu","rounds":4}""", new());

        outcome.Decomposition!.Rounds.Should().Be(4);
        outcome.SubProblems!.Steps.Select(s => s.Round).Should().BeInAscendingOrder().And.Contain([1, 2, 3, 4]);
    }

    [Fact]
    public void Samples_are_the_sub_solvers_in_the_place_where_they_were_drawn()
    {
        var problem = Some.Qubo(20, 0.4, seed: 2, sense: Sense.Maximize);

        var (outcome, context) = Run(
            problem,
            """{"subSolver":"random","subProblemSize":5,"subBudget":{"shots":30}}""",
            new() { Shots = 100 }
        );

        context.StoppedBy.Should().Be(StoppedBy.Shots);
        context.Shots.Should().Be(100);
        outcome.Decomposition!.SubShots.Should().Be(100);
        outcome.SubProblems!.Steps.Select(s => s.Shots).Should().Equal(30, 30, 30, 10);
        outcome.Samples.Sum(s => s.Occurrences).Should().Be(100);
        outcome
            .Samples.Select(s => problem.Evaluate(s.Solution).Objective)
            .Should()
            .BeInDescendingOrder("the best comes first");
    }

    [Fact]
    public void A_sampler_draws_all_of_its_shots_whatever_the_evaluations_of_a_sub_problem()
    {
        var (outcome, _) = Run(
            Some.Qubo(20),
            """{"subSolver":"random","subBudget":{"shots":500,"evaluations":3}}""",
            new() { Shots = 1000 }
        );

        outcome.SubProblems!.Steps.Should().OnlyContain(s => s.Shots == 500);
    }

    [Fact]
    public void A_share_of_the_clocks_is_the_sub_problems_own_budget()
    {
        var solver = new StandIn(StandIn.Zeros);

        Run(
            Some.Qubo(20),
            """{"subSolver":"stand-in","subBudget":{"fraction":0.25,"shots":9,"evaluations":null},"rounds":1}""",
            new() { TimeSeconds = 4000, CpuSeconds = 2000 },
            solver
        );

        solver
            .Asked[0]
            .Context.Budget.Should()
            .Be(
                new SolveBudget
                {
                    TimeSeconds = 1000,
                    CpuSeconds = 500,
                    Shots = 9,
                }
            );
    }

    [Theory]
    [InlineData("null", true)]
    [InlineData("1", true)]
    [InlineData("0.001", false)]
    public void A_sub_solver_that_has_too_little_time_left_ends_the_run_if_the_time_is_the_runs(
        string fraction,
        bool ends
    )
    {
        var solver = new StandIn(
            (problem, context) =>
            {
                context.RequestStop(StoppedBy.Time);
                return StandIn.Zeros(problem, context);
            }
        );

        var (outcome, context) = Run(
            Some.Qubo(30),
            $$"""{"subSolver":"stand-in","rounds":1,"subBudget":{"fraction":{{fraction}} } }""",
            new() { TimeSeconds = 1000 },
            solver
        );

        context.StoppedBy.Should().Be(ends ? StoppedBy.Time : null);
        (outcome.Decomposition!.SubProblems == 1).Should().Be(ends);
    }

    [Fact]
    public void A_sub_solver_that_never_answers_ends_the_run_with_its_reason()
    {
        var solver = new StandIn(StandIn.Zeros) { Refuses = "it rains" };

        var (outcome, context) = Run(Some.Qubo(20), """{"subSolver":"stand-in"}""", new() { TimeSeconds = 60 }, solver);

        outcome
            .Should()
            .BeOfType<SolveOutcome.NothingFound>()
            .Which.Reason.Should()
            .Be("stand-in solved no sub-problem: it rains");
        outcome.SubProblems!.Steps.Should().HaveCount(3).And.OnlyContain(s => s.Reason == "it rains" && !s.Accepted);
        context.ElapsedSeconds.Should().BeLessThan(60);
    }

    [Theory]
    [InlineData("descent")]
    [InlineData("none")]
    public void Same_seed_same_steps(string polish)
    {
        var problem = Some.Qubo(50, 0.2, seed: 4);
        var options = $$"""{"subSolver":"simulated-annealing","polish":"{{polish}}","selection":"bfs"}""";

        Text(Run(problem, options, new() { Evaluations = 20_000 }))
            .Should()
            .Be(Text(Run(problem, options, new() { Evaluations = 20_000 })));

        string Text((SolveOutcome Outcome, SolveContext Context) run) =>
            OutcomeJson.Of(problem, run.Outcome, run.Context)
            + JsonSerializer.Serialize(
                run.Outcome.SubProblems!.Steps.Select(s => s with { ElapsedSeconds = 0, Seconds = 0 })
            );
    }

    [Fact]
    public void A_better_sub_solver_makes_a_better_run()
    {
        var small = Some.Qubo(16, 0.6, seed: 7);
        var (outcome, _) = Run(small, """{"subSolver":"tabu"}""", new() { Evaluations = 100_000 });
        Objective(small, outcome).Should().Be(Every.BestObjective(small));

        var large = Some.Qubo(250, 0.1, seed: 7);
        var (exchanged, _) = Run(
            large,
            """{"subSolver":"exhaustive","subBudget":{"evaluations":null},"rounds":1,"subProblemSize":10}""",
            new()
        );
        var (random, _) = Run(
            large,
            """{"subSolver":"random","rounds":1,"subProblemSize":10,"subBudget":{"shots":4}}""",
            new()
        );
        Objective(large, exchanged).Should().BeLessThan(Objective(large, random));
    }

    private static double Objective(QuboProblem problem, SolveOutcome outcome) =>
        problem.Evaluate(((SolveOutcome.Found)outcome).Best).Objective;

    private static (SolveOutcome Outcome, SolveContext Context) Run(
        QuboProblem problem,
        string options,
        SolveBudget budget,
        StandIn? solver = null
    )
    {
        var context = Context(budget, solver?.Registry ?? Registered.Registry);
        return (Solve(problem, options, context), context);
    }

    private static SolveContext Context(SolveBudget budget, SolverRegistry registry) =>
        new(budget, seed: 1) { Solvers = registry };

    private static SolveOutcome Solve(QuboProblem problem, string options, SolveContext context)
    {
        using var json = JsonDocument.Parse(options);
        var outcome = Hybrid.Solve(problem, Hybrid.ReadOptions(json.RootElement, "", new())!, context);
        Referee.Judge(problem, outcome).Refusal.Should().BeNull();
        return outcome;
    }
}
