using CsCheck;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo.Formats;

public sealed class QuboFormatsTests
{
    // Energies were worked out by hand at every point: a wrong half, sense, base or offset that leaves the optimum alone
    // still shows.
    public static TheoryData<string, string, string?, Sense, double[]> Conventions { get; } =
        new()
        {
            // x0·1 + x1·(-2) + 3·x0·x1
            { "coo", "0 0 1.0\n0 1 3.0\n1 1 -2.0\n", null, Sense.Minimize, [0, 1, -2, 2] },
            // The same coefficients over spins: s0 - 2·s1 + 3·s0·s1
            { "coo", "# vartype=SPIN\n0 0 1\n1 0 3\n1 1 -2", null, Sense.Minimize, [4, 0, -6, 2] },
            // 3.4·x0 + 4.5·x1 + 2.2·x0·x1, node 2 free
            {
                "qubo",
                "c comment\np qubo 0 3 2 1\n0 0 3.4\nc between\n1 1 4.5\n0 1 2.25\n",
                null,
                Sense.Minimize,
                [0, 3.4, 4.5, 3.4 + 4.5 + 2.25, 0, 3.4, 4.5, 3.4 + 4.5 + 2.25]
            },
            // 1 + 5·x0 - 2·(3·x0·x1) + 7·x1: a listed pair is half
            {
                "qs",
                "# ObjectiveOffset 1\n# Vars Non-zeros\n2 3\n1 1 5\n1 2 -3\n2 2 7\n",
                null,
                Sense.Minimize,
                [1, 6, 8, 7]
            },
            // QOBLIB's labs002: 1 + 30024·x0 - 20016·x0·x1 - 20016·x0·x2 + 10008·x1·x2
            {
                "qs",
                "# ObjectiveOffset 1\n# Vars Non-zeros\n3 4\n1 1 30024\n1 2 -10008\n1 3 -10008\n2 3 5004\n",
                null,
                Sense.Minimize,
                [1, 30025, 1, 10009, 1, 10009, 10009, 1]
            },
            // -3·x0 + 2·(4·x0·x2) + 5·x2, three variables
            { "biqmac", "3 3\n1 1 -3\n1 3 4\n3 3 5\n", null, Sense.Minimize, [0, -3, 0, -3, 5, 10, 5, 10] },
            { "biqmac", "2 2\n1 1 -3\n1 2 4\n", """{"sense":"maximize"}""", Sense.Maximize, [0, -3, 0, 5] },
            // A triangle with weights 1 (1-2), -2 (2-3), 4 (1-3): what crosses between ones and zeros
            { "gset", "3 3\n1 2 1\n3 2 -2\n1 3 4\n", null, Sense.Maximize, [0, 5, -1, 2, 2, -1, 5, 0] },
            // 3 + a - 2·b + 4·a·b over spins
            {
                "bqm",
                """
                    {"type":"BinaryQuadraticModel","version":{"bqm_schema":"3.0.0"},"use_bytes":false,"num_variables":2,
                     "num_interactions":1,"variable_labels":["a","b"],"variable_type":"SPIN","offset":3,"info":{},
                     "linear_biases":[1,-2],"quadratic_biases":[4],"quadratic_head":[1],"quadratic_tail":[0]}
                    """,
                null,
                Sense.Minimize,
                [3 - 1 + 2 + 4, 3 + 1 + 2 - 4, 3 - 1 - 2 - 4, 3 + 1 - 2 + 4]
            },
        };

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Means_what_the_format_means_at_every_point(
        string format,
        string text,
        string? settings,
        Sense sense,
        double[] expected
    )
    {
        var problem = Imported.Qubo(format, text, settings);

        problem.Sense.Should().Be(sense);
        Every.Objective(problem).Should().Equal(expected);
    }

    [Theory]
    [MemberData(nameof(Conventions))]
    public void Reads_its_own_text_whatever_the_layout(
        string format,
        string text,
        string? settings,
        Sense sense,
        double[] expected
    )
    {
        var lines = text.TrimEnd().Split('\n');
        string[] layouts =
        [
            string.Join("\r\n", lines),
            string.Join('\r', lines),
            "\uFEFF" + string.Join("  \t\n\n", lines) + "\n\n ",
            string.Join('\n', format == "bqm" ? lines : lines.Select(Tabs)),
        ];

        foreach (var layout in layouts)
        {
            var problem = Imported.Qubo(format, layout, settings);
            problem.Sense.Should().Be(sense);
            Every.Objective(problem).Should().Equal(expected);
        }

        static string Tabs(string line) =>
            line[0] is '#' or 'c' or 'p' ? line : $" {line.Replace(" ", " \t ", StringComparison.Ordinal)}";
    }

