using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Jobs;

internal static partial class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/v1/jobs").WithTags("Jobs");
        jobs.MapPost("", SubmitAsync)
            .Accepts<JobRequest>("application/json")
            .Produces<JobView>()
            .Produces<JobView>(StatusCodes.Status202Accepted)
            .WithRefusals(400, 404, 413, 415, 422, 429, 503)
            .WithHeaders(
                ("Prefer", "wait=10: wait up to 10 s for the result"),
                ("Idempotency-Key", "a key of your own: the same key and body give the same job for 24 h"),
                ("traceparent", "W3C trace context that the job's spans join")
            )
            .WithMetadata(JobExamples.All)
            .WithName("SubmitJob")
            .WithSummary("Submit one solve")
            .WithDescription(
                "Answers 202 with the job as it stands, or, with `Prefer: wait=n` (n up to 60 s), 200 with the finished job "
                    + "if it ends in time. `Idempotency-Key` makes a repeated request harmless for 24 hours."
            );
        jobs.MapPost("/batch", SubmitBatchAsync)
            .Accepts<JobBatchRequest>("application/json")
            .Produces<BatchReply>(StatusCodes.Status207MultiStatus)
            .WithRefusals(400, 413, 415, 422)
            .WithHeaders(("Idempotency-Key", "a key of your own: each job of the batch is made once in 24 h"))
            .WithMetadata(JobExamples.Batch)
            .WithName("SubmitJobs")
            .WithSummary("Submit up to 1,000 solves; each is admitted or refused on its own");
        jobs.MapGet("", ListAsync)
            .Produces<Page<JobView>>()
            .WithRefusals(400)
            .WithName("ListJobs")
            .WithSummary("List jobs, newest first")
            .WithDescription(
                "Without answers: `result.solution` and `trace` are null and `result.samples` is empty here; GET /v1/jobs/{id} has them."
            )
            .WithQuery(
                ("limit", "1 to 200, default 50"),
                ("cursor", "from the previous page"),
                ("state", string.Join(", ", JobState.All)),
                ("solver", "a solver's id"),
                ("family", "a family's id"),
                ("tag", "name:value")
            );
        jobs.MapGet("/{id}", GetAsync)
            .Produces<JobView>()
            .WithRefusals(400, 404, 410)
            .WithName("GetJob")
            .WithSummary("State and result of a job")
            .WithDescription("With `Prefer: wait=n` the reply waits up to n seconds for the job to end.")
            .WithHeaders(("Prefer", "wait=10: wait up to 10 s for the job to end"))
            .WithQuery(("priceList", "id of a price list to compute the cost with"));
        jobs.MapPost("/{id}/cancel", CancelAsync)
            .Produces<JobView>(StatusCodes.Status202Accepted)
            .WithRefusals(404, 409, 410)
            .WithName("CancelJob")
            .WithSummary("Cancel a job; a running one keeps its best answer");
        jobs.MapDelete("/{id}", EraseAsync)
            .Produces(StatusCodes.Status204NoContent)
            .WithRefusals(404, 409, 410)
            .WithName("EraseJob")
            .WithSummary("Erase a job's request and answers; a note that it existed stays");
        jobs.MapSubProblems();
        jobs.MapGet("/{id}/events", JobEvents.StreamAsync)
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .WithRefusals(400, 404, 410)
            .WithHeaders(("Last-Event-ID", "the id of the last event seen"))
            .WithName("StreamJobEvents")
            .WithSummary("State changes and incumbents as server-sent events")
            .WithDescription(
                "Events `state`, `incumbent`, `log` (the stages of a validation) and `done`; `id:` is a sequence, and `Last-Event-ID` resumes after it. "
                    + "The stream of a finished job replays and ends."
            );
        jobs.MapCircuits();
        jobs.MapSolutions();
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext context,
        JobAdmission admission,
        JobReader reader,
        Store store
    )
    {
        var faults = new FaultList();
        var wait = context.Request.ReadWait(faults);
        var (read, key, refusal) = await Idempotency.ReadAsync(context.Request, store, faults);
        if (read is null)
            return refusal!;
        using var body = read;
        var admitted = await admission.AdmitAsync(body.RootElement, "", Tenants.Default, key, context.RequestAborted);
        if (admitted.Refusal is { } refused)
            return refused;
        if (admitted.Replayed)
            context.Response.Headers["Idempotency-Replayed"] = "true";
        return await ReplyAsync(context, reader, admitted.Id!, wait);
    }

    private static async Task<IResult> ReplyAsync(HttpContext context, JobReader reader, string id, int wait)
    {
        var (job, gone) = await reader.WaitAsync(
            Tenants.Default,
            id,
            TimeSpan.FromSeconds(wait),
            context.RequestAborted
        );
        if (job is null)
            return gone!;
        if (wait > 0)
            context.Response.Headers["Preference-Applied"] = $"wait={wait}";
        if (wait > 0 && JobState.IsFinal(job.State))
            return Json(job);
        context.Response.Headers.RetryAfter = "1";
        context.Response.Headers.Location = job.Links.Self;
        return Json(job, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> SubmitBatchAsync(
        HttpContext context,
        JobAdmission admission,
        JobReader reader,
        Store store
    )
    {
        var keyFaults = new FaultList();
        var key = context.Request.ReadIdempotencyKey(keyFaults);
        if (!keyFaults.IsEmpty)
            return Refusal.Of(keyFaults);
        var (body, refusal) = await context.Request.ReadJsonAsync();
        if (body is null)
            return refusal!;
        using (body)
        {
            var faults = new FaultList();
            if (StrictJson.Read<JobBatchRequest>(body.RootElement, "", faults) is not { } batch)
                return Refusal.Of(faults);
            var items = new List<BatchItem>();
            var outage = false;
            for (var i = 0; i < batch.Jobs.Length; i++)
            {
                // A batch's key stands for each of its jobs by place: sent again after a break, it adds what was missing.
                var row = key is null
                    ? null
                    : Idempotency.Row(
                        Tenants.Default,
                        context.Request.Path,
                        $"{key}/{i}",
                        JsonSerializer.SerializeToUtf8Bytes(batch.Jobs[i]),
                        store.Now
                    );
                // What came before is stored, so the reply must say it; what comes after would only wait for the same end.
                var (item, failed) = outage
                    ? (NotAccepted(context), true)
                    : await AdmitItemAsync(context, batch.Jobs[i], i, row, admission, reader);
                items.Add(item);
                outage = failed;
            }
            return Json(new BatchReply(items), StatusCodes.Status207MultiStatus);
        }
    }

    private static async Task<(BatchItem Item, bool Outage)> AdmitItemAsync(
        HttpContext context,
        JsonElement body,
        int index,
        IdempotencyRow? key,
        JobAdmission admission,
        JobReader reader
    )
    {
        string? id = null;
        try
        {
            var admitted = await admission.AdmitAsync(
                body,
                $"/jobs/{index}",
                Tenants.Default,
                key,
                context.RequestAborted
            );
            if (admitted.Refusal is { } no)
                return (new(no.Status, null, no.ToBody(context)), false);
            id = admitted.Id;
            var (job, gone) = await reader.FindAsync(Tenants.Default, id!, context.RequestAborted);
            return (new(gone?.Status ?? StatusCodes.Status202Accepted, job, gone?.ToBody(context)), false);
        }
        catch (Exception e) when (Store.IsOutage(e))
        {
            StorageFailed(context.RequestServices.GetRequiredService<ILogger<JobAdmission>>(), e, index);
            return (NotAccepted(context, id), true);
        }
    }

    /// <param name="id">Of the job, when it is stored and only cannot be read.</param>
    private static BatchItem NotAccepted(HttpContext context, string? id = null)
    {
        var refusal = Refusal.Unavailable(
            id is null
                ? "The database cannot be written at the moment; this job was not accepted."
                : $"The database failed at the moment; this job was accepted as {id}."
        );
        return new(refusal.Status, null, refusal.ToBody(context));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Storage failed at job {Index} of a batch; the rest is refused.")]
    private static partial void StorageFailed(ILogger logger, Exception exception, int index);

    private static async Task<IResult> ListAsync(HttpContext context, Store store, JobReader reader)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var limit = query.Int("limit", 1, 200, 50);
        var cursor = query.Text("cursor");
        var state = query.OneOf("state", JobState.All);
        var (solver, family, tag) = (query.Text("solver"), query.Text("family"), query.Text("tag"));
        query.End();
        if (tag is not null && !tag.Contains(':', StringComparison.Ordinal))
            faults.Add(new Fault(FaultCode.BadQuery, "Query parameter \"tag\" must be name:value."));
        if (!faults.IsEmpty)
            return Refusal.Of(faults);

        await using var db = store.Open();
        var jobs = db.Jobs.Where(j => j.Tenant == Tenants.Default && j.ErasedAt == null);
        if (cursor is not null)
            jobs = jobs.Where(j => string.Compare(j.Id, cursor) < 0);
        if (state is not null)
            jobs = jobs.Where(j => j.State == state);
        if (solver is not null)
            jobs = jobs.Where(j => j.Solver == solver);
        if (family is not null)
            jobs = jobs.Where(j => j.Family == family);
        if (tag?.Split(':', 2) is [var name, var value])
        {
            // Tags are stored as JSON text; a name and its value stand side by side there.
            var pair = JsonSerializer.Serialize(new Dictionary<string, string> { [name] = value })[1..^1];
            jobs = jobs.Where(j => j.Tags != null && j.Tags.Contains(pair));
        }
        var rows = await jobs.OrderByDescending(j => j.Id).Take(limit + 1).ToListAsync(context.RequestAborted);
        var page = Page.From(rows, limit, j => j.Id, j => j);
        var views = await reader.ToViewsAsync(db, page.Items, null, context.RequestAborted, listed: true);
        return Json(new Page<JobView>(views, page.NextCursor));
    }

    private static async Task<IResult> GetAsync(HttpContext context, string id, JobReader reader, Pricing pricing)
    {
        var faults = new FaultList();
        var wait = context.Request.ReadWait(faults);
        var query = new QueryReader(context.Request, faults);
        var priceList = query.OneOf("priceList", pricing.Ids);
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var (job, refusal) = await reader.WaitAsync(
            Tenants.Default,
            id,
            TimeSpan.FromSeconds(wait),
            context.RequestAborted,
            priceList
        );
        return job is null ? refusal! : Json(job);
    }

    private static async Task<IResult> CancelAsync(
        HttpContext context,
        string id,
        JobReader reader,
        JobControl control,
        RunningJobs running
    )
    {
        var (job, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (job is null)
            return refusal!;
        if (JobState.IsFinal(job.State))
            return Refusal.Conflict("alreadyEnded", $"Job {id} has ended: it is {job.State}.");
        await control.RequestCancelAsync(Tenants.Default, id);
        if (!await control.EndQueuedAsync(Tenants.Default, id, JobState.Cancelled, null, "Cancelled in the queue."))
            running.Cancel(Tenants.Default, id);
        (job, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        return job is null ? refusal! : Json(job, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> EraseAsync(
        HttpContext context,
        string id,
        JobReader reader,
        Store store,
        Erasure erasure
    )
    {
        var (job, refusal) = await reader.FindAsync(Tenants.Default, id, context.RequestAborted);
        if (job is null)
            return refusal!;
        if (!JobState.IsFinal(job.State))
            return Refusal.Conflict("stillRunning", $"Job {id} is {job.State}; cancel it first.");
        await using (var db = store.Open())
        {
            var benchmark = await db
                .Jobs.Where(j => j.Tenant == Tenants.Default && j.Id == id)
                .Join(
                    db.Benchmarks.Where(b => b.State == JobState.Running),
                    j => new { j.Tenant, Id = j.BenchmarkId! },
                    b => new { b.Tenant, b.Id },
                    (_, b) => b.Id
                )
                .SingleOrDefaultAsync(context.RequestAborted);
            if (benchmark is not null)
                return Refusal.Conflict(
                    "stillRunning",
                    $"Job {id} is a run of benchmark {benchmark}, which is running; it can be erased when that has ended."
                );
        }
        await erasure.EraseJobAsync(Tenants.Default, id);
        return Results.NoContent();
    }

    private static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, StrictJson.Options, statusCode: status);
}

public sealed record BatchReply(IReadOnlyList<BatchItem> Items);

/// <summary>One of a batch, in the order sent: a job, or problem details.</summary>
public sealed record BatchItem(int Status, JobView? Job, object? Problem);
