using System.Globalization;
using System.Numerics;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>
/// Makes a constraint's numbers whole without changing the constraint. A number counts as what its shortest decimal text
/// says, which is what a client wrote: 0.1 is one tenth.
/// </summary>
internal static class WholeNumbers
{
    /// <summary>Largest common denominator. Beyond it, slack would take more bits than any answer could use.</summary>
    public const long MaxFactor = 1_000_000;

    /// <summary>2^-19 is the smallest power of two within <see cref="MaxFactor"/>; its text has 19 decimals.</summary>
    private const int MaxDecimals = 20;

    /// <summary>Multiplied by their common denominator; null when there is none up to <see cref="MaxFactor"/>.</summary>
    public static (BigInteger[] Numbers, long Factor)? Of(IReadOnlyList<double> numbers)
    {
        var parts = new (BigInteger Numerator, BigInteger Denominator)[numbers.Count];
        var factor = BigInteger.One;
        for (var k = 0; k < parts.Length; k++)
        {
            if (Fraction(numbers[k]) is not { } part)
                return null;
            parts[k] = part;
            factor = factor / BigInteger.GreatestCommonDivisor(factor, part.Denominator) * part.Denominator;
            if (factor > MaxFactor)
                return null;
        }
        return ([.. parts.Select(p => p.Numerator * (factor / p.Denominator))], (long)factor);
    }

    private static (BigInteger Numerator, BigInteger Denominator)? Fraction(double number)
    {
        if (!double.IsFinite(number))
            return null;
        if (double.IsInteger(number))
            return (new BigInteger(number), 1);
        var text = CanonicalJson.PlainDecimal(number);
        var decimals = text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1;
        if (decimals > MaxDecimals)
            return null;
        var digits = BigInteger.Parse(text.Remove(text.Length - decimals - 1, 1), CultureInfo.InvariantCulture);
        var power = BigInteger.Pow(10, decimals);
        var common = BigInteger.GreatestCommonDivisor(digits, power);
        return (digits / common, power / common);
    }
}
