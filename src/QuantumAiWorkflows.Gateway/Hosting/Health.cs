using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Hosting;

internal static class Health
{
    public static void AddHealth(this IServiceCollection services) =>
        services
            .AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", tags: ["ready"])
            .AddCheck<SolversCheck>("solvers", tags: ["ready"]);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = WriteAsync });
        app.MapHealthChecks(
            "/health/ready",
            new() { Predicate = c => c.Tags.Contains("ready"), ResponseWriter = WriteAsync }
        );
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(
            new
            {
                Status = JsonNames.Of(report.Status),
                Checks = report.Entries.Select(e => new
                {
                    Name = e.Key,
                    Status = JsonNames.Of(e.Value.Status),
                    Reason = e.Value.Description,
                }),
            },
            Input.StrictJson.Options
        );

    private sealed class DatabaseCheck(Store store) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            try
            {
                await using var db = store.Open();
                await db.Workers.AnyAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (Store.IsOutage(e))
            {
                return HealthCheckResult.Unhealthy("The database cannot be read.");
            }
        }
    }

    private sealed class SolversCheck(SolverCatalog catalog) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context,
            CancellationToken cancellationToken = default
        )
        {
            if (catalog.All.Count == 0)
                return Task.FromResult(HealthCheckResult.Unhealthy("The solvers are still starting."));
            var missing = catalog.All.Where(s => s.Unavailable is not null).ToList();
            return Task.FromResult(
                missing.Count == 0
                    ? HealthCheckResult.Healthy()
                    // Still ready: everything else can be solved.
                    : HealthCheckResult.Degraded(string.Join(" ", missing.Select(s => $"{s.Info.Id}: {s.Unavailable}")))
            );
        }
    }
}
