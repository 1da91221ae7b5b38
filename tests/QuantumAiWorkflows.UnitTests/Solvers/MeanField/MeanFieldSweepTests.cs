using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.MeanField;

namespace QuantumAiWorkflows.UnitTests.Solvers.MeanField;

/// <summary>The kernel against its scalar specification, and its fixed points against the free energy, which tiny models give by brute force.</summary>
public sealed class MeanFieldSweepTests
{
    private static readonly Gen<(int N, double Density, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 70],
        Gen.Int[0, 2].Select(k => new[] { 0.03, 0.3, 1.0 }[k]),
        Gen.Long[0, 1_000_000]
    );

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.3, 0.4)]
    public void Sweep_agrees_with_its_scalar_specification(double temperature, double damping) =>
        Instances.Sample(t =>
        {
            var lanes = SpinLanes.From(LocalFields.Whole(Some.Qubo(t.N, t.Density, t.Seed), null)!);
            var vector = SpinLanesTests.Spins(t.N, t.Seed);
            var scalar = (float[])vector.Clone();
            var sweep = MeanFieldSweep.Of(temperature, 0, damping);

            Sweep(sweep, lanes, vector);
            sweep.RunScalar(lanes, scalar);

            for (var at = 0; at < vector.Length; at++)
                vector[at].Should().BeApproximately(scalar[at], 1e-3f);
        });

    [Theory]
    [InlineData(Vartype.Spin)]
    [InlineData(Vartype.Binary)]
    public void Fixed_points_are_stationary_and_lie_above_the_exact_free_energy(Vartype vartype) =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[0, 10_000], Gen.Double[0.3, 3])
            .Sample(
                t =>
                {
                    var (n, seed, temperature) = t;
                    var problem = Some.Qubo(n, 0.7, seed, Sense.Minimize, vartype);
                    var fields = LocalFields.Whole(problem, null)!;
                    var lanes = SpinLanes.From(fields);
                    var means = SpinLanesTests.Spins(n, seed);
                    var sweep = MeanFieldSweep.Of(temperature, 0, 1);
                    for (var k = 0; k < 3000; k++)
                        Sweep(sweep, lanes, means);

                    var unit = lanes.Unit / fields.Scale;
                    for (var lane = 0; lane < SpinLanes.Lanes; lane++)
                    {
                        double[] m = [.. Enumerable.Range(0, n).Select(i => (double)means[i * SpinLanes.Lanes + lane])];
                        var free = FreeEnergy(problem, m, temperature * unit);
                        // Gibbs and Bogoliubov: no product distribution has a free energy below the exact one.
                        free.Should().BeGreaterThanOrEqualTo(Exact(problem, temperature * unit) - 1e-4 * unit * n);
                        for (var i = 0; i < n; i++)
                        {
                            // Coordinate by coordinate it is the lowest there is.
                            var here = m[i];
                            foreach (var other in new[] { -0.999, -0.5, 0, 0.5, 0.999, here - 0.02, here + 0.02 })
                            {
                                m[i] = Math.Clamp(other, -1, 1);
                                FreeEnergy(problem, m, temperature * unit)
                                    .Should()
                                    .BeGreaterThanOrEqualTo(free - 1e-4 * unit * n);
                            }
                            m[i] = here;
                        }
                    }
                },
                iter: 200
            );

    [Fact]
    public void Without_noise_the_free_energy_never_rises() =>
        Gen.Select(Gen.Int[2, 8], Gen.Int[0, 10_000], Gen.Double[0.3, 3])
            .Sample(t =>
            {
                var (n, seed, temperature) = t;
                var problem = Some.Qubo(n, 0.7, seed);
                var fields = LocalFields.Whole(problem, null)!;
                var lanes = SpinLanes.From(fields);
                var unit = lanes.Unit / fields.Scale;
                var means = SpinLanesTests.Spins(n, seed);
                var before = double.PositiveInfinity;
                for (var k = 0; k < 10; k++)
                {
                    double[] m = [.. Enumerable.Range(0, n).Select(i => (double)means[i * SpinLanes.Lanes])];
                    var free = FreeEnergy(problem, m, temperature * unit);
                    free.Should().BeLessThanOrEqualTo(before + 1e-4 * unit * n);
                    before = free;
                    Sweep(MeanFieldSweep.Of(temperature, 0, 1), lanes, means);
                }
            });

    [Fact]
    public void Two_attracting_spins_bifurcate_where_the_theory_says()
    {
        // E = -s·t: m = tanh(m / T) has no solution but 0 above T = 1, and two more below.
        var builder = new QuboBuilder(_ => default) { Vartype = Vartype.Spin };
        builder.Add(0, 1, -1, 0);
        var lanes = SpinLanes.From(LocalFields.Whole(builder.Build(2, new())!, null)!);
        float Magnitude(double temperature)
        {
            var means = SpinLanesTests.Spins(2, 1);
            for (var k = 0; k < 5000; k++)
                Sweep(MeanFieldSweep.Of(temperature, 0, 1), lanes, means);
            return Math.Abs(means[0]);
        }

        Magnitude(1.2).Should().BeLessThan(1e-4f);
        var below = Magnitude(0.5);
        below.Should().BeApproximately((float)Math.Tanh(below / 0.5), 1e-5f).And.BeApproximately(0.9575f, 1e-3f);
    }

    [Fact]
    public void Noise_tells_equal_starts_apart_and_has_the_deviation_asked_for()
    {
        // A spin without a coupling of its own: at a high temperature its mean is the noise over T.
        var builder = new QuboBuilder(_ => default) { Vartype = Vartype.Spin };
        builder.Add(0, 1, -1, 0);
        var lanes = SpinLanes.From(LocalFields.Whole(builder.Build(2000, new())!, null)!);
        var means = new float[2000 * SpinLanes.Lanes];
        var random = new RandomLanes(Xoshiro256.FromSeed(1, "noise"));

        MeanFieldSweep.Of(1000, 2, 1).Run(lanes, means, 0, 2000, ref random);

        var squares = means.Skip(2 * SpinLanes.Lanes).Sum(m => 1e6 * m * m) / (1998 * SpinLanes.Lanes);
        squares.Should().BeApproximately(4, 0.2);
    }

    private static void Sweep(MeanFieldSweep sweep, SpinLanes lanes, float[] means)
    {
        var random = new RandomLanes(Xoshiro256.FromSeed(1, "noise"));
        sweep.Run(lanes, means, 0, lanes.Count / 2, ref random);
        sweep.Run(lanes, means, lanes.Count / 2, lanes.Count, ref random);
    }

    /// <summary>⟨E⟩ - T·S of independent spins with means m, E as a minimization.</summary>
    private static double FreeEnergy(QuboProblem problem, double[] m, double temperature)
    {
        var model = problem.Model.Terms;
        double X(int i) => (1 + m[i]) / 2;
        var energy = model.Offset;
        for (var i = 0; i < m.Length; i++)
            energy += model.Linear[i] * X(i);
        for (var k = 0; k < model.Value.Length; k++)
            energy += model.Value[k] * X(model.Row[k]) * X(model.Column[k]);
        double Entropy(double p) => p <= 0 ? 0 : -p * Math.Log(p);
        return energy - temperature * Enumerable.Range(0, m.Length).Sum(i => Entropy(X(i)) + Entropy(1 - X(i)));
    }

    /// <summary>-T·ln Σ exp(-E / T) over all assignments.</summary>
    private static double Exact(QuboProblem problem, double temperature)
    {
        var n = problem.NumVariables;
        var energies = Enumerable
            .Range(0, 1 << n)
            .Select(s => problem.Model.Energy([.. Enumerable.Range(0, n).Select(i => (sbyte)(s >> i & 1))]))
            .ToArray();
        var least = energies.Min();
        return least - temperature * Math.Log(energies.Sum(e => Math.Exp(-(e - least) / temperature)));
    }
}
