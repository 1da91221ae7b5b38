using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// The child that answers questions and never solves: describe, check, circuit, estimate. One per gateway; when it crashes, the request
/// that met the crash is a 503 and the next one gets a new desk.
/// </summary>
internal sealed class Desk(DataDirectory data) : IAsyncDisposable
{
    /// <summary>A check reads a problem and compares numbers: seconds at the largest sizes.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Routing for every profile and Microsoft's estimator end by themselves, together within some 40 s.</summary>
    private static readonly TimeSpan EstimatePatience = TimeSpan.FromSeconds(120);

    /// <summary>Room for several of the largest problems at once.</summary>
    private const long MaxBytes = 4L << 30;

    private readonly SemaphoreSlim _starting = new(1, 1);

    /// <summary>
    /// The desk makes circuits one after the other, and estimates. They wait here, so that a crowd of them does not use up
    /// its patience and look like a desk that hangs.
    /// </summary>
    private readonly SemaphoreSlim _circuits = new(1, 1);
    private readonly SemaphoreSlim _estimates = new(1, 1);
    private SolverChild? _child;

    public async Task<DescribeReply> DescribeAsync(CancellationToken cancellation)
    {
        var child = await ChildAsync(cancellation);
        var frame = await AnswerAsync(
            child,
            child.RequestAsync(FrameKind.Describe, id => new DescribeRequest(id)),
            cancellation
        );
        return frame.Read<DescribeReply>();
    }

    public async Task<CheckReply> CheckAsync(Func<long, CheckRequest> request, CancellationToken cancellation)
    {
        var child = await ChildAsync(cancellation);
        var frame = await AnswerAsync(child, child.RequestAsync(FrameKind.Check, request), cancellation);
        return frame.Read<CheckReply>();
    }

    public async Task<CircuitReply> CircuitAsync(Func<long, CircuitRequest> request, CancellationToken cancellation) =>
        (await InTurnAsync(_circuits, FrameKind.Circuit, request, Patience, cancellation)).Read<CircuitReply>();

    public async Task<EstimateReply> EstimateAsync(
        Func<long, EstimateRequest> request,
        CancellationToken cancellation
    ) =>
        (
            await InTurnAsync(_estimates, FrameKind.Estimate, request, EstimatePatience, cancellation)
        ).Read<EstimateReply>();

    private async Task<Frame> InTurnAsync<T>(
        SemaphoreSlim turn,
        FrameKind kind,
        Func<long, T> request,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var child = await ChildAsync(cancellation);
            // Whoever has gone away, the desk works on; the next one begins when it has answered.
            return await AnswerAsync(child, child.RequestAsync(kind, request), CancellationToken.None, patience);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Process id of the current desk; null before the first question.</summary>
    public int? ProcessId => _child is { IsAlive: true } child ? child.ProcessId : null;

    public async ValueTask DisposeAsync()
    {
        if (_child is { } child)
            await child.DisposeAsync();
        _starting.Dispose();
        _circuits.Dispose();
        _estimates.Dispose();
    }

    /// <summary>Waits for an answer, but not for ever: a desk that hangs is replaced like one that crashed.</summary>
    private static async Task<Frame> AnswerAsync(
        SolverChild child,
        Task<Frame> answer,
        CancellationToken cancellation,
        TimeSpan? patience = null
    )
    {
        var most = patience ?? Patience;
        try
        {
            return await answer.WaitAsync(most, cancellation);
        }
        catch (TimeoutException)
        {
            child.Kill();
            throw new ChildLostException(
                $"The solver process that checks requests did not answer within {most.TotalSeconds} s."
            );
        }
    }

    private async Task<SolverChild> ChildAsync(CancellationToken cancellation)
    {
        if (_child is { IsAlive: true } ready)
            return ready;
        await _starting.WaitAsync(cancellation);
        try
        {
            if (_child is { IsAlive: true } started)
                return started;
            if (_child is { } dead)
                await dead.DisposeAsync();
            _child = await SolverChild.StartAsync(data.CacheDirectory, ChildRole.Desk, cancellation);
            _child.Meter.LimitData(MaxBytes);
            return _child;
        }
        finally
        {
            _starting.Release();
        }
    }
}
