using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Looks for angles in phases: <c>ramps</c>, all starting schedules as they are; <c>refinement</c> of the best of them;
/// <c>interpolation</c>, the optimum of one layer carried on to two, three, ...; <c>restarts</c> from random points. Ends by
/// itself, at a number of evaluations, or when the run's clock says that only sampling still fits. A seed and a number of
/// evaluations alone decide what it finds.
/// </summary>
internal sealed class AngleSearch
{
    /// <summary>Values this close, in the objective's unit, are as good as equal: shots would not tell them apart.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>The same for derivatives by coordinates of order 1: what is left to gain is about its square.</summary>
    public const double SlopeTolerance = 1e-3;

    private readonly IQaoaEngine _engine;
    private readonly AngleSchedule _schedule;
    private readonly QaoaOptions _options;
    private readonly SolveContext _context;
    private readonly QaoaClock _clock;
    private readonly AngleObjective _objective;
    private readonly (double Origin, double Unit) _scale;
    private readonly Xoshiro256 _perturbations;
    private readonly Dictionary<string, long> _phases = [];
    private readonly List<(double[] Point, double Value)> _ramps = [];
    private string _phase = "ramps";
    private long _evaluations;
    private long _end;

    /// <param name="space">The strings that the circuit can give.</param>
    public AngleSearch(
        IQaoaEngine engine,
        AngleSchedule schedule,
        SearchSpace space,
        QaoaOptions options,
        SolveContext context,
        QaoaClock clock
    )
    {
        (_engine, _schedule, _options, _context, _clock) = (engine, schedule, options, context, clock);
        _objective = AngleObjective.Of(options, engine, schedule.Deviation, space);
        _scale = _objective.Scale(schedule.Deviation);
        _perturbations = context.CreateRandom("perturbations");
        _end = options.MaxEvaluations;
        Optimizer =
            options.Optimizer != QaoaOptimizer.Auto ? options.Optimizer
            : engine.HasGradient && schedule.HasSlopes ? QaoaOptimizer.Bfgs
            : QaoaOptimizer.NelderMead;
    }

    public QaoaOptimizer Optimizer { get; }

    /// <summary>The best angles so far; null before the first evaluation.</summary>
    public QaoaAngles? Best { get; private set; }

    /// <summary>The objective there, in units of the cost, without the model's offset.</summary>
    public double BestValue { get; private set; } = double.PositiveInfinity;

    public IReadOnlyDictionary<string, long> EvaluationsByPhase => _phases;

    /// <summary>Evaluates the likeliest schedule alone, and prepares it. Null when there was no time for it.</summary>
    /// <returns>The expected cost there.</returns>
    public double? Begin()
    {
        double? expected = null;
        _ramps.AddRange(Evaluate([AngleSchedule.Starts(_options.Layers).First()], cost => expected = cost));
        return expected;
    }

    public void Run()
    {
        // Without a cost all angles are equal.
        if (_schedule.Deviation == 0)
            return;
        _ramps.AddRange(Evaluate([.. AngleSchedule.Starts(_options.Layers).Skip(1)]));

        var walks = new List<(string Phase, Action Walk)>();
        // The shortest first: a clock may end the search at any time.
        foreach (var (point, _) in _ramps.OrderBy(r => r.Value).Take(_options.Starts))
            walks.Add(("refinement", () => Walk(point)));
        if (_options.Layers > 1)
            walks.Add(("interpolation", Interpolate));
        var random = _context.CreateRandom("angles");
        for (var k = 0; k < _options.Restarts; k++)
            walks.Add(("restarts", () => Walk(AngleSchedule.Random(_options.Layers, random))));

        for (var k = 0; k < walks.Count; k++)
        {
            _phase = walks[k].Phase;
            // An equal share each of what is left, so that a slow first walk does not starve the others.
            _end = _evaluations + (_options.MaxEvaluations - _evaluations) / (walks.Count - k);
            walks[k].Walk();
        }
    }

    private void Interpolate()
    {
        var end = _end;
        var best = Evaluate([.. AngleSchedule.Starts(1)]).OrderBy(r => r.Value).Select(r => r.Point).FirstOrDefault();
        for (var layers = 1; best is not null && layers <= _options.Layers; layers++)
        {
            _end = _evaluations + (end - _evaluations) / (_options.Layers - layers + 1);
            var optimum = Walk(best);
            best = layers < _options.Layers ? AngleSchedule.Interpolate(optimum) : null;
        }
    }

