using QuantumAiWorkflows.Gateway.Storage;
using Serilog;
using Serilog.Events;
using Serilog.Filters;
using Serilog.Formatting.Compact;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>
/// Structured logs: plain lines on the console, compact JSON in the data directory. Trace ids come from the current
/// activity; payloads are never logged.
/// </summary>
internal static class Logging
{
    private static readonly Func<LogEvent, bool> IsOfHealthChecks = Matching.FromSource(
        "Microsoft.Extensions.Diagnostics.HealthChecks"
    );

    public static void AddLogging(this WebApplicationBuilder builder, DataDirectory data, bool quietConsole) =>
        builder.Services.AddSerilog(
            (services, logger) =>
            {
                logger
                    .MinimumLevel.Information()
                    .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                    .MinimumLevel.Override("System", LogEventLevel.Warning)
                    // Not a line for every probe: its answer has the reason. A check that fails itself is logged.
                    .Filter.ByExcluding(e => e.Exception is null && IsOfHealthChecks(e))
                    .ReadFrom.Configuration(builder.Configuration)
                    .Enrich.FromLogContext()
                    .WriteTo.File(
                        new CompactJsonFormatter(),
                        Path.Combine(data.LogDirectory, "qaiw-.jsonl"),
                        rollingInterval: RollingInterval.Day,
                        retainedFileCountLimit: 14,
                        fileSizeLimitBytes: 100 << 20,
                        rollOnFileSizeLimit: true
                    );
                logger.WriteTo.Console(
                    quietConsole ? LogEventLevel.Warning : LogEventLevel.Information,
                    "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}{Exception}",
                    System.Globalization.CultureInfo.InvariantCulture
                );
            }
        );
}
