using System.Diagnostics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// Holds one request in a child to its limits, from the parent's side: asks it to end, kills the child when it does not, and measures
/// what it took.
/// </summary>
/// <param name="memoryBytes">Resident bytes that the request may add to its process.</param>
/// <param name="costLimit">Given CPU seconds, wall seconds and resident bytes: is the cost budget spent? Null: none.</param>
internal sealed class LimitWatch(
    SolverChild child,
    RunLimits limits,
    long memoryBytes,
    Func<double, double, long, bool>? costLimit,
    CancellationToken cancel
)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>Time a run that was cancelled, or has spent its cost, has to hand over its best answer.</summary>
    private const double AnswerGraceSeconds = 2;

    /// <summary>The runtime's own reservations beside what a solver allocates.</summary>
    private const long DataSlackBytes = 512L << 20;

    private long _requestId;
    private long _began;
    private double? _cpuBefore;
    private long? _memoryBefore;
    private double _lastCpu;
    private long? _lastPeak;

    public double Elapsed => Stopwatch.GetElapsedTime(_began).TotalSeconds;

    /// <summary>True once <see cref="Elapsed"/> counts from the moment when the child had its request.</summary>
    public bool IsSent => Interlocked.Read(ref _requestId) != 0;

    public double? CpuSpent => child.Meter.CpuSeconds - _cpuBefore;

    /// <summary>Called just before the request is sent.</summary>
    public void Begin()
    {
        _memoryBefore = child.Meter.ResidentBytes;
        child.Meter.LimitData(memoryBytes + DataSlackBytes);
        _cpuBefore = child.Meter.CpuSeconds;
        _began = Stopwatch.GetTimestamp();
    }

    /// <summary>The clock starts when the child has the request: a large problem takes time to go through the pipe.</summary>
    public void Sent(long requestId)
    {
        _began = Stopwatch.GetTimestamp();
        Interlocked.Exchange(ref _requestId, requestId);
    }

    /// <summary>Returns when the child has answered or has been killed.</summary>
    public async Task<Enforced> EnforceAsync(Task<Frame> reply)
    {
        using var timer = new PeriodicTimer(PollInterval);
        var askedAt = double.NaN;
        StoppedBy? asked = null;
        while (true)
        {
            var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            await Task.WhenAny(reply, tick);
            // Asked again: where this watch is late itself, the answer may have come with the tick.
            if (reply.IsCompleted)
                return new(null, null, false, null, null);

            _lastCpu = CpuSpent ?? _lastCpu;
            _lastPeak = child.Meter.PeakResidentBytes ?? _lastPeak;
            var (wall, cpu) = (Elapsed, _lastCpu);
            var requestId = Interlocked.Read(ref _requestId);
            // A request that is still going through the pipe has no number to refer to; the next tick asks.
            if (asked is null or StoppedBy.Cpu or StoppedBy.Time && requestId != 0)
            {
                var reason =
                    cancel.IsCancellationRequested ? (StoppedBy?)StoppedBy.Cancel
                    : asked is not null ? null
                    : costLimit?.Invoke(cpu, wall, child.Meter.ResidentBytes ?? 0) == true ? StoppedBy.Cost
                    : limits.SoftStop(cpu, wall);
                if (reason is { } why)
                    (askedAt, asked) = (wall, Ask(requestId, why));
            }

            if (limits.Kill(cpu, wall) is { } limit)
                return await KillAsync(limit, null);
            // Time and CPU have limits of their own to be killed at; these have only the patience for an answer.
            if (asked is StoppedBy.Cancel or StoppedBy.Cost && wall - askedAt > AnswerGraceSeconds)
                return await KillAsync(asked, null);
            if (child.Meter.ResidentBytes - _memoryBefore > memoryBytes)
                return await KillAsync(null, MemoryExceeded(child.Meter.ResidentBytes - _memoryBefore));
        }
    }

    /// <summary>What the request took; called once the child has answered or has been killed.</summary>
    public RunMeasures Measure(Enforced enforced, long bytesIn)
    {
        var (wall, cpu) = (Elapsed, CpuSpent);
        // Read before anything else can happen to the process; of one that is gone, what was read last counts.
        var peak = child.Meter.PeakResidentBytes ?? enforced.Peak ?? _lastPeak;
        return new(wall, cpu ?? enforced.Cpu ?? _lastCpu, peak, _memoryBefore, enforced.Killed, bytesIn);
    }

    private StoppedBy Ask(long id, StoppedBy reason)
    {
        // Never on this thread's time: a child that does not read must not stop the clock that will kill it.
        var frame = Protocol.Frame(FrameKind.Cancel, new CancelRequest(id, reason));
        ThreadPool.QueueUserWorkItem(_ => child.Send(frame));
        return reason;
    }

    private async Task<Enforced> KillAsync(StoppedBy? limit, RunError? failure)
    {
        var (cpu, peak) = (CpuSpent, child.Meter.PeakResidentBytes);
        child.Kill();
        await child.Ended;
        return new(limit, failure, true, cpu, peak);
    }

    private RunError MemoryExceeded(long? used) =>
        new(
            RunErrors.MemoryExceeded,
            $"The run added {used} bytes to its process; its limit is {memoryBytes} bytes (budget.memoryMegabytes, up to the server's Qaiw:Limits:MemoryMegabytesPerSolve)."
        )
        {
            Needed = used,
            Limit = memoryBytes,
            Unit = "byte",
        };
}

/// <summary>How a request came to its end.</summary>
/// <param name="KilledAt">The limit that it was killed at; null when it was not.</param>
/// <param name="Failure">Why the parent ended the run before its time; null when it did not.</param>
/// <param name="Cpu">Last readings before a kill.</param>
internal sealed record Enforced(StoppedBy? KilledAt, RunError? Failure, bool Killed, double? Cpu, long? Peak);
