using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.SimulatedQuantumAnnealing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.SimulatedQuantumAnnealing;

public sealed class SimulatedQuantumAnnealingTests
{
    [Fact]
    public void Sweep_agrees_with_its_scalar_specification() =>
        Gen.Select(
                Gen.Int[1, 40],
                Gen.Double[0, 1],
                Gen.Int[1, 3].Select(k => 16 * k),
                Gen.Double[0.1, 30],
                Gen.Double[0.01, 30],
                Gen.Long[0, 1_000_000]
            )
            .Sample(
                (n, density, slices, temperature, field, seed) =>
                {
                    var problem = Some.Qubo(n, density, seed);
                    var (vector, scalar) = (Loaded(problem, slices, seed), Loaded(problem, slices, seed));
                    var sweep = PathIntegralSweep.At(slices * temperature, field);
                    var (one, other) = (Lanes(seed), Lanes(seed));
                    for (var k = 0; k < 4; k++)
                    {
                        sweep.Run(vector, 0, n, ref one);
                        sweep.RunScalar(scalar, 0, n, ref other);
                    }

                    vector.Sign.Should().Equal(scalar.Sign);
                    vector.Field.Should().Equal(scalar.Field);
                },
                iter: 60
            );

    [Fact]
    public void Fields_after_sweeps_are_those_of_fresh_slices() =>
        Gen.Select(Gen.Int[1, 40], Gen.Double[0, 1], Gen.Long[0, 1_000_000])
            .Sample(
                (n, density, seed) =>
                {
                    var problem = Some.Qubo(n, density, seed, Sense.Maximize, Vartype.Spin);
                    var slices = Loaded(problem, 16, seed);
                    var lanes = Lanes(seed);
                    for (var k = 0; k < 5; k++)
                        PathIntegralSweep.At(16 * 5.0, 5).Run(slices, 0, n, ref lanes);

                    var model = LocalFields.Whole(problem, null)!;
                    var fresh = SlicedFields.From(model, 16);
                    var bits = new sbyte[n];
                    for (var slice = 0; slice < 16; slice++)
                    {
                        slices.CopyBits(slice, bits);
                        model.Reset(bits);
                        fresh.Load(model, slice);
                    }
                    slices.Sign.Should().Equal(fresh.Sign);
                    slices.Field.Should().Equal(fresh.Field);
                },
                iter: 40
            );

