using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Gives each term and each qubit its own angle: limited-memory BFGS from angles that are equal within each layer. Ends
/// where the slopes are flat, at a number of evaluations, or when the run's clock says that only sampling still fits. No
/// random numbers.
/// </summary>
internal sealed class MultiAngleSearch(
    GateEngine engine,
    QaoaCircuit circuit,
    QaoaOptions options,
    SolveContext context,
    QaoaClock clock
)
{
    /// <summary>Slopes this small, in the objective's unit, change nothing that shots would show.</summary>
    private const double Tolerance = 1e-6;

    private const int Memory = 10;

    private readonly double[] _gammaSlopes = new double[circuit.Layers * circuit.GammasPerLayer];
    private readonly double[] _betaSlopes = new double[circuit.Layers * circuit.BetasPerLayer];

    /// <summary>That were spent here.</summary>
    public long Evaluations { get; private set; }

    /// <summary>
    /// What the search for one angle per layer may use: half, so that this one gets the rest.
    /// </summary>
    public static QaoaOptions FirstHalf(QaoaOptions options, SolveContext context) =>
        options with
        {
            MaxEvaluations = (int)Math.Max(1, Math.Min(options.MaxEvaluations, context.EvaluationsLeft) / 2),
        };

    /// <summary>The best angles found and the objective there; the start where there was no time for better ones.</summary>
    /// <param name="start">One angle per layer, or all.</param>
    /// <param name="value">The objective there.</param>
    public (QaoaAngles Angles, double Value) Refine(QaoaAngles start, double value)
    {
        var best = (Angles: circuit.Expand(start), Value: value);
        var schedule = new AngleSchedule(circuit.Qubits, circuit.Cost);
        if (!schedule.HasSlopes)
            return best;

        // A gate's own turn is of order 1, whatever the size of its coefficient.
        var scales = Vector<double>.Build.Dense([
            .. Enumerable.Range(0, circuit.Layers).SelectMany(_ => circuit.Cost).Select(t => 1 / t.Weight),
            .. Enumerable.Repeat(1.0, _betaSlopes.Length),
        ]);
        var sought = AngleObjective.Of(options, engine, schedule.Deviation);
        var objective = ObjectiveFunction.Gradient(point =>
        {
            var (angles, value, slopes) = Evaluate(sought, point.PointwiseMultiply(scales));
            if (value < best.Value)
                best = (angles, value);
            return (value, slopes.PointwiseMultiply(scales));
        });
        var first = Vector<double>.Build.Dense([.. best.Angles.Gammas, .. best.Angles.Betas]).PointwiseDivide(scales);
        try
        {
            new LimitedMemoryBfgsMinimizer(
                Tolerance * sought.Scale(schedule.Deviation).Unit,
                1e-9,
                1e-12,
                Memory,
                int.MaxValue
            ).FindMinimum(objective, first);
        }
        catch (OptimizationException)
        {
            // Its line search found nothing lower along the slopes: as good an end as any.
        }
        catch (NoMorePointsException)
        {
            // What was found before counts.
        }
        return best;
    }

    /// <exception cref="NoMorePointsException">A budget is spent, or sampling needs what is left of it.</exception>
    private (QaoaAngles Angles, double Value, Vector<double> Slopes) Evaluate(
        AngleObjective objective,
        Vector<double> point
    )
    {
        var price = objective.EvaluationsPerGradient;
        var left = Math.Min(options.MaxEvaluations - context.Evaluations, context.EvaluationsLeft);
        if (left < price || !clock.HasTimeToEvaluate(engine, price))
            throw new NoMorePointsException();
        var values = point.AsArray();
        var angles = new QaoaAngles(values[.._gammaSlopes.Length], values[_gammaSlopes.Length..]);
        double value;
        using (clock.Evaluating(price))
            value = objective.Gradient(angles, _gammaSlopes, _betaSlopes);
        context.CountEvaluations(price);
        Evaluations += price;
        return (angles, value, Vector<double>.Build.Dense([.. _gammaSlopes, .. _betaSlopes]));
    }
}
