using System.Text.Json;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>Published instances: proofs reach their optima, heuristics find them in seconds.</summary>
[Collection(nameof(Alone))]
public sealed class KnownOptimaTests
{
    [Theory]
    [InlineData("cp-sat", "bqp50-1")]
    [InlineData("cp-sat", "gka1b")]
    [InlineData("scip", "bqp50-1")]
    [InlineData("scip", "gka1b")]
    public void Exact_solvers_prove(string id, string name)
    {
        var instance = DataSets.Named("qubo", name);
        var problem = instance.Read();

        var found = (SolveOutcome.Found)Solve(id, problem, Minute);

        found.IsProven.Should().BeTrue();
        problem.Evaluate(found.Best).Objective.Should().Be(instance.BestKnown);
    }

    [Theory]
    [InlineData("exhaustive")]
    [InlineData("cp-sat")]
    [InlineData("scip")]
    public void Derived_instances_have_the_listed_optima(string id)
    {
        foreach (var instance in DataSets.Of("qubo-derived"))
        {
            var problem = instance.Read();

            var found = (SolveOutcome.Found)Solve(id, problem, Minute);

            found.IsProven.Should().BeTrue(instance.Name);
            problem.Evaluate(found.Best).Objective.Should().Be(instance.BestKnown, instance.Name);
        }
    }

    [Fact]
    public void Tabu_reaches_bqp250_within_5_cpu_seconds() => Reach("tabu", DataSets.Named("qubo", "bqp250-1"), 5);

    [Fact]
    public void Path_relinking_reaches_bqp1000_within_5_cpu_seconds() =>
        Reach("path-relinking", DataSets.Named("qubo", "bqp1000-2"), 5);

    /// <summary>p3000.1 of the published generator, and its best known value: both from the literature.</summary>
    [Fact]
    public void Path_relinking_reaches_the_best_known_value_of_Palubeckis_3000_variables_within_10_cpu_seconds()
    {
        using var parameters = JsonDocument.Parse("""{"numVariables":3000,"density":50}""");
        var generator = ProblemGenerators.Find("qubo-palubeckis")!;
        var problem = (QuboProblem)generator.Generate(parameters.RootElement, 31_000, "", new())!;

        Reach("path-relinking", problem, 3_931_583, 10);
    }

    [Fact]
    public void Annealing_reaches_the_best_cut_of_G1_within_10_cpu_seconds() =>
        Reach("simulated-annealing", DataSets.Named("maxcut", "G1"), 10);

    [Theory]
    [InlineData("G22")]
    [InlineData("G32")]
    [InlineData("t2g15_5555")]
    public void Parallel_tempering_reaches_the_best_cut_of_sparse_graphs_within_10_cpu_seconds(string name) =>
        Reach("parallel-tempering", DataSets.Named("maxcut", name), 10);

    [Theory]
    [InlineData("qubo", "bqp250-1")]
    [InlineData("maxcut", "G1")]
    public void Quantum_annealing_reaches_it_within_10_cpu_seconds(string family, string name) =>
        Reach("simulated-quantum-annealing", DataSets.Named(family, name), 10);

    [Theory]
    [InlineData("genetic", "qubo", "bqp500-1")]
    [InlineData("simulated-bifurcation", "qubo", "bqp500-1")]
    [InlineData("simulated-bifurcation", "maxcut", "G1")]
    [InlineData("mean-field", "qubo", "be250.1")]
    public void Inspired_and_bred_answers_reach_it_within_10_cpu_seconds(string id, string family, string name) =>
        Reach(id, DataSets.Named(family, name), 10);

    private static SolveContext Minute => new(new SolveBudget { TimeSeconds = 60 }, seed: 1);

    private static void Reach(string id, DataSets.Instance instance, double cpuSeconds) =>
        Reach(id, instance.Read(), instance.BestKnown, cpuSeconds);

    /// <summary>On a machine of half the speed one seed may come too late; a solver that has become worse misses with all.</summary>
    private static void Reach(string id, QuboProblem problem, double target, double cpuSeconds)
    {
        var reached = new List<double>();
        for (var seed = 1L; seed <= 3 && !reached.Contains(target); seed++)
            reached.Add(Best(id, problem, target, cpuSeconds, seed));
        reached.Should().Contain(target);
    }

    private static double Best(string id, QuboProblem problem, double target, double cpuSeconds, long seed)
    {
        SolveContext? context = null;
        var best = double.NaN;
        context = new(new SolveBudget { CpuSeconds = cpuSeconds }, seed)
        {
            OnIncumbent = (solution, _) =>
            {
                best = problem.Evaluate(solution).Objective;
                if (best == target)
                    context!.RequestStop(StoppedBy.Cancel);
            },
        };
        Solve(id, problem, context);
        return best;
    }

    private static SolveOutcome Solve(string id, QuboProblem problem, SolveContext context)
    {
        var solver = ClassicalSolvers.All.Single(s => s.Info.Id == id);
        return solver.Solve(problem, solver.ReadOptions(null, "", new())!, context);
    }
}
