using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Solvers;

internal static class SolverEndpoints
{
    public static void MapSolvers(this IEndpointRouteBuilder app)
    {
        var solvers = app.MapGroup("/v1/solvers").WithTags("Solvers");
        solvers
            .MapGet("", ListAsync)
            .Produces<Page<SolverView>>()
            .WithRefusals(400, 503)
            .WithName("ListSolvers")
            .WithSummary("Every solver: what it is good at, its limits and its options")
            .WithQuery(
                ("family", "a family's id"),
                ("paradigm", "quantum, quantumInspired, classical"),
                ("task", "search, optimization, sampling, pattern")
            );
        solvers
            .MapGet("/{id}", GetAsync)
            .Produces<SolverView>()
            .WithRefusals(404)
            .WithName("GetSolver")
            .WithSummary("One solver");
    }

    private static async Task<IResult> ListAsync(HttpContext context, SolverCatalog catalog, Store store)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var family = query.OneOf("family", ProblemFamily.All.Select(f => f.Id));
        var paradigm = query.OneOf("paradigm", Enum.GetValues<Paradigm>().Select(JsonNames.Of));
        var task = query.OneOf("task", Enum.GetValues<SolverTask>().Select(JsonNames.Of));
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var workers = await WorkersAsync(store, context.RequestAborted);
        var items = catalog
            .All.Where(s => family is null || s.Takes(family))
            .Where(s => paradigm is null || JsonNames.Of(s.Info.Paradigm) == paradigm)
            .Where(s => task is null || JsonNames.Of(s.Info.Task) == task)
            .Select(s => SolverView.Of(s, workers))
            .ToList();
        return Results.Json(new Page<SolverView>(items, null), StrictJson.Options);
    }

    private static async Task<IResult> GetAsync(HttpContext context, string id, SolverCatalog catalog, Store store) =>
        catalog.TryGet(id, out var solver)
            ? Results.Json(SolverView.Of(solver, await WorkersAsync(store, context.RequestAborted)), StrictJson.Options)
            : Refusal.NotFound("solver", id);

    private static async Task<int> WorkersAsync(Store store, CancellationToken cancellation)
    {
        await using var db = store.Open();
        var now = store.Now;
        return await db.Workers.CountAsync(w => w.LeaseUntil >= now, cancellation);
    }
}

/// <summary>A solver as it is sent.</summary>
public sealed record SolverView
{
    public required string Id { get; init; }
    public required string Version { get; init; }
    public required Paradigm Paradigm { get; init; }
    public required SolverTask Task { get; init; }
    public required string Summary { get; init; }
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>Families whose problems it takes as QUBOs, through a job's <c>encoding</c>.</summary>
    public required IReadOnlyList<string> ViaQubo { get; init; }
    public required bool Deterministic { get; init; }
    public required string DeterministicWhen { get; init; }

    /// <summary>What <c>budget.evaluations</c> counts.</summary>
    public required string Evaluation { get; init; }
    public required string Limits { get; init; }

    /// <summary>Whether a job's <c>initialSolution</c> is applicable.</summary>
    public required bool AcceptsInitialSolution { get; init; }
    public required JsonObject OptionsSchema { get; init; }

    /// <summary>What a step of the method costs, in n variables and m interactions or the family's own quantities.</summary>
    public required string Complexity { get; init; }
    public required IReadOnlyList<string> Strengths { get; init; }
    public required IReadOnlyList<string> Weaknesses { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public required bool Available { get; init; }

    /// <summary>Why it is not available; null when it is.</summary>
    public string? Reason { get; init; }

    /// <summary>It is being prepared, and <see cref="Reason"/> says how.</summary>
    public required bool BecomesAvailable { get; init; }

    /// <summary>Live worker processes that have it.</summary>
    public required int Workers { get; init; }

    internal static SolverView Of(SolverDescription solver, int workers) =>
        new()
        {
            Id = solver.Info.Id,
            Version = solver.Info.Version,
            Paradigm = solver.Info.Paradigm,
            Task = solver.Info.Task,
            Summary = solver.Info.Summary,
            Families = solver.Families,
            ViaQubo = solver.ViaQubo,
            Deterministic = solver.Info.Deterministic,
            DeterministicWhen = solver.Info.DeterministicWhen,
            Evaluation = solver.Info.Evaluation,
            Limits = solver.Info.Limits,
            AcceptsInitialSolution = solver.Info.AcceptsInitialSolution,
            OptionsSchema = solver.OptionsSchema,
            Complexity = solver.Info.Complexity,
            Strengths = solver.Info.Strengths,
            Weaknesses = solver.Info.Weaknesses,
            Sources = solver.Info.Sources,
            Available = solver.Unavailable is null,
            Reason = solver.Unavailable,
            BecomesAvailable = solver.BecomesAvailable,
            Workers = solver.Unavailable is null ? workers : 0,
        };
}
