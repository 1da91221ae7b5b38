using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Keeps enough of a run's time for sampling, whatever the search for angles would still like to do. Measures what an
/// evaluation and a shot cost and stops the search before what is left would be too little. Count budgets never look at
/// a clock.
/// </summary>
internal sealed class QaoaClock(SolveContext context)
{
    /// <summary>Machines hesitate: twice the measured cost is kept.</summary>
    private const double Safety = 2;

    private Seconds _perEvaluation;
    private double _secondsForShots;

    /// <summary>Several threads spend CPU seconds faster than wall seconds.</summary>
    private readonly record struct Seconds(double Wall, double Cpu)
    {
        public static Seconds operator *(double factor, Seconds s) => new(factor * s.Wall, factor * s.Cpu);
    }

    /// <summary>
    /// True, for good and with the reason set on the context, when the search must end at once so that sampling can begin.
    /// Safe from any thread.
    /// </summary>
    public bool IsSearchOver()
    {
        if (context.Cancellation.IsCancellationRequested)
            context.RequestStop(StoppedBy.Cancel);
        else if (Lacking(evaluations: 1) is { } reason)
            context.RequestStop(reason);
        return context.StoppedBy is not null;
    }

    /// <summary>True when nothing more may be done. Safe from any thread.</summary>
    public bool IsOver => context.Cancellation.IsCancellationRequested || SpentAfter(new(0, 0)) is not null;

    /// <summary>
    /// False, with the reason set on the context, when a budget is spent or sampling needs what is left of it.
    /// </summary>
    /// <param name="work">Of the next call, in evaluations of the whole circuit.</param>
    public bool HasTimeToEvaluate(IQaoaEngine engine, double work)
    {
        if (context.ShouldStop())
            return false;
        // Sampling is one more call, with a price of its own (Q# compiles, our engine walks along the state).
        if (Lacking(engine.IsInterruptible ? 1 : work + 2) is { } reason)
            context.RequestStop(reason);
        return context.StoppedBy is null;
    }

    /// <summary>Times one call.</summary>
    /// <param name="work">What it does, in evaluations of the whole circuit.</param>
    public Measurement Evaluating(double work) =>
        new(
            context,
            (wall, cpu) =>
                _perEvaluation = new(
                    Math.Max(_perEvaluation.Wall / 2, wall / work),
                    Math.Max(_perEvaluation.Cpu / 2, cpu / work)
                )
        );

    /// <summary>Keeps time for the shots that are still to be drawn.</summary>
    public void KeepForShots(double seconds) => _secondsForShots = seconds;

    /// <summary>The budget that so many evaluations and the shots would spend; null when none.</summary>
    private StoppedBy? Lacking(double evaluations)
    {
        var (wall, cpu) = evaluations * _perEvaluation;
        return SpentAfter(new(wall + _secondsForShots, cpu + _secondsForShots));
    }

    private StoppedBy? SpentAfter(Seconds more) =>
        context.ElapsedSeconds + Safety * more.Wall >= context.StopTimeSeconds ? StoppedBy.Time
        : context.CpuSeconds + Safety * more.Cpu >= context.StopCpuSeconds ? StoppedBy.Cpu
        : null;

    public readonly struct Measurement(SolveContext context, Action<double, double> record) : IDisposable
    {
        private readonly (double Wall, double Cpu) _began = (context.ElapsedSeconds, context.CpuSeconds);

        public void Dispose() => record(context.ElapsedSeconds - _began.Wall, context.CpuSeconds - _began.Cpu);
    }
}
