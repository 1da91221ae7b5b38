namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>What endpoints add to their description in the OpenAPI document.</summary>
internal static class EndpointDocs
{
    public static RouteHandlerBuilder WithRefusals(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status, "application/problem+json");
        return endpoint;
    }

    /// <summary>Query parameters; the handlers read them strictly themselves, so the document learns of them here.</summary>
    public static RouteHandlerBuilder WithQuery(
        this RouteHandlerBuilder endpoint,
        params (string Name, string Help)[] query
    ) => endpoint.WithMetadata(new QueryDocs(query));

    /// <summary>What a part of the path may be, where that is a closed list: Swagger UI offers it.</summary>
    public static RouteHandlerBuilder WithPath(
        this RouteHandlerBuilder endpoint,
        string name,
        IReadOnlyList<string> values
    ) => endpoint.WithMetadata(new PathDocs(name, values));

    /// <summary>Request headers.</summary>
    public static RouteHandlerBuilder WithHeaders(
        this RouteHandlerBuilder endpoint,
        params (string Name, string Help)[] headers
    ) => endpoint.WithMetadata(new HeaderDocs(headers));
}

internal sealed record QueryDocs(IReadOnlyList<(string Name, string Help)> Items);

internal sealed record PathDocs(string Name, IReadOnlyList<string> Values);

internal sealed record HeaderDocs(IReadOnlyList<(string Name, string Help)> Items);

/// <summary>A request body that can be sent as it stands.</summary>
internal sealed record ExampleDocs(string Title, Func<System.Text.Json.Nodes.JsonNode> Body);
