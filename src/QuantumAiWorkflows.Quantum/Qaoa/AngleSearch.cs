using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Looks for the angles with the lowest expected cost: all starting schedules, then Nelder-Mead from the best of them.
/// Ends by itself, at a number of evaluations, or when the run's clock says that only sampling still fits. No random
/// numbers: a number of evaluations alone decides what it finds.
/// </summary>
internal sealed class AngleSearch(
    IQaoaEngine engine,
    AngleSchedule schedule,
    QaoaOptions options,
    SolveContext context,
    QaoaClock clock
)
{
    /// <summary>Corners this close, as a share of the cost's deviation, are as good as equal: shots would not tell them apart.</summary>
    private const double Tolerance = 1e-5;

    private readonly List<(double[] Point, double Cost)> _starts = [];
    private long _evaluations;

    /// <summary>The best angles so far; null before the first evaluation.</summary>
    public QaoaAngles? Best { get; private set; }

    public double BestCost { get; private set; } = double.PositiveInfinity;

    /// <summary>Evaluates the likeliest schedule alone; false when there was no time for it.</summary>
    public bool Begin()
    {
        _starts.AddRange(Evaluate([schedule.Starts.First()]));
        return _starts.Count == 1;
    }

    public void Run()
    {
        _starts.AddRange(Evaluate([.. schedule.Starts.Skip(1)]));
        var starts = _starts.OrderBy(s => s.Cost).Take(options.Starts).ToList();
        for (var k = 0; k < starts.Count; k++)
        {
            // An equal share each of what is left, so that a slow first walk does not starve the others.
            var share = (options.MaxEvaluations - _evaluations) / (starts.Count - k);
            var end = _evaluations + share;
            NelderMead.Minimize(
                starts[k].Point,
                schedule.Steps,
                Tolerance * schedule.Deviation,
                point => _evaluations < end && Evaluate([point]) is [var (_, cost)] ? cost : null
            );
        }
    }

    /// <summary>Evaluates in order for as long as budgets last.</summary>
    private List<(double[] Point, double Cost)> Evaluate(IReadOnlyList<double[]> points)
    {
        var done = new List<(double[], double)>();
        while (done.Count < points.Count && clock.HasTimeToEvaluate(engine))
        {
            var left = Math.Min(options.MaxEvaluations - _evaluations, context.EvaluationsLeft);
            var size = (int)Math.Min(left, Math.Min(engine.BatchSize, points.Count - done.Count));
            if (size == 0)
                break;
            var batch = points.Skip(done.Count).Take(size).ToList();
            var angles = batch.ConvertAll(schedule.ToAngles);
            double[] costs;
            using (clock.Evaluating())
                costs = engine.Expectations(angles);

            context.CountEvaluations(costs.Length);
            _evaluations += costs.Length;
            for (var k = 0; k < costs.Length; k++)
            {
                done.Add((batch[k], costs[k]));
                if (costs[k] < BestCost)
                    (Best, BestCost) = (angles[k], costs[k]);
            }
        }
        return done;
    }
}
