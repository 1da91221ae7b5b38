using System.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// A QUBO with whole coefficients: minimize Constant + Σ Linear[i]·x[i] + Σ Value[k]·x[Row[k]]·x[Column[k]] over bits,
/// which is Scale times the problem's objective (negated for maximize) without its offset, up to
/// <see cref="RoundingError"/>. Made from the terms as posed, so that turning spins into bits rounds nothing.
/// </summary>
/// <param name="RoundingError">
/// Bound on the difference to the problem's objective at any point, in the problem's unit; 0 when every coefficient is
/// exactly a whole number over <paramref name="Scale"/>.
/// </param>
internal sealed record IntegerModel(
    QuboProblem Problem,
    long Constant,
    long[] Linear,
    int[] Row,
    int[] Column,
    long[] Value,
    double Scale,
    double RoundingError
)
{
    /// <summary>Sums up to here are exact in doubles, too, with room to spare.</summary>
    public const long Limit = 1L << 52;

    public bool IsExact => RoundingError == 0;

    /// <summary>max over i of |Linear[i]| + Σ |Value| of its pairs: no change of one bit exceeds it.</summary>
    public long LargestField
    {
        get
        {
            var sums = Array.ConvertAll(Linear, Math.Abs);
            for (var k = 0; k < Value.Length; k++)
            {
                sums[Row[k]] += Math.Abs(Value[k]);
                sums[Column[k]] += Math.Abs(Value[k]);
            }
            return sums.Max();
        }
    }

    /// <summary>
    /// The model with magnitudes summing to at most <see cref="Limit"/> and nothing rounded; null when there is none.
    /// Tries the least power of two that makes every coefficient whole, then powers of ten: a client who writes 0.1 means
    /// a tenth, and a double is a tenth when a whole number over ten gives it back.
    /// </summary>
    /// <remarks>
    /// "Nothing rounded" is meant of the decimals: the double 0.1 is a tenth only up to 2^-53 of itself. So an optimum of
    /// this model is one of the problem as written, and as doubles up to a tie: no answer is better by more than
    /// 2^-52 Σ |coefficients|, far inside what the referee takes for rounding. For powers of two there is no such tie.
    /// </remarks>
    public static IntegerModel? Exact(QuboProblem problem)
    {
        var magnitude = Magnitude(problem);
        if (magnitude == 0)
            return Scaled(problem, 1);
        var exponent = -LowestBit(Coefficients(problem.Terms));
        if (exponent < 0 && magnitude <= Limit)
            exponent = 0;
        if (Math.Abs(exponent) <= 1000 && magnitude <= Math.ScaleB(Limit, -exponent))
            return Scaled(problem, Math.ScaleB(1, exponent));
        for (var ten = 10.0; ten <= 1e12 && magnitude * ten <= Limit; ten *= 10)
            if (Coefficients(problem.Terms).All(c => Math.Round(c * ten) / ten == c))
                return Scaled(problem, ten);
        return null;
    }

    /// <summary>Coefficients times a power of two, rounded, so that their magnitudes sum to about 2^<paramref name="bits"/>.</summary>
    public static IntegerModel Rounded(QuboProblem problem, int bits = 44)
    {
        // 1000: neither the scale nor its inverse leaves a double's range.
        var exponent = Math.Clamp(bits - Math.ILogB(Magnitude(problem)), -1000, 1000);
        var scale = Math.ScaleB(1, exponent);
        var error = Coefficients(problem.Terms).Sum(c => Math.Abs(c - Math.Round(c * scale) / scale));
        return Scaled(problem, scale) with { RoundingError = Math.BitIncrement(error) };
    }

    /// <summary>
    /// True when every sum of the problem's terms is exact in doubles, in any order, as posed and as bits: all are
    /// multiples of one power of two and their magnitudes sum to less than 2^53 of it.
    /// </summary>
    public static bool SumsAreExact(QuboProblem problem)
    {
        var all = Coefficients(problem.Terms).Append(problem.Terms.Offset).Where(c => c != 0).ToList();
        return all.Count == 0
            || Magnitude(problem) + Math.Abs(problem.Terms.Offset) < Math.ScaleB(1, 53 + LowestBit(all));
    }

    /// <summary>An energy of this model in the problem's unit, as a minimization, offset included.</summary>
    public double ToMinimized(double energy) => Problem.ToOwnSense(Problem.Terms.Offset) + energy / Scale;

    public long Energy(ReadOnlySpan<sbyte> bits)
    {
        var sum = Constant;
        for (var i = 0; i < Linear.Length; i++)
            sum += Linear[i] * bits[i];
        for (var k = 0; k < Value.Length; k++)
            sum += Value[k] * (bits[Row[k]] & bits[Column[k]]);
        return sum;
    }

    private static IntegerModel Scaled(QuboProblem problem, double scale)
    {
        var terms = problem.Terms;
        var sign = problem.Sense == Sense.Minimize ? 1 : -1;
        var linear = Array.ConvertAll(terms.Linear, c => sign * (long)Math.Round(c * scale));
        var value = Array.ConvertAll(terms.Value, c => sign * (long)Math.Round(c * scale));
        var constant = 0L;
        if (problem.Vartype == Vartype.Spin)
        {
            // s = 2x - 1, as in BinaryModel, in whole numbers.
            for (var i = 0; i < linear.Length; i++)
            {
                constant -= linear[i];
                linear[i] *= 2;
            }
            for (var k = 0; k < value.Length; k++)
            {
                constant += value[k];
                linear[terms.Row[k]] -= 2 * value[k];
                linear[terms.Column[k]] -= 2 * value[k];
                value[k] *= 4;
            }
        }
        return new(problem, constant, linear, terms.Row, terms.Column, value, scale, 0);
    }

    /// <summary>Bound on the sum of magnitudes, as posed and as bits: a spin's coupling becomes 4 + 2 + 2 + 1 of itself.</summary>
    private static double Magnitude(QuboProblem problem) =>
        Math.Min(
            double.MaxValue,
            Coefficients(problem.Terms).Sum(Math.Abs) * (problem.Vartype == Vartype.Spin ? 9 : 1)
        );

    private static IEnumerable<double> Coefficients(QuboTerms terms) => terms.Linear.Concat(terms.Value);

    /// <summary>The largest e such that all are multiples of 2^e. At least one is not 0.</summary>
    private static int LowestBit(IEnumerable<double> values)
    {
        var lowest = int.MaxValue;
        foreach (var value in values)
        {
            if (value == 0)
                continue;
            var bits = BitConverter.DoubleToInt64Bits(value);
            var exponent = (int)((bits >> 52) & 0x7FF);
            var mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
            lowest = Math.Min(lowest, Math.Max(exponent, 1) - 1075 + BitOperations.TrailingZeroCount(mantissa));
        }
        return lowest;
    }
}
