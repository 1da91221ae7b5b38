using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Storage;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// Times the sentinel before the first run of every block of a benchmark. Only where runs go one at a time: beside others
/// it would measure those. Which block was last is kept in memory, so a restart measures once more, which does no harm.
/// </summary>
internal sealed class BlockSentinel
{
    private readonly Lock _lock = new();
    private (string Benchmark, string Instance)? _last;

    /// <summary>Seconds of the kernel, or null when this run is not the first of its block. Takes 50 ms of this thread.</summary>
    public double? Before(JobRow job)
    {
        if (job is not { BenchmarkId: { } benchmark, Instance: { } instance, Lane: 1, Calibration: false })
            return null;
        lock (_lock)
        {
            if (_last == (benchmark, instance))
                return null;
            _last = (benchmark, instance);
        }
        return Sentinel.Measure();
    }
}
