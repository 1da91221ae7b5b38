using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.EndToEndTests;

/// <summary>
/// One page of Chromium, driven over the DevTools protocol: what its console says, what it asks the network for, what it
/// looks like. The command line alone (<see cref="Chromium"/>) tells none of that.
/// </summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _profile = new();
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _waiting = new();
    private readonly ConcurrentQueue<JsonObject> _events = new();
    private readonly Process _process;
    private Task _reading = Task.CompletedTask;
    private Task _muttering = Task.CompletedTask;
    private int _sent;

    private Browser(string path)
    {
        var start = new ProcessStartInfo(path)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,900",
                "--remote-debugging-port=0",
                $"--user-data-dir={_profile.Path}",
                "about:blank",
            },
        };
        _process = Process.Start(start)!;
    }

    /// <summary>Errors and warnings of the console, and exceptions that no script caught.</summary>
    public IReadOnlyList<string> Complaints =>
        [
            .. _events
                .Where(e =>
                    Method(e) == "Runtime.exceptionThrown"
                    || (Method(e) == "Log.entryAdded" && e["params"]!["entry"]!["level"]!.GetValue<string>() != "info")
                    || (
                        Method(e) == "Runtime.consoleAPICalled"
                        && e["params"]!["type"]!.GetValue<string>() is "error" or "warning" or "assert"
                    )
                )
                .Select(e => e["params"]!.ToJsonString()),
        ];

    /// <summary>Addresses that the page asked for, itself included.</summary>
    public IReadOnlyList<string> Requests =>
        [
            .. _events
                .Where(e => Method(e) == "Network.requestWillBeSent")
                .Select(e => e["params"]!["request"]!["url"]!.GetValue<string>()),
        ];

    public static async Task<Browser> StartAsync(Chromium chromium)
    {
        var browser = new Browser(chromium.Path);
        await browser.ConnectAsync();
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
            await browser.SendAsync($"{domain}.enable");
        return browser;
    }

    public async Task OpenAsync(Uri address)
    {
        _events.Clear();
        await SendAsync("Page.navigate", new() { ["url"] = address.ToString() });
        await Eventually.TrueAsync(
            () => Task.FromResult(_events.Any(e => Method(e) == "Page.loadEventFired")),
            $"{address} is loaded"
        );
    }

    /// <summary>What the reader's system prefers: light or dark.</summary>
    public Task PreferAsync(string scheme) =>
        SendAsync(
            "Emulation.setEmulatedMedia",
            new()
            {
                ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = scheme }),
            }
        );

    /// <summary>The value of an expression in the page, which must be JSON; promises are awaited.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var reply = await SendAsync(
            "Runtime.evaluate",
            new()
            {
                ["expression"] = expression,
                ["returnByValue"] = true,
                ["awaitPromise"] = true,
            }
        );
        reply["exceptionDetails"].Should().BeNull(expression);
        return reply["result"]!["value"];
    }

    /// <summary>A PNG, in base64, of the element.</summary>
    public async Task<string> LookAtAsync(string selector)
    {
        var box = await EvaluateAsync(
            $"(({{x, y, width, height}}) => ({{x: x + scrollX, y: y + scrollY, width, height, scale: 1}}))(document.querySelector('{selector}').getBoundingClientRect())"
        );
        var shot = await SendAsync(
            "Page.captureScreenshot",
            new()
            {
                ["format"] = "png",
                ["captureBeyondViewport"] = true,
                ["clip"] = box!.DeepClone(),
            }
        );
        return shot["data"]!.GetValue<string>();
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        try
        {
            await _reading;
        }
        catch (WebSocketException)
        {
            // The browser is gone.
        }
        await _muttering;
        _socket.Dispose();
        _process.Dispose();
        _profile.Dispose();
    }

    private async Task ConnectAsync()
    {
        const string announcement = "DevTools listening on ";
        string? line;
        do line = await _process.StandardError.ReadLineAsync();
        while (line is not null && !line.StartsWith(announcement, StringComparison.Ordinal));
        var port = new Uri(line![announcement.Length..]).Port.ToString(CultureInfo.InvariantCulture);
        // Nobody reads on otherwise, and a full pipe would stop the browser.
        _muttering = _process.StandardError.ReadToEndAsync();
        using var http = new HttpClient();
        JsonNode? page = null;
        await Eventually.TrueAsync(
            async () =>
            {
                var targets = await http.GetFromJsonAsync<JsonArray>($"http://127.0.0.1:{port}/json");
                page = targets!.FirstOrDefault(t => t!["type"]!.GetValue<string>() == "page");
                return page is not null;
            },
            "the browser has its page"
        );
        await _socket.ConnectAsync(new(page!["webSocketDebuggerUrl"]!.GetValue<string>()), CancellationToken.None);
        _reading = ReadAsync();
    }

    private async Task<JsonObject> SendAsync(string method, JsonObject? parameters = null)
    {
        var id = Interlocked.Increment(ref _sent);
        var reply = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var message = new JsonObject
        {
            ["id"] = id,
            ["method"] = method,
            ["params"] = parameters ?? [],
        };
        await _socket.SendAsync(
            Encoding.UTF8.GetBytes(message.ToJsonString()),
            WebSocketMessageType.Text,
            endOfMessage: true,
            CancellationToken.None
        );
        var answer = await reply.Task.WaitAsync(Patience);
        answer["error"].Should().BeNull(method);
        return answer["result"]!.AsObject();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        while (_socket.State == WebSocketState.Open)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage)
                continue;
            if (message.Length > 0)
            {
                var json = JsonNode.Parse(message.ToArray())!.AsObject();
                if (json["id"]?.GetValue<int>() is { } id && _waiting.TryRemove(id, out var reply))
                    reply.SetResult(json);
                else
                    _events.Enqueue(json);
            }
            message.SetLength(0);
        }
    }

    private static string? Method(JsonObject message) => message["method"]?.GetValue<string>();
}