    /// <summary>One line or more each, by hand, from 2·x0 - 3·x0·x2 (n = 3) or the cut of an edge of weight 3.</summary>
    [Theory]
    [InlineData("coo", "# vartype=BINARY\n0 0 2\n0 2 -3\n")]
    [InlineData("qubo", "p qubo 0 3 3 1\n0 0 2\n1 1 0\n2 2 0\n0 2 -3\n")]
    [InlineData("qs", "# ObjectiveOffset 0\n# Vars Non-zeros\n3 2\n1 1 2\n1 3 -1.5\n")]
    [InlineData("biqmac", "3 2\n1 1 2\n1 3 -1.5\n")]
    [InlineData(
        "bqm",
        """{"type":"BinaryQuadraticModel","version":{"bqm_schema":"3.0.0"},"use_bytes":false,"index_type":"int32","bias_type":"float64","num_variables":3,"num_interactions":1,"variable_labels":[0,1,2],"variable_type":"BINARY","offset":0,"info":{},"linear_biases":[2,0,0],"quadratic_biases":[-3],"quadratic_head":[0],"quadratic_tail":[2]}"""
    )]
    public void Writes_what_others_read(string format, string expected) =>
        Imported.Written(format, Posted.Qubo("""  "terms":[[0,0,2],[2,0,-3],[1,1,0]] """)).Should().Be(expected);

    [Fact]
    public void Writes_a_cut_as_its_graph() =>
        Imported
            .Written("gset", Posted.Qubo("""  "sense":"maximize","terms":[[0,0,3],[2,2,3],[0,2,-6],[1,1,0]] """))
            .Should()
            .Be("3 1\n1 3 3\n");

    [Theory]
    [InlineData(1e-7, "0 0 0.0000001\n")]
    [InlineData(-1.5e22, "0 0 -15000000000000000000000\n")]
    public void Coo_has_no_exponents_as_dimod_would_skip_the_line(double value, string line) =>
        Imported
            .Written(
                "coo",
                Posted.Qubo(
                    $"\"terms\":[[0,0,{value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)}]]"
                )
            )
            .Should()
            .EndWith(line);

    [Fact]
    public void Coo_keeps_a_last_variable_without_terms() =>
        Imported
            .Qubo("coo", Imported.Written("coo", Posted.Qubo("""  "terms":[[0,0,1]],"numVariables":4 """)))
            .NumVariables.Should()
            .Be(4);

    [Theory]
    [InlineData("coo")]
    [InlineData("qubo")]
    [InlineData("qs")]
    [InlineData("biqmac")]
    [InlineData("bqm")]
    [InlineData("gset")]
    public void What_is_written_reads_back_as_the_same_problem(string format) =>
        Fitting(format).Sample(problem => Imported.Qubo(format, Imported.Written(format, problem)).Id == problem.Id);

    /// <summary>Fractions, too: halves and sums of weights must come back bit for bit.</summary>
    private static Gen<QuboProblem> Fitting(string format) =>
        from n in Gen.Int[1, 8]
        from seed in Gen.Long[0, 1_000_000]
        from scale in Gen.OneOf(Gen.Const(1.0), Gen.Const(0.1), Gen.Double[1e-20, 1e20])
        from spin in Gen.Bool
        select Make(format, n, seed, scale, spin);

    private static QuboProblem Make(string format, int n, long seed, double scale, bool spin)
    {
        var random = Some.Qubo(
            n,
            0.6,
            seed,
            Sense.Minimize,
            spin && format is "coo" or "bqm" ? Vartype.Spin : Vartype.Binary
        );
        if (format == "gset")
            return MaxCut.ToQubo(
                random.Terms with
                {
                    Value = Array.ConvertAll(random.Terms.Value, v => v * scale),
                },
                default,
                new FaultList()
            )!;
        var terms = random.Terms with
        {
            Offset = format is "qs" or "bqm" ? random.Terms.Offset * scale : 0,
            Linear = Array.ConvertAll(random.Terms.Linear, v => v * scale),
            Value = Array.ConvertAll(random.Terms.Value, v => v * scale),
        };
        var labels =
            format == "bqm"
                ? Enumerable.Range(0, n).Select(i => i % 2 == 0 ? $"\"v{i}\"" : $"[{i},\"é\"]").ToArray()
                : null;
        return new(terms, Sense.Minimize, random.Vartype, labels);
    }

