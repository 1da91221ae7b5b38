using System.Globalization;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
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

    /// <summary>Max-Cut of a random graph with edges of weight 1.</summary>
    public static QuboProblem Cut(int vertices, int edges)
    {
        var random = Xoshiro256.FromSeed(1, "cut");
        var builder = new QuboBuilder(_ => default) { Sense = Sense.Maximize, Duplicates = DuplicateEntries.Sum };
        var seen = new HashSet<(int, int)>();
        while (seen.Count < edges)
        {
            var (i, j) = (random.NextInt32(vertices), random.NextInt32(vertices));
            if (i >= j || !seen.Add((i, j)))
                continue;
            builder.Add(i, i, 1, 0);
            builder.Add(j, j, 1, 0);
            builder.Add(i, j, -2, 0);
        }
        return builder.Build(vertices, new FaultList())!;
    }
}

/// <summary>
/// One flip of dense tabu search at n = 1000, with its choice of the next. Ratio: Vector to Scalar, per flip. Rows are bytes, as
/// for the coefficients of the published dense instances.
/// </summary>
public class DenseTabuFlip
{
    private const int Variables = 1000;
    private const int Flips = 1000;
    private const int Tenure = 10;
    private static readonly int Padded = DenseMoves.Padded(Variables);
    private readonly sbyte[] _rows = new sbyte[Variables * Padded];
    private readonly int[] _sign = new int[Padded];
    private readonly LeastBlocks<int> _changes = new(Variables);
    private readonly Xoshiro256 _random = Xoshiro256.FromSeed(2, "picks");
    private readonly int[] _barred = new int[Tenure];
    private int _step;

    [GlobalSetup]
    public void Setup()
    {
        var terms = Instance.Random(Variables, 1).Model.Terms;
        for (var k = 0; k < terms.Value.Length; k++)
            _rows[terms.Row[k] * Padded + terms.Column[k]] = _rows[terms.Column[k] * Padded + terms.Row[k]] = (sbyte)
                terms.Value[k];
        _sign.AsSpan().Fill(1);
        for (var i = 0; i < Variables; i++)
            _changes.Score[i] = (int)terms.Linear[i];
        for (var k = 0; k < Tenure; k++)
            _changes.Score[_barred[k] = k] += LocalFields<int>.Wall;
        for (var block = 0; block < Padded / LeastBlocks<int>.Block; block++)
            _changes.Refresh(block);
    }

    [Benchmark(OperationsPerInvoke = Flips, Baseline = true)]
    public int Scalar() => Search(DenseStep.AddScalar);

    [Benchmark(OperationsPerInvoke = Flips)]
    public int Vector() => Search(DenseStep.Add);

    private delegate void Step(ref sbyte row, int by, ReadOnlySpan<int> sign, Span<int> change, Span<int> least);

    /// <summary>Every flip bars its variable and frees the one that was barred ten flips ago.</summary>
    private int Search(Step add)
    {
        var k = _changes.Pick(_changes.Minimum(), [], _random);
        for (var count = 0; count < Flips; count++)
        {
            _step = (_step + 1) % Tenure;
            ref var oldest = ref _barred[_step];
            _changes.Score[oldest] -= LocalFields<int>.Wall;
            oldest = k;
            var by = _sign[k];
            _changes.Score[k] = LocalFields<int>.Wall - _changes.Score[k];
            _sign[k] = -by;
            add(ref _rows[k * Padded], by, _sign, _changes.Score, _changes.Least);
            k = _changes.Pick(_changes.Minimum(), [], _random);
        }
        return k;
    }
}

/// <summary>
/// Whole reads of 1000 sweeps on a random graph of 5000 vertices and 12498 edges of weight 1 (the size of G55), from hot to
/// cold as the schedule has it; a second column has attempted updates a second. Ratio: to the int fields, per update.
/// </summary>
[Config(typeof(PerSecond))]
public class SparseAnnealing
{
    private const int Sweeps = 1000;
    private const int Spins = 5000;
    private readonly LocalFields<int> _fields = LocalFields.Whole(Instance.Cut(Spins, 12498), null)!;
    private readonly ShortFields _shorts;
    private readonly AnnealingSchedule _schedule;
    private readonly ExponentialStream _random = new(Xoshiro256.FromSeed(3, "lanes"));
    private RandomLanes _lanes = new(Xoshiro256.FromSeed(3, "lanes"));

    public SparseAnnealing()
    {
        _schedule = AnnealingSchedule.For(_fields);
        _shorts = ShortFields.From(_fields)!;
    }

    /// <summary>The specification of the sweep in 16 bits, with its thresholds drawn in vectors.</summary>
    [Benchmark(OperationsPerInvoke = Sweeps * Spins)]
    public int Scalar()
    {
        var flips = 0;
        var thresholds = new short[_shorts.Slots];
        for (var k = 0; k < Sweeps; k++)
        {
            var temperature = (float)InShorts(k);
            for (var block = 0; block < thresholds.Length; block += ShortFields.Lanes)
                ShortSweep.Thresholds(ref _lanes, temperature).CopyTo(thresholds, block);
            flips += ShortSweep.RunScalar(_shorts, thresholds);
        }
        return flips;
    }

    [Benchmark(OperationsPerInvoke = Sweeps * Spins, Baseline = true)]
    public int Ints()
    {
        var flips = 0;
        for (var k = 0; k < Sweeps; k++)
            flips += MetropolisSweep.Run(_fields, _schedule.Temperature(k / (Sweeps - 1.0)), ref _lanes);
        return flips;
    }

    [Benchmark(OperationsPerInvoke = Sweeps * Spins)]
    public int Shorts()
    {
        var flips = 0;
        for (var k = 0; k < Sweeps; k++)
            flips += ShortSweep.Run(_shorts, InShorts(k), _random);
        return flips;
    }

    private double InShorts(int k) => _schedule.Temperature(k / (Sweeps - 1.0)) * (_shorts.Scale / _fields.Scale);

    private sealed class PerSecond : ManualConfig
    {
        public PerSecond() => AddColumn(new UpdatesPerSecond());
    }

    /// <summary>Of the best run: whatever else the machine does makes the others slower.</summary>
    private sealed class UpdatesPerSecond : IColumn
    {
        public string Id => nameof(UpdatesPerSecond);
        public string ColumnName => "Best, M updates/s";
        public bool AlwaysShow => true;
        public ColumnCategory Category => ColumnCategory.Custom;
        public int PriorityInCategory => 0;
        public bool IsNumeric => true;
        public UnitType UnitType => UnitType.Dimensionless;
        public string Legend => "Attempted spin updates of the fastest iteration, in millions a second";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
            summary[benchmarkCase]?.ResultStatistics is { } statistics
                ? (1e3 / statistics.Min).ToString("F0", CultureInfo.InvariantCulture)
                : "-";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
            GetValue(summary, benchmarkCase);

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public bool IsAvailable(Summary summary) => true;
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
