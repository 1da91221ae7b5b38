using System.Text.Json;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>One place to solve: a warm child, replaced when it has died, is old, or has grown.</summary>
internal sealed class Slot(DataDirectory data) : IAsyncDisposable
{
    /// <summary>A child is replaced after this many runs: native solvers leak a little.</summary>
    private const int MaxRuns = 1000;

    /// <summary>... or when it holds this much between runs.</summary>
    private const long MaxIdleBytes = 1L << 30;

    private readonly SemaphoreSlim _starting = new(1, 1);
    private SolverChild? _child;
    private int _runs;

    /// <summary>The child to use for the next run, started when there is none.</summary>
    public async Task<SolverChild> ChildAsync(CancellationToken cancellation)
    {
        // Preparing ahead may still be under way when the first run comes.
        await _starting.WaitAsync(cancellation);
        try
        {
            return await ReadyChildAsync(cancellation);
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<SolverChild> ReadyChildAsync(CancellationToken cancellation)
    {
        if (_child is { } old && (!old.IsAlive || _runs >= MaxRuns || old.Meter.ResidentBytes > MaxIdleBytes))
        {
            await old.DisposeAsync();
            _child = null;
        }
        if (_child is null)
        {
            _child = await SolverChild.StartAsync(data.CacheDirectory, ChildRole.Slot, cancellation);
            _runs = 0;
            await WarmUpAsync(_child);
        }
        Interlocked.Increment(ref _runs);
        return _child;
    }

    /// <summary>
    /// One tiny solve through the whole way: the child has warmed its solvers up, this does the same for the protocol,
    /// the referee and the clocks on both sides.
    /// </summary>
    private static async Task WarmUpAsync(SolverChild child)
    {
        var family = ProblemFamily.All[0];
        var problem = family.Read(JsonSerializer.SerializeToElement(family.Example), "", new FaultList())!;
        var budget = new SolveBudget { Evaluations = 100 };
        var limits = RunLimits.For(budget, ceilingSeconds: 2, secondsToDeadline: null);
        var request = new RunRequest("random", null, budget, limits, 0, 1, 1L << 30, null);
        await new RunWatch(child, problem, request, CancellationToken.None).RunAsync();
    }

    /// <summary>Starts the child ahead of the first run, or a new one after a loss.</summary>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await ChildAsync(cancellation);
        Interlocked.Decrement(ref _runs);
    }

    public async ValueTask DisposeAsync()
    {
        if (_child is { } child)
        {
            child.Kill();
            await child.DisposeAsync();
        }
        _starting.Dispose();
    }
}
