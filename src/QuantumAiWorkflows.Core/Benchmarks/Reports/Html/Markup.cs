using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html;

/// <summary>
/// HTML made by interpolation: the literal parts are ours and stand as they are, every value in a hole is escaped unless
/// it is markup itself. So a client's name cannot become markup by somebody forgetting to escape it.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Markup
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text;

    public Markup(int literalLength, int formattedCount) => _text = new(literalLength + 16 * formattedCount);

    public static Markup Nothing { get; } = new(0, 0);

    public static Markup Join(IEnumerable<Markup> parts)
    {
        var joined = new Markup(0, 0);
        joined.AppendFormatted(parts);
        return joined;
    }

    /// <summary>Text that is markup already: our own style sheet and scripts.</summary>
    public static Markup Trusted(string text)
    {
        var markup = new Markup(0, 0);
        markup._text.Append(text);
        return markup;
    }

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(string? value) => _text.Append(Encoder.Encode(VisibleText.Of(value ?? "")));

    public void AppendFormatted(int value) => _text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Markup markup) => _text.Append(markup._text);

    public void AppendFormatted(IEnumerable<Markup> parts)
    {
        foreach (var part in parts)
            _text.Append(part._text);
    }

    public override string ToString() => _text.ToString();
}
