using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Problems;

/// <summary>Stores a problem from JSON or from files.</summary>
internal static class ProblemUpload
{
    public static async Task<IResult> PostAsync(HttpContext context, ProblemLibrary library, Store store)
    {
        var (body, refusal) = await context.Request.ReadJsonAsync();
        if (body is null)
            return refusal!;
        using (body)
        {
            var faults = new FaultList();
            if (library.Read(body.RootElement, "", faults) is not { } problem)
                return Refusal.Of(faults);
            await store.WriteAsync(db =>
                ProblemLibrary.AddAsync(db, Tenants.Default, problem, store.Now, context.RequestAborted)
            );
            return Results.Json(
                new ProblemReply(problem.Id, problem.Family.Id, problem.Summary),
                StrictJson.Options,
                statusCode: StatusCodes.Status201Created
            );
        }
    }
}
