using CsCheck;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.UnitTests.Numerics;

public class ExactSumTests
{
    [Fact]
    public void Keeps_what_cancellation_would_lose()
    {
        ExactSum.Of([1e100, 1, -1e100]).Should().Be(1);
        ExactSum.Of([1e16, 1, 1e-16, -1e16]).Should().Be(1);
        ExactSum.Of(Enumerable.Repeat(0.1, 10)).Should().Be(1);
        ExactSum.Of([]).Should().Be(0);
    }

    [Fact]
    public void Rounds_a_half_way_case_by_what_is_below_it()
    {
        // 2^53 + 1 lies half way between two doubles; a little more must round up, a little less down.
        var half = Math.Pow(2, 53);
        ExactSum.Of([half, 1, 1e-20]).Should().Be(half + 2);
        ExactSum.Of([half, 1, -1e-20]).Should().Be(half);
    }

    [Fact]
    public void Depends_neither_on_the_order_nor_but_for_its_sign_on_the_sign() =>
        Gen.Select(Gen.Double[-1e6, 1e6].Array[0, 40], Gen.Int)
            .Sample(
                (values, seed) =>
                {
                    var shuffled = values.ToArray();
                    Xoshiro256.FromSeed((ulong)seed, "shuffle").Shuffle<double>(shuffled);
                    return ExactSum.Of(values) == ExactSum.Of(shuffled)
                        && ExactSum.Of(values) == -ExactSum.Of(values.Select(v => -v));
                }
            );

    [Fact]
    public void Means_of_the_largest_doubles_stay_finite()
    {
        ExactSum.Mean([double.MaxValue, double.MaxValue, double.MaxValue]).Should().Be(double.MaxValue);
        ExactSum.Mean([.. Enumerable.Repeat(-1.5e308, 1000)]).Should().BeApproximately(-1.5e308, 1e293);
        ExactSum.Mean([double.MaxValue, -double.MaxValue, 4]).Should().BeInRange(0, 2);
    }
}
