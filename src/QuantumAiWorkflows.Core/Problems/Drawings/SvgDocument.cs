using System.Text;

namespace QuantumAiWorkflows.Problems.Drawings;

/// <summary>An SVG document that stands alone: no scripts, no fonts or pictures from elsewhere, and clients' names as text only.</summary>
internal sealed class SvgDocument
{
    private readonly StringBuilder _text = new();

    public SvgDocument(double width, double height, string title)
    {
        Write(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">"
        );
        Write($"<title>{title}</title>");
        Write(
            $"<style>text{{font:11px system-ui,sans-serif;fill:{Palette.Ink}}}.small{{font-size:9px}}.strong{{font-weight:600}}"
                + $".halo{{paint-order:stroke;stroke:#fff;stroke-width:3px}}</style>"
        );
        Add($"<rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>");
    }

    /// <summary>A line of markup; what is put into it is escaped.</summary>
    public void Add(SvgMarkup markup)
    {
        Write(markup);
        _text.Append('\n');
    }

    /// <param name="style">Any of the classes <c>small</c>, <c>strong</c> and <c>halo</c>.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>: which part of the text is at the point.</param>
    /// <param name="colour">Null: that of all text.</param>
    public void Label(
        double x,
        double y,
        string text,
        string style = "",
        string anchor = "start",
        string? colour = null
    )
    {
        Write($"<text x=\"{x}\" y=\"{y}\"");
        if (style.Length > 0)
            Write($" class=\"{style}\"");
        if (anchor != "start")
            Write($" text-anchor=\"{anchor}\"");
        // An attribute would lose against the style sheet.
        if (colour is not null)
            Write($" style=\"fill:{colour}\"");
        Add($">{text}</text>");
    }

    public override string ToString() => $"{_text}</svg>\n";

    /// <summary>A name of client's length as a drawing has room for, in UTF-16 units; never half a character.</summary>
    public static string Short(string text, int most = 24)
    {
        if (text.Length <= most)
            return text;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return $"{text[..end]}…";
    }

    private void Write(SvgMarkup markup) => markup.AppendTo(_text);
}
