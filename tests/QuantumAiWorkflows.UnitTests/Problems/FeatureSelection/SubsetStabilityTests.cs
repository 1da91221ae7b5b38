using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.FeatureSelection;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

public sealed class SubsetStabilityTests
{
    /// <summary>Of four features: twice {0, 1}, once {0, 2}.</summary>
    private static readonly int[][] Three =
    [
        [0, 1],
        [0, 1],
        [0, 2],
    ];

    [Fact]
    public void Nogueira_s_index_and_interval_are_those_worked_out_by_hand()
    {
        // Shares 1, 2/3, 1/3, 0: mean variance 3/2 · (2/9 + 2/9)/4 = 1/6, chance 1/4, so 1 - 4/6. The parts are 1, 1, 2/3, their
        // squared deviations add up to 2/27, and 4/9 of that is the variance.
        var stability = SubsetStability.Nogueira(Three, 4)!;

        stability.Value.Should().BeApproximately(1 / 3.0, 1e-12);
        (stability.High - stability.Value).Should().BeApproximately(1.959963984540054 * Math.Sqrt(8 / 243.0), 1e-12);
        (stability.Value - stability.Low).Should().BeApproximately(stability.High - stability.Value, 1e-12);
    }

    [Fact]
    public void Kuncheva_s_index_is_the_one_worked_out_by_hand()
    {
        // Pairs have 2, 1 and 1 in common, by chance 1: (1 + 0 + 0)/3. Without one subset: 0, 0, 1, so 2/3 · 2/3 of variance.
        var stability = SubsetStability.Kuncheva(Three, 4)!;

        stability.Value.Should().BeApproximately(1 / 3.0, 1e-12);
        (stability.High - stability.Value).Should().BeApproximately(1.959963984540054 * 2 / 3, 1e-12);
        SubsetStability
            .Kuncheva(
                [
                    [0],
                    [0, 1],
                ],
                4
            )
            .Should()
            .BeNull("sizes differ");
    }

    [Fact]
    public void Jaccard_s_index_is_the_one_worked_out_by_hand()
    {
        SubsetStability.Jaccard(Three).Value.Should().BeApproximately((1 + 1 / 3.0 + 1 / 3.0) / 3, 1e-12);
        SubsetStability
            .Jaccard([
                [],
                [],
            ])
            .Value.Should()
            .Be(1);
        SubsetStability
            .Jaccard([
                [0],
                [],
            ])
            .Value.Should()
            .Be(0);
    }

    [Fact]
    public void Equal_subsets_are_perfectly_stable_and_random_ones_are_not_stable_at_all()
    {
        var equal = SubsetStability.Nogueira(
            [
                [1, 2],
                [2, 1],
                [1, 2],
            ],
            9
        )!;
        new[] { equal.Value, equal.Low, equal.High }.Should().OnlyContain(v => Math.Abs(v - 1) < 1e-12);
        SubsetStability
            .Nogueira(
                [
                    [],
                    [],
                ],
                3
            )
            .Should()
            .BeNull();

        var random = Xoshiro256.FromSeed(1, "stability");
        var subsets = Enumerable
            .Range(0, 200)
            .Select(_ =>
            {
                var all = Enumerable.Range(0, 50).ToArray();
                random.Shuffle<int>(all);
                return all[..10];
            })
            .ToArray();
        foreach (
            var stability in new[] { SubsetStability.Nogueira(subsets, 50)!, SubsetStability.Kuncheva(subsets, 50)! }
        )
        {
            stability.Value.Should().BeApproximately(0, 0.01);
            stability.Low.Should().BeLessThan(0.01);
            stability.High.Should().BeGreaterThan(-0.01);
        }
    }

    [Fact]
    public void For_subsets_of_one_size_Nogueira_s_index_is_Kuncheva_s()
    {
        int[][] subsets =
        [
            [0, 3, 4],
            [0, 1, 4],
            [2, 3, 4],
            [0, 3, 6],
        ];

        SubsetStability
            .Nogueira(subsets, 7)!
            .Value.Should()
            .BeApproximately(SubsetStability.Kuncheva(subsets, 7)!.Value, 1e-12);
    }
}
