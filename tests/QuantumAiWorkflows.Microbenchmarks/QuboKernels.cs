using BenchmarkDotNet.Attributes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Exhaustive;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solvers.Tabu;

namespace QuantumAiWorkflows.Microbenchmarks;

/// <summary>Random QUBOs with whole coefficients from -100 to 100.</summary>
internal static class Instance
{
    public static QuboProblem Random(int numVariables, double density)
    {
        var random = Xoshiro256.FromSeed(1, "benchmark");
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < numVariables; i++)
        for (var j = i; j < numVariables; j++)
            if (i == j || random.NextDouble() < density)
                builder.Add(i, j, random.NextInt32(201) - 100, 0);
        return builder.Build(numVariables, new FaultList())!;
    }
}

/// <summary>One flip of dense tabu search at n = 1000, with its choice of the next. Ratio: Vector to Scalar, per flip.</summary>
public class DenseTabuFlip
{
    private const int Flips = 1000;
    private readonly LocalFields<int> _fields = LocalFields.Whole(Instance.Random(1000, 1), null)!;
    private readonly Xoshiro256 _random = Xoshiro256.FromSeed(2, "picks");
    private readonly int[] _tabu = new int[1000];
    private readonly int[] _scores = new int[1000];
    private int _step;

    [Benchmark(OperationsPerInvoke = Flips, Baseline = true)]
    public int Scalar() => Search(TabuStep.FlipScalar);

    [Benchmark(OperationsPerInvoke = Flips)]
    public int Vector() => Search(TabuStep.Flip);

    private delegate int Step(
        LocalFields<int> fields,
        int k,
        ReadOnlySpan<int> tabu,
        int now,
        int aspiration,
        Span<int> scores
    );

    private int Search(Step flip)
    {
        var k = 0;
        for (var count = 0; count < Flips; count++)
        {
            _step = _step == 1 << 30 ? 0 : _step + 1;
            _tabu[k] = _step + 10;
            var least = flip(_fields, k, _tabu, _step, int.MinValue, _scores);
            k = TabuStep.Pick<int>(_scores, least, _random);
        }
        return k;
    }
}

/// <summary>
/// Whole reads of 1000 sweeps on 5000 spins of degree 5, from hot to cold as the schedule has it. Ratio: Vector to Scalar,
/// per attempted update, with eight thresholds drawn at once in both. By CPU time a hot sweep has 1.1, as flips take all of
/// it, the last one 0.8.
/// </summary>
public class SparseAnnealing
{
    private const int Sweeps = 1000;
    private const int Spins = 5000;
    private readonly LocalFields<int> _fields = LocalFields.Whole(Instance.Random(Spins, 5.0 / Spins), null)!;
    private AnnealingSchedule _schedule;
    private ExponentialLanes _lanes = new(Xoshiro256.FromSeed(3, "lanes"));

    [GlobalSetup]
    public void Setup() => _schedule = AnnealingSchedule.For(_fields);

    [Benchmark(OperationsPerInvoke = Sweeps * Spins, Baseline = true)]
    public int Scalar()
    {
        var flips = 0;
        var thresholds = new int[_fields.Padded];
        for (var k = 0; k < Sweeps; k++)
        {
            var temperature = (float)_schedule.Temperature(k, Sweeps);
            for (var block = 0; block < thresholds.Length; block += LocalFields.Lanes)
                MetropolisSweep.Scale(_lanes.Next(), temperature, thresholds.AsSpan(block, LocalFields.Lanes));
            flips += MetropolisSweep.RunScalar<int>(_fields, thresholds);
        }
        return flips;
    }

    [Benchmark(OperationsPerInvoke = Sweeps * Spins)]
    public int Vector()
    {
        var flips = 0;
        for (var k = 0; k < Sweeps; k++)
            flips += MetropolisSweep.Run(_fields, _schedule.Temperature(k, Sweeps), ref _lanes);
        return flips;
    }
}

/// <summary>One block of the exhaustive scan, 2^11 assignments. Ratio: Vector to Scalar, per assignment.</summary>
public class ExhaustiveBlock
{
    private const int States = 1 << GrayCodeScan.BlockVariables;
    private readonly double[] _pairs = Draw(States);
    private readonly double[] _fields = Draw(GrayCodeScan.BlockVariables);

    [Benchmark(OperationsPerInvoke = States, Baseline = true)]
    public double Scalar() => LowBlock.MinimumScalar(_pairs, _fields);

    [Benchmark(OperationsPerInvoke = States)]
    public double Vector() => LowBlock.Minimum(_pairs, _fields);

    private static double[] Draw(int count)
    {
        var random = Xoshiro256.FromSeed(4, "block");
        return [.. Enumerable.Range(0, count).Select(_ => random.NextInt32(201) - 100.0)];
    }
}
