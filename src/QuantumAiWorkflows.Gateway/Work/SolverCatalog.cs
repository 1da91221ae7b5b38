using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Solving;
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

    /// <summary>
    /// What a run of this solver with these options will be, as far as can be said before it: a solver that hands
    /// sub-problems to another has that one's paradigm. Classical for one that is not known.
    /// </summary>
    public Paradigm ParadigmOf(string id, JsonElement? options)
    {
        if (!TryGet(id, out var solver))
            return Paradigm.Classical;
        if (solver.Info.SubSolver is not { } callee)
            return solver.Info.Paradigm;
        if (
            options is { ValueKind: JsonValueKind.Object } given
            && given.TryGetProperty(SubSolverUse.SolverMember, out var named)
            && named.ValueKind == JsonValueKind.String
        )
            callee = named.GetString()!;
        return TryGet(callee, out var called) ? called.Info.Paradigm : Paradigm.Classical;
    }

    /// <summary>
    /// The encoding, where the solver takes the family only through one, so that two QUBO solvers solve the same QUBO; null where it would not be
    /// looked at.
    /// </summary>
    public EncodingRequest? EncodingFor(string solver, string family, EncodingRequest? asked) =>
        TryGet(solver, out var found) && !found.ViaQubo.Contains(family) ? null : asked;

    /// <summary>The answer to start from, where the solver can use one: a head start is no merit of the method, so baselines get it, too.</summary>
    public JsonElement? HeadStartFor(string solver, JsonElement? given) =>
        TryGet(solver, out var found) && found.Info.AcceptsInitialSolution ? given : null;

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