    [Theory]
    [InlineData("coo", """ "terms":[[0,0,1]],"offset":1 """, "offset")]
    [InlineData("coo", """ "terms":[[0,0,1]],"labels":["a"] """, "labels")]
    [InlineData("coo", """ "terms":[[0,0,1]],"sense":"maximize" """, "maximized")]
    [InlineData("qubo", """ "ising":{"h":[1],"j":[]} """, "spins")]
    [InlineData("qs", """ "ising":{"h":[1],"j":[]} """, "spins")]
    [InlineData("qs", """ "terms":[[0,1,5e-324]] """, "halved")]
    [InlineData("biqmac", """ "terms":[[0,1,5e-324]] """, "halved")]
    [InlineData("biqmac", """ "terms":[[0,0,1]],"offset":1 """, "offset")]
    [InlineData("bqm", """ "terms":[[0,0,1]],"sense":"maximize" """, "maximized")]
    [InlineData("gset", """ "terms":[[0,0,1],[1,1,1],[0,1,-2]] """, "minimized")]
    [InlineData("gset", """ "terms":[[0,0,1],[1,1,1],[0,1,-2]],"sense":"maximize","offset":1 """, "offset")]
    [InlineData("gset", """ "terms":[[0,0,1],[1,1,2],[0,1,-2]],"sense":"maximize" """, "not a Max-Cut")]
    [InlineData("gset", """ "terms":[[0,0,1],[1,1,1],[0,1,2]],"sense":"maximize" """, "not a Max-Cut")]
    [InlineData("gset", """ "ising":{"h":[0,0],"j":[[0,1,1]]},"sense":"maximize" """, "spins")]
    public void Refuses_to_write_what_the_format_cannot_hold(string format, string members, string reason)
    {
        var faults = new FaultList();

        ProblemFormats.Find(format)!.Write(Posted.Qubo(members), faults).Should().BeNull();

        var fault = faults.Items.Should().ContainSingle().Subject;
        fault.Code.Should().Be(FaultCode.NotApplicable);
        fault
            .Detail.Should()
            .Contain(reason)
            .And.StartWith($"The format {format} cannot hold this problem: ")
            .And.EndWith(".");
    }

    [Theory]
    [InlineData("coo", "", 1, 1)]
    [InlineData("coo", "# nothing\n", 1, 1)]
    [InlineData("coo", "0 0 1\n0 1", 2, 4)]
    [InlineData("coo", "0 0 1\n0 -1 2", 2, 3)]
    [InlineData("coo", "0 0 1\n0 1 2 3", 2, 7)]
    [InlineData("coo", "0 0 1\n0 1 1,5", 2, 5)]
    [InlineData("coo", "0 0 1\n0 1 NaN", 2, 5)]
    [InlineData("coo", "0 0 1\n0 1 1e999", 2, 5)]
    [InlineData("coo", "0 0 1\n0 1.0 1", 2, 3)]
    [InlineData("coo", "0 0 1\n0 1000000 1", 2, 3)]
    [InlineData("coo", "0 0 1\n0 99999999999999999999 1", 2, 3)]
    [InlineData("coo", "0 1 1\n\n1 0 1", 3, 1)]
    [InlineData("coo", "# vartype=BITS\n0 0 1", 1, 1)]
    [InlineData("coo", "# vartype=SPIN\n# vartype=BINARY\n0 0 1", 2, 1)]
    [InlineData("coo", "0 0 1e308\n1 1 1e308", 1, 1)]
    [InlineData("qubo", "c only\n", 1, 1)]
    [InlineData("qubo", "0 0 1\n", 1, 1)]
    [InlineData("qubo", "p cnf 0 1 1 0\n0 0 1\n", 1, 3)]
    [InlineData("qubo", "p qubo chimera 1 1 0\n0 0 1\n", 1, 8)]
    [InlineData("qubo", "p qubo 0 0 0 0\n", 1, 10)]
    [InlineData("qubo", "p qubo 0 1000001 1 0\n", 1, 10)]
    [InlineData("qubo", "p qubo 0 2 3 0\n", 1, 12)]
    [InlineData("qubo", "p qubo 0 2 1 1\n0 0 1\n1 0 2\n", 3, 3)]
    [InlineData("qubo", "p qubo 0 2 1 1\n0 0 1\n0 2 2\n", 3, 3)]
    [InlineData("qubo", "p qubo 0 2 2 0\n0 0 1\n0 0 2\n", 3, 1)]
    [InlineData("qubo", "p qubo 0 2 2 1\n0 0 1\n0 1 2\n", 3, 6)]
    [InlineData("qs", "# ObjectiveOffset x\n1 1\n1 1 1\n", 1, 19)]
    [InlineData("qs", "# ObjectiveOffset 1\n# ObjectiveOffset 2\n1 1\n1 1 1\n", 2, 3)]
    [InlineData("qs", "2 1\n2 1 1\n", 2, 3)]
    [InlineData("biqmac", "", 1, 1)]
    [InlineData("biqmac", "0 0\n", 1, 1)]
    [InlineData("biqmac", "1000001 0\n", 1, 1)]
    [InlineData("biqmac", "2\n", 1, 2)]
    [InlineData("biqmac", "2 1\n0 1 1\n", 2, 1)]
    [InlineData("biqmac", "2 1\n1 3 1\n", 2, 3)]
    [InlineData("biqmac", "2 1\n2 1 1\n", 2, 3)]
    [InlineData("biqmac", "2 1\n1 2 1e308\n", 2, 1)]
    [InlineData("biqmac", "2 2\n1 1 1\n", 2, 6)]
    [InlineData("biqmac", "2 1\n1 1 1\n2 2 1\n", 3, 1)]
    [InlineData("biqmac", "2 2\n1 2 1\n1 2 1\n", 3, 1)]
    [InlineData("gset", "2 1\n1 1 1\n", 2, 3)]
    [InlineData("gset", "2 1\n1 2\n", 2, 4)]
    [InlineData("gset", "2 2\n1 2 1\n2 1 1\n", 3, 1)]
    [InlineData("gset", "2 1\n1 2 2e307\n", 1, 1)]
    public void A_malformed_file_has_one_fault_with_line_and_column(string format, string text, int line, int column)
    {
        var faults = new FaultList();

        Imported.Read(format, text, null, faults).Should().BeNull();

        faults
            .Items.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(
                new
                {
                    Code = FaultCode.FileContent,
                    Line = line,
                    Column = column,
                }
            );
    }

