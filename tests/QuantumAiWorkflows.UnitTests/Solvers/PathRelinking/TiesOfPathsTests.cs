using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.PathRelinking;
using QuantumAiWorkflows.Solvers.Tabu;

namespace QuantumAiWorkflows.UnitTests.Solvers.PathRelinking;

public sealed class TiesOfPathsTests
{
    [Fact]
    public void A_greedy_path_prefers_none_of_equal_changes()
    {
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < 30; i++)
            builder.Add(i, i, -1, 0);
        var moves = FlipMoves.Of(builder.Build(30, new())!, null);
        var relinking = new Relinking(moves, Some.Context(), Xoshiro256.FromSeed(1, "ties"));
        var (ones, bits, flipped) = (Enumerable.Repeat((sbyte)1, 30).ToArray(), new sbyte[30], new int[30]);
        for (var k = 0; k < 300; k++)
        {
            relinking.Walk(new sbyte[30], ones, true).Should().BeTrue();
            moves.CopyBits(bits);
            for (var i = 0; i < 30; i++)
                flipped[i] += bits[i];
        }

        // All changes are equal and the best of the middle third is its end, 20 flips: each variable in two thirds of the walks.
        // Five standard deviations are 41.
        flipped.Should().OnlyContain(count => Math.Abs(count - 200) < 41);
    }
}
