using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Runs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using Results = Microsoft.AspNetCore.Http.Results;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

internal static class BenchmarkEndpoints
{
    public static void MapBenchmarks(this IEndpointRouteBuilder app)
    {
        var benchmarks = app.MapGroup("/v1/benchmarks").WithTags("Benchmarks");
        benchmarks
            .MapPost("", SubmitAsync)
            .Accepts<Suite>("application/json")
            .Produces<BenchmarkView>(StatusCodes.Status202Accepted)
            .WithRefusals(400, 404, 410, 413, 415, 422, 429, 503)
            .WithHeaders(
                ("Idempotency-Key", "a key of your own: the same key and body give the same benchmark for 24 h")
            )
            .WithMetadata(new ExampleDocs("the built-in demo suite", () => ToNode(BuiltInSuites.All[0])))
            .WithName("SubmitBenchmark")
            .WithSummary("Compare solvers: run a suite in the background")
            .WithDescription(
                "Every entrant gets every instance and seed under the same budget, one run at a time, in a seeded random "
                    + "order. GET /v1/suites has suites that are ready to post."
            );
        benchmarks
            .MapGet("", ListAsync)
            .Produces<Page<BenchmarkView>>()
            .WithRefusals(400)
            .WithName("ListBenchmarks")
            .WithSummary("List benchmarks, newest first")
            .WithDescription(
                "Without `suite`, `gate`, `verdicts` and `conflict`, which are null here; GET /v1/benchmarks/{id} has them."
            )
            .WithQuery(("limit", "1 to 200, default 50"), ("cursor", "from the previous page"));
        benchmarks
            .MapGet("/{id}", GetAsync)
            .Produces<BenchmarkView>()
            .WithRefusals(404, 410)
            .WithName("GetBenchmark")
            .WithSummary("State, progress and gate of a benchmark");
        benchmarks
            .MapPost("/{id}/cancel", CancelAsync)
            .Produces<BenchmarkView>(StatusCodes.Status202Accepted)
            .WithRefusals(404, 409, 410)
            .WithName("CancelBenchmark")
            .WithSummary("Stop a benchmark; what has run stays and is reported");
        benchmarks
            .MapPost("/{id}/replay", ReplayAsync)
            .Produces<BenchmarkView>(StatusCodes.Status202Accepted)
            .WithRefusals(404, 410, 422, 429, 503)
            .WithName("ReplayBenchmark")
            .WithSummary("Run the same suite again, as a new benchmark");
        benchmarks
            .MapDelete("/{id}", EraseAsync)
            .Produces(StatusCodes.Status204NoContent)
            .WithRefusals(404, 409, 410)
            .WithName("EraseBenchmark")
            .WithSummary("Erase a benchmark; it still counts among the configurations tried");
        benchmarks
            .MapGet("/{id}/events", EventsAsync)
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .WithRefusals(400, 404, 410)
            .WithName("StreamBenchmarkEvents")
            .WithSummary("Progress as server-sent events; Last-Event-ID resumes");
        benchmarks
            .MapGet("/{id}/runs", RunsAsync)
            .Produces<Page<RunRecord>>()
            .WithRefusals(400, 404, 410)
            .WithName("ListBenchmarkRuns")
            .WithSummary("Every run record of a benchmark, refused and warm-up runs too")
            .WithQuery(("limit", "1 to 1000, default 200"), ("cursor", "from the previous page"));
        benchmarks.MapReports();
        app.MapGet("/v1/suites", () => Json(new Page<Suite>(BuiltInSuites.All, null)))
            .Produces<Page<Suite>>()
            .WithTags("Benchmarks")
            .WithName("ListSuites")
            .WithSummary("Built-in suites, ready to post");
        app.MapGet(
                "/v1/generators",
                () => Json(new Page<GeneratorView>([.. ProblemGenerators.All.Select(GeneratorView.Of)], null))
            )
            .Produces<Page<GeneratorView>>()
            .WithTags("Benchmarks")
            .WithName("ListGenerators")
            .WithSummary("Instance generators and their parameters");
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context,
        BenchmarkRecorder recorder,
        BenchmarkReader reader,
        Store store
    )
    {
        var (read, key, refusal) = await Idempotency.ReadAsync(context.Request, store, new());
        if (read is null)
            return refusal!;
        using var body = read;
        return await StartedAsync(
            context,
            await recorder.SubmitAsync(body.RootElement, Tenants.Default, key, context.RequestAborted),
            reader
        );
    }

