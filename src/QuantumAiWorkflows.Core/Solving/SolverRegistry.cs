using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace QuantumAiWorkflows.Solving;

/// <summary>All solvers of this process by id. Fails at start-up when two share one.</summary>
public sealed class SolverRegistry(IEnumerable<ISolver> solvers)
{
    private readonly FrozenDictionary<string, ISolver> _byId = solvers.ToFrozenDictionary(
        s => s.Info.Id,
        StringComparer.Ordinal
    );

    public IEnumerable<ISolver> All => _byId.Values.OrderBy(s => s.Info.Id, StringComparer.Ordinal);

    public bool TryGet(string id, [NotNullWhen(true)] out ISolver? solver) => _byId.TryGetValue(id, out solver);
}
