using System.Buffers;
using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>
/// The normalized record, members in JCS order: a table by columns with their types resolved, so that dense, sparse and file forms of
/// it are one; scores with sorted pairs and without zeros; constraints by index, without what constrains nothing.
/// </summary>
internal static class FeatureSelectionCanonical
{
    public static byte[] Write(FeatureSelectionProblem problem)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        buffer.Write($"{{\"alpha\":{CanonicalJson.Number(problem.Alpha)},");
        var rules = problem.Constraints;
        if (rules.Costs is { } costs)
            buffer.Write($"\"budget\":{Whole(rules.Budget)},\"costs\":[{string.Join(',', costs.Select(Whole))}],");
        if (problem.Table is not null)
            buffer.Write($"\"criterion\":\"{JsonNames.Of(problem.Criterion)}\",");
        buffer.Write(
            $"\"exclude\":{Indices(rules.Excluded)},\"family\":\"{FeatureSelectionFamily.FamilyId}\",\"groups\":["
        );
        buffer.Write(string.Join(',', rules.Groups.Select(Group)));
        buffer.Write($"],\"require\":{Indices(rules.Required)},\"schema\":1,");
        if (problem.Table is null)
            WriteScores(buffer, problem);
        buffer.Write($"\"size\":{{\"{(rules.IsExact ? "exactly" : "atMost")}\":{Whole(rules.Size)}}}");
        if (problem.Table is { } table)
        {
            buffer.Write(",\"table\":[");
            for (var i = 0; i < table.Features.Count; i++)
                WriteColumn(buffer, table.Features[i], i == 0 ? "" : ",");
            buffer.Write("],\"target\":");
            WriteColumn(buffer, table.Target, "");
            buffer.Write($",\"task\":\"{JsonNames.Of(table.Task)}\"");
        }
        buffer.Write("}");
        return buffer.WrittenSpan.ToArray();
    }

    public static FeatureSelectionProblem Read(JsonElement element)
    {
        if (element.GetProperty("schema").GetInt32() != 1)
            throw new JsonException("Unknown schema of the canonical form.");
        FeatureTable? table = null;
        GivenScores? scores = null;
        IReadOnlyList<string> names;
        var criterion = Criterion.Pearson;
        if (element.TryGetProperty("table", out var columns))
        {
            table = new(
                [.. columns.EnumerateArray().Select(ReadColumn)],
                ReadColumn(element.GetProperty("target")),
                Enum.Parse<SelectionTask>(element.GetProperty("task").GetString()!, ignoreCase: true)
            );
            names = [.. table.Features.Select(f => f.Name)];
            criterion = Enum.Parse<Criterion>(element.GetProperty("criterion").GetString()!, ignoreCase: true);
        }
        else
            (names, scores) = ReadScores(element.GetProperty("scores"));
        return new(
            names,
            table,
            scores,
            criterion,
            element.GetProperty("alpha").GetDouble(),
            ReadRules(element, names.Count)
        );
    }

    private static void WriteScores(ArrayBufferWriter<byte> buffer, FeatureSelectionProblem problem)
    {
        var scores = (GivenScores)problem.Scores;
        buffer.Write(
            $"\"scores\":{{\"names\":[{string.Join(',', problem.Names.Select(CanonicalJson.Text))}],\"redundancy\":["
        );
        for (var k = 0; k < scores.Value.Count; k++)
            buffer.Write(
                $"{(k == 0 ? "" : ",")}[{Whole(scores.Row[k])},{Whole(scores.Column[k])},{CanonicalJson.Number(scores.Value[k])}]"
            );
        buffer.Write($"],\"relevance\":[{string.Join(',', scores.Relevance.Select(CanonicalJson.Number))}]}},");
    }

    private static (IReadOnlyList<string>, GivenScores) ReadScores(JsonElement scores)
    {
        var pairs = scores.GetProperty("redundancy").EnumerateArray().ToList();
        return (
            [.. scores.GetProperty("names").EnumerateArray().Select(n => n.GetString()!)],
            new(
                [.. scores.GetProperty("relevance").EnumerateArray().Select(r => r.GetDouble())],
                [.. pairs.Select(p => p[0].GetInt32())],
                [.. pairs.Select(p => p[1].GetInt32())],
                [.. pairs.Select(p => p[2].GetDouble())]
            )
        );
    }

    private static void WriteColumn(ArrayBufferWriter<byte> buffer, TableColumn column, string separator)
    {
        buffer.Write($"{separator}{{\"name\":{CanonicalJson.Text(column.Name)},\"type\":\"");
        buffer.Write(column.IsNumeric ? "numeric\",\"values\":[" : "categorical\",\"values\":[");
        for (var row = 0; row < column.Length; row++)
        {
            if (row > 0)
                buffer.Write(",");
            if (column.Numbers is { } numbers)
                buffer.Write(double.IsNaN(numbers[row]) ? "null" : CanonicalJson.Number(numbers[row]));
            else
                buffer.Write(column.Codes![row] < 0 ? "null" : column.Levels[column.Codes[row]]);
        }
        buffer.Write("]}");
    }

    private static TableColumn ReadColumn(JsonElement column)
    {
        var name = column.GetProperty("name").GetString()!;
        var values = column.GetProperty("values").EnumerateArray();
        return column.GetProperty("type").ValueEquals("numeric")
            ? TableColumn.Numeric(
                name,
                [.. values.Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())]
            )
            : TableColumn.Categorical(
                name,
                [.. values.Select(v => v.ValueKind == JsonValueKind.Null ? null : CanonicalJson.Value(v))]
            );
    }

    private static string Group(FeatureGroup group)
    {
        var name = group.Name is null ? "" : $"\"name\":{CanonicalJson.Text(group.Name)},";
        return $"{{\"atLeast\":{Whole(group.AtLeast)},\"atMost\":{Whole(group.AtMost)},"
            + $"\"features\":[{string.Join(',', group.Features.Select(f => Whole(f)))}]{(name.Length > 0 ? "," : "")}{name.TrimEnd(',')}}}";
    }

    private static SelectionConstraints ReadRules(JsonElement element, int count)
    {
        var size = element.GetProperty("size");
        var isExact = size.TryGetProperty("exactly", out var exactly);
        return new(
            (isExact ? exactly : size.GetProperty("atMost")).GetInt32(),
            isExact,
            element.TryGetProperty("costs", out var costs)
                ? [.. costs.EnumerateArray().Select(c => c.GetInt64())]
                : null,
            element.TryGetProperty("budget", out var budget) ? budget.GetInt64() : 0,
            [
                .. element
                    .GetProperty("groups")
                    .EnumerateArray()
                    .Select(g => new FeatureGroup(
                        g.TryGetProperty("name", out var name) ? name.GetString() : null,
                        [.. g.GetProperty("features").EnumerateArray().Select(f => f.GetInt32())],
                        g.GetProperty("atLeast").GetInt32(),
                        g.GetProperty("atMost").GetInt32()
                    )),
            ],
            Flags(element.GetProperty("require"), count),
            Flags(element.GetProperty("exclude"), count)
        );
    }

    private static bool[] Flags(JsonElement indices, int count)
    {
        var flags = new bool[count];
        foreach (var index in indices.EnumerateArray())
            flags[index.GetInt32()] = true;
        return flags;
    }

    private static string Indices(bool[] flags) =>
        $"[{string.Join(',', Enumerable.Range(0, flags.Length).Where(i => flags[i]).Select(i => Whole(i)))}]";

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);
}
