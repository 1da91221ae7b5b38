using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace QuantumAiWorkflows.Problems.Drawings;

/// <summary>
/// An interpolated string of SVG: what is written in the code is markup, what is put in is never. Texts are escaped and numbers
/// have at most two decimals, whoever writes the drawing, so no client's name can leave its element or attribute.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct SvgMarkup
{
    private static readonly SearchValues<char> Plain = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Except("&<>\"'"),
    ]);

    private readonly StringBuilder _text;

    public SvgMarkup(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + 8 * formattedCount);

    public void AppendLiteral(string markup) => _text.Append(markup);

    public void AppendFormatted(double number) => AppendNumber(_text, number);

    public void AppendFormatted(long number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

    public void AppendFormatted(string text) => AppendEscaped(_text, text);

    /// <summary>The data of a path, which can be megabytes.</summary>
    public void AppendFormatted(SvgPath path) => path.AppendTo(_text);

    /// <summary>The corners of a <c>polyline</c>.</summary>
    public void AppendFormatted(IEnumerable<(double X, double Y)> points)
    {
        foreach (var (x, y) in points)
        {
            AppendNumber(_text, x);
            _text.Append(',');
            AppendNumber(_text, y);
            _text.Append(' ');
        }
    }

    /// <summary>Two decimals of a pixel are more than any screen has; no zero is negative.</summary>
    internal static void AppendNumber(StringBuilder text, double number) =>
        text.Append(CultureInfo.InvariantCulture, $"{Math.Round(number, 2) + 0.0:0.##}");

    internal void AppendTo(StringBuilder document) => document.Append(_text);

    /// <summary>As text of XML; what XML cannot hold, or would turn the line round, is shown as U+FFFD.</summary>
    private static void AppendEscaped(StringBuilder escaped, string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            escaped.Append(text);
            return;
        }
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format =>
                    escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
    }
}
