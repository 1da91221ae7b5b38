using System.Text.Json;

namespace QuantumAiWorkflows.Input;

/// <summary>Half of a surrogate pair in a string is JSON, but no text: the parser would throw when the string is asked for.</summary>
internal static class JsonText
{
    public static bool HasOnlyText(JsonDocument document, ReadOnlySpan<byte> utf8) =>
        !MayHoldSurrogates(utf8) || HasOnlyText(document.RootElement);

    /// <summary>A surrogate in JSON text is always escaped: valid UTF-8 holds none.</summary>
    private static bool MayHoldSurrogates(ReadOnlySpan<byte> utf8) =>
        utf8.IndexOf("\\ud"u8) >= 0 || utf8.IndexOf("\\uD"u8) >= 0;

    private static bool HasOnlyText(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().All(m => IsText(() => m.Name) && HasOnlyText(m.Value)),
            JsonValueKind.Array => element.EnumerateArray().All(HasOnlyText),
            JsonValueKind.String => IsText(() => element.GetString()),
            _ => true,
        };

    private static bool IsText(Func<string?> read)
    {
        try
        {
            return read() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
