using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Quantum;

namespace QuantumAiWorkflows.UnitTests.Solvers.HybridDecomposition;

/// <summary>Published instances far beyond any simulator: runs end within their budget, verified and with their trace.</summary>
[Collection(nameof(Alone))]
public sealed class HybridOnDataSetsTests(ITestOutputHelper output)
{
    /// <summary>More shows more of what docs/hybrid.md has: QAIW_HYBRID_CPU_SECONDS.</summary>
    private static readonly double CpuSeconds = double.Parse(
        Environment.GetEnvironmentVariable("QAIW_HYBRID_CPU_SECONDS") ?? "1",
        CultureInfo.InvariantCulture
    );

    private static readonly string More = Environment.GetEnvironmentVariable("QAIW_HYBRID_OPTIONS") ?? "";

    [Theory]
    [InlineData("qubo", "bqp250-1", "qaoa")]
    [InlineData("qubo", "bqp250-1", "random")]
    [InlineData("qubo", "bqp250-1", "tabu")]
    [InlineData("maxcut", "G1", "qaoa")]
    [InlineData("maxcut", "G1", "random")]
    [InlineData("maxcut", "G1", "tabu")]
    public void Ends_within_its_budget_verified_and_with_its_trace(string family, string name, string subSolver)
    {
        var instance = DataSets.Named(family, name);
        var problem = instance.Read();
        var hybrid = HybridSolvers.All.Single(s => s.Info.Id == "hybrid-decomposition");
        using var json = JsonDocument.Parse($$"""{"subSolver":"{{subSolver}}"{{More}}}""");
        var context = new SolveContext(new SolveBudget { CpuSeconds = CpuSeconds }, seed: 1)
        {
            Solvers = Registered.Registry,
            CacheDirectory = QSharpCache.Folder,
        };

        var outcome = hybrid.Solve(problem, hybrid.ReadOptions(json.RootElement, "", new())!, context);

        context.StoppedBy.Should().Be(StoppedBy.Cpu);
        var ruling = Referee.Judge(problem, outcome);
        ruling.Status.Should().Be(ResultStatus.Feasible);
        var totals = outcome.Decomposition!;
        outcome.SubProblems!.Total.Should().Be(totals.SubProblems).And.BePositive();
        output.WriteLine(
            $"{name} {subSolver}: {ruling.Evaluation!.Objective} of {instance.BestKnown}, {outcome.Ran}, "
                + $"{totals.SubProblems} sub-problems, {totals.Improved} improved, {totals.Rounds} rounds, "
                + $"{totals.SubShots} shots, {totals.SubEvaluations} evaluations, {context.CpuSeconds:0.00} s CPU"
        );
    }
}
