using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// What the solvers of this process say of themselves, read from the desk at start-up and again when a module has been
/// compiled. A claim takes only jobs whose solver is available here.
/// </summary>
internal sealed class SolverCatalog(Desk desk)
{
    private volatile State _state = new([], FrozenDictionary<string, SolverDescription>.Empty);

    private sealed record State(IReadOnlyList<SolverDescription> All, FrozenDictionary<string, SolverDescription> ById);

    public IReadOnlyList<SolverDescription> All => _state.All;

    public IReadOnlyList<string> AvailableIds =>
        [.. _state.All.Where(s => s.Unavailable is null).Select(s => s.Info.Id)];

    public bool TryGet(string id, [NotNullWhen(true)] out SolverDescription? solver) =>
        _state.ById.TryGetValue(id, out solver);

    /// <summary>Why what was being prepared will not come; null while it may.</summary>
    public string? GivenUp { get; set; }

    public async Task RefreshAsync(CancellationToken cancellation)
    {
        IReadOnlyList<SolverDescription> solvers =
        [
            .. (await desk.DescribeAsync(cancellation)).Solvers.Select(Settled),
        ];
        _state = new(solvers, solvers.ToFrozenDictionary(s => s.Info.Id, StringComparer.Ordinal));
    }

    private SolverDescription Settled(SolverDescription solver) =>
        solver.BecomesAvailable && GivenUp is { } reason
            ? solver with
            {
                Unavailable = reason,
                BecomesAvailable = false,
            }
            : solver;
}
