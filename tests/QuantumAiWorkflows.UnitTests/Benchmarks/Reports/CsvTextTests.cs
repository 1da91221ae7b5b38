using System.Globalization;
using CsCheck;
using CsvHelper;
using CsvHelper.Configuration;
using QuantumAiWorkflows.Benchmarks.Reports;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Reports;

public sealed class CsvTextTests
{
    /// <summary>What has broken tables before, and what a spreadsheet would run.</summary>
    private static readonly string[] Pieces =
    [
        "a",
        ",",
        "\"",
        "\n",
        "\r",
        "\r\n",
        "\n=cmd",
        "=1+1",
        "-x",
        " ",
        "\u202E",
    ];

    private static readonly Gen<string> Names = Gen.Int[0, Pieces.Length - 1]
        .Select(k => Pieces[k])
        .Array[0, 4]
        .Select(string.Concat);

    [Fact]
    public void A_line_end_in_a_name_begins_no_new_row()
    {
        using var csv = new CsvText();

        csv.Row(["x\n=cmd|' /c calc'!A0", "2"]);

        csv.ToString().Should().Be("\"x\n=cmd|' /c calc'!A0\",2\r\n");
    }

    [Fact]
    public void Whatever_the_names_are_a_reader_finds_the_same_fields() =>
        Names
            .Array[2, 5]
            .Array[1, 4]
            .Where(rows => rows.All(row => row.Length == rows[0].Length))
            .Sample(rows =>
            {
                using var csv = new CsvText();
                foreach (var row in rows)
                    csv.Row(row);
                using var reader = new CsvParser(
                    new StringReader(csv.ToString()),
                    new CsvConfiguration(CultureInfo.InvariantCulture) { IgnoreBlankLines = false }
                );
                foreach (var row in rows)
                {
                    reader.Read().Should().BeTrue();
                    reader.Record!.Should().HaveCount(row.Length);
                    for (var k = 0; k < row.Length; k++)
                        reader.Record![k].TrimStart('\'').Should().Be(VisibleText.Of(row[k]));
                }
                reader.Read().Should().BeFalse();
            });
}
