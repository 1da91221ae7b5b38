using BenchmarkDotNet.Attributes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Exhaustive;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solvers.Tabu;
using QuantumAiWorkflows.Solving;

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

/// <summary>One flip of dense tabu search at n = 1000, with its choice of the next. Mean is nanoseconds per flip.</summary>
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
/// Whole reads of 1000 sweeps on 5000 spins of degree 5, from hot to cold as the schedule has it. Mean is nanoseconds per
/// attempted update.
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

    [Benchmark(OperationsPerInvoke = Sweeps * Spins)]
    public int Read()
    {
        var flips = 0;
        for (var k = 0; k < Sweeps; k++)
            flips += MetropolisSweep.Run(_fields, _schedule.Temperature(k, Sweeps), ref _lanes);
        return flips;
    }
}

/// <summary>The exhaustive solver as a whole on 22 variables. Mean is nanoseconds per assignment.</summary>
public class ExhaustiveStates
{
    private const int Variables = 22;
    private readonly QuboProblem _problem = Instance.Random(Variables, 1);
    private readonly ExhaustiveSolver _solver = new();

    [Benchmark(OperationsPerInvoke = 1 << Variables)]
    public SolveOutcome Solve() =>
        ((ISolver)_solver).Solve(_problem, new ExhaustiveOptions(), new SolveContext(new SolveBudget(), seed: 1));
}
