using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning.Models;

/// <summary>
/// Columns of a table as the numbers that a model takes. Everything is fitted on training rows alone: means and deviations, which
/// categories there are, and which columns say nothing and are left out.
/// </summary>
/// <remarks>
/// A missing number is the mean, with a 0/1 column beside it that tells so where training rows have missing ones. A category is a 0/1
/// column, a missing one too; beyond the <see cref="ValidationWork.MaxCategories"/> most frequent of a column, and for categories that training rows
/// do not have, all of its columns are 0. Every column is then brought to mean 0 and deviation 1.
/// </remarks>
internal sealed class Design
{
    /// <summary>Beyond so many deviations a value is cut off: it is no extreme that training rows know of, and float ends at 1e38.</summary>
    private const double Farthest = 1e6;

    private readonly List<Input> _inputs = [];

    private Design() { }

    /// <summary>Numbers per row; 0 where no column says anything.</summary>
    public int Width => _inputs.Count;

    /// <param name="Of">A row's value before it is standardized.</param>
    private sealed record Input(Func<int, double> Of, double Mean, double Deviation);

    /// <summary>O(rows·features·categories).</summary>
    public static Design Fit(FeatureTable table, IReadOnlyList<int> features, int[] training)
    {
        var design = new Design();
        foreach (var feature in features)
        {
            var column = table.Features[feature];
            if (column.Numbers is { } numbers)
                design.AddNumbers(numbers, training);
            else
                design.AddCategories(column.Codes!, column.Levels.Count, training);
        }
        return design;
    }

    public float[][] Of(int[] rows)
    {
        var result = new float[rows.Length][];
        for (var at = 0; at < rows.Length; at++)
        {
            var values = result[at] = new float[Width];
            for (var i = 0; i < values.Length; i++)
            {
                var (of, mean, deviation) = _inputs[i];
                values[i] = (float)Math.Clamp((of(rows[at]) - mean) / deviation, -Farthest, Farthest);
            }
        }
        return result;
    }

    private void AddNumbers(double[] numbers, int[] training)
    {
        var largest = 0.0;
        var known = 0;
        foreach (var row in training)
            if (!double.IsNaN(numbers[row]))
                (largest, known) = (Math.Max(largest, Math.Abs(numbers[row])), known + 1);
        if (known < training.Length)
            Add(row => double.IsNaN(numbers[row]) ? 1 : 0, training);
        if (known == 0 || largest == 0)
            return;
        // Scaled first: the square of 1e200 would not be finite.
        var mean = training.Where(row => !double.IsNaN(numbers[row])).Sum(row => numbers[row] / largest) / known;
        Add(row => double.IsNaN(numbers[row]) ? mean : numbers[row] / largest, training);
    }

    private void AddCategories(int[] codes, int levels, int[] training)
    {
        var frequency = new int[levels + 1];
        foreach (var row in training)
            frequency[codes[row] + 1]++;
        var kept = Enumerable
            .Range(0, frequency.Length)
            .Where(level => frequency[level] > 0)
            .OrderByDescending(level => frequency[level])
            .ThenBy(level => level)
            .ToList();
        // Of two categories one column tells all.
        foreach (var level in kept.Take(kept.Count == 2 ? 1 : ValidationWork.MaxCategories))
            Add(row => codes[row] + 1 == level ? 1 : 0, training);
    }

    private void Add(Func<int, double> of, int[] training)
    {
        var mean = training.Sum(of) / training.Length;
        var deviation = Math.Sqrt(training.Sum(row => (of(row) - mean) * (of(row) - mean)) / training.Length);
        if (deviation > 1e-12 * Math.Abs(mean) && deviation > 0)
            _inputs.Add(new(of, mean, deviation));
    }
}
