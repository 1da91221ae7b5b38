using System.Text;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>A request that must be refused, and how.</summary>
/// <param name="Name">Completes the sentence "... is refused".</param>
/// <param name="Expected">
/// The refusal's own code and detail, <c>notFound: No job has the id "x".</c>; or, where it lists errors, one line for
/// each: <c>code place: detail | value | limit</c>, with a JSON pointer or line and column for the place.
/// </param>
public sealed record BadRequest(string Name, Sent Sent, int Status, string Expected);

/// <summary>What goes over the wire. The address and the body may name what is there: see <see cref="Scene"/>.</summary>
public sealed record Sent(string Method, string Path, byte[]? Body = null, string? MediaType = null)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static Sent Get(string path, params (string Name, string Value)[] headers) =>
        new("GET", path) { Headers = headers };

    public static Sent Post(string path, string body, params (string Name, string Value)[] headers) =>
        new("POST", path, Encoding.UTF8.GetBytes(body), "application/json") { Headers = headers };

    public static Sent PostBytes(
        string path,
        byte[] body,
        string? mediaType,
        params (string Name, string Value)[] headers
    ) => new("POST", path, body, mediaType) { Headers = headers };

    /// <summary>A good job but for one member: <c>"seed":-1</c>.</summary>
    public static Sent Job(string member) => Post("/v1/jobs", Bodies.Job(Bodies.Small, "random", member));

    /// <summary>A good job but for its problem.</summary>
    public static Sent Problem(string problem) => Post("/v1/jobs", Bodies.Job(problem, "random"));

    /// <summary>A good job but for the members of its problem.</summary>
    public static Sent Qubo(string members) => Problem($$"""{"family":"qubo",{{members}}}""");
}
