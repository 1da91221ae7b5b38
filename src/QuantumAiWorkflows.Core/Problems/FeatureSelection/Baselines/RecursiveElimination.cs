using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Baselines;

/// <summary>
/// Recursive feature elimination: fits a linear model, drops the features with the smallest coefficients, and fits again. Half of them
/// while there are more than a hundred, then a tenth at a time. After Guyon, Weston, Barnhill and Vapnik, Machine Learning 46, 2002, with
/// ridge regression in place of a support vector machine.
/// </summary>
internal static class RecursiveElimination
{
    /// <summary>Weight of the squared coefficients, for columns of length 1.</summary>
    private const double Ridge = 0.1;

    private const int MaxIterations = 50;
    private const double Tolerance = 1e-5;
    private const int Many = 100;

    /// <summary>O(iterations·rows·columns·responses) a fit; the fits together cost little more than the first two.</summary>
    /// <returns>All features with columns, those that stayed longest first, and how many models were fitted.</returns>
    public static (List<int> Order, int Fits) Rank(
        LinearTable table,
        int size,
        Func<int, bool> isRequired,
        CancellationToken cancellation
    )
    {
        List<int> left = [.. Enumerable.Range(0, table.NumFeatures).Where(f => table.ColumnsOf[f].Count > 0)];
        var dropped = new List<int>();
        var fits = 0;
        while (true)
        {
            var weights = Fit(table, left, cancellation);
            fits++;
            left = [.. left.OrderByDescending(isRequired).ThenByDescending(f => weights[f]).ThenBy(f => f)];
            if (left.Count <= size)
                break;
            var next = Math.Max(size, left.Count > Many ? left.Count / 2 : left.Count - Math.Max(1, left.Count / 10));
            for (var k = left.Count - 1; k >= next; k--)
                dropped.Add(left[k]);
            left = left[..next];
            left.Sort();
        }
        dropped.Reverse();
        return ([.. left, .. dropped], fits);
    }

    /// <summary>Per feature, the length of its coefficients for all responses. Conjugate gradients on the normal equations.</summary>
    private static double[] Fit(LinearTable table, List<int> features, CancellationToken cancellation)
    {
        int[] columns = [.. features.SelectMany(f => table.ColumnsOf[f])];
        var squares = new double[table.NumFeatures];
        foreach (var response in table.Responses)
        {
            var solution = Solve(table, columns, response, cancellation);
            for (var k = 0; k < columns.Length; k++)
                squares[table.FeatureOf[columns[k]]] += solution[k] * solution[k];
        }
        return Array.ConvertAll(squares, Math.Sqrt);
    }

    private static double[] Solve(LinearTable table, int[] columns, double[] response, CancellationToken cancellation)
    {
        var x = new double[columns.Length];
        var residual = Array.ConvertAll(columns, c => CorrelationScores.Dot(table.Columns[c], response));
        var direction = (double[])residual.Clone();
        var image = new double[response.Length];
        var squared = CorrelationScores.Dot(residual, residual);
        var enough = Tolerance * Tolerance * squared;
        for (var k = 0; k < MaxIterations && squared > enough; k++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(image);
            for (var c = 0; c < columns.Length; c++)
            {
                var (weight, column) = (direction[c], table.Columns[columns[c]]);
                for (var row = 0; row < image.Length; row++)
                    image[row] += weight * column[row];
            }
            var curvature = CorrelationScores.Dot(image, image) + Ridge * CorrelationScores.Dot(direction, direction);
            var step = squared / curvature;
            for (var c = 0; c < columns.Length; c++)
            {
                x[c] += step * direction[c];
                residual[c] -= step * (CorrelationScores.Dot(table.Columns[columns[c]], image) + Ridge * direction[c]);
            }
            var next = CorrelationScores.Dot(residual, residual);
            for (var c = 0; c < columns.Length; c++)
                direction[c] = residual[c] + next / squared * direction[c];
            squared = next;
        }
        return x;
    }
}
