using System.Numerics;
using QuantumAiWorkflows.Input;
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
    QaoaExpressions expressions,
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

    /// <summary>Shots that were thrown away because a qubit was lost.</summary>
    private long _lost;

    /// <summary>Shots that were thrown away because noise broke a group.</summary>
    private long _broken;

    /// <summary>Shots that were taken, those that were thrown away included.</summary>
    private long Taken => _counts.Total + _lost + _broken;

    /// <summary>
    /// The state that shots were last drawn from, looked at while it is prepared: when a clock ends the search, the
    /// engine holds another one and there is no time to go back.
    /// </summary>
    private sealed record SampledState(
        QaoaAngles Angles,
        double Cost,
        double ObjectiveValue,
        double GroundProbability,
        double BestSampleProbability
    )
    {
        /// <summary>What noise made of it; null for an ideal run.</summary>
        public NoisyDistribution? Noisy { get; init; }

        /// <summary>Probability without noise of what the best sample has; null for an ideal run.</summary>
        public double? IdealHitRate { get; init; }
    }

    public SolveOutcome Execute()
    {
        var multiAngle =
            engine is GateEngine gates && circuit.Shape.Variant == QaoaVariant.MultiAngle
                ? new MultiAngleSearch(gates, circuit, options, context, clock)
                : null;
        var search = new AngleSearch(
            engine,
            new(circuit.Qubits, circuit.Cost),
            circuit.Space,
            multiAngle is null ? options : MultiAngleSearch.FirstHalf(options, context),
            context,
            clock
        );
        (QaoaAngles Angles, double Value) best;
        using (context.Stage("optimize"))
        {
            if (search.Begin() is not { } cost)
                return new SolveOutcome.NothingFound("The budget was spent before the first state could be sampled.");
            // A few shots of the first state, so that a run that is killed has an answer.
            Sample("first shots", (search.Best!, search.BestValue), cost, Math.Min(64, _shots / 16));
            search.Run();
            best = (search.Best!, search.BestValue);
            best = multiAngle?.Refine(best.Angles, best.Value) ?? best;
        }

        using (context.Stage("sample"))
            if (_counts.Total == 0 || !clock.IsOver)
            {
                var cost = engine.Prepare(best.Angles);
                Sample("shots", best, cost, _shots - (int)Taken);
            }
        if (_sampled is not { } state)
            return new SolveOutcome.NothingFound(
                _broken > 0 ? $"Of all {Taken} shots none kept its qubits and its groups."
                : _lost > 0 ? $"All {_lost} shots lost a qubit."
                : "The budget was spent before a shot could be drawn."
            );

        var metrics = Metrics(state, search, multiAngle);
        if (Taken == context.Budget.Shots)
            context.RequestStop(StoppedBy.Shots);
        return new SolveOutcome.Found(_counts.BestSolution)
        {
            Samples = _counts.Samples(MaxSamples),
            Quantum = metrics,
        };
    }

    private void Sample(string stream, (QaoaAngles Angles, double Value) prepared, double cost, int shots)
    {
        if (shots == 0)
            return;
        var (before, takenBefore) = (_counts.Total, Taken);
        var random = context.CreateRandom(stream);
        NoisyDistribution? noisy = null;
        IReadOnlyList<(int Index, int Occurrences)> drawn;
        if (_noise is { } noise)
        {
            _noisySampler ??= SamplerOf(noise);
            if (_noisySampler.Draw(prepared.Angles, random, shots, isFirst: takenBefore == 0) is not { } noisyShots)
                return;
            (drawn, noisy) = (noisyShots.Counts, noisyShots.Distribution);
            _lost += noisyShots.Lost;
            _broken += noisyShots.Outside;
        }
        else
            drawn = engine.Sample(random, shots);
        var isBetter = _counts.Add(drawn);
        context.CountShots(Taken - takenBefore);
        var left = _shots - Taken;
        clock.KeepForShots(_noisySampler?.SecondsFor(left) ?? engine.SecondsPerShot * left);
        if (isBetter)
            context.Report(_counts.BestSolution);
        if (_counts.Total == before)
            return;
        var probability = noisy?.Probability ?? engine.Probability;
        _sampled = new(
            prepared.Angles,
            cost,
            prepared.Value,
            UpTo(circuit.Space.Range(engine.Costs).Lowest, probability),
            probability(_counts.Best)
        )
        {
            Noisy = noisy,
            IdealHitRate = noisy is null ? null : UpTo(engine.Costs[_counts.Best], engine.Probability),
        };
    }

    private NoisySampler SamplerOf(NoiseModel noise) =>
        engine is QSharpEngine
            ? new QSharpNoise(
                expressions,
                engine.Costs,
                circuit.Space,
                noise,
                context.CacheDirectory!,
                () => clock.IsOver
            )
            : new TrajectorySampler(
                engine,
                angles => circuit.At(angles, expressions.Starts).Gates,
                circuit.Space,
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
            if (costs[z] <= highest && circuit.Space.Contains(z))
                sum += probability(z);
        return Math.Min(1, sum);
    }

    private QuantumMetrics Metrics(SampledState state, AngleSearch search, MultiAngleSearch? multiAngle)
    {
        var costs = engine.Costs;
        var (lowest, highest) = circuit.Space.Range(costs);
        var (hits, optima) = (0L, 0L);
        for (var z = 0; z < costs.Length; z++)
            if (circuit.Space.Contains(z))
            {
                hits += _counts.IsHit(costs[z]) ? 1 : 0;
                optima += costs[z] <= lowest + _counts.Tolerance ? 1 : 0;
            }
        var randomGround = (double)optima / circuit.Space.Count;

        var onQSharp = engine is QSharpEngine;
        var angles = circuit.Expand(state.Angles);
        var cost = state.Noisy?.Cost ?? state.Cost;
        return new()
        {
            Variant = JsonNames.Of(circuit.Shape.Variant),
            StartAngles = expressions.Starts,
            ExecutionPath = onQSharp ? "qsharp-simulator" : "qsharp-qir",
            EvidenceLevel = state.Noisy is null ? EvidenceLevel.IdealSimulator : EvidenceLevel.NoisySimulator,
            Qubits = circuit.Qubits,
            CircuitDepth = circuit.Depth,
            TwoQubitGates = circuit.TwoQubitGates,
            GateCounts = circuit.GateCounts,
            Expectation = problem.ToOwnSense(ising.Offset + cost),
            Optimizer = JsonNames.Of(search.Optimizer),
            Objective = JsonNames.Of(options.Objective),
            ObjectiveValue = problem.ToOwnSense(ising.Offset + state.ObjectiveValue),
            EvaluationsByPhase = multiAngle is null
                ? search.EvaluationsByPhase
                : new Dictionary<string, long>(search.EvaluationsByPhase) { ["multiAngle"] = multiAngle.Evaluations },
            Angles = new(angles.Gammas, angles.Betas),
            BestSampleProbability = state.BestSampleProbability,
            ApproximationRatio = Ratio(cost),
            GroundStateProbability = state.GroundProbability,
            RandomGroundStateProbability = randomGround,
            GroundStateEnhancement = state.GroundProbability / randomGround,
            OverlapWithQSharp = onQSharp ? null : Overlap(state.Angles),
            HitRate = _counts.HitRate,
            RandomHitRate = (double)hits / circuit.Space.Count,
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
                BrokenShots = _broken,
                IdealExpectation = problem.ToOwnSense(ising.Offset + ideal.Cost),
                NoisyExpectation = problem.ToOwnSense(ising.Offset + noisy.Cost),
                // Squares of costs of 1e200 are beyond a double: then no more is known than the whole range.
                NoisyExpectationError = double.IsFinite(noisy.CostError) ? noisy.CostError : highest - lowest,
                IdealApproximationRatio = Ratio(ideal.Cost),
                NoisyApproximationRatio = Ratio(noisy.Cost),
                IdealHitRate = ideal.IdealHitRate!.Value,
                NoisyHitRate = _counts.HitRate,
            };

        // Where all points are equal, each of them is optimal.
        double Ratio(double mean) => highest > lowest ? (highest - mean) / (highest - lowest) : 1;
    }

    /// <summary>Asks Q# for the final state; null when it is too large, or when a clock leaves no time for it.</summary>
    private double? Overlap(QaoaAngles angles)
    {
        if (
            engine.Qubits > options.CrossCheckQubits
            || clock.IsOver
            || context.StoppedBy is StoppedBy.Time or StoppedBy.Cpu or StoppedBy.Cancel or StoppedBy.Cost
        )
            return null;
        using var stage = context.Stage("crossCheck");
        using var theirs = new QSharpEngine(
            expressions,
            context.CacheDirectory!,
            () => clock.IsOver,
            () => clock.IsOver
        );
        try
        {
            theirs.Prepare(angles);
        }
        catch (QSharpInterruptedException)
        {
            return null;
        }
        var overlap = Complex.Zero;
        for (var z = 0; z < 1 << engine.Qubits; z++)
            overlap += Complex.Conjugate(engine.Amplitude(z)) * theirs.Amplitude(z);
        return overlap.Magnitude;
    }
}