    /// <summary>Minimizes from a point, within the evaluations up to <see cref="_end"/>.</summary>
    /// <returns>The best point seen.</returns>
    private double[] Walk(double[] start)
    {
        var (best, lowest) = (start, double.PositiveInfinity);
        double? Keep(double[] point, double? value)
        {
            if (value < lowest)
                (best, lowest) = ((double[])point.Clone(), value.Value);
            return (value - _scale.Origin) / _scale.Unit;
        }
        double? Value(double[] point) => Keep(point, Evaluate([point]) is [var (_, value)] ? value : null);

        var steps = AngleSchedule.Steps(start.Length / 2);
        switch (Optimizer)
        {
            case QaoaOptimizer.Bfgs:
                Bfgs.Minimize(start, SlopeTolerance, (point, slopes) => Keep(point, Gradient(point, slopes)));
                break;
            case QaoaOptimizer.Spsa:
                var left = Math.Min(_end - _evaluations, _context.EvaluationsLeft);
                Spsa.Minimize(start, steps, left, _perturbations, Value);
                break;
            default:
                NelderMead.Minimize(start, steps, Tolerance, Value);
                break;
        }
        return best;
    }

    /// <summary>Evaluates in order for as long as budgets last.</summary>
    private List<(double[] Point, double Value)> Evaluate(
        IReadOnlyList<double[]> points,
        Action<double>? onExpected = null
    )
    {
        var done = new List<(double[], double)>();
        while (done.Count < points.Count && _clock.HasTimeToEvaluate(_engine, Work(points[done.Count], 1)))
        {
            var left = Math.Min(_end - _evaluations, _context.EvaluationsLeft);
            var size = (int)Math.Min(left, Math.Min(_engine.BatchSize, points.Count - done.Count));
            if (size <= 0)
                break;
            var batch = points.Skip(done.Count).Take(size).ToList();
            var angles = batch.ConvertAll(ToAngles);
            double[] values;
            using (_clock.Evaluating(Work(batch[0], 1)))
                values = _engine.Evaluate(
                    angles,
                    cost =>
                    {
                        onExpected?.Invoke(cost);
                        return _objective.Value(cost);
                    }
                );

            Count(values.Length);
            for (var k = 0; k < values.Length; k++)
            {
                done.Add((batch[k], values[k]));
                Offer(angles[k], values[k]);
            }
        }
        return done;
    }

    /// <summary>Value and derivatives, the latter in the objective's unit; null when no gradient fits any more.</summary>
    private double? Gradient(double[] point, double[] slopes)
    {
        if (_context.EvaluationsLeft < _objective.EvaluationsPerGradient)
            _context.RequestStop(StoppedBy.Evaluations);
        var work = Work(point, _objective.EvaluationsPerGradient);
        if (_end - _evaluations < _objective.EvaluationsPerGradient || !_clock.HasTimeToEvaluate(_engine, work))
            return null;
        var angles = _schedule.ToAngles(point);
        var (gammaSlopes, betaSlopes) = (new double[angles.Layers], new double[angles.Layers]);
        double value;
        using (_clock.Evaluating(work))
            value = _objective.Gradient(angles, gammaSlopes, betaSlopes);

        Count(_objective.EvaluationsPerGradient);
        _schedule.ToSlopes(gammaSlopes, betaSlopes, _scale.Unit, slopes);
        Offer(angles, value);
        return value;
    }

    /// <summary>Of the whole circuit where the engine keeps its best state: the sampled one is to be that very one.</summary>
    private QaoaAngles ToAngles(double[] point) =>
        _engine.IsInterruptible ? _schedule.ToAngles(point).WithLayers(_options.Layers) : _schedule.ToAngles(point);

    /// <summary>In evaluations of the whole circuit; a call of Q#'s simulator takes its time, however little it does.</summary>
    private double Work(double[] point, int states) =>
        _engine.IsInterruptible ? 1 : (double)states * point.Length / (2 * _options.Layers);

    private void Count(int evaluations)
    {
        _context.CountEvaluations(evaluations);
        _evaluations += evaluations;
        _phases[_phase] = _phases.GetValueOrDefault(_phase) + evaluations;
    }

    private void Offer(QaoaAngles angles, double value)
    {
        if (value < BestValue)
            (Best, BestValue) = (angles.WithLayers(_options.Layers), value);
    }
}
