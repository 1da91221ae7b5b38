using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Auto;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.Auto;

public sealed class AutoRaceTests
{
    /// <summary>One has the best answer after half of round 1, the other after all of that and a fifth of it again.</summary>
    [Fact]
    public void What_a_racer_spent_in_an_earlier_round_counts_when_two_are_equal()
    {
        var members = ClassicalSolvers
            .All.Where(s => AutoRules.Solvers.Contains(s.Info.Id))
            .Select(s =>
                s.Info.Id switch
                {
                    "path-relinking" => new Scripted(s, (round, p) => round == 1 ? (0.5, Good(p)) : (1, Good(p))),
                    "simulated-annealing" => new Scripted(
                        s,
                        (round, p) => round == 1 ? (0, Flipped(Good(p))) : (0.1, Good(p))
                    ),
                    "simulated-bifurcation" => new Scripted(s, (_, p) => (1, p.FromBits(new sbyte[p.NumVariables]))),
                    _ => s,
                }
            );
        var context = new SolveContext(new() { Evaluations = 10_000_000 }, 1);

        var outcome = new AutoSolver(members).Solve(Some.Qubo(30, 0.9), new AutoOptions { Proof = false }, context);

        outcome.Auto!.Sentence.Should().EndWith("it had -196 sooner than simulated-annealing.");
        outcome.Auto.Chosen.Should().Be("path-relinking");
    }

    private static QuboSolution Good(QuboProblem problem)
    {
        var tabu = ClassicalSolvers.All.Single(s => s.Info.Id == "tabu");
        var outcome = tabu.Solve(problem, tabu.ReadOptions(null, "", new())!, new(new() { Evaluations = 100_000 }, 1));
        return (QuboSolution)((SolveOutcome.Found)outcome).Best;
    }

    private static QuboSolution Flipped(QuboSolution solution) =>
        new([.. solution.Values.Select((v, i) => i == 0 ? (sbyte)(1 - v) : v)]);

    /// <summary>Finds what it is told to after a share of its evaluations, and spends them all.</summary>
    private sealed class Scripted(ISolver real, Func<int, QuboProblem, (double Share, QuboSolution Answer)> script)
        : ISolver
    {
        private int _runs;

        public SolverInfo Info => real.Info;
        public IReadOnlyList<string> Families => real.Families;
        public JsonObject OptionsSchema => real.OptionsSchema;

        public object? ReadOptions(JsonElement? element, string pointer, FaultList faults) =>
            real.ReadOptions(element, pointer, faults);

        public Availability Availability(string? cacheDirectory) => real.Availability(cacheDirectory);

        public Applicability Check(Problem problem, object options, SolveBudget budget) =>
            real.Check(problem, options, budget);

        public ResourceEstimate Estimate(
            Problem problem,
            object options,
            SolveBudget budget,
            EstimateWishes wishes,
            string? cacheDirectory
        ) => real.Estimate(problem, options, budget, wishes, cacheDirectory);

        public SubSolverUse? SubSolver(Problem problem, object options) => null;

        public SolveOutcome Solve(Problem problem, object options, SolveContext context)
        {
            var (share, answer) = script(++_runs, (QuboProblem)problem);
            var all = context.Budget.Evaluations!.Value;
            var before = (long)(share * all);
            context.CountEvaluations(before);
            context.Report(answer);
            context.CountEvaluations(all - before);
            return new SolveOutcome.Found(answer);
        }
    }
}
