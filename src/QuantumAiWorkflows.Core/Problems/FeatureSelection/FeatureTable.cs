using QuantumAiWorkflows.Problems.FeatureSelection.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>Features and a target over the same rows, valid: equal lengths, finite numbers, unique names.</summary>
/// <param name="Target">Categorical for a classification, numeric for a regression; no value is missing.</param>
public sealed record FeatureTable(IReadOnlyList<TableColumn> Features, TableColumn Target, SelectionTask Task)
{
    /// <summary>A ceiling for every way in: a numeric cell is 8 bytes here and 8 more while scores are computed.</summary>
    public const long MaxCells = 10_000_000;

    public const int MaxRows = 200_000;

    public const int MaxFeatures = 5_000;

    /// <summary>Features in a subset: scoring one takes half the square of it, each over all rows.</summary>
    public const int MaxChosen = 1_000;

    public const int MaxClasses = 256;

    public int NumRows => Target.Length;

    /// <param name="rows">Indices; a row may be there twice, as in a resample.</param>
    public FeatureTable OnRows(int[] rows) => new([.. Features.Select(f => f.OnRows(rows))], Target.OnRows(rows), Task);

    /// <summary>False with the reason in <paramref name="refusal"/> where a table of this shape is more than is taken.</summary>
    internal static bool IsWithin(long rows, long columns, out string refusal, out long value, out long limit)
    {
        (refusal, value, limit) =
            rows > MaxRows ? ($"Expected at most {MaxRows} rows, got {rows}.", rows, MaxRows)
            : columns - 1 > MaxFeatures
                ? ($"Expected at most {MaxFeatures} features, got {columns - 1}.", columns - 1, MaxFeatures)
            : rows * columns > MaxCells
                ? ($"Expected at most {MaxCells} cells, got {rows} rows of {columns}.", rows * columns, MaxCells)
            : ("", 0L, 0L);
        return refusal.Length == 0;
    }
}

/// <summary>One column. Numeric: <see cref="Numbers"/>, NaN where missing. Categorical: <see cref="Codes"/> into <see cref="Levels"/>, -1 where missing.</summary>
public sealed record TableColumn
{
    private TableColumn(string name, double[]? numbers, int[]? codes, IReadOnlyList<string> levels)
    {
        Name = name;
        Numbers = numbers;
        Codes = codes;
        Levels = levels;
    }

    public string Name { get; }

    public double[]? Numbers { get; }

    public int[]? Codes { get; }

    /// <summary>Canonical JSON of the distinct values, in the order in which they first occur; empty for a numeric column.</summary>
    public IReadOnlyList<string> Levels { get; }

    public bool IsNumeric => Numbers is not null;

    public int Length => Numbers?.Length ?? Codes!.Length;

    /// <summary>How many values are missing.</summary>
    public int CountMissing() => Numbers is not null ? Numbers.Count(double.IsNaN) : Codes!.Count(code => code < 0);

    /// <summary>True when no two of its values differ; a missing category is a value of its own, a missing number is none.</summary>
    public bool IsConstant()
    {
        if (Codes is not null)
            return Levels.Count == 0 || (Levels.Count == 1 && CountMissing() == 0);
        var first = Array.FindIndex(Numbers!, v => !double.IsNaN(v));
        return first < 0 || Array.TrueForAll(Numbers!, v => double.IsNaN(v) || v == Numbers![first]);
    }

    /// <summary>True when these rows have one value; for a column without missing values, such as a target.</summary>
    public bool IsConstantOn(int[] rows) =>
        Codes is not null
            ? Array.TrueForAll(rows, row => Codes[row] == Codes[rows[0]])
            : Array.TrueForAll(rows, row => Numbers![row] == Numbers[rows[0]]);

    public static TableColumn Numeric(string name, double[] numbers) => new(name, numbers, null, []);

    /// <param name="values">Canonical JSON of each row's value; null where missing.</param>
    public static TableColumn Categorical(string name, IReadOnlyList<string?> values)
    {
        var codes = new int[values.Count];
        var levels = new List<string>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < codes.Length; row++)
        {
            if (values[row] is not { } value)
            {
                codes[row] = -1;
                continue;
            }
            if (!known.TryGetValue(value, out codes[row]))
            {
                known.Add(value, codes[row] = levels.Count);
                levels.Add(value);
            }
        }
        return new(name, null, codes, levels);
    }

    /// <summary>A categorical column keeps the levels that occur, in their new order of occurrence.</summary>
    internal TableColumn OnRows(int[] rows) =>
        Numbers is not null
            ? Numeric(Name, Array.ConvertAll(rows, row => Numbers[row]))
            : Categorical(Name, Array.ConvertAll(rows, row => Codes![row] < 0 ? null : Levels[Codes[row]]));

    /// <summary>Each distinct number a level: the target of a classification with numbered classes.</summary>
    public TableColumn AsCategorical() =>
        Numbers is null
            ? this
            : Categorical(Name, [.. Numbers.Select(v => double.IsNaN(v) ? null : CanonicalJson.Number(v))]);
}