    private static async Task<IResult> StartedAsync(HttpContext context, Admitted submitted, BenchmarkReader reader)
    {
        if (submitted.Refusal is { } refusal)
            return refusal;
        var id = submitted.Id!;
        if (submitted.Replayed)
            context.Response.Headers["Idempotency-Replayed"] = "true";
        context.Response.Headers.Location = $"/v1/benchmarks/{id}";
        context.Response.Headers.RetryAfter = "1";
        return await ViewAsync(context, id, reader, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(HttpContext context, Store store, BenchmarkReader reader)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var limit = query.Int("limit", 1, 200, 50);
        var cursor = query.Text("cursor");
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        await using var db = store.Open();
        var rows = db.Benchmarks.Where(b => b.Tenant == Tenants.Default && b.ErasedAt == null);
        if (cursor is not null)
            rows = rows.Where(b => string.Compare(b.Id, cursor) < 0);
        // Suite, instances and outcome are the bulk of a row, and a list sends none of them.
        var page = await rows.OrderByDescending(b => b.Id)
            .Take(limit + 1)
            .Select(b => new BenchmarkRow
            {
                Tenant = b.Tenant,
                Id = b.Id,
                Name = b.Name,
                State = b.State,
                Suite = "",
                SuiteHash = b.SuiteHash,
                ReplayOf = b.ReplayOf,
                Instances = "",
                Total = b.Total,
                SubmittedAt = b.SubmittedAt,
                CompletedAt = b.CompletedAt,
                TraceId = b.TraceId,
            })
            .ToListAsync(context.RequestAborted);
        var open = await reader.OpenRunsAsync(Tenants.Default, [.. page.Select(b => b.Id)], context.RequestAborted);
        return Json(Page.From(page, limit, b => b.Id, b => ToListed(b, b.Total - open.GetValueOrDefault(b.Id))));
    }

    private static Task<IResult> GetAsync(HttpContext context, string id, BenchmarkReader reader) =>
        ViewAsync(context, id, reader, StatusCodes.Status200OK);

    private static async Task<IResult> CancelAsync(
        HttpContext context,
        string id,
        BenchmarkReader reader,
        Store store,
        JobControl control,
        RunningJobs running
    )
    {
        var (row, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (row is null)
            return refusal!;
        if (JobState.IsFinal(row.State))
            return Refusal.Conflict("alreadyEnded", $"Benchmark {id} has ended: it is {row.State}.");
        List<string> jobs;
        await using (var db = store.Open())
            jobs = await db
                .Jobs.Where(j =>
                    j.Tenant == Tenants.Default
                    && j.BenchmarkId == id
                    && (j.State == JobState.Queued || j.State == JobState.Running)
                )
                .Select(j => j.Id)
                .ToListAsync(context.RequestAborted);
        await store.WriteAsync(async db =>
            (await db.Benchmarks.SingleAsync(b => b.Tenant == Tenants.Default && b.Id == id)).CancelRequested = true
        );
        await control.CancelAllAsync(Tenants.Default, id);
        foreach (var job in jobs)
            running.Cancel(Tenants.Default, job);
        return await ViewAsync(context, id, reader, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ReplayAsync(
        HttpContext context,
        string id,
        BenchmarkRecorder recorder,
        BenchmarkReader reader
    )
    {
        var (row, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (row is null)
            return refusal!;
        return await StartedAsync(context, await recorder.ReplayAsync(row, context.RequestAborted), reader);
    }

    private static async Task<IResult> EraseAsync(
        HttpContext context,
        string id,
        BenchmarkReader reader,
        Erasure erasure
    )
    {
        var (row, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (row is null)
            return refusal!;
        if (!JobState.IsFinal(row.State))
            return Refusal.Conflict("stillRunning", $"Benchmark {id} is {row.State}; cancel it first.");
        await erasure.EraseBenchmarkAsync(Tenants.Default, id);
        return Results.NoContent();
    }

    private static async Task<IResult> EventsAsync(
        HttpContext context,
        string id,
        BenchmarkReader reader,
        Store store,
        Signals signals
    )
    {
        var (row, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        return row is null ? refusal! : JobEvents.Stream(context, id, store, signals);
    }

    private static async Task<IResult> RunsAsync(HttpContext context, string id, BenchmarkReader reader, Store store)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var limit = query.Int("limit", 1, 1000, 200);
        var cursor = query.Text("cursor");
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var (row, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (row is null)
            return refusal!;
        await using var db = store.Open();
        var runs = db.Runs.Where(r => r.Tenant == Tenants.Default && r.BenchmarkId == id);
        if (cursor is not null)
            runs = runs.Where(r => string.Compare(r.Id, cursor) > 0);
        var page = await runs.OrderBy(r => r.Id).Take(limit + 1).ToListAsync(context.RequestAborted);
        return Json(Page.From(page, limit, r => r.Id, RunEndpoints.Read));
    }

    private static async Task<IResult> ViewAsync(HttpContext context, string id, BenchmarkReader reader, int status)
    {
        var (row, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        return row is null ? refusal! : Json(ToView(row, await reader.DoneAsync(row, context.RequestAborted)), status);
    }

    private static BenchmarkView ToView(BenchmarkRow row, int done)
    {
        var outcome = row.Outcome is null ? null : JsonNode.Parse(row.Outcome);
        var spec = BenchmarkSpec.Of(row);
        return ToListed(row, done) with
        {
            Gate = outcome?["summary"]?["gate"]?.DeepClone(),
            Verdicts = outcome
                ?["summary"]?["verdicts"]?.AsArray()
                .Select(v => v!["summary"]!.GetValue<string>())
                .ToList(),
            Conflict = outcome?["conflict"]?.GetValue<string>(),
            Suite = spec.Suite.WithoutBaseline(),
            Added =
            [
                .. spec
                    .Entrants.Where(e => e.Added is not null)
                    .Select(e => new AddedEntrant(e.Solver.Entrant, e.Solver.Id, e.Solver.Role, e.Added!)),
            ],
            CalibrationRuns =
                spec.Calibration is null || row.ReplayOf is not null
                    ? 0
                    : spec.Calibration.Instances.Count * spec.Calibration.Entrants.Sum(e => e.Seeds),
        };
    }

    private static BenchmarkView ToListed(BenchmarkRow row, int done)
    {
        var self = $"/v1/benchmarks/{row.Id}";
        return new()
        {
            Id = row.Id,
            Name = row.Name,
            State = row.State,
            Progress = new(done, row.Total),
            SuiteHash = row.SuiteHash,
            ReplayOf = row.ReplayOf,
            SubmittedAt = Store.Time(row.SubmittedAt),
            CompletedAt = Store.Time(row.CompletedAt),
            TraceId = row.TraceId,
            Links = new(self, $"{self}/events", $"{self}/runs", $"{self}/verdict", $"{self}/report"),
        };
    }

    private static JsonNode ToNode(Suite suite) => JsonSerializer.SerializeToNode(suite, StrictJson.Options)!;

    private static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, StrictJson.Options, statusCode: status);
}

public sealed record GeneratorView(string Id, string Title, string Family, JsonObject ParametersSchema)
{
    internal static GeneratorView Of(ProblemGenerator generator) =>
        new(generator.Id, generator.Title, generator.Family.Id, generator.ParametersSchema);
}
