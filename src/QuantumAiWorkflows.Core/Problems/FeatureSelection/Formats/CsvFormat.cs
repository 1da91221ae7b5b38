using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Formats;

/// <summary>A table as comma-separated values (RFC 4180); what is asked of it stands in the settings.</summary>
public sealed class CsvFormat : ProblemFormat
{
    public override string Id => "csv";

    public override string Title => "Table as comma-separated values";

    public override string MediaType => "text/csv";

    public override string Extension => ".csv";

    public override ProblemFamily Family => FeatureSelectionFamily.Instance;

    public override Type SettingsType => typeof(CsvSettings);

    /// <summary>The features in their order, then the target; a missing value is an empty field. Constraints stay behind.</summary>
    protected override string? WriteContent(Problem problem, out string? refusal)
    {
        refusal = "it has scores, no table";
        if (((FeatureSelectionProblem)problem).Table is not { } table)
            return null;
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvWriter(
            text,
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                NewLine = "\n",
                ShouldQuote = args => CsvText.NeedsQuotes(args.Field),
            }
        );
        TableColumn[] columns = [.. table.Features, table.Target];
        foreach (var column in columns)
            csv.WriteField(column.Name);
        for (var row = 0; row < table.NumRows; row++)
        {
            csv.NextRecord();
            foreach (var column in columns)
                csv.WriteField(CsvCells.Text(column, row));
        }
        csv.NextRecord();
        csv.Flush();
        return text.ToString();
    }

    protected override IReadOnlyList<Problem>? ReadContent(
        ReadOnlyMemory<byte> content,
        object settings,
        string settingsPointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        var given = (CsvSettings)settings;
        if (given.Task is null)
            faults.Add(
                FaultCode.MissingMember,
                $"{settingsPointer}/task",
                "A file of the format csv needs a task: classification or regression."
            );
        if (given.Size is null)
            faults.Add(FaultCode.MissingMember, $"{settingsPointer}/size", "A file of the format csv needs a size.");
        if (faults.Count > before || CsvCells.Read(content, given, settingsPointer, faults) is not { } columns)
            return null;

        var target = given.Target ?? columns[^1].Name;
        var table = TableTarget.Split(columns, target, given.Task!.Value, $"{settingsPointer}/target", faults);
        IReadOnlyList<string> names = [.. columns.Select(c => c.Name).Where(n => n != target)];
        return FeatureSelectionReader.Build(given, names, table, null, settingsPointer, faults) is { } problem
            ? [problem]
            : null;
    }
}

/// <summary>What a file leaves open.</summary>
public sealed record CsvSettings : SelectionRules, IFileSettings
{
    [Description("Need not be given; \"feature-selection\".")]
    public string? Family { get; init; }

    [Description("Whether the first line names the columns; without it they are column1, column2 and so on.")]
    public bool Header { get; init; } = true;

    [Description("One character between fields: a comma, a semicolon, a tab, a space, ...")]
    [Length(1, 1)]
    public string Delimiter { get; init; } = ",";

    [Description("Lines to skip before the header or the first row.")]
    [Range(0, 1000)]
    public int SkipLines { get; init; }

    [Description("The column to be predicted. Null: the last one.")]
    public string? Target { get; init; }

    [Description("What the target is. Must be given.")]
    public SelectionTask? Task { get; init; }

    [Description("Fields that mean a missing value; an empty field always does.")]
    [Length(0, 20)]
    public IReadOnlyList<string> Missing { get; init; } = ["?", "NA", "NaN"];

    [Description("Columns whose values are no quantities although they look like numbers, such as postal codes.")]
    [Length(0, FeatureTable.MaxFeatures)]
    public IReadOnlyList<string>? Categorical { get; init; }
}
