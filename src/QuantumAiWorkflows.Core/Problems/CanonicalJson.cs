using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace QuantumAiWorkflows.Problems;

/// <summary>
/// Numbers and strings as RFC 8785 (JCS) writes them; the families put their members in JCS order themselves. The bytes
/// are a problem's identity, so nothing here may depend on culture, platform or .NET version.
/// </summary>
public static class CanonicalJson
{
    /// <summary>
    /// ECMAScript's Number::toString (ECMA-262, 6.1.6.1.20): shortest digits that round-trip, plain notation from 1e-6
    /// to below 1e21, -0 as 0.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">NaN and infinities have no JSON.</exception>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no such number.");
        if (value == 0)
            return "0";
        // Most coefficients are small whole numbers; up to 2^53 their digits are the shortest, too.
        if (Math.Abs(value) <= 9007199254740992 && value == Math.Floor(value))
            return ((long)value).ToString(CultureInfo.InvariantCulture);

        var (digits, n) = Digits(value);
        if (n is > -6 and <= 21)
            return Plain(value < 0, digits, n);
        var sign = value < 0 ? "-" : "";
        var power = (n - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
        return digits.Length == 1 ? $"{sign}{digits}e{power}" : $"{sign}{digits[..1]}.{digits[1..]}e{power}";
    }

    /// <summary>The same digits without an exponent, for formats that know none; up to 325 characters.</summary>
    /// <inheritdoc cref="Number" path="/exception"/>
    public static string PlainDecimal(double value)
    {
        var text = Number(value);
        if (!text.Contains('e', StringComparison.Ordinal))
            return text;
        var (digits, n) = Digits(value);
        return Plain(value < 0, digits, n);
    }

    private static string Plain(bool negative, string digits, int n)
    {
        var sign = negative ? "-" : "";
        if (n <= 0)
            return $"{sign}0.{new string('0', -n)}{digits}";
        return digits.Length <= n
            ? $"{sign}{digits}{new string('0', n - digits.Length)}"
            : $"{sign}{digits[..n]}.{digits[n..]}";
    }

    /// <summary>The shortest digits d that round-trip, and n, so that |value| = 0.d · 10^n; neither end of d is 0.</summary>
    private static (string Digits, int Exponent) Digits(double value)
    {
        // "R" has the shortest digits, in one of two notations. Take them and the exponent apart.
        var text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var mantissa = text;
        var exponent = 0;
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            mantissa = text[..e];
            exponent = int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = point < 0 ? mantissa : mantissa.Remove(point, 1);
        var leading = all.Length - all.TrimStart('0').Length;
        return (all.Trim('0'), (point < 0 ? mantissa.Length : point) + exponent - leading);
    }

    /// <summary>A quoted string with JCS's escapes: the two-letter ones, \u00xx for other controls, nothing else.</summary>
    public static string Text(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        return text.Append('"').ToString();
    }

    /// <summary>Any JSON value in canonical form; members sorted by UTF-16 code units.</summary>
    public static string Value(JsonElement element)
    {
        var text = new StringBuilder();
        Append(text, element);
        return text.ToString();
    }

    /// <summary>Appends ASCII text to a byte buffer; canonical numbers and punctuation are ASCII.</summary>
    internal static void Write(this IBufferWriter<byte> writer, string text) => Encoding.UTF8.GetBytes(text, writer);

    private static void Append(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                var first = true;
                foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    text.Append(first ? "" : ",").Append(Text(member.Name)).Append(':');
                    Append(text, member.Value);
                    first = false;
                }
                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    text.Append(index++ == 0 ? "" : ",");
                    Append(text, item);
                }
                text.Append(']');
                break;
            case JsonValueKind.Number:
                text.Append(Number(element.GetDouble()));
                break;
            case JsonValueKind.String:
                text.Append(Text(element.GetString()!));
                break;
            default:
                text.Append(element.GetRawText());
                break;
        }
    }
}
