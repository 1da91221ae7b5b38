using System.Text;
using System.Text.Json;
using CsCheck;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Formats;

public sealed class CsvFormatTests
{
    private static readonly string[] Pieces = ["", "\"", ",", "\n", "\r", "\0", "1e999", "é", "-", ";,\"\"", "NaN"];

    private const string Two = """ "task":"classification","size":{"exactly":1} """;

    private const string Small = "age,\"home, town\",y\n31,\"Ä \"\"x\"\"\",yes\n\n45,B,no\n?,,yes\n";

    [Fact]
    public void Quoted_fields_blank_lines_and_missing_values_are_read()
    {
        var table = Read(Small, Two).Table!;

        table.Features.Select(f => f.Name).Should().Equal("age", "home, town");
        table.Features[0].Numbers.Should().Equal(31, 45, double.NaN);
        table.Features[1].Levels.Should().Equal("\"Ä \\\"x\\\"\"", "\"B\"");
        table.Features[1].Codes.Should().Equal(0, 1, -1);
        table.Target.Levels.Should().Equal("\"yes\"", "\"no\"");
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void A_file_and_the_same_table_in_JSON_are_one_problem(string end)
    {
        var json = """
            {"family":"feature-selection","table":{"columns":[{"name":"a"},{"name":"b"},{"name":"y"}],
             "rows":[[1.5,"x",1],[-2e3,null,2],[0,"z",1]]},"target":"y","task":"classification","size":{"exactly":1}}
            """;
        var file = string.Join(end, "a,b,y", "1.5,x,1", "-2e3,,2", "0.0,z,1") + end;

        Read(file, Two)
            .Id.Should()
            .Be(SomeFeatures.Read((System.Text.Json.Nodes.JsonObject)System.Text.Json.Nodes.JsonNode.Parse(json)!).Id);
        Read("\uFEFF" + file, Two).Id.Should().Be(Read(file, Two).Id);
    }

    [Fact]
    public void Header_delimiter_target_and_skipped_lines_are_settings()
    {
        var problem = Read(
            "made by hand\n1;0,5;p\n2;0,7;q\n3;0,9;p\n",
            Two + ""","header":false,"delimiter":";","skipLines":1,"target":"column3","categorical":["column1"]"""
        );

        problem.Names.Should().Equal("column1", "column2");
        problem.Table!.Features.Should().OnlyContain(f => !f.IsNumeric, "a decimal comma makes a word of a number");
        Read("y,a\n1,2\n3,5\n", """ "task":"regression","size":{"exactly":1},"target":"y" """)
            .Table!.Target.Numbers.Should()
            .Equal(1, 3);
    }

    [Fact]
    public void Rules_stand_in_the_settings()
    {
        var problem = Read(
            "a,b,c,y\n1,2,3,0\n2,1,5,1\n4,2,2,0\n",
            """ "task":"classification","criterion":"spearman","alpha":0.25,"size":{"atMost":2},"costs":{"a":1.5},"budget":2,"require":["b"],"exclude":["c"] """
        );

        (problem.Criterion, problem.Alpha, problem.Constraints.Size, problem.Constraints.IsExact)
            .Should()
            .Be((Criterion.Spearman, 0.25, 2, false));
        problem.Constraints.Required.Should().Equal(false, true, false);
        problem.Constraints.Excluded.Should().Equal(false, false, true);
        problem.Constraints.Cost(0).Should().Be(1_500_000);
    }

    [Theory]
    [InlineData("a,b,y\n1,2,p\n1,2\n2,3,q\n", 3, "3 fields")]
    [InlineData("a,b,y\n1,2,p\n1,2,p,4\n2,3,q\n", 3, "got 4")]
    [InlineData("a,b,y\n1,2,p\n\"1,2,q\n2,3,q\n", 3, "not closed")]
    [InlineData("a,b,y\n1,2,p\n\"1\nx\",2,q\n2,3\n", 5, "3 fields")]
    [InlineData("a,a,y\n1,2,p\n2,3,q\n", 1, "given twice")]
    [InlineData("a,,y\n1,2,p\n2,3,q\n", 1, "a name of 1 to 200")]
    [InlineData("a,b,y\n1,2,p\n", 1, "at least 2 rows")]
    [InlineData("a;b;y\n1;2;p\n2;3;q\n", 1, "delimiter")]
    [InlineData("", 1, "at least 2 rows")]
    [InlineData("a,b,y\n1,2,p\n2,1e999,q\n", 3, "finite number")]
    [InlineData("a,b,y\n1,2,p\n-Infinity,1,q\n", 3, "finite number")]
    public void A_bad_file_is_refused_with_its_line(string text, int line, string detail)
    {
        var fault = Faults(text, Two).Should().ContainSingle().Subject;

        (fault.Code, fault.Line).Should().Be((FaultCode.FileContent, line));
        fault.Detail.Should().Contain(detail);
    }

    [Theory]
    [InlineData(""" "size":{"exactly":1} """, FaultCode.MissingMember, "/settings/task")]
    [InlineData(""" "task":"classification" """, FaultCode.MissingMember, "/settings/size")]
    [InlineData(
        """ "task":"classification","size":{"exactly":1},"target":"z" """,
        FaultCode.IndexOutOfRange,
        "/settings/target"
    )]
    [InlineData(""" "task":"regression","size":{"exactly":1} """, FaultCode.Conflict, "/settings/target")]
    [InlineData(
        """ "task":"classification","size":{"exactly":1},"delimiter":"\n" """,
        FaultCode.OutOfRange,
        "/settings/delimiter"
    )]
    [InlineData(
        """ "task":"classification","size":{"exactly":1},"delimiter":",," """,
        FaultCode.OverLimit,
        "/settings/delimiter"
    )]
    [InlineData(
        """ "task":"classification","size":{"exactly":1},"categorical":["z"] """,
        FaultCode.IndexOutOfRange,
        "/settings/categorical/0"
    )]
    [InlineData(
        """ "task":"classification","size":{"exactly":1},"family":"qubo" """,
        FaultCode.UnknownFamily,
        "/settings/family"
    )]
    public void A_wrong_setting_is_named_with_its_pointer(string settings, FaultCode code, string pointer) =>
        Faults(Small, settings).Select(f => (f.Code, f.Pointer)).Should().Contain((code, pointer));

    /// <summary>Two words in Latin-1 would become one category.</summary>
    [Fact]
    public void A_file_that_is_not_UTF8_is_refused_with_its_first_bad_line()
    {
        using var settings = JsonDocument.Parse($"{{{Two}}}");
        var faults = new FaultList();
        var content = Encoding.Latin1.GetBytes("a,b,y\n1,x,p\n2,é,q\n3,ü,p\n");

        ProblemFormats.Find("csv")!.Read(content, settings.RootElement, "/settings", faults).Should().BeNull();

        var fault = faults.Items.Should().ContainSingle().Subject;
        (fault.Code, fault.Line).Should().Be((FaultCode.FileContent, 3));
        fault.Detail.Should().Contain("UTF-8");
    }

    [Fact]
    public void A_row_of_very_many_fields_is_refused_before_they_are_kept()
    {
        const int count = 2_000_000;
        var text = "a,b,y\n1,2,p\n3,4" + new string(',', count) + "\n";
        var before = GC.GetAllocatedBytesForCurrentThread();

        var fault = Faults(text, Two).Should().ContainSingle().Subject;

        (fault.Code, fault.Line).Should().Be((FaultCode.OverLimit, 3));
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(12L * count);
    }

    [Fact]
    public void A_summary_shows_the_beginning_of_a_long_class()
    {
        var summary = Read($"a,y\n1,{new string('p', 100_000)}\n2,q\n3,q\n", Two).Summary;

        summary.ToJsonString().Length.Should().BeLessThan(2_000);
        ((string)summary["classes"]![0]!["value"]!).Should().StartWith("pppp").And.EndWith("...");
    }

    [Fact]
    public void Too_many_rows_are_refused_at_the_first_one_too_many()
    {
        var text = "a,y\n" + string.Concat(Enumerable.Repeat("1,2\n", FeatureTable.MaxRows + 10));

        var fault = Faults(text, Two).Should().ContainSingle().Subject;

        (fault.Code, fault.Line).Should().Be((FaultCode.OverLimit, FeatureTable.MaxRows + 2));
    }

    [Fact]
    public void What_is_written_reads_back_to_the_same_problem()
    {
        foreach (
            var text in new[]
            {
                Small,
                "a,\"b\nc\",y\n1,x y,0\n1e-7,\"=1+1\",1\n,z,0\n",
                "a,\"b\rc\",y\n1,\"x\ry\",0\n2,\"\r\nx\",1\n3,\" z \",0\n",
            }
        )
        {
            var problem = Read(text, Two);
            var faults = new FaultList();

            var written = ProblemFormats.Find("csv")!.Write(problem, faults);

            faults.Items.Should().BeEmpty();
            Read(written!, Two).Id.Should().Be(problem.Id);
        }
    }

    [Fact]
    public void Scores_have_no_table_to_write()
    {
        var faults = new FaultList();

        ProblemFormats.Find("csv")!.Write(SomeFeatures.Read(SomeFeatures.Scores(4)), faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Code.Should().Be(FaultCode.NotApplicable);
    }

    /// <summary>200 files with a piece cut, doubled or replaced: a table, or a fault with a line or a pointer; never an exception.</summary>
    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        var good =
            "a,b,\"c d\",y\r\n"
            + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i},{i * i}.5,\"k\"\"{i % 3}\",{i % 2}\r\n"));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 12], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]))
            .Sample(
                (at, length, put) =>
                {
                    var text = good.Remove(at, Math.Min(length, good.Length - at)).Insert(at, put);
                    var faults = new FaultList();
                    var problem = TryRead(text, Two, faults);
                    (problem is null).Should().Be(!faults.IsEmpty);
                    faults.Items.Should().NotContain(f => f.Line == null && f.Pointer == null);
                    if (problem is null)
                        return;
                    _ = problem.Summary;
                    var written = ProblemFormats.Find("csv")!.Write(problem, new())!;
                    TryRead(written, Two, new())!.Id.Should().Be(problem.Id, written);
                },
                iter: 200
            );
    }

    private static FeatureSelectionProblem Read(string text, string settings)
    {
        var faults = new FaultList();
        var problem = TryRead(text, settings, faults);
        faults.Items.Should().BeEmpty();
        return problem!;
    }

    private static IReadOnlyList<Fault> Faults(string text, string settings)
    {
        var faults = new FaultList();
        TryRead(text, settings, faults).Should().BeNull();
        return faults.Items;
    }

    private static FeatureSelectionProblem? TryRead(string text, string settings, FaultList faults)
    {
        using var document = JsonDocument.Parse($"{{{settings}}}");
        return (FeatureSelectionProblem?)
            ProblemFormats
                .Find("csv")!
                .Read(Encoding.UTF8.GetBytes(text), document.RootElement, "/settings", faults)
                ?.Single();
    }
}
