using System.ComponentModel.DataAnnotations;
using System.Net;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>Settings and limits of the HTTP server itself.</summary>
internal static class Server
{
    private const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Reads and validates the settings; a bad one stops the start with its name and the reason.</summary>
    /// <exception cref="SettingsException">A setting is out of range.</exception>
    public static QaiwOptions AddSettings(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(QaiwOptions.Section);
        builder.Services.AddOptions<QaiwOptions>().Bind(section);
        var options = section.Get<QaiwOptions>() ?? new();
        foreach (var part in new object[] { options, options.Auth, options.Limits })
            Validate(part);
        Pricing.Read(options);
        if (builder.Configuration["urls"] is null)
            builder.WebHost.UseUrls(DefaultUrl);
        RefuseOpenAddress(builder.Configuration["urls"] ?? DefaultUrl);
        // These would override the addresses above.
        foreach (var endpoint in builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren())
            RefuseOpenAddress(endpoint["Url"] ?? "");
        return options;
    }

    public static void ConfigureServer(this WebApplicationBuilder builder, QaiwOptions settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Limits.BodyBytes;
            kestrel.Limits.MaxConcurrentConnections = 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddRequestDecompression();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(20));
    }

    /// <summary>
    /// Every reply names its trace, so that a log line can be found from any of them. Written when the reply starts: the
    /// handler of an exception clears what was there before.
    /// </summary>
    public static void UseTraceId(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers["X-Trace-Id"] = Refusal.TraceIdOf(context);
                    context.Response.Headers.XContentTypeOptions = "nosniff";
                    return Task.CompletedTask;
                });
                return next();
            }
        );

    private static void Validate(object part)
    {
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(part, new ValidationContext(part), faults, validateAllProperties: true))
            throw new SettingsException(
                string.Join(Environment.NewLine, faults.Select(f => $"Qaiw settings: {f.ErrorMessage}"))
            );
    }

    /// <summary>Unpacks bodies; one that is packed in another way would be read as if it were not.</summary>
    public static void UseDecompression(this WebApplication app)
    {
        app.UseRequestDecompression();
        app.Use(
            (context, next) =>
                context.Request.Headers.ContentEncoding is [{ } encoding, ..]
                    ? Refusal.WrongEncoding(encoding).ExecuteAsync(context)
                    : next()
        );
    }

    /// <summary>An endpoint that describes no query takes none: a misspelt parameter must not pass for a wish granted.</summary>
    public static void UseStrictQuery(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var faults = new FaultList();
                if (
                    context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
                    && context.GetEndpoint() is { } endpoint
                    && endpoint.Metadata.GetMetadata<QueryDocs>() is null
                )
                    new QueryReader(context.Request, faults).End();
                return faults.IsEmpty ? next() : Refusal.Of(faults).ExecuteAsync(context);
            }
        );

    /// <summary>Without accounts the service listens on loopback only.</summary>
    private static void RefuseOpenAddress(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var host = BindingAddress.Parse(url).Host.Trim('[', ']');
            if (host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
                continue;
            throw new SettingsException(
                $"--urls {url}: with Qaiw:Auth:Mode \"none\" the service listens on a loopback address only, such as {DefaultUrl}."
            );
        }
    }
}

/// <summary>A setting that the service cannot start with; the message is for the operator.</summary>
internal sealed class SettingsException(string message) : Exception(message);
