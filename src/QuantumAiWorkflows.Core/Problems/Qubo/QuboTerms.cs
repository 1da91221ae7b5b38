namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>
/// The coefficients of a quadratic function: dense linear part [n], quadratic part as three arrays [m], row &lt; column,
/// sorted, each pair once with its full coefficient.
/// </summary>
public sealed record QuboTerms(double Offset, double[] Linear, int[] Row, int[] Column, double[] Value)
{
    public int NumVariables => Linear.Length;

    /// <summary>
    /// False when some energy could leave the range of a double. Conversions between spins and bits multiply by at most 4:
    /// this keeps every energy of every form finite.
    /// </summary>
    internal bool IsWithinRange => double.IsFinite(4 * Magnitude);

    /// <summary>|offset| + Σ |linear| + Σ |value|.</summary>
    internal double Magnitude
    {
        get
        {
            var magnitude = Math.Abs(Offset);
            foreach (var coefficient in Linear)
                magnitude += Math.Abs(coefficient);
            foreach (var coefficient in Value)
                magnitude += Math.Abs(coefficient);
            return magnitude;
        }
    }

    /// <summary>True when every coefficient is a whole number, the offset, too.</summary>
    internal bool IsIntegral => double.IsInteger(Offset) && Linear.All(double.IsInteger) && Value.All(double.IsInteger);

    /// <summary>The function's value in O(n + m). Sums in stored order, so equal input gives equal bits everywhere.</summary>
    public double Evaluate(ReadOnlySpan<sbyte> values)
    {
        if (values.Length != NumVariables)
            throw new ArgumentException($"Expected {NumVariables} values, got {values.Length}.", nameof(values));
        var sum = Offset;
        for (var i = 0; i < Linear.Length; i++)
            sum += Linear[i] * values[i];
        for (var k = 0; k < Value.Length; k++)
            sum += Value[k] * (values[Row[k]] * values[Column[k]]);
        return sum;
    }
}
