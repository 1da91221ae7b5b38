using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Economics;
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
                ("job", "a job's id"),
                ("priceList", "id of a price list: adds the cost of each run")
            );
        runs.MapGet("/{id}", GetAsync)
            .Produces<RunRecord>()
            .WithRefusals(400, 404)
            .WithName("GetRun")
            .WithSummary("One run record")
            .WithDescription(
                "A record holds what was consumed, no money; with `priceList` the reply has a member `cost` beside it, "
                    + "and for a simulated circuit `cost.asHardware`."
            )
            .WithQuery(("priceList", "id of a price list: adds the cost of the run"));
        app.MapGet(
                "/v1/price-lists",
                (Pricing pricing) => Results.Json(new Page<PriceList>(pricing.Lists, null), StrictJson.Options)
            )
            .Produces<Page<PriceList>>()
            .WithTags("Runs")
            .WithName("ListPriceLists")
            .WithSummary("Price lists, with source and date of every price");
    }

    private static async Task<IResult> ListAsync(HttpContext context, Store store, Pricing pricing)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var limit = query.Int("limit", 1, 200, 50);
        var cursor = query.Text("cursor");
        var (problem, solver, job) = (query.Text("problem"), query.Text("solver"), query.Text("job"));
        var prices = query.OneOf("priceList", pricing.Ids);
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
        return Results.Json(
            Page.From(rows, limit, r => r.Id, r => Listed(View(r, prices, pricing))),
            StrictJson.Options
        );
    }

    private static async Task<IResult> GetAsync(HttpContext context, string id, Store store, Pricing pricing)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var prices = query.OneOf("priceList", pricing.Ids);
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        await using var db = store.Open();
        var row = await db.Runs.SingleOrDefaultAsync(
            r => r.Tenant == Tenants.Default && r.Id == id,
            context.RequestAborted
        );
        return row is null ? Refusal.NotFound("run", id) : Results.Json(View(row, prices, pricing), StrictJson.Options);
    }

    /// <summary>A list is spared the rounds of a recursion.</summary>
    private static JsonObject Listed(JsonObject view)
    {
        (view["quantum"] as JsonObject)?.Remove("rounds");
        return view;
    }

    /// <summary>The record, and beside it what it costs by the list that was asked for.</summary>
    private static JsonObject View(RunRow row, string? prices, Pricing pricing)
    {
        var run = Read(row);
        var view = JsonSerializer.SerializeToNode(run, StrictJson.Options)!.AsObject();
        if (prices is not null)
            view["cost"] = JsonSerializer.SerializeToNode(Prices.OfRun(run, pricing.Find(prices)!), StrictJson.Options);
        return view;
    }

    public static RunRecord Read(RunRow row) =>
        JsonSerializer.Deserialize<RunRecord>(row.Record, StrictJson.Options)! with
        {
            BoundRefuted = row.BoundRefuted,
        };
}
