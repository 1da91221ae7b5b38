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

    private double _secondsPerEvaluation;
    private double _secondsForShots;

    /// <summary>
    /// True, for good and with the reason set on the context, when the search must end at once so that sampling can begin.
    /// Safe from any thread.
    /// </summary>
    public bool IsSearchOver()
    {
        if (context.Cancellation.IsCancellationRequested)
            context.RequestStop(StoppedBy.Cancel);
        else if (Lacking(SecondsToSample) is { } reason)
            context.RequestStop(reason);
        return context.StoppedBy is not null;
    }

    /// <summary>True when nothing more may be done. Safe from any thread.</summary>
    public bool IsOver => context.Cancellation.IsCancellationRequested || Lacking(0) is not null;

    /// <summary>Sampling is one more call, with a price of its own (Q# compiles, our engine walks along the state).</summary>
    private double SecondsToSample => _secondsPerEvaluation + _secondsForShots;

    /// <summary>
    /// False, with the reason set on the context, when a budget is spent or sampling needs what is left of it.
    /// </summary>
    /// <param name="work">Of the next call, in evaluations of the whole circuit.</param>
    public bool HasTimeToEvaluate(IQaoaEngine engine, double work)
    {
        if (context.ShouldStop())
            return false;
        var evaluations = engine.IsInterruptible ? 0 : work + 1;
        if (Lacking(evaluations * _secondsPerEvaluation + SecondsToSample) is { } reason)
            context.RequestStop(reason);
        return context.StoppedBy is null;
    }

    /// <summary>Times one call.</summary>
    /// <param name="work">What it does, in evaluations of the whole circuit.</param>
    public Measurement Evaluating(double work) =>
        new(context, seconds => _secondsPerEvaluation = Math.Max(_secondsPerEvaluation / 2, seconds / work));

    /// <summary>Keeps time for the shots that are still to be drawn.</summary>
    public void KeepForShots(double seconds) => _secondsForShots = seconds;

    /// <summary>The budget that would be spent after so many more seconds; null when none would.</summary>
    private StoppedBy? Lacking(double seconds) =>
        context.ElapsedSeconds + Safety * seconds >= context.StopTimeSeconds ? StoppedBy.Time
        : context.CpuSeconds + Safety * seconds >= context.StopCpuSeconds ? StoppedBy.Cpu
        : null;

    public readonly struct Measurement(SolveContext context, Action<double> record) : IDisposable
    {
        private readonly double _began = context.ElapsedSeconds;

        public void Dispose() => record(context.ElapsedSeconds - _began);
    }
}
