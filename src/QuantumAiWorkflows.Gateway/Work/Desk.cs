using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// The child that answers questions and never solves: describe, check. One per gateway; when it crashes, the request
/// that met the crash is a 503 and the next one gets a new desk.
/// </summary>
internal sealed class Desk(DataDirectory data) : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private SolverChild? _child;

    public async Task<DescribeReply> DescribeAsync(CancellationToken cancellation)
    {
        var child = await ChildAsync(cancellation);
        return (await child.RequestAsync(FrameKind.Describe, id => new DescribeRequest(id))).Read<DescribeReply>();
    }

    public async Task<CheckReply> CheckAsync(Func<long, CheckRequest> request, CancellationToken cancellation)
    {
        var child = await ChildAsync(cancellation);
        return (await child.RequestAsync(FrameKind.Check, request)).Read<CheckReply>();
    }

    /// <summary>Process id of the current desk; null before the first question.</summary>
    public int? ProcessId => _child is { IsAlive: true } child ? child.ProcessId : null;

    public async ValueTask DisposeAsync()
    {
        if (_child is { } child)
            await child.DisposeAsync();
        _starting.Dispose();
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
            return _child = await SolverChild.StartAsync(data.CacheDirectory, ChildRole.Desk, cancellation);
        }
        finally
        {
            _starting.Release();
        }
    }
}
