using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>
/// A request that is not carried out, as RFC 9457 problem details. The cases are this list and docs/errors.md; nothing
/// of an exception ever gets in here.
/// </summary>
internal sealed class Refusal : IResult
{
    private readonly int _status;
    private readonly string _code;
    private readonly string _title;
    private readonly string _detail;
    private readonly IReadOnlyList<Fault> _errors;
    private readonly int? _retryAfterSeconds;

    private Refusal(
        int status,
        string code,
        string title,
        string detail,
        IReadOnlyList<Fault>? errors = null,
        int? retryAfterSeconds = null
    )
    {
        (_status, _code, _title, _detail) = (status, code, title, detail);
        (_errors, _retryAfterSeconds) = (errors ?? [], retryAfterSeconds);
    }

    private static readonly JsonSerializerOptions Json = new(StrictJson.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public int Status => _status;

    /// <summary>400 when the request is not of the schema, else 422.</summary>
    public static Refusal Of(FaultList faults) =>
        faults.HasSchemaFault
            ? new(400, "invalidRequest", "The request does not have the expected form.", Text(faults), faults.Items)
            : new(
                422,
                "notAcceptable",
                "The request is well-formed, but cannot be accepted.",
                Text(faults),
                faults.Items
            );

    public static Refusal Of(FaultCode code, string? pointer, string detail)
    {
        var faults = new FaultList();
        faults.Add(new Fault(code, detail) { Pointer = pointer });
        return Of(faults);
    }

    public static Refusal NotFound(string what, string id) =>
        new(404, "notFound", $"There is no such {what}.", $"No {what} has the id \"{Short(id)}\".");

    /// <param name="detail">Why the job has none.</param>
    public static Refusal NoCircuit(string detail) => new(404, "notFound", "There is no such circuit.", detail);

    public static Refusal NoSolution(string job) =>
        new(404, "notFound", "There is no solution.", $"Job {job} ended without an answer.");

    /// <param name="detail">Why the job has none, or not this one.</param>
    public static Refusal NoSubProblem(string detail) => new(404, "notFound", "There is no such sub-problem.", detail);

    public static Refusal NoSuchPath { get; } =
        new(404, "notFound", "There is nothing at this address.", "See /swagger for the addresses that exist.");

    public static Refusal MethodNotAllowed { get; } =
        new(
            405,
            "methodNotAllowed",
            "This address does not take this method.",
            "See /swagger for the methods it takes."
        );

    public static Refusal Conflict(string code, string detail) =>
        new(409, code, "The resource is not in a state that allows this.", detail);

    public static Refusal Erased(string what, string id, long erasedAt) =>
        new(
            410,
            "erased",
            $"The {what} has been erased.",
            $"The {what} {id} was erased at {Storage.Store.Time(erasedAt).ToString("O", CultureInfo.InvariantCulture)} on request; only this note is kept."
        );

    public static Refusal TooLarge(long limit) =>
        new(
            413,
            "bodyTooLarge",
            "The request body is too large.",
            $"A body may have {limit} bytes after decompression."
        );

    public static Refusal WrongMediaType(string? got, string expected) =>
        new(
            415,
            "unsupportedMediaType",
            "The body's media type is not understood.",
            $"Expected {expected}, got {(got is null ? "none" : $"\"{Short(got)}\"")}."
        );

    public static Refusal WrongEncoding(string encoding) =>
        new(
            415,
            "unsupportedMediaType",
            "The body's media type is not understood.",
            $"Expected a body packed with gzip, br or deflate, or not at all, got \"{Short(encoding)}\"."
        );

    public static Refusal TooMany(string detail) =>
        new(429, "tooManyJobs", "Too many jobs are waiting.", detail, retryAfterSeconds: 5);

    public static Refusal Unavailable(string detail) =>
        new(503, "unavailable", "The service cannot do this at the moment.", detail, retryAfterSeconds: 2);

    public static Refusal Broken { get; } =
        new(500, "internal", "Something went wrong on our side.", "The log has the details under this trace id.");

    public static Refusal BadHttp(int status, string detail) =>
        new(status, "invalidRequest", "The request does not have the expected form.", detail);

    /// <summary>The problem details as an object, for replies that carry several.</summary>
    public object ToBody(HttpContext context) =>
        new Body(
            $"urn:qaiw:problem:{_code}",
            _title,
            _status,
            _detail,
            context.Request.Path,
            TraceIdOf(context),
            _code,
            _errors.Count == 0 ? null : _errors
        );

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = _status;
        if (_retryAfterSeconds is { } seconds)
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return httpContext.Response.WriteAsJsonAsync(ToBody(httpContext), Json, "application/problem+json");
    }

    public static string TraceIdOf(HttpContext context) =>
        Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    private static string Text(FaultList faults)
    {
        var first = faults.Items[0];
        var more = faults.Items.Count - 1;
        var place = first.Pointer is { Length: > 0 } pointer ? $"{pointer}: " : "";
        return $"{place}{first.Detail}{(more > 0 ? $" ({more} more in errors.)" : "")}";
    }

    private static string Short(string text) => text.Length <= 80 ? text : $"{text[..77]}...";

    private sealed record Body(
        string Type,
        string Title,
        int Status,
        string Detail,
        string Instance,
        string TraceId,
        string Code,
        IReadOnlyList<Fault>? Errors
    );
}
