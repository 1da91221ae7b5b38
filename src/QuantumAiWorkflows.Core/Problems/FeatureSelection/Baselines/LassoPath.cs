using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Baselines;

/// <summary>
/// Features in the order in which they enter the lasso path: linear regression of all responses together with a penalty on the length of
/// each column's coefficients, from the penalty that keeps every feature out downwards. For one response that is the lasso of Tibshirani,
/// Journal of the Royal Statistical Society B 58(1), 1996; classes are 0/1 responses.
/// </summary>
/// <remarks>Coordinate descent, and between two penalties only on columns that may enter: Friedman, Hastie and Tibshirani, Journal of Statistical Software 33(1), 2010.</remarks>
internal static class LassoPath
{
    private const double Shrink = 0.9;
    private const int MaxSteps = 80;
    private const int MaxSweeps = 200;
    private const double Tolerance = 1e-7;

    /// <summary>O(steps·rows·columns·responses), and the sweeps over the few columns that are in.</summary>
    /// <param name="wanted">Ends once so many features have entered.</param>
    /// <returns>The features that entered, first ones first, and how many models were fitted.</returns>
    public static (List<int> Order, int Fits) Rank(LinearTable table, int wanted, CancellationToken cancellation)
    {
        var (columns, q) = (table.Columns, table.Responses.Length);
        var residuals = Array.ConvertAll(table.Responses, r => (double[])r.Clone());
        var coefficients = new double[columns.Count][];
        var strength = new double[columns.Count];
        var gradient = new double[q];
        var order = new List<int>();
        var entered = new HashSet<int>();
        Measure();
        var penalty = strength.Length == 0 ? 0 : strength.Max();
        var least = 1e-3 * penalty;
        var fits = 0;
        while (penalty > least && fits < MaxSteps && order.Count < wanted)
        {
            var last = penalty;
            penalty *= Shrink;
            // The sequential strong rule, and whoever is in already.
            var active = Enumerable
                .Range(0, columns.Count)
                .Where(c => coefficients[c] is not null || strength[c] >= 2 * penalty - last)
                .ToArray();
            for (var sweep = 0; sweep < MaxSweeps; sweep++)
            {
                cancellation.ThrowIfCancellationRequested();
                var change = 0.0;
                foreach (var c in active)
                    change = Math.Max(change, Update(c, penalty));
                if (change < Tolerance)
                    break;
            }
            fits++;
            Measure();
            foreach (
                var feature in active
                    .Where(c => coefficients[c] is { } b && Length(b) > 0)
                    .GroupBy(c => table.FeatureOf[c])
                    .Where(g => !entered.Contains(g.Key))
                    .OrderByDescending(g => g.Sum(c => Length(coefficients[c])))
                    .ThenBy(g => g.Key)
                    .Select(g => g.Key)
                    .ToList()
            )
            {
                entered.Add(feature);
                order.Add(feature);
            }
        }
        return (order, fits);

        void Measure()
        {
            for (var c = 0; c < columns.Count; c++)
            {
                for (var r = 0; r < q; r++)
                    gradient[r] = CorrelationScores.Dot(columns[c], residuals[r]);
                strength[c] = Length(gradient);
            }
            cancellation.ThrowIfCancellationRequested();
        }

        double Update(int c, double weight)
        {
            var column = columns[c];
            var own = coefficients[c];
            // The best coefficients without the penalty, as columns have length 1.
            for (var r = 0; r < q; r++)
                gradient[r] = CorrelationScores.Dot(column, residuals[r]) + (own?[r] ?? 0);
            var length = Length(gradient);
            var keep = length <= weight ? 0 : 1 - weight / length;
            if (own is null && keep == 0)
                return 0;
            own = coefficients[c] ??= new double[q];
            var largest = 0.0;
            for (var r = 0; r < q; r++)
            {
                var step = keep * gradient[r] - own[r];
                if (step == 0)
                    continue;
                own[r] += step;
                largest = Math.Max(largest, Math.Abs(step));
                var residual = residuals[r];
                for (var row = 0; row < residual.Length; row++)
                    residual[row] -= step * column[row];
            }
            return largest;
        }
    }

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(v => v * v));
}
