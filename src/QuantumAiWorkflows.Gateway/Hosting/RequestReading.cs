using System.Buffers;
using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>Reads bodies, query and headers strictly; each reader adds faults instead of guessing.</summary>
internal static class RequestReading
{
    /// <summary>The JSON body, or the refusal to send instead.</summary>
    public static async Task<(JsonDocument? Body, Refusal? Refusal)> ReadJsonAsync(this HttpRequest request)
    {
        if (!request.HasJsonContentType())
            return (null, Refusal.WrongMediaType(request.ContentType, "application/json"));
        var faults = new FaultList();
        var document = StrictJson.Parse(await request.ReadBytesAsync(), faults);
        return document is null ? (null, Refusal.Of(faults)) : (document, null);
    }

    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(this HttpRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>((int)Math.Clamp(request.ContentLength ?? 4096, 4096, 16 << 20));
        while (
            await request.Body.ReadAsync(buffer.GetMemory(4096), request.HttpContext.RequestAborted) is > 0 and var read
        )
            buffer.Advance(read);
        return buffer.WrittenMemory;
    }

    /// <summary>
    /// Seconds to wait for the result, from <c>Prefer: wait=n</c> (RFC 7240); 0 without. Other preferences are ignored, as
    /// the RFC asks; an unreadable wait is a fault.
    /// </summary>
    public static int ReadWait(this HttpRequest request, FaultList faults)
    {
        const int most = 60;
        foreach (var header in request.Headers["Prefer"])
        foreach (var preference in (header ?? "").Split([',', ';'], StringSplitOptions.TrimEntries))
        {
            var parts = preference.Split('=', 2, StringSplitOptions.TrimEntries);
            if (!parts[0].Equals("wait", StringComparison.OrdinalIgnoreCase))
                continue;
            // Any number of digits: whoever would wait longer than a number holds waits as long as anybody may.
            if (parts is [_, { Length: > 0 } value] && value.All(char.IsAsciiDigit))
                return int.TryParse(value, CultureInfo.InvariantCulture, out var seconds)
                    ? Math.Min(seconds, most)
                    : most;
            faults.Add(
                new Fault(FaultCode.BadHeader, $"Prefer: expected wait=n with n whole seconds, got \"{preference}\".")
            );
        }
        return 0;
    }

    /// <summary>The idempotency key, quoted (a structured-field string) or bare; null without.</summary>
    public static string? ReadIdempotencyKey(this HttpRequest request, FaultList faults)
    {
        var values = request.Headers["Idempotency-Key"];
        if (values.Count == 0)
            return null;
        var key = values[0]!.Trim();
        if (key.Length >= 2 && key[0] == '"' && key[^1] == '"')
            key = key[1..^1];
        if (values.Count == 1 && key.Length is > 0 and <= 255 && key.All(c => c is > ' ' and < '\x7f' and not '"'))
            return key;
        faults.Add(
            new Fault(FaultCode.BadHeader, "Idempotency-Key: expected one key of 1 to 255 visible ASCII characters.")
        );
        return null;
    }
}

/// <summary>The query string of a request; whatever was not asked for by name is a fault.</summary>
internal sealed class QueryReader(HttpRequest request, FaultList faults)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string? Text(string name)
    {
        _known.Add(name);
        var values = request.Query[name];
        if (values.Count > 1)
            Fault(name, "is given more than once.");
        return values.Count == 0 ? null : values[0];
    }

    public int Int(string name, int low, int high, int absent)
    {
        if (Text(name) is not { } text)
            return absent;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= low
            && value <= high
        )
            return value;
        Fault(name, $"must be a whole number from {low} to {high}.");
        return absent;
    }

    public bool Flag(string name)
    {
        var text = Text(name);
        if (text is not (null or "true" or "false"))
            Fault(name, "must be true or false.");
        return text == "true";
    }

    public string? OneOf(string name, IEnumerable<string> values)
    {
        var text = Text(name);
        if (text is not null && !values.Contains(text, StringComparer.Ordinal))
            Fault(name, $"must be one of {string.Join(", ", values)}.");
        return text;
    }

    /// <summary>Reports parameters that nobody asked for.</summary>
    public void End()
    {
        foreach (var name in request.Query.Keys.Where(k => !_known.Contains(k)))
            Fault(name, $"is not known here; known are {(_known.Count == 0 ? "none" : string.Join(", ", _known))}.");
    }

    private void Fault(string name, string detail) =>
        faults.Add(
            new Fault(FaultCode.BadQuery, $"Query parameter \"{(name.Length <= 40 ? name : name[..40])}\" {detail}")
        );
}
