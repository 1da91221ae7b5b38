using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Storage;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>Turns what no endpoint answered into problem details: framework refusals, unknown addresses, our own bugs.</summary>
internal static partial class ErrorHandling
{
    public static void UseErrorHandling(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                // Logged below, once, with the status that the client got.
                SuppressDiagnosticsCallback = _ => true,
                ExceptionHandler = HandleAsync,
            }
        );
        app.UseStatusCodePages(context =>
        {
            var response = context.HttpContext.Response;
            var refusal = response.StatusCode switch
            {
                404 => Refusal.NoSuchPath,
                405 => Refusal.MethodNotAllowed,
                415 => Refusal.WrongMediaType(context.HttpContext.Request.ContentType, "application/json"),
                413 => Refusal.TooLarge(Limit(context.HttpContext)),
                var status => Refusal.BadHttp(status, "The request could not be understood."),
            };
            return refusal.ExecuteAsync(context.HttpContext);
        });
    }

    private static Task HandleAsync(HttpContext context)
    {
        var exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Qaiw.Errors");
        Refusal refusal;
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: 413 }:
                refusal = Refusal.TooLarge(Limit(context));
                break;
            case BadHttpRequestException bad:
                refusal = Refusal.BadHttp(bad.StatusCode, "The request could not be read.");
                break;
            case InvalidDataException:
                refusal = Refusal.BadHttp(400, "The body could not be decompressed or split into its parts.");
                break;
            case OperationCanceledException when context.RequestAborted.IsCancellationRequested:
                // Nobody is there to read an answer.
                return Task.CompletedTask;
            case { } outage when Store.IsOutage(outage):
                StorageFailed(log, exception, context.Request.Path);
                refusal = Refusal.Unavailable("The database cannot be written at the moment; nothing was accepted.");
                break;
            default:
                Unexpected(log, exception, context.Request.Path);
                refusal = Refusal.Broken;
                break;
        }
        return refusal.ExecuteAsync(context);
    }

    private static long Limit(HttpContext context) =>
        context.RequestServices.GetRequiredService<IOptions<QaiwOptions>>().Value.Limits.BodyBytes;

    [LoggerMessage(Level = LogLevel.Error, Message = "Storage failed while answering {Path}.")]
    private static partial void StorageFailed(ILogger logger, Exception? exception, string path);

    [LoggerMessage(Level = LogLevel.Error, Message = "Unexpected error while answering {Path}.")]
    private static partial void Unexpected(ILogger logger, Exception? exception, string path);
}
