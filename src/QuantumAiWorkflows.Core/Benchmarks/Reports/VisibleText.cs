using System.Globalization;
using System.Text;

namespace QuantumAiWorkflows.Benchmarks.Reports;

/// <summary>
/// Text of a client as a report may show it. A name with a direction override would turn the rest of the verdict's sentence
/// round, and one with a terminal's control sequence would colour a build log; such characters become U+FFFD, visible and
/// without effect. Tabs and line ends stay.
/// </summary>
internal static class VisibleText
{
    public static string Of(string text)
    {
        if (!text.Any(IsInvisible))
            return text;
        var visible = new StringBuilder(text.Length);
        foreach (var c in text)
            visible.Append(IsInvisible(c) ? '\uFFFD' : c);
        return visible.ToString();
    }

    private static bool IsInvisible(char c) =>
        c switch
        {
            '\t' or '\r' or '\n' => false,
            // Marks, embeddings and overrides, isolates: UAX 9.
            '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => true,
            _ => char.GetUnicodeCategory(c) == UnicodeCategory.Control,
        };
}
