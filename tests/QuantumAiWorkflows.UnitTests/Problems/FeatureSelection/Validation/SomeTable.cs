using System.Globalization;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

/// <summary>Tables of noise in which a test plants what it looks for.</summary>
internal sealed class SomeTable
{
    private readonly List<TableColumn> _features = [];
    private readonly HashSet<string> _excluded = [];
    private TableColumn _target;

    /// <param name="noise">Features n0, n1, ... of normal noise, rounded to three decimals.</param>
    /// <param name="classes">Of the target "y", balanced and in random order; 0 for a regression on noise.</param>
    public SomeTable(int rows, int noise, int classes = 2, long seed = 1)
    {
        Random = Xoshiro256.FromSeed((ulong)seed, "some table");
        Rows = rows;
        if (classes == 0)
            _target = TableColumn.Numeric("y", Numbers());
        else
        {
            Classes = [.. Enumerable.Range(0, rows).Select(row => row % classes)];
            Random.Shuffle<int>(Classes);
            _target = TableColumn.Categorical("y", [.. Classes.Select(k => $"\"class {k}\"")]);
        }
        for (var i = 0; i < noise; i++)
            _features.Add(TableColumn.Numeric($"n{i}", Numbers()));
    }

    public Xoshiro256 Random { get; }

    public int Rows { get; }

    /// <summary>Per row; empty for a regression.</summary>
    public int[] Classes { get; } = [];

    public double[] Target => _target.Numbers!;

    public double[] Noise(int feature) => _features[feature].Numbers!;

    public double[] Numbers() => [.. Enumerable.Range(0, Rows).Select(_ => Math.Round(Normal(), 3))];

    public double Normal() =>
        Math.Sqrt(-2 * Math.Log(1 - Random.NextDouble())) * Math.Cos(2 * Math.PI * Random.NextDouble());

    public SomeTable With(string name, Func<int, double> number, bool excluded = false) =>
        With(TableColumn.Numeric(name, [.. Enumerable.Range(0, Rows).Select(number)]), excluded);

    public SomeTable WithWords(string name, Func<int, string?> word, bool excluded = false) =>
        With(
            TableColumn.Categorical(
                name,
                [.. Enumerable.Range(0, Rows).Select(row => word(row) is { } text ? $"\"{text}\"" : null)]
            ),
            excluded
        );

    public SomeTable WithTarget(Func<int, double> number)
    {
        _target = TableColumn.Numeric("y", [.. Enumerable.Range(0, Rows).Select(number)]);
        return this;
    }

    public SomeTable WithClasses(Func<int, int> number)
    {
        for (var row = 0; row < Rows; row++)
            Classes[row] = number(row);
        _target = TableColumn.Categorical(
            "y",
            [.. Classes.Select(k => $"\"class {k.ToString(CultureInfo.InvariantCulture)}\"")]
        );
        return this;
    }

    public FeatureSelectionProblem Problem(int size = 3) =>
        new(
            [.. _features.Select(f => f.Name)],
            new(_features, _target, _target.IsNumeric ? SelectionTask.Regression : SelectionTask.Classification),
            null,
            Criterion.Pearson,
            0,
            new(
                size,
                true,
                null,
                0,
                [],
                new bool[_features.Count],
                [.. _features.Select(f => _excluded.Contains(f.Name))]
            )
        );

    /// <summary>
    /// The most relevant features; the next candidates have another one in place of the last. What a solver does, without its luck.
    /// </summary>
    public static SubsetSelector MostRelevant(int candidates) =>
        (problem, _, _) =>
        {
            var size = problem.Constraints.Size;
            var order = Enumerable
                .Range(0, problem.NumVariables)
                .Where(f => !problem.Constraints.Excluded[f])
                .OrderByDescending(f => problem.Scores.Relevance[f])
                .ThenBy(f => f)
                .ToArray();
            return
            [
                .. Enumerable
                    .Range(0, Math.Min(candidates, order.Length - size + 1))
                    .Select(k => new FeatureSelectionSolution(order[..(size - 1)].Append(order[size - 1 + k]))),
            ];
        };

    private SomeTable With(TableColumn column, bool excluded)
    {
        _features.Add(column);
        if (excluded)
            _excluded.Add(column.Name);
        return this;
    }
}
