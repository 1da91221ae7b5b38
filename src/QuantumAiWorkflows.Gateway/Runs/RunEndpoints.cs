using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Runs;

internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder app)
    {
        var runs = app.MapGroup("/v1/runs").WithTags("Runs");
        runs.MapGet("", ListAsync)
            .Produces<Page<RunRecord>>()
            .WithRefusals(400)
            .WithName("ListRuns")
            .WithSummary("Run records, newest first; one per claim of a job")
            .WithQuery(
                ("limit", "1 to 200, default 50"),
                ("cursor", "from the previous page"),
                ("problem", "a problem's id"),
                ("solver", "a solver's id"),
                ("job", "a job's id")
            );
        runs.MapGet("/{id}", GetAsync)
            .Produces<RunRecord>()
            .WithRefusals(404)
            .WithName("GetRun")
            .WithSummary("One run record");
        app.MapGet(
                "/v1/price-lists",
                () => Results.Json(new Page<Economics.PriceList>(Pricing.Lists, null), StrictJson.Options)
            )
            .Produces<Page<Economics.PriceList>>()
            .WithTags("Runs")
            .WithName("ListPriceLists")
            .WithSummary("Price lists, with source and date of every price");
    }

    private static async Task<IResult> ListAsync(HttpContext context, Store store)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var limit = query.Int("limit", 1, 200, 50);
        var cursor = query.Text("cursor");
        var (problem, solver, job) = (query.Text("problem"), query.Text("solver"), query.Text("job"));
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        await using var db = store.Open();
        var runs = db.Runs.Where(r => r.Tenant == Tenants.Default);
        if (cursor is not null)
            runs = runs.Where(r => string.Compare(r.Id, cursor) < 0);
        if (problem is not null)
            runs = runs.Where(r => r.ProblemId == problem);
        if (solver is not null)
            runs = runs.Where(r => r.Solver == solver);
        if (job is not null)
            runs = runs.Where(r => r.JobId == job);
        var rows = await runs.OrderByDescending(r => r.Id).Take(limit + 1).ToListAsync(context.RequestAborted);
        return Results.Json(Page.From(rows, limit, r => r.Id, Read), StrictJson.Options);
    }

    private static async Task<IResult> GetAsync(HttpContext context, string id, Store store)
    {
        await using var db = store.Open();
        var row = await db.Runs.SingleOrDefaultAsync(
            r => r.Tenant == Tenants.Default && r.Id == id,
            context.RequestAborted
        );
        return row is null ? Refusal.NotFound("run", id) : Results.Json(Read(row), StrictJson.Options);
    }

    public static RunRecord Read(RunRow row) =>
        JsonSerializer.Deserialize<RunRecord>(row.Record, StrictJson.Options)! with
        {
            BoundRefuted = row.BoundRefuted,
        };
}
