using System.Text.Json.Nodes;
using QuantumAiWorkflows.Advice;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Gateway.Families;

internal static class FamilyEndpoints
{
    public static void MapFamilies(this IEndpointRouteBuilder app)
    {
        var families = app.MapGroup("/v1/families").WithTags("Families");
        families
            .MapGet(
                "",
                (SolverCatalog catalog) =>
                    Reply(new Page<FamilyView>([.. ProblemFamily.All.Select(f => View(f, catalog))], null))
            )
            .Produces<Page<FamilyView>>()
            .WithName("ListFamilies")
            .WithSummary("The problem families: schema, example, solvers, formats");
        families
            .MapGet(
                "/{family}",
                (string family, SolverCatalog catalog) =>
                    ProblemFamily.Find(family) is { } found
                        ? Reply(View(found, catalog))
                        : Refusal.NotFound("family", family)
            )
            .Produces<FamilyView>()
            .WithRefusals(404)
            .WithPath("family", [.. ProblemFamily.All.Select(f => f.Id)])
            .WithName("GetFamily")
            .WithSummary("One family, with a request that can be posted as it is");
    }

    private static IResult Reply<T>(T value) => Results.Json(value, StrictJson.Options);

    private static FamilyView View(ProblemFamily family, SolverCatalog catalog)
    {
        string[] solvers = [.. catalog.All.Where(s => s.Families.Contains(family.Id)).Select(s => s.Info.Id)];
        return new(
            family.Id,
            family.Title,
            family.EvaluatorVersion,
            JsonSchemas.Of(family.InputType),
            family.SolutionSchema,
            JobExamples.Of(family),
            solvers,
            [.. catalog.All.Where(s => s.ViaQubo.Contains(family.Id)).Select(s => s.Info.Id)],
            family.ClassicalSolvers,
            [.. ProblemFormats.All.Where(f => f.Family == family).Select(f => f.Id)],
            DecisionTable.Current.Of(family.Id)
        );
    }
}

/// <summary>A family as it is sent.</summary>
/// <param name="SolversViaQubo">Those that take its problems through an encoding only.</param>
/// <param name="ClassicalSolvers">What "auto" tries, in this order.</param>
/// <param name="Decision">The decision table's row for the use that the family is for; null where it has none.</param>
/// <param name="ExampleRequest">Ready for <c>POST /v1/jobs</c>.</param>
public sealed record FamilyView(
    string Id,
    string Title,
    string EvaluatorVersion,
    JsonObject ProblemSchema,
    JsonObject SolutionSchema,
    JsonObject ExampleRequest,
    IReadOnlyList<string> Solvers,
    IReadOnlyList<string> SolversViaQubo,
    IReadOnlyList<string> ClassicalSolvers,
    IReadOnlyList<string> Formats,
    DecisionRow? Decision
);
