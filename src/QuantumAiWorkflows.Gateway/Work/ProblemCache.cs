using System.Text.Json;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// The problems read last, for the referee: a benchmark runs one instance dozens of times in a row. Least recently used
/// go first; bounded by bytes, because one problem may be a hundred megabytes.
/// </summary>
internal sealed class ProblemCache
{
    private const long MaxBytes = 256 << 20;

    private readonly LinkedList<Problem> _recent = [];
    private readonly Lock _lock = new();
    private long _bytes;

    public Problem Read(ProblemRow row)
    {
        lock (_lock)
        {
            for (var node = _recent.First; node is not null; node = node.Next)
                if (node.Value.Id == row.Id)
                {
                    _recent.Remove(node);
                    _recent.AddFirst(node);
                    return node.Value;
                }
        }

        var canonical = row.Canonical ?? throw new InvalidOperationException("The problem has been erased.");
        using var document = JsonDocument.Parse(canonical);
        var problem = ProblemFamily.ReadAnyCanonical(document.RootElement);
        lock (_lock)
        {
            _recent.AddFirst(problem);
            _bytes += canonical.Length;
            while (_bytes > MaxBytes && _recent.Count > 1)
            {
                _bytes -= _recent.Last!.Value.CanonicalBytes.Length;
                _recent.RemoveLast();
            }
        }
        return problem;
    }
}
