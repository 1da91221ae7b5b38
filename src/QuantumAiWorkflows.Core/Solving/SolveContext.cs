using System.Diagnostics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Solving;

/// <summary>What a run may use and how it reports: everything a solver gets besides problem and options.</summary>
/// <remarks>
/// Used by one solving thread; only <see cref="RequestStop"/> may be called from another. CPU time is that of the whole
/// process, which runs one solve at a time.
/// </remarks>
public sealed class SolveContext(SolveBudget budget, long seed, CancellationToken cancellation = default)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpuAtStart = Environment.CpuUsage.TotalTime;
    private long _nextCpuCheck;
    private int _stop;

    /// <summary>As the client gave it, defaults filled in: what decides how a solver works.</summary>
    public SolveBudget Budget { get; } = budget;

    /// <summary>CPU seconds after which to stop: a margin before the budget, or a limit of the server's; null for none.</summary>
    public double? StopCpuSeconds { get; init; } = budget.CpuSeconds;

    /// <summary>Wall seconds after which to stop; like <see cref="StopCpuSeconds"/>.</summary>
    public double? StopTimeSeconds { get; init; } = budget.TimeSeconds;

    public long Seed { get; } = seed;

    /// <summary>Called on every improvement; the host limits the rate and always delivers the last one.</summary>
    public Action<Solution, double?>? OnIncumbent { get; init; }

    /// <summary>Told the name and wall seconds of every finished stage.</summary>
    public Action<string, double>? OnStage { get; init; }

    /// <summary>
    /// An answer to start from, in the problem's own terms; null without one. Only solvers that accept one are given one.
    /// Set before the solver begins: reading it is part of the run, so it comes after the clock has started.
    /// </summary>
    public Solution? InitialSolution { get; set; }

    /// <summary>Folder for caches that outlive the process (compiled circuits); null in tests and where there is none.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Cancelled together with a stop request; for native solvers that must be told.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Wall seconds since the run began.</summary>
    public double ElapsedSeconds => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    public double CpuSeconds => (Environment.CpuUsage.TotalTime - _cpuAtStart).TotalSeconds;

    /// <summary>Evaluations counted so far, as the solver documents them.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Shots drawn so far; null for solvers that draw none.</summary>
    public long? Shots { get; private set; }

    /// <summary>Which limit ended the run; null while none has.</summary>
    public StoppedBy? StoppedBy => _stop == 0 ? null : (StoppedBy)(_stop - 1);

    /// <summary>Evaluations that may still be spent; <see cref="long.MaxValue"/> without such a budget.</summary>
    public long EvaluationsLeft => Budget.Evaluations is { } limit ? Math.Max(0, limit - Evaluations) : long.MaxValue;

    /// <summary>A generator of its own for each named use, so that adding a use leaves the others' numbers alone.</summary>
    public Xoshiro256 CreateRandom(string stream) => Xoshiro256.FromSeed((ulong)Seed, stream);

    /// <summary>Reports an improved answer, with a bound in the problem's own sense where the method has one.</summary>
    public void Report(Solution best, double? bound = null) => OnIncumbent?.Invoke(best, bound);

    public void CountEvaluations(long count) => Evaluations += count;

    public void CountShots(long count) => Shots = (Shots ?? 0) + count;

    /// <summary>
    /// True when a budget is spent or a stop was requested; then <see cref="StoppedBy"/> says which. Cheap enough for
    /// once a sweep: the CPU clock is read only when it could have run out.
    /// </summary>
    public bool ShouldStop()
    {
        if (_stop != 0)
            return true;
        if (Cancellation.IsCancellationRequested)
            RequestStop(Solving.StoppedBy.Cancel);
        else if (Evaluations >= Budget.Evaluations)
            RequestStop(Solving.StoppedBy.Evaluations);
        else if (StopTimeSeconds is { } time && ElapsedSeconds >= time)
            RequestStop(Solving.StoppedBy.Time);
        else if (StopCpuSeconds is { } cpu && IsCpuSpent(cpu))
            RequestStop(Solving.StoppedBy.Cpu);
        return _stop != 0;
    }

    /// <summary>Asks the run to end; the first reason stays. Safe from any thread.</summary>
    public void RequestStop(StoppedBy reason) => Interlocked.CompareExchange(ref _stop, (int)reason + 1, 0);

    /// <summary>Times a stage: <c>using (context.Stage("compile")) …</c></summary>
    public StageScope Stage(string name) => new(this, name);

    private bool IsCpuSpent(double limit)
    {
        var now = Stopwatch.GetTimestamp();
        if (now < _nextCpuCheck)
            return false;
        var left = limit - CpuSeconds;
        // The process cannot burn CPU faster than all cores together; look again when it could be spent, at most half
        // way there, because garbage collection and the JIT share the clock.
        var wait = left / (2 * Environment.ProcessorCount);
        _nextCpuCheck = now + (long)(Math.Max(wait, 20e-6) * Stopwatch.Frequency);
        return left <= 0;
    }

    public readonly struct StageScope(SolveContext context, string name) : IDisposable
    {
        private readonly long _began = Stopwatch.GetTimestamp();

        public void Dispose() => context.OnStage?.Invoke(name, Stopwatch.GetElapsedTime(_began).TotalSeconds);
    }
}
