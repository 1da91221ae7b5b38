using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

public class QaoaOnDataSetsTests(ITestOutputHelper output)
{
    [Fact]
    public void Best_sample_at_three_layers_is_the_known_optimum()
    {
        var instances = DataSets.Of("qubo-derived").Where(i => i.Size <= 20).ToList();
        instances.Should().NotBeEmpty();
        var options = new QaoaOptions { Layers = 3, CrossCheckQubits = 0 };
        var qaoa = QuantumSolvers.All.Single(s => s.Info.Id == "qaoa");

        foreach (var instance in instances)
        {
            var problem = instance.Read();
            var context = QSharpCache.Context(budget: new() { Shots = 1024 });

            var found = (SolveOutcome.Found)qaoa.Solve(problem, options, context);

            var quantum = found.Quantum!;
            output.WriteLine(
                $"{instance.Name}: hitRate {quantum.HitRate:0.####}, randomHitRate "
                    + $"{quantum.RandomHitRate:0.######}, approximationRatio {quantum.ApproximationRatio:0.###}, "
                    + $"{context.Evaluations} evaluations, {context.CpuSeconds:0.00} s CPU"
            );
            problem.Evaluate(found.Best).Objective.Should().Be(instance.BestKnown, instance.Name);
        }
    }
}
