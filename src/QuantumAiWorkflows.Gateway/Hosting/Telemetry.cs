using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>
/// The product's spans and instruments. A job's spans (read, admit, queue, encode, solve, verify, record) join the
/// caller's trace. Ids, solver and family only; never a payload.
/// </summary>
internal static class Telemetry
{
    public const string Name = "Qaiw";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> JobsEnded = Meter.CreateCounter<long>(
        "qaiw.jobs.ended",
        "{job}",
        "Jobs that ended, by solver, state and status."
    );

    public static readonly Histogram<double> SolveSeconds = Meter.CreateHistogram<double>(
        "qaiw.solve.duration",
        "s",
        "Wall time of a run, from the request's arrival in the child."
    );

    public static readonly Histogram<double> QueueSeconds = Meter.CreateHistogram<double>(
        "qaiw.queue.duration",
        "s",
        "Time between submission and start."
    );

    public static readonly Histogram<double> CpuSeconds = Meter.CreateHistogram<double>(
        "qaiw.solve.cpu",
        "s",
        "CPU time of a run."
    );

    public static readonly Counter<long> ChildrenLost = Meter.CreateCounter<long>(
        "qaiw.children.lost",
        "{process}",
        "Solver processes that ended during a run, killed or crashed."
    );

    public static readonly UpDownCounter<long> SlotsBusy = Meter.CreateUpDownCounter<long>(
        "qaiw.slots.busy",
        "{slot}",
        "Slots that are solving."
    );

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var export = configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null;
        services
            .AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("qaiw-gateway"))
            .WithTracing(tracing =>
            {
                tracing.AddSource(Name).AddAspNetCoreInstrumentation();
                if (export)
                    tracing.AddOtlpExporter();
            })
            .WithMetrics(metrics =>
            {
                metrics
                    .AddMeter(Name)
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddPrometheusExporter();
                if (export)
                    metrics.AddOtlpExporter();
            });
        return services;
    }

    /// <summary>A span of a job, under the trace of the request that submitted it.</summary>
    public static Activity? Start(string name, string? traceParent, DateTimeOffset startedAt = default) =>
        ActivityContext.TryParse(traceParent, null, out var parent)
            ? Source.StartActivity(name, ActivityKind.Internal, parent, startTime: startedAt)
            : null;
}
