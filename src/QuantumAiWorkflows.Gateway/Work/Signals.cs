using System.Collections.Concurrent;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// Tells waiters in this process that a job or a benchmark has changed. Only a hint to look at the row again: whoever
/// waits takes the task first, reads the row, then awaits, so that no change can slip between. Who finds that the subject
/// has ended raises it once more: nothing else would ever take the entry away.
/// </summary>
internal sealed class Signals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _next = new(StringComparer.Ordinal);

    /// <summary>Completes at the next change of <paramref name="subject"/> after this call.</summary>
    public Task Next(string subject) =>
        _next.GetOrAdd(subject, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Raise(string subject)
    {
        if (_next.TryRemove(subject, out var waiting))
            waiting.TrySetResult();
    }
}
