using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Baselines;

/// <summary>
/// A table as linear models see it: columns of mean 0 and length 1, a category as one column per level, and the target as one response, or
/// one per class. A missing number counts as the mean; a missing category is a level.
/// </summary>
internal sealed class LinearTable
{
    /// <summary>Levels of a category that get a column, the most frequent; the others are told by the absence of all.</summary>
    private const int MaxLevels = 20;

    /// <summary>Classes that get a response, the most frequent.</summary>
    private const int MaxResponses = 10;

    /// <summary>Doubles in all columns together, so that categories cannot multiply a large table.</summary>
    private const long MaxValues = 20_000_000;

    private LinearTable(int numFeatures, List<double[]> columns, List<int> featureOf, double[][] responses)
    {
        NumFeatures = numFeatures;
        Columns = columns;
        FeatureOf = featureOf;
        Responses = responses;
        ColumnsOf = new List<int>[numFeatures];
        for (var i = 0; i < numFeatures; i++)
            ColumnsOf[i] = [];
        for (var c = 0; c < featureOf.Count; c++)
            ColumnsOf[featureOf[c]].Add(c);
    }

    public int NumFeatures { get; }

    public IReadOnlyList<double[]> Columns { get; }

    /// <summary>Whose each column is.</summary>
    public IReadOnlyList<int> FeatureOf { get; }

    public List<int>[] ColumnsOf { get; }

    public double[][] Responses { get; }

    /// <param name="isTaken">Features whose columns are made; the others have none.</param>
    public static LinearTable Of(FeatureTable table, Func<int, bool> isTaken)
    {
        var (rows, count) = (table.NumRows, table.Features.Count);
        var levels = (int)Math.Clamp(MaxValues / Math.Max(1, (long)rows * count), 1, MaxLevels);
        var (columns, featureOf) = (new List<double[]>(), new List<int>());
        for (var i = 0; i < count; i++)
        {
            if (!isTaken(i))
                continue;
            var column = table.Features[i];
            var made = column.Numbers is { } numbers ? new[] { numbers } : Indicators(column, levels);
            foreach (var values in made)
            {
                columns.Add(CorrelationScores.Standardize(values));
                featureOf.Add(i);
            }
        }
        var responses = table.Target.Numbers is { } target
            ? new[] { target }
            // Of two classes, one indicator is the other turned round.
            : Indicators(table.Target, table.Target.Levels.Count == 2 ? 1 : MaxResponses);
        return new(count, columns, featureOf, Array.ConvertAll(responses, r => CorrelationScores.Standardize(r)));
    }

    /// <summary>0/1 columns of the most frequent levels; equal counts in the order of the levels.</summary>
    private static double[][] Indicators(TableColumn column, int most)
    {
        var counts = new int[column.Levels.Count + 1];
        foreach (var code in column.Codes!)
            counts[code + 1]++;
        return
        [
            .. Enumerable
                .Range(0, counts.Length)
                .Where(c => counts[c] > 0)
                .OrderByDescending(c => counts[c])
                .ThenBy(c => c)
                .Take(most)
                .Select(level => Array.ConvertAll(column.Codes!, code => code + 1 == level ? 1.0 : 0.0)),
        ];
    }
}
