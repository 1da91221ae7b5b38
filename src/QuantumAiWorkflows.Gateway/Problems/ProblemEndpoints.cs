using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Gateway.Problems;

internal static class ProblemEndpoints
{
    public static void MapProblems(this IEndpointRouteBuilder app)
    {
        var problems = app.MapGroup("/v1/problems").WithTags("Problems");
        problems
            .MapPost("", ProblemUpload.PostAsync)
            .Accepts<JsonObject>("application/json", "text/plain", "multipart/form-data")
            .Produces<ProblemReply>(StatusCodes.Status201Created)
            .Produces<ProblemReply>()
            .WithRefusals(400, 413, 415, 422)
            .WithMetadata([.. ProblemFamily.All.Select(f => new ExampleDocs(f.Title, () => f.Example))])
            .WithName("StoreProblem")
            .WithSummary("Validate and store a problem")
            .WithDescription(
                "The body is a family's JSON, or with `?format=` an exchange format; or multipart/form-data with `file` "
                    + "(repeatable) and `settings`. `?validateOnly=true` stores nothing."
            )
            .WithQuery(
                ("format", string.Join(", ", ProblemFormats.All.Select(f => f.Id))),
                ("family", "where the format does not tell"),
                ("validateOnly", "true: check and summarize, store nothing")
            );
        problems
            .MapGet("", ListAsync)
            .Produces<Page<ProblemReply>>()
            .WithRefusals(400)
            .WithName("ListProblems")
            .WithSummary("List stored problems")
            .WithQuery(
                ("limit", "1 to 200, default 50"),
                ("cursor", "from the previous page"),
                ("family", "a family's id")
            );
        problems
            .MapGet("/{id}", GetAsync)
            .Produces<JsonObject>()
            .WithRefusals(404, 410)
            .WithName("GetProblem")
            .WithSummary("A problem's canonical JSON, the bytes that its id is the hash of");
        problems
            .MapGet("/{id}/export", ExportAsync)
            .Produces<string>(contentType: "text/plain")
            .WithRefusals(400, 404, 410, 422)
            .WithName("ExportProblem")
            .WithSummary("A problem in an exchange format")
            .WithQuery(("format", string.Join(", ", ProblemFormats.All.Select(f => f.Id))));
        problems
            .MapPost("/{id}/evaluations", EvaluateAsync)
            .Accepts<EvaluationRequest>("application/json")
            .Produces<EvaluationReply>()
            .WithRefusals(400, 404, 410, 415, 422)
            .WithMetadata(
                new ExampleDocs(
                    "an answer to the three-variable example",
                    () => new JsonObject { ["solution"] = new JsonObject { ["values"] = new JsonArray(0, 1, 1) } }
                )
            )
            .WithName("EvaluateSolution")
            .WithSummary("Ask the referee: objective, feasibility and violations of an answer; nothing is stored");
        problems.MapEncodings();
        problems
            .MapDelete("/{id}", EraseAsync)
            .Produces(StatusCodes.Status204NoContent)
            .WithRefusals(404, 409, 410)
            .WithName("EraseProblem")
            .WithSummary("Erase a problem's data; a note that it existed stays");
    }

    private static async Task<IResult> ListAsync(HttpContext context, Store store)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var limit = query.Int("limit", 1, 200, 50);
        var cursor = query.Text("cursor");
        var family = query.OneOf("family", ProblemFamily.All.Select(f => f.Id));
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        await using var db = store.Open();
        var rows = db.Problems.Where(p => p.Tenant == Tenants.Default && p.ErasedAt == null);
        if (cursor is not null)
            rows = rows.Where(p => string.Compare(p.Id, cursor) > 0);
        if (family is not null)
            rows = rows.Where(p => p.Family == family);
        var page = await rows.OrderBy(p => p.Id)
            .Take(limit + 1)
            .Select(p => new
            {
                p.Id,
                p.Family,
                p.Summary,
            })
            .ToListAsync(context.RequestAborted);
        return Results.Json(
            Page.From(
                page,
                limit,
                p => p.Id,
                p => new ProblemReply(p.Id, p.Family, JsonNode.Parse(p.Summary)!.AsObject())
            ),
            StrictJson.Options
        );
    }

    private static async Task<IResult> GetAsync(HttpContext context, string id, ProblemLibrary library)
    {
        var (problem, refusal) = await library.FindAsync(Tenants.Default, id, context.RequestAborted);
        return problem is null ? refusal! : Results.Bytes(problem.CanonicalBytes, "application/json");
    }

    private static async Task<IResult> ExportAsync(HttpContext context, string id, ProblemLibrary library)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var name = query.OneOf("format", ProblemFormats.All.Select(f => f.Id));
        query.End();
        if (name is null && faults.IsEmpty)
            faults.Add(new Fault(FaultCode.BadQuery, "Query parameter \"format\" is missing."));
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var (problem, refusal) = await library.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (problem is null)
            return refusal!;
        var format = ProblemFormats.Find(name!)!;
        return format.Write(problem, faults) is { } text
            ? Results.Text(text, format.MediaType, System.Text.Encoding.UTF8)
            : Refusal.Of(faults);
    }

    private static async Task<IResult> EvaluateAsync(HttpContext context, string id, ProblemLibrary library)
    {
        var (problem, refusal) = await library.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (problem is null)
            return refusal!;
        var (body, unread) = await context.Request.ReadJsonAsync();
        if (body is null)
            return unread!;
        using (body)
        {
            var faults = new FaultList();
            if (StrictJson.Read<EvaluationRequest>(body.RootElement, "", faults) is not { } request)
                return Refusal.Of(faults);
            if (problem.ReadSolution(request.Solution, "/solution", faults) is not { } solution)
                return Refusal.Of(faults);
            var evaluation = problem.Evaluate(solution);
            return Results.Json(
                new EvaluationReply(evaluation.Objective, evaluation.IsFeasible, evaluation.Violations),
                StrictJson.Options
            );
        }
    }

    private static async Task<IResult> EraseAsync(
        HttpContext context,
        string id,
        ProblemLibrary library,
        Store store,
        Erasure erasure
    )
    {
        var (problem, refusal) = await library.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (problem is null)
            return refusal!;
        await using var db = store.Open();
        var open = await db.Jobs.CountAsync(
            j =>
                j.Tenant == Tenants.Default
                && j.ProblemId == id
                && (j.State == JobState.Queued || j.State == JobState.Running),
            context.RequestAborted
        );
        if (open > 0)
            return Refusal.Conflict(
                "stillRunning",
                open == 1
                    ? "1 job still works on this problem; wait for it or cancel it."
                    : $"{open} jobs still work on this problem; wait for them or cancel them."
            );
        await erasure.EraseProblemAsync(Tenants.Default, id);
        return Results.NoContent();
    }
}

public sealed record ProblemReply(string Id, string Family, JsonObject Summary);

public sealed record EvaluationRequest
{
    public required JsonElement Solution { get; init; }
}

public sealed record EvaluationReply(double Objective, bool Feasible, IReadOnlyList<Violation> Violations);
