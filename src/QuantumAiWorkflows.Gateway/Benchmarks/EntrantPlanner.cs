using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>
/// The entrants of a benchmark: the suite's own, the ablations of its candidates, and for a decision the automatic choice
/// and an exact solver, so that nobody's candidate wins because its strongest opponents were left out.
/// </summary>
internal sealed class EntrantPlanner(SolverCatalog catalog, SolverAdmission solvers)
{
    public async Task<(IReadOnlyList<PlannedEntrant>? Entrants, Refusal? Refusal)> PlanAsync(
        Suite suite,
        IReadOnlyList<ResolvedInstance> instances,
        SolveBudget budget,
        CancellationToken cancellation
    )
    {
        var entrants = suite.Solvers.Select(s => new PlannedEntrant(s)).ToList();
        if (suite.Purpose == SuitePurpose.Decision)
        {
            if (suite.Solvers.All(s => s.Id != SuiteSolver.Auto))
                Add(new() { Id = SuiteSolver.Auto }, "the automatic choice stands beside every decision");
            var (exact, refusal) = await ExactAsync(suite, instances, budget, cancellation);
            if (refusal is not null)
                return (null, refusal);
            if (exact is not null)
                Add(
                    new() { Id = exact },
                    "a solver that proves optimality stands beside every decision that one can take"
                );
        }
        foreach (var candidate in suite.Solvers.Where(s => s.Role == EntrantRole.Candidate))
        foreach (var ablation in Ablations(candidate))
            Add(
                candidate with
                {
                    Name = $"{candidate.Entrant} ({ablation.Name})",
                    Role = EntrantRole.Ablation,
                    Options = Merged(candidate.Options, ablation.Options),
                },
                $"{candidate.Entrant} with one step replaced: {ablation.Summary}",
                candidate.Entrant
            );
        return (entrants, null);

        void Add(SuiteSolver solver, string why, string? ablationOf = null)
        {
            var (name, k) = (solver.Entrant, 1);
            while (entrants.Exists(e => e.Solver.Entrant == name))
                name = $"{solver.Entrant} #{++k}";
            entrants.Add(new(solver with { Name = name }, why, ablationOf));
        }
    }

    /// <summary>
    /// Those that change something: a candidate that has an ablation's values is that ablation already. Options that an
    /// ablation takes away count for nothing there: they tune what it has instead of the quantum step.
    /// </summary>
    private IEnumerable<Ablation> Ablations(SuiteSolver candidate)
    {
        var own = Node(candidate.Options);
        return catalog.TryGet(candidate.Id, out var solver)
            ? solver.Info.Ablations.Where(a =>
                a.Options.Any(o => o.Value is not null && !JsonNode.DeepEquals(o.Value, own[o.Key]))
            )
            : [];
    }

    /// <summary>
    /// The exact solver that takes most of the instances; null when none takes any, or the suite has one that takes as
    /// many. One that is there only to refuse is none.
    /// </summary>
    private async Task<(string? Solver, Refusal? Refusal)> ExactAsync(
        Suite suite,
        IReadOnlyList<ResolvedInstance> instances,
        SolveBudget budget,
        CancellationToken cancellation
    )
    {
        var own = suite.Solvers.Where(s => s.Role != EntrantRole.Candidate).Select(s => s.Id).ToHashSet();
        var (best, most, mostOfOwn) = ((string?)null, 0, 0);
        foreach (var id in catalog.All.Where(s => s.Info.Exact).Select(s => s.Info.Id))
        {
            var taken = 0;
            foreach (var instance in instances)
            {
                var (unsupported, refusal) = await solvers.FitAsync(
                    instance.Problem,
                    new(id, null, "/solvers", "/solvers"),
                    budget,
                    cancellation
                );
                if (refusal is not null)
                    return (null, refusal);
                taken += unsupported is null ? 1 : 0;
            }
            if (taken > most)
                (best, most) = (id, taken);
            if (own.Contains(id))
                mostOfOwn = Math.Max(mostOfOwn, taken);
        }
        return (most > mostOfOwn ? best : null, null);
    }

    private static JsonElement Merged(JsonElement? own, JsonObject over)
    {
        var merged = own is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given)! : [];
        foreach (var (name, value) in over)
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = value.DeepClone();
        return JsonSerializer.SerializeToElement(merged);
    }

    private static JsonObject Node(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } given ? JsonObject.Create(given)! : [];
}
