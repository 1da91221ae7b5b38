using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Problems.Encodings;

/// <summary>The contract itself, on a family that has one of everything.</summary>
public sealed class PackingEncodingTests : EncodingContract
{
    protected override IEnumerable<Problem> Problems =>
        [
            .. Enumerable
                .Range(0, 12)
                .Select(seed => PackingProblem.Random(seed, items: 2 + seed % 3, sacks: 1 + seed % 2)),
            new PackingProblem
            {
                Values = [1.5, 2.25, 0.1],
                Weights = [0.5, 1.25, 0.75],
                Sacks = 1,
                Capacity = 1.5,
                MaxCrates = 0,
            },
        ];

    protected override Solution? Feasible(Problem problem, Xoshiro256 random)
    {
        var packing = (PackingProblem)problem;
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var answer = new Packing(
                [.. Enumerable.Range(0, packing.Items).Select(_ => random.NextInt32(packing.Sacks + 1) - 1)],
                random.NextInt32(packing.MaxCrates + 1)
            );
            if (packing.Evaluate(answer).IsFeasible)
                return answer;
        }
        return null;
    }
}
