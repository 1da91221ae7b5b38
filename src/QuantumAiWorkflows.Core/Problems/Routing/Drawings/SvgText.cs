using System.Globalization;
using System.Text;

namespace QuantumAiWorkflows.Problems.Routing.Drawings;

/// <summary>An SVG document that stands alone: no scripts, no fonts or pictures from elsewhere, and clients' names as text only.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    public SvgText(double width, double height, string title)
    {
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\">"
        );
        _text.Append(CultureInfo.InvariantCulture, $"<title>{Escape(title)}</title>");
        _text.Append(
            "<style>text{font:11px system-ui,sans-serif;fill:#222}.small{font-size:9px}.strong{font-weight:600}"
                + ".halo{paint-order:stroke;stroke:#fff;stroke-width:3px}</style>"
        );
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<rect width=\"{N(width)}\" height=\"{N(height)}\" fill=\"#fff\"/>\n"
        );
    }

    /// <param name="markup">Our own; numbers through <see cref="N"/>, names through <see cref="Escape"/>.</param>
    public void Add(string markup) => _text.Append(markup).Append('\n');

    public void Label(double x, double y, string text, string style = "", string anchor = "start") =>
        Add($"<text x=\"{N(x)}\" y=\"{N(y)}\" class=\"{style}\" text-anchor=\"{anchor}\">{Escape(text)}</text>");

    public override string ToString() => $"{_text}</svg>\n";

    /// <summary>Two decimals of a pixel are more than any screen has.</summary>
    public static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>As text of XML; what XML cannot hold, or would turn the line round, is shown as U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                0xFFFE or 0xFFFF => escaped.Append('\uFFFD'),
                _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format =>
                    escaped.Append('\uFFFD'),
                _ => escaped.Append(rune.ToString()),
            };
        return escaped.ToString();
    }

    /// <summary>A name of client's length as a drawing has room for.</summary>
    public static string Short(string text, int most = 24) => text.Length <= most ? text : $"{text[..(most - 1)]}…";
}