    [Theory]
    [InlineData(1.0, 0.5, 1.0)]
    [InlineData(1.0, 1.5, 1.0)]
    [InlineData(2.0, 1.0, 0.5)]
    public void Samples_the_quantum_system_at_a_fixed_field(double beta, double transverse, double scale)
    {
        // H = scale·(z0 z1 - 0.5 z1 z2 + 0.7 z0) - Γ ΣX; whole coefficients for the sampler, so times ten.
        var builder = new QuboBuilder(_ => default) { Vartype = Vartype.Spin };
        builder.Add(0, 1, 10, 0);
        builder.Add(1, 2, -5, 0);
        builder.Add(0, 0, 7, 0);
        var problem = builder.Build(3, new FaultList())!;
        const int Slices = 64;
        const int Batches = 100;
        const int SweepsPerBatch = 400;
        var fields = Loaded(problem, Slices, 1);
        // Energies of the sliced model are Scale times the problem's, which are ten times those of H over its scale.
        var unit = fields.Scale * 10 / scale;
        var sweep = PathIntegralSweep.At(Slices * unit / beta, unit * transverse);
        var lanes = Lanes(5);
        Func<sbyte[], double>[] observables =
        [
            s => s[0] * s[1],
            s => s[1] * s[2],
            s => s[0] * s[2],
            s => s[0],
            s => s[2],
        ];
        for (var k = 0; k < 500; k++)
            sweep.Run(fields, 0, 3, ref lanes);
        var batches = new double[observables.Length, Batches];
        var bits = new sbyte[3];
        for (var batch = 0; batch < Batches; batch++)
        for (var k = 0; k < SweepsPerBatch; k++)
        {
            sweep.Run(fields, 0, 3, ref lanes);
            for (var slice = 0; slice < Slices; slice += 8)
            {
                fields.CopyBits(slice, bits);
                var spins = Array.ConvertAll(bits, b => (sbyte)(2 * b - 1));
                for (var o = 0; o < observables.Length; o++)
                    batches[o, batch] += observables[o](spins) / (SweepsPerBatch * Slices / 8);
            }
        }

        for (var o = 0; o < observables.Length; o++)
        {
            var values = Enumerable.Range(0, Batches).Select(b => batches[o, b]).ToArray();
            var mean = values.Average();
            var error = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (Batches - 1) / Batches);
            var exact = ThermalState.Mean(beta, scale, transverse, observables[o]);
            // The slices' discretization adds (β Γ / P)², below 1e-3 here.
            mean.Should().BeApproximately(exact, 4.5 * error + 1e-3, $"observable {o}, whose error is {error:0.0000}");
            error.Should().BeLessThan(0.02, "or the comparison would say nothing");
        }
    }

    [Fact]
    public void The_bond_falls_with_the_field_and_never_leaves_what_a_float_holds()
    {
        var bonds = new[] { 1e-300, 1e-12, 0.01, 1, 5, 100, 1e9 }.Select(f => PathIntegralSweep.At(2, f).Bond).ToList();

        bonds.Should().BeInDescendingOrder().And.OnlyContain(b => b >= 0 && b <= 60);
        PathIntegralSweep.At(2, 1).Bond.Should().BeApproximately(-Math.Log(Math.Tanh(0.5)), 1e-12);
    }

    [Fact]
    public void A_run_that_is_over_loads_one_slice_and_scores_it()
    {
        var problem = Some.Qubo(8);
        var model = LocalFields.Whole(problem, null)!;
        var context = new SolveContext(new() { Evaluations = 1_000_000 }, seed: 1);
        var read = new AnnealingRead<int>(problem, model, 256, FieldSchedule.Of(new(), model), context);
        context.RequestStop(StoppedBy.Cancel);

        read.Run(sweeps: 10, isFirst: true);

        read.ToOutcome().Should().BeOfType<SolveOutcome.Found>();
        context
            .Evaluations.Should()
            .BeLessThan(2 * 8 * 256, "that many are the moves of the smallest block of a sweep");
    }

    [Fact]
    public void Slices_that_are_no_multiple_of_16_are_a_fault_with_the_next_one()
    {
        var solver = new SimulatedQuantumAnnealingSolver();

        var refusal = solver.Check(Some.Qubo(), new SimulatedQuantumAnnealingOptions { Slices = 40 }, new());

        var fault = refusal
            .Should()
            .BeOfType<Applicability.BadOptions>()
            .Subject.Faults.Should()
            .ContainSingle()
            .Subject;
        (fault.Code, fault.Pointer).Should().Be((FaultCode.OutOfRange, "/slices"));
        fault.Detail.Should().Be("Expected a multiple of 16, got 40; the next one is 48.");
    }

    [Theory]
    [InlineData(1e-300, 1e-300)]
    [InlineData(1e-300, 1e300)]
    [InlineData(1e300, 1e-300)]
    [InlineData(1e300, 1e300)]
    public void Any_field_at_any_temperature_ends_with_an_answer(double beta, double field)
    {
        var options = new SimulatedQuantumAnnealingOptions
        {
            Sweeps = 20,
            Reads = 2,
            Beta = beta,
            Field = field,
        };
        var problem = Some.Qubo(11, 0.8);

        var outcome = new SimulatedQuantumAnnealingSolver().Solve(problem, options, new SolveContext(new(), 1));

        Referee.Judge(problem, outcome).Refusal.Should().BeNull();
        outcome.Samples.Sum(s => s.Occurrences).Should().Be(2);
    }

    [Fact]
    public void Coefficients_that_are_not_whole_are_solved_too()
    {
        var builder = new QuboBuilder(_ => default);
        var random = Xoshiro256.FromSeed(1, "reals");
        for (var i = 0; i < 14; i++)
        for (var j = i; j < 14; j++)
            builder.Add(i, j, 2 * random.NextDouble() - 1, 0);
        var problem = builder.Build(14, new FaultList())!;

        var outcome = new SimulatedQuantumAnnealingSolver().Solve(
            problem,
            new SimulatedQuantumAnnealingOptions { Reads = 10 },
            new SolveContext(new(), 1)
        );

        problem.Evaluate(((SolveOutcome.Found)outcome).Best).Objective.Should().Be(Every.BestObjective(problem));
    }

    private static RandomLanes Lanes(long seed) => new(Xoshiro256.FromSeed((ulong)seed, "lanes"));

    private static SlicedFields Loaded(QuboProblem problem, int slices, long seed)
    {
        var model = LocalFields.Whole(problem, null)!;
        var fields = SlicedFields.From(model, slices);
        var random = Xoshiro256.FromSeed((ulong)seed, "slices");
        var bits = new sbyte[problem.NumVariables];
        for (var slice = 0; slice < slices; slice++)
        {
            random.FillBits(bits);
            model.Reset(bits);
            fields.Load(model, slice);
        }
        return fields;
    }
}
