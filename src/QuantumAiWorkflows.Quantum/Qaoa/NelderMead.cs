namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Downhill simplex (Nelder and Mead, "A simplex method for function minimization", 1965) with coefficients that depend
/// on the dimension (Gao and Han, "Implementing the Nelder-Mead simplex algorithm with adaptive parameters", 2012): the
/// classic ones stall beyond some ten angles. Needs no gradient and is the same sequence of points on every run.
/// </summary>
internal static class NelderMead
{
    /// <summary>
    /// Walks from <paramref name="start"/> until the values at the corners agree to <paramref name="tolerance"/> and the
    /// corners to 1e-4, or <paramref name="evaluate"/> gives null: no further point may be looked at.
    /// </summary>
    /// <param name="start">Shape [n], n ≥ 2.</param>
    /// <param name="steps">Length of the first simplex along each axis.</param>
    public static void Minimize(double[] start, double[] steps, double tolerance, Func<double[], double?> evaluate)
    {
        var n = start.Length;
        var expansion = 1 + 2.0 / n;
        var contraction = 0.75 - 0.5 / n;
        var shrinkage = 1 - 1.0 / n;

        var corners = new List<(double[] Point, double Value)>(n + 1);
        for (var i = 0; i <= n; i++)
        {
            var point = (double[])start.Clone();
            if (i > 0)
                point[i - 1] += steps[i - 1];
            if (evaluate(point) is not { } value)
                return;
            corners.Add((point, value));
        }

        while (true)
        {
            corners.Sort((a, b) => a.Value.CompareTo(b.Value));
            var (best, second, worst) = (corners[0], corners[^2], corners[^1]);
            if (worst.Value - best.Value <= tolerance && Diameter(corners) < 1e-4)
                return;

            var centre = new double[n];
            foreach (var (point, _) in corners.Take(n))
                for (var i = 0; i < n; i++)
                    centre[i] += point[i] / n;
            (double[] Point, double Value)? Try(double factor)
            {
                var point = new double[n];
                for (var i = 0; i < n; i++)
                    point[i] = centre[i] + factor * (worst.Point[i] - centre[i]);
                return evaluate(point) is { } value ? (point, value) : null;
            }

            if (Try(-1) is not { } reflected)
                return;
            if (reflected.Value < best.Value)
            {
                if (Try(-expansion) is not { } expanded)
                    return;
                corners[^1] = expanded.Value < reflected.Value ? expanded : reflected;
            }
            else if (reflected.Value < second.Value)
                corners[^1] = reflected;
            else
            {
                var isOutside = reflected.Value < worst.Value;
                if (Try(isOutside ? -contraction : contraction) is not { } contracted)
                    return;
                if (contracted.Value <= (isOutside ? reflected : worst).Value)
                    corners[^1] = contracted;
                else if (!Shrink(corners, shrinkage, evaluate))
                    return;
            }
        }
    }

    private static bool Shrink(
        List<(double[] Point, double Value)> corners,
        double shrinkage,
        Func<double[], double?> evaluate
    )
    {
        var best = corners[0].Point;
        for (var k = 1; k < corners.Count; k++)
        {
            var point = corners[k].Point.Select((x, i) => best[i] + shrinkage * (x - best[i])).ToArray();
            if (evaluate(point) is not { } value)
                return false;
            corners[k] = (point, value);
        }
        return true;
    }

    private static double Diameter(List<(double[] Point, double Value)> corners) =>
        corners.Skip(1).Max(c => c.Point.Zip(corners[0].Point, (x, y) => Math.Abs(x - y)).Max());
}
