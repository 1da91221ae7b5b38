using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>Sends what it is told to, well-formed or not, and gives back the whole reply.</summary>
public sealed class Client(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = address,
        // A test that meets a hang must say so instead of hanging, too.
        Timeout = TimeSpan.FromSeconds(180),
    };

    public Uri Address => _http.BaseAddress!;

    public Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<Reply> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Reply> PostAsync(string path, string? json, params (string Name, string Value)[] headers) =>
        PostBytesAsync(path, json is null ? null : Encoding.UTF8.GetBytes(json), "application/json", headers);

    public Task<Reply> PostBytesAsync(
        string path,
        byte[]? body,
        string? mediaType,
        params (string Name, string Value)[] headers
    )
    {
        var content = new ByteArrayContent(body ?? []);
        content.Headers.ContentType = mediaType is null ? null : MediaTypeHeaderValue.Parse(mediaType);
        return SendAsync(HttpMethod.Post, path, content, headers);
    }

    public async Task<Reply> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        params (string Name, string Value)[] headers
    )
    {
        using var response = await SendAsync(method, path, content, HttpCompletionOption.ResponseContentRead, headers);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new Reply(response.StatusCode, bytes)
        {
            MediaType = response.Content.Headers.ContentType?.MediaType,
            Headers = response
                .Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>The reply with its body still to come.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, HttpCompletionOption.ResponseHeadersRead, headers);

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content,
        HttpCompletionOption completion,
        (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content!.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request, completion, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _http.Dispose();
}

public sealed record Reply(HttpStatusCode Status, byte[] Bytes)
{
    public required string? MediaType { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    /// <summary>The body of a reply that must have this status; else the body is why the test fails.</summary>
    public JsonNode Must(HttpStatusCode status)
    {
        Status.Should().Be(status, "the reply was {0}", Text);
        return Json;
    }
}
