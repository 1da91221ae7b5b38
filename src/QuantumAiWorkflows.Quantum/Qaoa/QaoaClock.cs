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
    private double _secondsToSample;

    public long EvaluationsLeft => context.EvaluationsLeft;

    /// <summary>True when the search must end at once. Safe from any thread.</summary>
    public bool IsSearchOver => context.StoppedBy is not null || IsOver;

    /// <summary>True when nothing more may be done. Safe from any thread.</summary>
    public bool IsOver =>
        context.Cancellation.IsCancellationRequested
        || context.ElapsedSeconds >= context.Budget.TimeSeconds
        || context.CpuSeconds >= context.Budget.CpuSeconds;

    /// <summary>False, with the reason set on the context, when a budget is spent or sampling needs what is left of it.</summary>
    public bool HasTimeToEvaluate(int count)
    {
        if (context.ShouldStop())
            return false;
        // The final state is prepared once more before it is sampled.
        var needed = Safety * ((count + 1) * _secondsPerEvaluation + _secondsToSample);
        if (context.ElapsedSeconds + needed > context.Budget.TimeSeconds)
            context.RequestStop(StoppedBy.Time);
        else if (context.CpuSeconds + needed > context.Budget.CpuSeconds)
            context.RequestStop(StoppedBy.Cpu);
        return context.StoppedBy is null;
    }

    /// <summary>Times and counts evaluations.</summary>
    public Measurement Evaluating(int count)
    {
        context.CountEvaluations(count);
        return new(context, seconds => _secondsPerEvaluation = Math.Max(_secondsPerEvaluation / 2, seconds / count));
    }

    /// <summary>Times the drawing of <paramref name="shots"/> to know what <paramref name="remaining"/> more will take.</summary>
    public Measurement Sampling(int shots, int remaining) =>
        new(context, seconds => _secondsToSample = seconds * Math.Max(1, (double)remaining / Math.Max(1, shots)));

    public readonly struct Measurement(SolveContext context, Action<double> record) : IDisposable
    {
        private readonly double _began = context.ElapsedSeconds;

        public void Dispose() => record(context.ElapsedSeconds - _began);
    }
}
