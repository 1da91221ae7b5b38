using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.UnitTests.Quantum.Simulator;

public class ShotWalkTests
{
    private static readonly double[] Probabilities = [0.1, 0, 0.45, 0.2, 0, 0, 0.25, 0];

    [Fact]
    public void Shots_come_as_often_as_they_are_probable()
    {
        const int shots = 100_000;
        var walk = new ShotWalk(Xoshiro256.FromSeed(4, "shots"), shots, 1);
        walk.Pass(0, Probabilities);

        var counts = walk.Counts();

        counts.Select(c => c.Index).Should().Equal(0, 2, 3, 6);
        counts.Sum(c => c.Occurrences).Should().Be(shots);
        foreach (var (index, occurrences) in counts)
        {
            var p = Probabilities[index];
            ((double)occurrences).Should().BeApproximately(p * shots, 5 * Math.Sqrt(p * (1 - p) * shots));
        }
    }

    [Fact]
    public void It_does_not_matter_in_how_many_parts_the_strings_are_passed_nor_what_they_sum_up_to()
    {
        var (whole, parts) = (Walk(1), Walk(3));
        whole.Pass(0, Probabilities);
        double[] scaled = [.. Probabilities.Select(p => 3 * p)];
        parts.Pass(0, scaled.AsSpan(0, 3));
        parts.Pass(3, scaled.AsSpan(3, 1));
        parts.Pass(4, scaled.AsSpan(4));

        parts.Counts().Should().Equal(whole.Counts());

        static ShotWalk Walk(double norm) => new(Xoshiro256.FromSeed(9, "shots"), 1000, norm);
    }

    [Fact]
    public void A_norm_that_was_rounded_up_costs_no_shot_and_gives_none_to_the_impossible()
    {
        var walk = new ShotWalk(Xoshiro256.FromSeed(2, "shots"), 500, 1.1);
        walk.Pass(0, Probabilities);

        var counts = walk.Counts();

        counts.Sum(c => c.Occurrences).Should().Be(500);
        counts.Select(c => c.Index).Should().Equal([0, 2, 3, 6], "the last that is possible takes the rest");
    }
}
