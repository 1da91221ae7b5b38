using CsCheck;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qaoa;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

public class ShotCountsTests
{
    [Fact]
    public void Samples_are_the_first_of_all_answers_sorted_by_cost_and_then_by_index() =>
        Gen.Select(
                Gen.Int[0, 3].Array[16].Select(c => Array.ConvertAll(c, x => (double)x)),
                Gen.Select(Gen.Int[0, 15], Gen.Int[1, 9]).List[1, 40],
                Gen.Int[1, 20]
            )
            .Sample(
                (costs, drawn, capacity) =>
                {
                    var problem = Some.Qubo(4, density: 0.5);
                    var counts = new ShotCounts(problem, costs, tolerance: 0);

                    counts.Add(drawn);

                    var expected = drawn
                        .GroupBy(d => d.Item1)
                        .OrderBy(g => costs[g.Key])
                        .ThenBy(g => g.Key)
                        .Take(capacity)
                        .Select(g => (g.Key, (long)g.Sum(d => d.Item2)));
                    counts
                        .Samples(capacity)
                        .Select(s => (Index(s.Solution), (long)s.Occurrences))
                        .Should()
                        .Equal(expected);
                }
            );

    private static int Index(Solution solution) => ((QuboSolution)solution).Values.Select((bit, q) => bit << q).Sum();
}