    [Theory]
    [InlineData("{\n\"type\":", FaultCode.Syntax, null)]
    [InlineData("{}", FaultCode.MissingMember, "/type")]
    public void A_malformed_bqm_is_JSON_at_fault(string text, FaultCode code, string? pointer)
    {
        var faults = new FaultList();

        Imported.Read("bqm", text, null, faults).Should().BeNull();

        faults.Items[0].Should().BeEquivalentTo(new { Code = code, Pointer = pointer });
    }

    [Fact]
    public void Reads_on_after_a_bad_line_so_that_all_are_named()
    {
        var faults = new FaultList();

        Imported.Read("biqmac", "2 3\n1 x 1\n1 2 1\n3 3 1\n", null, faults);

        faults.Items.Select(f => (f.Line, f.Column)).Should().Equal((2, 3), (4, 1));
    }

    [Theory]
    [InlineData("gset", """{"sense":"minimize"}""", FaultCode.NotApplicable, "/settings/sense")]
    [InlineData("coo", """{"family":"routing"}""", FaultCode.UnknownFamily, "/settings/family")]
    [InlineData("coo", """{"senes":"maximize"}""", FaultCode.UnknownMember, "/settings/senes")]
    public void Settings_are_checked(string format, string settings, FaultCode code, string pointer)
    {
        var faults = new FaultList();

        Imported.Read(format, "2 1\n1 2 1\n", settings, faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Pointer = pointer });
    }

    [Fact]
    public void Duplicates_add_up_when_asked()
    {
        Every.Objective(Imported.Qubo("coo", "0 1 1\n1 0 2\n", """{"duplicates":"sum"}""")).Should().Equal(0, 0, 0, 3);
        Every
            .Objective(Imported.Qubo("gset", "2 2\n1 2 1\n2 1 2\n", """{"duplicates":"sum"}"""))
            .Should()
            .Equal(0, 3, 3, 0);
    }

    [Fact]
    public void A_file_over_the_limit_is_not_even_looked_at()
    {
        var faults = new FaultList();

        ProblemFormats.Find("coo")!.Read(new byte[ProblemFormat.MaxBytes + 1], null, "", faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Code.Should().Be(FaultCode.OverLimit);
    }

    [Fact]
    public void Every_format_has_an_id_of_its_own()
    {
        ProblemFormats.All.Select(f => f.Id).Should().OnlyHaveUniqueItems();
        ProblemFormats
            .All.Where(f => f.Family == QuboFamily.Instance)
            .Select(f => f.Id)
            .Should()
            .Equal("bqm", "coo", "qubo", "qs", "biqmac", "gset");
    }
}
