using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>CPU budgets are the whole process's, so these run alone.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>Published instances: proofs reach their optima, heuristics find them in seconds.</summary>
[Collection("alone")]
public sealed class KnownOptimaTests
{
    [Theory]
    [InlineData("qubo/bqp50-1.sparse", -2098)]
    [InlineData("qubo/gka1b.sparse", -133)]
    public void Cp_sat_proves(string file, double optimum)
    {
        var problem = DataSets.BiqMac(file);

        var found = (SolveOutcome.Found)Solve("cp-sat", problem, Minute);

        found.IsProven.Should().BeTrue();
        problem.Evaluate(found.Best).Objective.Should().Be(optimum);
    }

    [Theory]
    [InlineData("exhaustive")]
    [InlineData("cp-sat")]
    public void Derived_instances_have_the_listed_optima(string id)
    {
        foreach (var (file, best) in DataSets.Listed("qubo-derived"))
        {
            var problem = DataSets.BiqMac(file);

            var found = (SolveOutcome.Found)Solve(id, problem, Minute);

            found.IsProven.Should().BeTrue(file);
            problem.Evaluate(found.Best).Objective.Should().Be(best, file);
        }
    }

    [Fact]
    public void Tabu_reaches_bqp250_within_5_cpu_seconds() =>
        Reach("tabu", DataSets.BiqMac("qubo/bqp250-1.sparse"), -45607, 5);

    [Fact]
    public void Annealing_reaches_the_best_cut_of_G1_within_10_cpu_seconds() =>
        Reach("simulated-annealing", DataSets.MaxCut("maxcut/G1.txt"), 11624, 10);

    private static SolveContext Minute => new(new SolveBudget { TimeSeconds = 60 }, seed: 1);

    private static void Reach(string id, QuboProblem problem, double target, double cpuSeconds)
    {
        SolveContext? context = null;
        var best = double.NaN;
        context = new(new SolveBudget { CpuSeconds = cpuSeconds }, seed: 1)
        {
            OnIncumbent = (solution, _) =>
            {
                best = problem.Evaluate(solution).Objective;
                if (best == target)
                    context!.RequestStop(StoppedBy.Cancel);
            },
        };

        Solve(id, problem, context);

        best.Should().Be(target);
    }

    private static SolveOutcome Solve(string id, QuboProblem problem, SolveContext context)
    {
        var solver = ClassicalSolvers.All.Single(s => s.Info.Id == id);
        return solver.Solve(problem, solver.ReadOptions(null, "", new())!, context);
    }
}
