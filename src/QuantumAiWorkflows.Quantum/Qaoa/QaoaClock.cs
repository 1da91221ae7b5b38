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

    private double _secondsPerCall;
    private double _secondsToSample;

    /// <summary>True when the search must end at once, so that sampling can begin. Safe from any thread.</summary>
    public bool IsSearchOver =>
        context.StoppedBy is not null
        || context.Cancellation.IsCancellationRequested
        || Lacking(_secondsToSample) is not null;

    /// <summary>True when nothing more may be done. Safe from any thread.</summary>
    public bool IsOver => context.Cancellation.IsCancellationRequested || Lacking(0) is not null;

    /// <summary>False, with the reason set on the context, when a budget is spent or sampling needs what is left of it.</summary>
    public bool HasTimeToEvaluate(IQaoaEngine engine)
    {
        if (context.ShouldStop())
            return false;
        var calls = engine.IsInterruptible ? 0 : 2;
        if (Lacking(calls * _secondsPerCall + _secondsToSample) is { } reason)
            context.RequestStop(reason);
        return context.StoppedBy is null;
    }

    /// <summary>Times one call for expectations.</summary>
    public Measurement Evaluating() =>
        new(context, seconds => _secondsPerCall = Math.Max(_secondsPerCall / 2, seconds));

    /// <summary>Times the drawing of <paramref name="shots"/> to know what <paramref name="remaining"/> more will take.</summary>
    public Measurement Sampling(int shots, int remaining) =>
        new(
            context,
            seconds =>
            {
                // A call has a price of its own (Q# compiles, our engine walks along the state); shots cost the rest.
                var fixedSeconds = Math.Min(seconds, _secondsPerCall);
                _secondsToSample = fixedSeconds + (seconds - fixedSeconds) * remaining / shots;
            }
        );

    /// <summary>The budget that would be spent after so many more seconds; null when none would.</summary>
    private StoppedBy? Lacking(double seconds) =>
        context.ElapsedSeconds + Safety * seconds >= context.Budget.TimeSeconds ? StoppedBy.Time
        : context.CpuSeconds + Safety * seconds >= context.Budget.CpuSeconds ? StoppedBy.Cpu
        : null;

    public readonly struct Measurement(SolveContext context, Action<double> record) : IDisposable
    {
        private readonly double _began = context.ElapsedSeconds;

        public void Dispose() => record(context.ElapsedSeconds - _began);
    }
}
