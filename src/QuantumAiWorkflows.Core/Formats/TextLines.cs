using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Formats;

/// <summary>
/// Walks a text file line by line and token by token, and knows where it is when something is wrong. Lines end with LF,
/// CR LF, CR or the file; tokens are parted by white space; blank lines are skipped. Numbers never depend on culture.
/// </summary>
internal sealed class TextLines(ReadOnlyMemory<byte> content, FaultList faults)
{
    private readonly string _text = Encoding.UTF8.GetString(content.Span);
    private int _next;
    private int _start;
    private int _end;
    private int _at;

    /// <summary>1-based.</summary>
    public int Line { get; private set; }

    /// <summary>1-based, of the token read last, or of the line's end when there was none.</summary>
    public int Column { get; private set; }

    /// <summary>The whole line without its end.</summary>
    public ReadOnlySpan<char> Content => _text.AsSpan(_start, _end - _start);

    /// <summary>Goes to the next line that is not blank; false at the end of the file.</summary>
    public bool NextLine()
    {
        while (_next < _text.Length)
        {
            _start = _at = _next;
            var length = _text.AsSpan(_start).IndexOfAny('\r', '\n');
            _end = length < 0 ? _text.Length : _start + length;
            _next = _end + (_text.AsSpan(_end).StartsWith("\r\n") ? 2 : 1);
            Line++;
            Column = 1;
            if (!Content.IsWhiteSpace())
                return true;
        }
        return false;
    }

    /// <summary>The next token of this line; empty at its end.</summary>
    public ReadOnlySpan<char> Token()
    {
        while (_at < _end && char.IsWhiteSpace(_text[_at]))
            _at++;
        var from = _at;
        while (_at < _end && !char.IsWhiteSpace(_text[_at]))
            _at++;
        Column = from - _start + 1;
        return _text.AsSpan(from, _at - from);
    }

    /// <summary>True when no token is left on this line.</summary>
    public bool IsAtEnd => _text.AsSpan(_at, _end - _at).IsWhiteSpace();

    /// <summary>The text up to the next such character, trimmed, and goes on behind it; null where the line has none.</summary>
    public string? Before(char separator)
    {
        var length = _text.AsSpan(_at, _end - _at).IndexOf(separator);
        if (length < 0)
            return null;
        var text = _text.AsSpan(_at, length).Trim().ToString();
        Column = _at - _start + 1;
        _at += length + 1;
        return text;
    }

    /// <summary>The next token as a whole number from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public bool TryInt(string what, int low, int high, out int value)
    {
        var token = Token();
        if (
            int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= low
            && value <= high
        )
            return true;
        return Refuse($"Expected {what}, a whole number from {low} to {high}, got {Show(token)}.", Short(token), high);
    }

    /// <summary>The next token as a finite number, with or without an exponent.</summary>
    public bool TryNumber(string what, out double value)
    {
        var token = Token();
        return (
                double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
                && double.IsFinite(value)
            ) || Refuse($"Expected {what}, a finite number, got {Show(token)}.", Short(token));
    }

    /// <summary>True when nothing follows on this line.</summary>
    public bool TryEnd()
    {
        var token = Token();
        return token.IsEmpty || Refuse($"Expected the end of the line, got {Show(token)}.", Short(token));
    }

    /// <summary>Adds a fault at the token read last. Always false.</summary>
    public bool Refuse(string detail, JsonNode? value = null, JsonNode? limit = null)
    {
        faults.Add(
            new Fault(FaultCode.FileContent, detail)
            {
                Line = Math.Max(Line, 1),
                Column = Math.Max(Column, 1),
                Value = value,
                Limit = limit,
            }
        );
        return false;
    }

    private static string Show(ReadOnlySpan<char> token) =>
        token.IsEmpty ? "the end of the line" : $"\"{Short(token)}\"";

    private static string Short(ReadOnlySpan<char> token) =>
        token.Length <= 40 ? token.ToString() : $"{token[..37]}...";
}
