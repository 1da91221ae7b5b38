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

    public static readonly Histogram<double> SolveSeconds = Seconds(
        "qaiw.solve.duration",
        "Wall time of a run, from the request's arrival in the child."
    );

    public static readonly Histogram<double> QueueSeconds = Seconds(
        "qaiw.queue.duration",
        "Time between submission and start."
    );

    public static readonly Histogram<double> CpuSeconds = Seconds("qaiw.solve.cpu", "CPU time of a run.");

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

    /// <summary>From a warm exact solve to an hour; the SDK's own buckets begin at 5 s.</summary>
    private static Histogram<double> Seconds(string name, string description) =>
        Meter.CreateHistogram(
            name,
            "s",
            description,
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3600],
            }
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

    /// <summary>A span of a job that is over already: its times come from elsewhere.</summary>
    public static void Span(string name, string? traceParent, DateTimeOffset startedAt, double seconds)
    {
        using var span = Start(name, traceParent, startedAt);
        span?.SetEndTime(startedAt.AddSeconds(seconds).UtcDateTime);
    }

    /// <summary>A span of a job, under the trace of the request that submitted it.</summary>
    public static Activity? Start(string name, string? traceParent, DateTimeOffset startedAt = default) =>
        ActivityContext.TryParse(traceParent, null, out var parent)
            ? Source.StartActivity(name, ActivityKind.Internal, parent, startTime: startedAt)
            : null;
}
