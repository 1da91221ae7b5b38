using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Exhaustive;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solvers.Tabu;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>Vector kernels against their scalar specifications, and incremental fields against fresh ones.</summary>
public sealed class KernelTests
{
    private static readonly Gen<(int N, double Density, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 70],
        Gen.Int[0, 2].Select(k => new[] { 0.03, 0.3, 1.0 }[k]),
        Gen.Long[0, 1_000_000]
    );

    [Fact]
    public void Flip_of_tabu_agrees_with_its_scalar_specification() =>
        Instances.Sample(t =>
        {
            var problem = Some.Qubo(t.N, t.Density, t.Seed);
            CompareFlips(LocalFields.Whole(problem, null)!, LocalFields.Whole(problem, null)!, t.Seed);
            CompareFlips(LocalFields.Real(problem, null), LocalFields.Real(problem, null), t.Seed);
        });

    [Fact]
    public void Pick_of_tabu_draws_every_least_score_and_no_other()
    {
        var random = Xoshiro256.FromSeed(1, "picks");
        var scores = Enumerable.Repeat(9, 104).ToArray();
        var least = new[] { 0, 7, 8, 40, 63, 64, 101, 103 };
        foreach (var i in least)
            scores[i] = -4;

        var picked = Enumerable.Range(0, 8_000).Select(_ => TabuStep.Pick<int>(scores, -4, random)).ToList();

        picked.Distinct().Should().BeEquivalentTo(least);
        // 1000 expected of each; five standard deviations are 148.
        picked.GroupBy(i => i).Should().OnlyContain(g => Math.Abs(g.Count() - 1000) < 148);
    }

    [Fact]
    public void Sweep_agrees_with_its_scalar_specification() =>
        Instances.Sample(t =>
        {
            var problem = Some.Qubo(t.N, t.Density, t.Seed);
            CompareSweeps(LocalFields.Whole(problem, null)!, LocalFields.Whole(problem, null)!, t.Seed);
            CompareSweeps(LocalFields.Real(problem, null), LocalFields.Real(problem, null), t.Seed);
        });

    [Theory]
    [InlineData(1e-40, 1e-6)]
    [InlineData(1e-300, 1e300)]
    [InlineData(1e300, 1e-300)]
    [InlineData(1e-30, 1e-30)]
    public void A_sweep_at_any_temperature_flips_no_padding(double hot, double cold)
    {
        foreach (var unit in new[] { 1.0, Math.PI, 1e-200, 1e200 })
        {
            var problem = Scaled(Some.Qubo(11, 0.8), unit);
            var options = new SimulatedAnnealingOptions
            {
                Sweeps = 20,
                Reads = 3,
                BetaRange = new() { Hot = hot, Cold = cold },
            };

            var outcome = new SimulatedAnnealingSolver().Solve(problem, options, new SolveContext(new(), 1));

            Referee.Judge(problem, outcome).Refusal.Should().BeNull();
            outcome.Samples.Sum(s => s.Occurrences).Should().Be(3);
        }
    }

    private static QuboProblem Scaled(QuboProblem problem, double unit)
    {
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < problem.NumVariables; i++)
            builder.Add(i, i, unit * problem.Terms.Linear[i], 0);
        for (var k = 0; k < problem.Terms.Value.Length; k++)
            builder.Add(problem.Terms.Row[k], problem.Terms.Column[k], unit * problem.Terms.Value[k], 0);
        return builder.Build(problem.NumVariables, new FaultList())!;
    }

    [Fact]
    public void Minimum_of_a_block_agrees_with_its_scalar_specification() =>
        Gen.Select(Gen.Int[1, GrayCodeScan.BlockVariables], Gen.Long[0, 1_000_000])
            .Sample(t =>
            {
                var (low, seed) = t;
                var random = Xoshiro256.FromSeed((ulong)seed, "block");
                var pairs = Enumerable.Range(0, 1 << low).Select(_ => random.NextInt32(2001) - 1000.0).ToArray();
                var fields = Enumerable.Range(0, low).Select(_ => random.NextInt32(2001) - 1000.0).ToArray();

                LowBlock.Minimum(pairs, fields).Should().Be(LowBlock.MinimumScalar(pairs, fields));
            });

    [Fact]
    public void Fields_after_flips_are_those_of_a_fresh_assignment() =>
        Instances.Sample(t =>
        {
            var problem = Some.Qubo(t.N, t.Density, t.Seed, Sense.Maximize, Vartype.Spin);
            var fields = LocalFields.Whole(problem, null)!;
            var random = Xoshiro256.FromSeed((ulong)t.Seed, "flips");
            var bits = new sbyte[t.N];
            for (var k = 0; k < 50; k++)
            {
                var i = random.NextInt32(t.N);
                var before = problem.Model.Energy(bits);
                var delta = fields.Delta(i);
                bits[i] ^= 1;
                fields.Flip(i);

                (problem.Model.Energy(bits) - before).Should().Be(delta / fields.Scale);
            }

            var copied = new sbyte[t.N];
            fields.CopyBits(copied);
            copied.Should().Equal(bits);
        });

    [Fact]
    public void Exponential_variates_have_the_exponential_distribution()
    {
        var lanes = new RandomLanes(Xoshiro256.FromSeed(1, "exponential"));
        const int Draws = 200_000;
        var (sum, aboveOne, above) = (0.0, 0, 0.0);
        for (var k = 0; k < Draws / 8; k++)
        {
            var variates = lanes.NextExponential();
            for (var lane = 0; lane < 8; lane++)
            {
                sum += variates[lane];
                aboveOne += variates[lane] > 1 ? 1 : 0;
                above = Math.Max(above, variates[lane]);
            }
        }

        // Mean 1 and P(E > 1) = 1/e, each within five standard errors.
        (sum / Draws)
            .Should()
            .BeApproximately(1, 5 / Math.Sqrt(Draws));
        (aboveOne / (double)Draws).Should().BeApproximately(Math.Exp(-1), 5 * 0.483 / Math.Sqrt(Draws));
        above.Should().BeLessThanOrEqualTo(RandomLanes.LargestExponential);
    }

    [Fact]
    public void Sweeps_sample_the_boltzmann_distribution()
    {
        // Three variables at T = 2: the frequencies of all eight states against exp(-E/T)/Z.
        var problem = Some.Qubo(3, 1, seed: 11);
        var fields = LocalFields.Whole(problem, null)!;
        const double Temperature = 2.0;
        var lanes = new RandomLanes(Xoshiro256.FromSeed(3, "boltzmann"));
        var counts = new int[8];
        var bits = new sbyte[3];
        const int Sweeps = 200_000;
        for (var k = 0; k < Sweeps; k++)
        {
            MetropolisSweep.Run(fields, Temperature, ref lanes);
            fields.CopyBits(bits);
            counts[bits[0] + 2 * bits[1] + 4 * bits[2]]++;
        }

        var weights = Enumerable
            .Range(0, 8)
            .Select(s =>
                Math.Exp(-problem.Model.Energy([(sbyte)(s & 1), (sbyte)(s >> 1 & 1), (sbyte)(s >> 2)]) / Temperature)
            )
            .ToArray();
        // Sweeps are correlated: 0.01 is about ten standard errors of independent ones.
        for (var s = 0; s < 8; s++)
            (counts[s] / (double)Sweeps).Should().BeApproximately(weights[s] / weights.Sum(), 0.01);
    }

    private static void CompareFlips<T>(LocalFields<T> vector, LocalFields<T> scalar, long seed)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "steps");
        var tabu = new T[vector.Padded];
        for (var i = 0; i < tabu.Length; i++)
            tabu[i] = T.CreateTruncating(random.NextInt32(10));
        var scores = (Vector: new T[vector.Padded], Scalar: new T[vector.Padded]);
        for (var step = 0; step < 20; step++)
        {
            var k = random.NextInt32(vector.Count);
            var now = T.CreateTruncating(random.NextInt32(10));
            var aspiration = T.CreateTruncating(random.NextInt32(20) - 10);

            var least = TabuStep.Flip(vector, k, tabu, now, aspiration, scores.Vector);

            least.Should().Be(TabuStep.FlipScalar(scalar, k, tabu, now, aspiration, scores.Scalar));
            scores.Vector.Should().Equal(scores.Scalar);
            vector.Field.Should().Equal(scalar.Field);
            vector.Sign.Should().Equal(scalar.Sign);
        }
    }

    private static void CompareSweeps<T>(LocalFields<T> vector, LocalFields<T> scalar, long seed)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var temperature = 3.0 * vector.Scale;
        var lanes = new RandomLanes(Xoshiro256.FromSeed((ulong)seed, "lanes"));
        for (var sweep = 0; sweep < 5; sweep++)
        {
            // The kernel draws only for blocks within reach, in their order as it comes to them: replay that.
            var replay = lanes;
            var thresholds = new T[vector.Padded];
            var reach = T.CreateTruncating(RandomLanes.LargestExponential * temperature);
            var expected = 0;
            for (var block = 0; block < vector.Padded; block += LocalFields.Lanes)
            {
                thresholds.AsSpan().Fill(-LocalFields<T>.Wall);
                if (Enumerable.Range(block, LocalFields.Lanes).Any(i => scalar.Delta(i) <= reach))
                    MetropolisSweep.Scale(
                        replay.NextExponential(),
                        (float)temperature,
                        thresholds.AsSpan(block, LocalFields.Lanes)
                    );
                expected += MetropolisSweep.RunScalar<T>(scalar, thresholds);
            }

            MetropolisSweep.Run(vector, temperature, ref lanes).Should().Be(expected);
            vector.Field.Should().Equal(scalar.Field);
            vector.Sign.Should().Equal(scalar.Sign);
        }
    }
}
