using System.Numerics;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.SimulatedBifurcation;

namespace QuantumAiWorkflows.UnitTests.Solvers.SimulatedBifurcation;

/// <summary>Vector kernels against their scalar specifications, and the dynamics against what is known of them.</summary>
public sealed class BifurcationStepTests
{
    private static readonly Gen<(int N, double Density, long Seed)> Instances = Gen.Select(
        Gen.Int[1, 70],
        Gen.Int[0, 2].Select(k => new[] { 0.03, 0.3, 1.0 }[k]),
        Gen.Long[0, 1_000_000]
    );

    [Fact]
    public void Discrete_step_agrees_with_its_scalar_specification() =>
        Instances.Sample(t =>
        {
            var problem = Some.Qubo(t.N, t.Density, t.Seed);
            CompareDiscrete(LocalFields.Whole(problem, null)!, t.Seed);
            CompareDiscrete(LocalFields.Real(problem, null), t.Seed);
        });

    [Fact]
    public void Ballistic_step_agrees_with_its_scalar_specification() =>
        Instances.Sample(t =>
        {
            var lanes = SpinLanes.From(LocalFields.Whole(Some.Qubo(t.N, t.Density, t.Seed), null)!);
            var step = BallisticStep.Of(0.7, 0.4, 0.5);
            var vector = (X: SpinLanesTests.Spins(t.N, t.Seed), Y: SpinLanesTests.Spins(t.N, t.Seed + 1));
            var scalar = (X: (float[])vector.X.Clone(), Y: (float[])vector.Y.Clone());

            // In two blocks, which must not see each other's new positions.
            step.Accelerate(lanes, vector.X, vector.Y, 0, t.N / 2);
            step.Accelerate(lanes, vector.X, vector.Y, t.N / 2, t.N);
            step.Move(vector.X, vector.Y);
            step.RunScalar(lanes, scalar.X, scalar.Y);

            for (var at = 0; at < vector.X.Length; at++)
            {
                vector.X[at].Should().BeApproximately(scalar.X[at], 1e-4f);
                // Next to the wall rounding decides whether a momentum is stopped.
                if (Math.Abs(scalar.X[at]) < 0.999)
                    vector.Y[at].Should().BeApproximately(scalar.Y[at], 1e-4f);
            }
        });

    [Fact]
    public void Positions_stay_between_the_walls_and_stop_there()
    {
        var fields = LocalFields.Whole(Some.Qubo(20, 0.5, 2), null)!;
        var (x, y, changed) = (new float[fields.Padded], new float[fields.Padded], new int[fields.Padded]);
        y.AsSpan(0, 20).Fill(5);
        x.AsSpan(fields.Count).Fill(-1);

        // The force is nothing to the momenta, but much to the padding, whose field is enormous.
        DiscreteStep.Of(1, 0.5, 1e-6).Run(fields, x, y, changed).Should().Be(20, "all of them crossed zero");

        x.AsSpan(0, 20).ToArray().Should().OnlyContain(position => position == 1);
        y.AsSpan(0, 20).ToArray().Should().OnlyContain(momentum => momentum == 0);
        x.AsSpan(20).ToArray().Should().OnlyContain(position => position == -1, "padding stays where it is");
    }

    [Fact]
    public void A_free_oscillator_keeps_its_energy_while_the_pump_is_off()
    {
        // Symplectic: x² + y² - Δt·x·y is conserved exactly up to rounding, so the orbit neither grows nor decays.
        var fields = LocalFields.Real(Some.Qubo(1), null);
        const float TimeStep = 0.5f;
        var step = new DiscreteStep(TimeStep, -TimeStep, 0);
        var (x, y, changed) = (new float[8], new float[8], new int[8]);
        x[0] = 0.3f;
        for (var k = 0; k < 10_000; k++)
            step.Run(fields, x, y, changed);

        (x[0] * x[0] + y[0] * y[0] - TimeStep * x[0] * y[0]).Should().BeApproximately(0.09f, 0.002f);
    }

    [Fact]
    public void The_largest_eigenvalue_of_a_complete_graph_is_n_minus_one()
    {
        // Couplings of 1 between 12 spins, as a Max-Cut of unit weights has them.
        var builder = new QuantumAiWorkflows.Problems.Qubo.QuboBuilder(_ => default)
        {
            Vartype = QuantumAiWorkflows.Problems.Qubo.Vartype.Spin,
        };
        for (var i = 0; i < 12; i++)
        for (var j = i + 1; j < 12; j++)
            builder.Add(i, j, 1, 0);
        var model = LocalFields.Whole(builder.Build(12, new())!, null)!;

        var largest = Stability.LargestEigenvalue(model, Some.Context());

        (largest / model.Scale).Should().BeApproximately(11, 1e-3);
        Stability
            .TimeStep(model, 0.5, Math.Sqrt(11) * model.Scale, 1, Some.Context())
            .Should()
            .BeApproximately(1.5 / Math.Sqrt(1 + 0.5 * 11 / Math.Sqrt(11)), 1e-3);
    }

    private static void CompareDiscrete<T>(LocalFields<T> fields, long seed)
        where T : unmanaged, INumber<T>
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "oscillators");
        float[] Draw() => [.. Enumerable.Range(0, fields.Padded).Select(_ => (float)(2 * random.NextDouble() - 1))];
        var vector = (X: Draw(), Y: Draw(), Changed: new int[fields.Padded]);
        vector.X.AsSpan(fields.Count).Fill(-1);
        var scalar = (X: (float[])vector.X.Clone(), Y: (float[])vector.Y.Clone(), Changed: new int[fields.Padded]);
        var coupling = 0.25 / SpinLanes.RootMeanSquareField(fields);
        for (var k = 0; k < 20; k++)
        {
            var step = DiscreteStep.Of(0.9, k / 20.0, coupling);

            var count = step.Run(fields, vector.X, vector.Y, vector.Changed);

            count.Should().Be(step.RunScalar(fields, scalar.X, scalar.Y, scalar.Changed));
            vector.X.Should().Equal(scalar.X);
            vector.Y.Should().Equal(scalar.Y);
            vector.Changed.AsSpan(0, count).ToArray().Should().Equal(scalar.Changed.AsSpan(0, count).ToArray());
            vector.Changed.AsSpan(0, count).ToArray().Should().NotContain(i => i >= fields.Count);
            foreach (var i in vector.Changed.AsSpan(0, count))
                fields.Flip(i);
        }
    }
}
