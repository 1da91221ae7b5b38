using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Solvers.Auto;

/// <summary>Reads the features of a QUBO in O(n + m).</summary>
internal static class FeatureReading
{
    /// <summary>Beyond this many interactions two sides are not looked for: such problems are dense, or huge.</summary>
    private const int MostToColour = 1_000_000;

    private const int MostDistinct = 100_000;

    public static QuboFeatures Of(QuboProblem problem)
    {
        var terms = problem.Model.Terms;
        var n = terms.NumVariables;
        var degrees = new int[n];
        var (smallest, largest) = (double.PositiveInfinity, 0.0);
        for (var k = 0; k < terms.Value.Length; k++)
        {
            degrees[terms.Row[k]]++;
            degrees[terms.Column[k]]++;
            var magnitude = Math.Abs(terms.Value[k]);
            (smallest, largest) = (Math.Min(smallest, magnitude), Math.Max(largest, magnitude));
        }
        var mean = 2.0 * terms.Value.Length / n;
        var variance = degrees.Sum(d => (d - mean) * (d - mean)) / n;
        return new()
        {
            NumVariables = n,
            NumInteractions = terms.Value.Length,
            Density = problem.Model.Density,
            MeanDegree = mean,
            DegreeSpread = mean == 0 ? 0 : Math.Sqrt(variance) / mean,
            MaxDegree = degrees.Max(),
            // A range beyond a double's is as wide as any.
            CoefficientRange = largest == 0 ? 1 : Math.Min(largest / smallest, double.MaxValue),
            DistinctCoefficients = terms.Value.Take(MostDistinct).Distinct().Count(),
            IsWhole = problem.Model.IsIntegral,
            IsSymmetric = IsSymmetric(terms),
            IsBipartite = terms.Value.Length > MostToColour ? null : IsBipartite(problem.Model),
        };
    }

    /// <summary>With s = 2x - 1 the field of a spin is linear / 2 + Σ couplings / 4.</summary>
    private static bool IsSymmetric(QuboTerms terms)
    {
        var fields = Array.ConvertAll(terms.Linear, l => 2 * l);
        for (var k = 0; k < terms.Value.Length; k++)
        {
            fields[terms.Row[k]] += terms.Value[k];
            fields[terms.Column[k]] += terms.Value[k];
        }
        return Array.TrueForAll(fields, f => f == 0);
    }

    /// <summary>By colouring breadth first.</summary>
    private static bool IsBipartite(BinaryModel model)
    {
        var pairs = model.Neighbours;
        var colour = new sbyte[model.NumVariables];
        var queue = new Queue<int>();
        for (var start = 0; start < colour.Length; start++)
        {
            if (colour[start] != 0)
                continue;
            colour[start] = 1;
            queue.Enqueue(start);
            while (queue.TryDequeue(out var i))
                for (var k = pairs.Start[i]; k < pairs.Start[i + 1]; k++)
                {
                    var j = pairs.Column[k];
                    if (colour[j] == colour[i])
                        return false;
                    if (colour[j] != 0)
                        continue;
                    colour[j] = (sbyte)-colour[i];
                    queue.Enqueue(j);
                }
        }
        return true;
    }
}
