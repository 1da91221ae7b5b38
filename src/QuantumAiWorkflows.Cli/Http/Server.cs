using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli.Http;

/// <summary>
/// The service over HTTP. A 429 or 503 is asked again when the server says so, and a connection that breaks after it has
/// once worked is tried again for a while.
/// </summary>
internal sealed class Server : IDisposable
{
    /// <summary>How long a server that was there may stay away, or refuse for the moment.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient _http;
    private readonly Screen _screen;
    private bool _hasAnswered;

    public Server(Uri address, Screen screen)
    {
        // No proxy stands between two programs of one machine.
        var handler = new SocketsHttpHandler { UseProxy = !address.IsLoopback };
        // Until the headers of a reply: admitting a large suite takes a while.
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        _screen = screen;
    }

    public Uri Address => _http.BaseAddress!;

    public async Task<JsonNode> GetAsync(string path, string what, CancellationToken cancellation)
    {
        using var reply = await SendAsync(() => new(HttpMethod.Get, path), what, cancellation);
        return await ReadAsync(reply, what, cancellation);
    }

    public async Task<T> GetAsync<T>(string path, string what, CancellationToken cancellation) =>
        (await GetAsync(path, what, cancellation)).Deserialize<T>(Json)!;

    /// <param name="key">The Idempotency-Key with which the same post may be sent again; null when it has none.</param>
    /// <param name="canInterrupt">
    /// False: once on its way it is waited for, because its reply names what a cancelled command still has to stop.
    /// </param>
    public async Task<JsonNode> PostAsync(
        string path,
        JsonNode? body,
        string what,
        CancellationToken cancellation,
        string? key = null,
        bool canInterrupt = true
    )
    {
        var json = body?.ToJsonString(Json);
        using var reply = await SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, path);
                if (json is not null)
                    request.Content = new StringContent(json, Encoding.UTF8, "application/json");
                if (key is not null)
                    request.Headers.Add("Idempotency-Key", key);
                return request;
            },
            what,
            cancellation,
            isRepeatable: key is not null,
            canInterrupt
        );
        return await ReadAsync(reply, what, CancellationToken.None);
    }

    /// <summary>Posts other bodies than JSON that may be sent twice without harm.</summary>
    public async Task<JsonNode> UploadAsync(
        string path,
        Func<HttpContent> content,
        string what,
        CancellationToken cancellation
    )
    {
        using var reply = await SendAsync(() => new(HttpMethod.Post, path) { Content = content() }, what, cancellation);
        return await ReadAsync(reply, what, cancellation);
    }

    /// <summary>The reply to a GET with its body still to come.</summary>
    public Task<HttpResponseMessage> OpenAsync(
        string path,
        string what,
        CancellationToken cancellation,
        string? lastEventId = null
    ) =>
        SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, path);
                if (lastEventId is not null)
                    request.Headers.Add("Last-Event-ID", lastEventId);
                return request;
            },
            what,
            cancellation
        );

    /// <summary>The whole body of a GET, of whatever type.</summary>
    public async Task<byte[]> DownloadAsync(string path, string what, CancellationToken cancellation)
    {
        using var reply = await OpenAsync(path, what, cancellation);
        return await WholeAsync(token => reply.Content.ReadAsByteArrayAsync(token), what, cancellation);
    }

    /// <summary>The status of one GET, whatever it is; null when nobody answers.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)?> ProbeAsync(string path, CancellationToken cancellation)
    {
        try
        {
            using var reply = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
            var text = await reply.Content.ReadAsStringAsync(cancellation);
            return (reply.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make,
        string what,
        CancellationToken cancellation,
        bool isRepeatable = true,
        bool canInterrupt = true
    )
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            TimeSpan pause;
            string reason;
            try
            {
                using var request = make();
                var reply = await _http.SendAsync(
                    request,
                    HttpCompletionOption.ResponseHeadersRead,
                    canInterrupt ? cancellation : CancellationToken.None
                );
                _hasAnswered = true;
                if (reply.IsSuccessStatusCode)
                    return reply;
                using (reply)
                {
                    var refusal = await Refusal.ReadAsync(reply, what, cancellation);
                    var isForNow =
                        reply.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
                    if (!isForNow)
                        throw refusal;
                    (pause, reason) = (RetryAfter(reply), refusal.Message);
                    if (Stopwatch.GetElapsedTime(began) + pause > Patience)
                        throw refusal;
                }
            }
            catch (Exception e) when (IsConnection(e, cancellation))
            {
                pause = TimeSpan.FromSeconds(1);
                reason = $"The connection to {Address} broke: {e.Message}";
                if (!_hasAnswered || !isRepeatable || Stopwatch.GetElapsedTime(began) + pause > Patience)
                    throw StopException.CouldNotRun(
                        $"No service answers at {Address}: {e.Message} Name another with --server, or let --local start one."
                    );
            }
            _screen.Warn(
                $"{reason} Trying again in {pause.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s."
            );
            await Task.Delay(pause, cancellation);
        }
    }

    /// <summary>A broken or silent connection; not one that the caller gave up.</summary>
    public static bool IsConnection(Exception e, CancellationToken cancellation) =>
        e is HttpRequestException or IOException
        || (e is TaskCanceledException && !cancellation.IsCancellationRequested);

    private static TimeSpan RetryAfter(HttpResponseMessage reply) =>
        reply.Headers.RetryAfter?.Delta is { } delta && delta > TimeSpan.Zero ? delta : TimeSpan.FromSeconds(2);

    private async Task<JsonNode> ReadAsync(HttpResponseMessage reply, string what, CancellationToken cancellation)
    {
        try
        {
            return await WholeAsync(
                    async token =>
                    {
                        await using var stream = await reply.Content.ReadAsStreamAsync(token);
                        return await JsonNode.ParseAsync(stream, cancellationToken: token);
                    },
                    what,
                    cancellation
                ) ?? throw new JsonException("the body is null");
        }
        catch (JsonException)
        {
            throw StopException.CouldNotRun($"What answers at {Address} is no Quantum AI Workflows service: no JSON.");
        }
    }

    private async Task<T> WholeAsync<T>(
        Func<CancellationToken, Task<T>> read,
        string what,
        CancellationToken cancellation
    )
    {
        try
        {
            return await read(cancellation);
        }
        catch (Exception e) when (IsConnection(e, cancellation))
        {
            throw StopException.CouldNotRun($"The reply to {what} broke off at {Address}: {e.Message}");
        }
    }
}
