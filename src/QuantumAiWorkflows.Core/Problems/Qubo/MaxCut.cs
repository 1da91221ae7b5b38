using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>
/// The weight of the edges between two sides, Σ w·(x_i + x_j - 2·x_i·x_j), maximized: 0 or 1 says which side. As a QUBO a
/// pair has -2w and a variable the sum of the weights of its edges; there is no offset.
/// </summary>
public static class MaxCut
{
    /// <param name="edges">Weights as quadratic part; the rest is not used.</param>
    /// <param name="source">What to blame when the weights add up beyond the range of a double.</param>
    internal static QuboProblem? ToQubo(QuboTerms edges, FaultSource source, FaultList faults)
    {
        var terms = edges with
        {
            Offset = 0,
            Linear = WeightedDegrees(edges),
            Value = Array.ConvertAll(edges.Value, w => -2 * w),
        };
        if (terms.IsWithinRange)
            return new(terms, Sense.Maximize, Vartype.Binary, null);
        faults.Add(source.ToFault(FaultCode.Overflow, "The sum of the weights' magnitudes exceeds a double's range."));
        return null;
    }

    /// <summary>The graph whose cut the problem is, exactly; null when it is no Max-Cut.</summary>
    public static QuboTerms? EdgesOf(QuboProblem problem)
    {
        var terms = problem.Terms;
        if (problem.Sense != Sense.Maximize || problem.Vartype != Vartype.Binary || terms.Offset != 0)
            return null;
        var weights = Array.ConvertAll(terms.Value, v => v / -2);
        var edges = terms with { Linear = new double[terms.NumVariables], Value = weights };
        var exact = weights.AsSpan().IndexOf(0.0) < 0;
        for (var k = 0; exact && k < weights.Length; k++)
            exact = weights[k] * -2 == terms.Value[k];
        return exact && WeightedDegrees(edges).AsSpan().SequenceEqual(terms.Linear) ? edges : null;
    }

    /// <summary>Adds in stored order, so that sums of fractions come out the same in both directions above.</summary>
    private static double[] WeightedDegrees(QuboTerms edges)
    {
        var degrees = new double[edges.NumVariables];
        for (var k = 0; k < edges.Value.Length; k++)
        {
            degrees[edges.Row[k]] += edges.Value[k];
            degrees[edges.Column[k]] += edges.Value[k];
        }
        return degrees;
    }
}
