using System.Text.Json;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Problems;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>The answer of a job by itself: as JSON, or drawn in a way that its family knows.</summary>
internal static class JobSolutions
{
    private const string Json = "json";

    private static readonly string[] Formats = [Json, "geojson", "csv", "svg"];

    public static void MapSolutions(this RouteGroupBuilder jobs) =>
        jobs.MapGet("/{id}/solution", GetAsync)
            .Produces<System.Text.Json.Nodes.JsonObject>(
                StatusCodes.Status200OK,
                "application/json",
                "application/geo+json",
                "text/csv",
                "image/svg+xml"
            )
            .WithRefusals(400, 404, 409, 410, 422)
            .WithName("GetSolution")
            .WithSummary("The answer of a job that has ended, by itself or drawn")
            .WithDescription(
                "`json` is `result.solution`. `svg`, `csv` and `geojson` are drawn where the family knows how; else a 422 says what it "
                    + "knows. A job that ended without an answer is a 404."
            )
            .WithQuery(("format", "json (default), geojson, csv, svg"));

    private static async Task<IResult> GetAsync(HttpContext context, string id, Store store, ProblemLibrary problems)
    {
        var faults = new FaultList();
        var query = new QueryReader(context.Request, faults);
        var format = query.OneOf("format", Formats) ?? Json;
        query.End();
        if (!faults.IsEmpty)
            return Refusal.Of(faults);
        var (run, refusal) = await EndedJobs.RunAsync(context, id, store, "solution is");
        if (run?.Solution is not { } json)
            return refusal ?? Refusal.NoSolution(id);
        if (format == Json)
            return Results.Json(json, StrictJson.Options);
        var (problem, erased) = await problems.FindAsync(Tenants.Default, run.Problem.Id, context.RequestAborted);
        if (problem is null)
            return erased!;
        if (!problem.Drawings.TryGetValue(format, out var mediaType))
            return Refusal.Of(
                FaultCode.NotApplicable,
                null,
                $"A {problem.Family.Id} solution has no {format}; it has {string.Join(", ", problem.Drawings.Keys.Prepend(Json).Order())}."
            );
        var solution =
            problem.ReadSolution(JsonSerializer.SerializeToElement(json), "/solution", faults)
            ?? throw new InvalidOperationException("A refereed solution does not read any more.");
        // A drawing has a style of its own and nothing else that a browser would have to load or run.
        if (format == "svg")
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{id}.{format}\"";
        return Results.Text(problem.Draw(run, solution, format), mediaType, System.Text.Encoding.UTF8);
    }
}
