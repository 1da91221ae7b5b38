using System.Globalization;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>The sub-problems of a decomposition that has ended: what came of each, and each as a problem of its own.</summary>
internal static class JobSubProblems
{
    /// <summary>It holds an offset, which most sub-problems have, and is a member of the family's JSON as it stands.</summary>
    private const string DefaultFormat = "bqm";

    public static void MapSubProblems(this RouteGroupBuilder jobs)
    {
        jobs.MapGet("/{id}/sub-problems", ListAsync)
            .Produces<SubProblemPage>()
            .WithRefusals(400, 404, 409, 410)
            .WithName("ListSubProblems")
            .WithSummary("The sub-problems of a decomposition that has ended, in the order solved")
            .WithDescription(
                "Of a long run every second, fourth or so is kept: `every` says which, `total` how many there were. A run "
                    + "without sub-problems is a 404. Objectives are those of the whole problem."
            )
            .WithQuery(("limit", "1 to 200, default 50"), ("cursor", "from the previous page"));
        jobs.MapGet("/{id}/sub-problems/{index}", GetAsync)
            .Produces<string>(StatusCodes.Status200OK, "application/json", "text/plain")
            .WithRefusals(400, 404, 409, 410, 422)
            .WithName("GetSubProblem")
            .WithSummary("One sub-problem as it was solved, in a file format")
            .WithDescription(
                "A minimization over bits: its variable i is `variables[i]` of the list, its offset is what the held variables "
                    + "contribute, so its objectives are those of the whole problem (negated where that is maximized). "
                    + "To solve it, post `{\"family\": \"qubo\", \"bqm\": ...}`; a format that has no offset refuses it."
            )
            .WithQuery(
                ("format", $"{string.Join(", ", ProblemFormats.All.Select(f => f.Id))}; {DefaultFormat} when absent")
            );
    }

    private static async Task<IResult> ListAsync(HttpContext context, string id, Store store)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var limit = query.Int("limit", 1, 200, 50);
        var after = query.Int("cursor", 0, int.MaxValue, -1);
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var (trace, _, refusal) = await FindAsync(context, id, store);
        if (trace is null)
            return refusal!;
        var page = Page.From(
            [.. trace.Steps.Where(s => s.Index > after).Take(limit + 1)],
            limit,
            s => s.Index.ToString(CultureInfo.InvariantCulture),
            s => SubProblemView.Of(s, id)
        );
        return Results.Json(
            new SubProblemPage(page.Items, page.NextCursor, trace.Total, trace.Steps.Count, trace.Every),
            StrictJson.Options
        );
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        string id,
        string index,
        Store store,
        ProblemLibrary problems
    )
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var name = query.OneOf("format", ProblemFormats.All.Select(f => f.Id)) ?? DefaultFormat;
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var (trace, problemId, refusal) = await FindAsync(context, id, store);
        if (trace is null)
            return refusal!;
        var isNumber = int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!isNumber || number >= trace.Total)
            return Refusal.NoSubProblem(
                $"Job {id} has {trace.Total} sub-problems, counted from 0; \"{(index.Length > 20 ? $"{index[..20]}..." : index)}\" is none of them."
            );
        if (trace.Steps.FirstOrDefault(s => s.Index == number) is not { } step)
            return Refusal.NoSubProblem(
                $"Sub-problem {number} of job {id} was not kept: of {trace.Total}, those whose index is a multiple of {trace.Every} were."
            );
        var (whole, erased) = await problems.FindAsync(Tenants.Default, problemId!, context.RequestAborted);
        if (whole is not QuboProblem qubo)
            return erased!;
        var sub = step.Clamped.ToProblem(qubo.Model);
        var format = ProblemFormats.Find(name)!;
        return format.Write(sub, faults) is { } text
            ? Results.Text(text, format.MediaType, System.Text.Encoding.UTF8)
            : Refusal.Of(faults);
    }

    private static async Task<(SubProblemTrace? Trace, string? ProblemId, Refusal? Refusal)> FindAsync(
        HttpContext context,
        string id,
        Store store
    )
    {
        await using var db = store.Open();
        var (job, refusal) = await EndedJobs.FindAsync(db, id, "sub-problems are", context.RequestAborted);
        if (job is null)
            return (null, null, refusal);
        var row = await db.SubProblems.SingleOrDefaultAsync(
            s => s.Tenant == Tenants.Default && s.JobId == id,
            context.RequestAborted
        );
        return row is null
            ? (
                null,
                null,
                Refusal.NoSubProblem(
                    $"Job {id} has no sub-problems: {job.Solver} made none, or was ended before it could hand them over."
                )
            )
            : (row.Read(), job.ProblemId, null);
    }
}

/// <param name="Total">Sub-problems of the run.</param>
/// <param name="Kept">Of them, those that can be listed.</param>
/// <param name="Every">Kept are those whose index is a multiple of this.</param>
public sealed record SubProblemPage(
    IReadOnlyList<SubProblemView> Items,
    string? NextCursor,
    int Total,
    int Kept,
    int Every
);

/// <summary>One sub-problem as it is sent. Objectives are those of the whole problem, in its own sense.</summary>
public sealed record SubProblemView
{
    /// <summary>From 0, in the order solved.</summary>
    public required int Index { get; init; }

    /// <summary>From 1; each begins from a start of its own.</summary>
    public required int Round { get; init; }

    /// <summary>How many variables were free.</summary>
    public required int Size { get; init; }

    /// <summary>Their places in the whole problem, ascending.</summary>
    public required IReadOnlyList<int> Variables { get; init; }

    public required double ObjectiveBefore { get; init; }

    /// <summary>With the sub-solver's answer put in; null when it found none.</summary>
    public required double? ObjectiveFound { get; init; }

    public required bool Accepted { get; init; }

    /// <summary>After the decision and, where that is on, polishing.</summary>
    public required double ObjectiveAfter { get; init; }

    /// <summary>Wall seconds from the start of the run.</summary>
    public required double ElapsedSeconds { get; init; }

    public required SubSolverView SubSolver { get; init; }

    /// <summary>The sub-problem itself.</summary>
    public required string Link { get; init; }

    internal static SubProblemView Of(SubProblemStep step, string job) =>
        new()
        {
            Index = step.Index,
            Round = step.Round,
            Size = step.Clamped.Variables.Count,
            Variables = step.Clamped.Variables,
            ObjectiveBefore = step.ObjectiveBefore,
            ObjectiveFound = step.ObjectiveFound,
            Accepted = step.Accepted,
            ObjectiveAfter = step.ObjectiveAfter,
            ElapsedSeconds = step.ElapsedSeconds,
            SubSolver = new(
                step.Seconds,
                step.Evaluations,
                step.Shots,
                step.StoppedBy,
                step.Qubits,
                step.CircuitDepth,
                step.TwoQubitGates,
                step.Reason
            ),
            Link = $"/v1/jobs/{job}/sub-problems/{step.Index}",
        };
}

/// <summary>What the sub-solver used; circuit numbers are null where no circuit ran.</summary>
/// <param name="Reason">Why it found nothing; null when it found something.</param>
public sealed record SubSolverView(
    double Seconds,
    long Evaluations,
    long? Shots,
    StoppedBy StoppedBy,
    int? Qubits,
    int? CircuitDepth,
    int? TwoQubitGates,
    string? Reason
);
