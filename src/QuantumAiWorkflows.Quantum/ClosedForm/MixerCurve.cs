namespace QuantumAiWorkflows.Quantum.ClosedForm;

/// <summary>
/// The expected cost of one layer at a fixed gamma, as a function of beta:
/// E(β) = Field·sin 2β + Edge/2·sin 4β + Pair/2·sin² 2β.
/// </summary>
/// <param name="Field">Σ over variables: what sin 2β multiplies.</param>
/// <param name="Edge">Σ over interactions: what sin 4β / 2 multiplies.</param>
/// <param name="Pair">Σ over interactions: what sin² 2β / 2 multiplies.</param>
internal readonly record struct MixerCurve(double Field, double Edge, double Pair)
{
    public double At(double beta) => AtAngle(2 * beta);

    /// <summary>
    /// The beta in (-π/2, π/2] with the lowest cost, and that cost. Exact: with t = tan(θ/2), θ = 2β, the derivative is a
    /// polynomial of degree 4, whose real roots are isolated one by one. Two half circles of |t| ≤ 1 keep it well scaled.
    /// </summary>
    public (double Beta, double Cost) Lowest()
    {
        var (best, lowest) = (0.0, 0.0); // θ = 0 costs nothing: half of the ties, and where all three are 0
        foreach (var (centre, sign) in Halves)
        {
            double[] derivative = [Edge + sign * Field, 2 * Pair, -6 * Edge, -2 * Pair, Edge - sign * Field];
            foreach (var t in Polynomial.Roots(derivative, -1, 1).Append(-1).Append(1))
            {
                var angle = centre + 2 * Math.Atan(t);
                var cost = AtAngle(angle);
                if (cost < lowest)
                    (best, lowest) = (angle, cost);
            }
        }
        var beta = best / 2;
        return (beta > Math.PI / 2 ? beta - Math.PI : beta, lowest);
    }

    /// <summary>θ from -π/2 to π/2, and from π/2 to 3π/2, where sine and cosine have the other sign.</summary>
    private static readonly (double Centre, double Sign)[] Halves = [(0, 1), (Math.PI, -1)];

    private double AtAngle(double angle)
    {
        var (sin, cos) = Math.SinCos(angle);
        return sin * (Field + Edge * cos + Pair / 2 * sin);
    }
}

/// <summary>Real roots of polynomials of low degree.</summary>
internal static class Polynomial
{
    /// <summary>
    /// The roots between <paramref name="low"/> and <paramref name="high"/>, ascending: between two roots of the
    /// derivative a polynomial is monotone, so that each sign change there is one root, found by bisection to the last
    /// bit. Roots of even multiplicity, which change no sign, are left out: no minimum of the integral is there.
    /// </summary>
    /// <param name="coefficients">Of ascending powers.</param>
    public static List<double> Roots(ReadOnlySpan<double> coefficients, double low, double high)
    {
        var roots = new List<double>();
        var degree = coefficients.Length - 1;
        if (degree == 0)
            return roots;
        Span<double> derivative = stackalloc double[degree];
        for (var k = 0; k < degree; k++)
            derivative[k] = (k + 1) * coefficients[k + 1];

        var from = low;
        foreach (var to in Roots(derivative, low, high).Append(high))
        {
            if (Bisect(coefficients, from, to) is { } root)
                roots.Add(root);
            from = to;
        }
        return roots;
    }

    public static double At(ReadOnlySpan<double> coefficients, double x)
    {
        var value = 0.0;
        for (var k = coefficients.Length - 1; k >= 0; k--)
            value = value * x + coefficients[k];
        return value;
    }

    private static double? Bisect(ReadOnlySpan<double> coefficients, double low, double high)
    {
        var (atLow, atHigh) = (At(coefficients, low), At(coefficients, high));
        if (atLow == 0)
            return low;
        if (Math.Sign(atLow) == Math.Sign(atHigh))
            return null;
        while (true)
        {
            var middle = low + (high - low) / 2;
            if (middle <= low || middle >= high)
                return middle;
            if (Math.Sign(At(coefficients, middle)) == Math.Sign(atLow))
                low = middle;
            else
                high = middle;
        }
    }
}
