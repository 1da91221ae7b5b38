using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>A request that takes its time and can be asked to end.</summary>
internal abstract class ActiveWork(long requestId) : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _stopping = new();
    private SolveContext? _context;
    private bool _ended;

    public long RequestId => requestId;

    /// <summary>Cancelled together with a stop request.</summary>
    protected CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Why it was asked to end; null while it was not.</summary>
    protected StoppedBy? StopRequested { get; private set; }

    /// <summary>Called by the reading thread; also when the work has not begun yet.</summary>
    public void Cancel(CancelRequest cancel)
    {
        if (cancel.RequestId != requestId)
            return;
        lock (_stopping)
        {
            StopRequested ??= cancel.Reason;
            _context?.RequestStop(cancel.Reason);
            if (!_ended)
                _cancellation.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_stopping)
        {
            _ended = true;
            _cancellation.Dispose();
        }
    }

    /// <summary>A stop request goes to this run from now on, with its reason.</summary>
    protected void StopWith(SolveContext context)
    {
        lock (_stopping)
        {
            _context = context;
            if (StopRequested is { } reason)
                context.RequestStop(reason);
        }
    }
}
