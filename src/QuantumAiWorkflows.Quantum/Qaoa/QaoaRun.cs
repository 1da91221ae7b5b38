using System.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Noise;
using QuantumAiWorkflows.Quantum.QSharp;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>One run after compilation: search for angles, shots, metrics.</summary>
internal sealed class QaoaRun(
    QuboProblem problem,
    QuboTerms ising,
    QaoaOptions options,
    SolveContext context,
    QaoaClock clock,
    QaoaCircuit circuit,
    bool isCompileCached,
    IQaoaEngine engine
)
{
    /// <summary>Millions of shots may all differ; nobody reads more answers than this.</summary>
    public const int MaxSamples = 1000;

    private readonly int _shots = context.Budget.Shots ?? QaoaOptions.DefaultShots;

    // Costs are sums of these weights in some order: what differs by less is the same cost, rounded another way.
    private readonly ShotCounts _counts = new(
        problem,
        engine.Costs,
        tolerance: 1e-12 * circuit.Cost.Sum(t => Math.Abs(t.Weight))
    );

    private readonly NoiseModel? _noise = options.Noise is { } noise ? NoiseModel.Of(noise) : null;

    private NoisySampler? _noisySampler;
    private SampledState? _sampled;

    /// <summary>Shots that noise threw away.</summary>
    private long _lost;

    /// <summary>
    /// The state that shots were last drawn from, looked at while it is prepared: when a clock ends the search, the
    /// engine holds another one and there is no time to go back.
    /// </summary>
    private sealed record SampledState(
        QaoaAngles Angles,
        double Cost,
        double GroundProbability,
        double BestSampleProbability
    )
    {
        /// <summary>What noise made of it; null for an ideal run.</summary>
        public NoisyDistribution? Noisy { get; init; }

        /// <summary>Probability without noise of what the best sample has.</summary>
        public double IdealHitRate { get; init; }
    }

    public SolveOutcome Execute()
    {
        var search = new AngleSearch(
            engine,
            new(circuit.Qubits, circuit.Layers, circuit.Cost),
            options,
            context,
            clock
        );
        using (context.Stage("optimize"))
        {
            if (!search.Begin())
                return new SolveOutcome.NothingFound("The budget was spent before the first state could be sampled.");
            // A few shots of the first state, so that a run that is killed has an answer.
            Sample("first shots", search, Math.Min(64, _shots / 16));
            search.Run();
        }

        using (context.Stage("sample"))
            if (_counts.Total == 0 || !clock.IsOver)
            {
                engine.Prepare(search.Best!);
                Sample("shots", search, _shots - (int)(_counts.Total + _lost));
            }
        if (_sampled is not { } state)
            return new SolveOutcome.NothingFound(
                _lost > 0 ? $"All {_lost} shots lost a qubit." : "The budget was spent before a shot could be drawn."
            );

        var metrics = Metrics(state);
        if (_counts.Total + _lost == context.Budget.Shots)
            context.RequestStop(StoppedBy.Shots);
        return new SolveOutcome.Found(_counts.BestSolution)
        {
            Samples = _counts.Samples(MaxSamples),
            Quantum = metrics,
        };
    }

    private void Sample(string stream, AngleSearch search, int shots)
    {
        if (shots == 0)
            return;
        var (before, lostBefore) = (_counts.Total, _lost);
        var random = context.CreateRandom(stream);
        NoisyDistribution? noisy = null;
        IReadOnlyList<(int Index, int Occurrences)> drawn;
        if (_noise is { } noise)
        {
            _noisySampler ??= SamplerOf(noise);
            if (
                _noisySampler.Draw(search.Best!, random, shots, isFirst: before + lostBefore == 0) is not { } noisyShots
            )
                return;
            (drawn, noisy) = (noisyShots.Counts, noisyShots.Distribution);
            _lost += noisyShots.Lost;
        }
        else
            drawn = engine.Sample(random, shots);
        var isBetter = _counts.Add(drawn);
        context.CountShots(_counts.Total - before + _lost - lostBefore);
        var left = _shots - _counts.Total - _lost;
        clock.KeepForShots(_noisySampler?.SecondsFor(left) ?? engine.SecondsPerShot * left);
        if (isBetter)
            context.Report(_counts.BestSolution);
        if (_counts.Total == before)
            return;
        var probability = noisy?.Probability ?? engine.Probability;
        var best = engine.Costs[_counts.Best];
        _sampled = new(search.Best!, search.BestCost, UpTo(engine.Costs.Min(), probability), probability(_counts.Best))
        {
            Noisy = noisy,
            IdealHitRate = UpTo(best, engine.Probability),
        };
    }

    private NoisySampler SamplerOf(NoiseModel noise) =>
        engine is QSharpEngine
            ? new QSharpNoise(new(ising), engine.Costs, noise, context.CacheDirectory!, () => clock.IsOver)
            : new TrajectorySampler(
                engine,
                angles => NoisyCircuit.GatesOf(circuit, angles),
                noise,
                options.Noise!.Trajectories,
                context,
                () => clock.IsOver
            );

    /// <summary>Probability of all bit strings that cost no more.</summary>
    private double UpTo(double cost, Func<int, double> probability)
    {
        var costs = engine.Costs;
        var highest = cost + _counts.Tolerance;
        var sum = 0.0;
        for (var z = 0; z < costs.Length; z++)
            if (costs[z] <= highest)
                sum += probability(z);
        return Math.Min(1, sum);
    }

    private QuantumMetrics Metrics(SampledState state)
    {
        var costs = engine.Costs;
        var (lowest, highest) = (costs.Min(), costs.Max());
        var hits = 0L;
        for (var z = 0; z < costs.Length; z++)
            if (_counts.IsHit(z))
                hits++;

        var onQSharp = engine is QSharpEngine;
        var cost = state.Noisy?.Cost ?? state.Cost;
        return new()
        {
            ExecutionPath = onQSharp ? "qsharp-simulator" : "qsharp-qir",
            EvidenceLevel = state.Noisy is null ? EvidenceLevel.IdealSimulator : EvidenceLevel.NoisySimulator,
            Qubits = circuit.Qubits,
            CircuitDepth = circuit.Depth,
            TwoQubitGates = circuit.TwoQubitGates,
            GateCounts = circuit.GateCounts,
            Expectation = problem.ToOwnSense(ising.Offset + cost),
            Angles = new(state.Angles.Gammas, state.Angles.Betas),
            BestSampleProbability = state.BestSampleProbability,
            ApproximationRatio = Ratio(cost),
            GroundStateProbability = state.GroundProbability,
            OverlapWithQSharp = engine is QirEngine ours ? Overlap(ours, state.Angles) : null,
            HitRate = _counts.HitRate,
            RandomHitRate = (double)hits / costs.Length,
            CompileCached = isCompileCached,
            Noise = state.Noisy is { } noisy ? SideBySide(state, noisy) : null,
        };

        NoiseMetrics SideBySide(SampledState ideal, NoisyDistribution noisy) =>
            new()
            {
                Profile = _noise!.Profile,
                OneQubitError = _noise.OneQubit,
                TwoQubitError = _noise.TwoQubit,
                ReadoutError = _noise.Readout,
                PauliError = _noise.Pauli.X + _noise.Pauli.Y + _noise.Pauli.Z,
                Loss = _noise.Loss,
                Trajectories = noisy.Trajectories,
                ErrorFreeProbability = noisy.ErrorFree,
                LostShots = _lost,
                IdealExpectation = problem.ToOwnSense(ising.Offset + ideal.Cost),
                NoisyExpectation = problem.ToOwnSense(ising.Offset + noisy.Cost),
                NoisyExpectationError = noisy.CostError,
                IdealApproximationRatio = Ratio(ideal.Cost),
                NoisyApproximationRatio = Ratio(noisy.Cost),
                IdealHitRate = ideal.IdealHitRate,
                NoisyHitRate = _counts.HitRate,
            };

        // Where all points are equal, each of them is optimal.
        double Ratio(double mean) => highest > lowest ? (highest - mean) / (highest - lowest) : 1;
    }

    /// <summary>Asks Q# for the final state; null when it is too large, or when a clock leaves no time for it.</summary>
    private double? Overlap(QirEngine ours, QaoaAngles angles)
    {
        if (
            ours.Qubits > options.CrossCheckQubits
            || clock.IsOver
            || context.StoppedBy is StoppedBy.Time or StoppedBy.Cpu or StoppedBy.Cancel or StoppedBy.Cost
        )
            return null;
        using var stage = context.Stage("crossCheck");
        using var theirs = new QSharpEngine(ising, context.CacheDirectory!, () => clock.IsOver, () => clock.IsOver);
        try
        {
            theirs.Prepare(angles);
        }
        catch (QSharpInterruptedException)
        {
            return null;
        }
        var overlap = Complex.Zero;
        for (var z = 0; z < 1 << ours.Qubits; z++)
            overlap += Complex.Conjugate(ours.Amplitude(z)) * theirs.Amplitude(z);
        return overlap.Magnitude;
    }
}
