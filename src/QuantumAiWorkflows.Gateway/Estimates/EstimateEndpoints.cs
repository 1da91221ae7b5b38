using System.Text.Json.Nodes;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Gateway.Estimates;

internal static class EstimateEndpoints
{
    public static void MapEstimates(this IEndpointRouteBuilder app) =>
        app.MapPost("/v1/estimates", EstimateAsync)
            .Accepts<EstimateBody>("application/json")
            .Produces<EstimateView>()
            .WithRefusals(400, 404, 410, 413, 415, 422, 503)
            .WithMetadata(
                new ExampleDocs("QAOA on every kind of processor", Quantum),
                new ExampleDocs("QAOA with a warm start, with noise, on two processors", Noisy),
                new ExampleDocs("a classical solver", Classical)
            )
            .WithTags("Estimates")
            .WithName("EstimateSolve")
            .WithSummary("What a solve would take, before it runs")
            .WithDescription(
                "Takes a job's problem, solver, options and budget and runs nothing. Answers with memory and time on this "
                    + "machine; for a circuit also with gates and depth, whether it fits each hardware profile and how often a shot "
                    + "would meet no error there, seconds and price, and what error-corrected machines would need, by Microsoft's "
                    + "resource estimator. A solver that refuses the problem is no error here: `machine.fits` is false, with the "
                    + "numbers. Everything is an estimate and says so; docs/estimates.md has the formulas."
            );

    private static async Task<IResult> EstimateAsync(HttpContext context, Estimator estimator)
    {
        var (body, refusal) = await context.Request.ReadJsonAsync();
        if (body is null)
            return refusal!;
        using (body)
        {
            var (view, no) = await estimator.EstimateAsync(body.RootElement, Tenants.Default, context.RequestAborted);
            return view is null ? no! : Results.Json(view, StrictJson.Options);
        }
    }

    private static JsonObject Quantum() =>
        new()
        {
            ["problem"] = QuboFamily.Instance.Example,
            ["solver"] = "qaoa",
            ["options"] = new JsonObject { ["layers"] = 2 },
            ["shots"] = 1000,
        };

    private static JsonObject Noisy() =>
        new()
        {
            ["problem"] = QuboFamily.Instance.Example,
            ["solver"] = "qaoa",
            ["options"] = new JsonObject
            {
                ["variant"] = "warmStart",
                ["noise"] = new JsonObject { ["profile"] = "trapped-ion" },
            },
            ["shots"] = 1000,
            ["hardwareProfiles"] = new JsonArray("superconducting", "trapped-ion"),
        };

    private static JsonObject Classical() =>
        new()
        {
            ["problem"] = QuboFamily.Instance.Example,
            ["solver"] = "tabu",
            ["budget"] = new JsonObject { ["timeSeconds"] = 5 },
            ["priceLists"] = new JsonArray("local", "cloud-cpu"),
        };
}
