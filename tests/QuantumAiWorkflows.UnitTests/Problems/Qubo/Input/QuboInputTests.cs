using System.Diagnostics;
using System.Globalization;
using System.Text;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo.Input;

public sealed class QuboInputTests
{
    private const string Bqm = """
        "type":"BinaryQuadraticModel","version":{"bqm_schema":"3.0.0"},"use_bytes":false,"index_type":"uint16",
        "bias_type":"float32","num_variables":2,"num_interactions":1,"variable_labels":["a","b"],
        "variable_type":"SPIN","offset":0,"info":{},"linear_biases":[1,2],"quadratic_biases":[3],"quadratic_head":[0],
        "quadratic_tail":[1]
        """;

    [Theory]
    // Which form
    [InlineData("""  "offset":1 """, FaultCode.MissingMember, "/problem")]
    [InlineData("""  "terms":[[0,0,1]],"qubo":{"0,0":1} """, FaultCode.Conflict, "/problem/terms")]
    [InlineData("""  "terms":[[0,0,1]],"form":"symmetric" """, FaultCode.Conflict, "/problem/form")]
    [InlineData("""  "matrix":[[1]] """, FaultCode.MissingMember, "/problem/form")]
    [InlineData("""  "matrix":[[1]],"form":"lower" """, FaultCode.UnknownValue, "/problem/form")]
    [InlineData(
        """  "matrix":[[1]],"form":"symmetric","numVariables":1 """,
        FaultCode.Conflict,
        "/problem/numVariables"
    )]
    [InlineData("""  "terms":[[0,0,1]],"sense":"max" """, FaultCode.UnknownValue, "/problem/sense")]
    [InlineData("""  "terms":[[0,0,1]],"offset":1e999 """, FaultCode.NotFinite, "/problem/offset")]
    [InlineData("""  "terms":[[0,0,1]],"offest":1 """, FaultCode.UnknownMember, "/problem/offest")]
    [InlineData("""  "terms":null """, FaultCode.MissingMember, "/problem")]
    // coo
    [InlineData(
        """  "coo":{"numVariables":2,"row":[0],"col":[0,1],"value":[1,2]} """,
        FaultCode.LengthMismatch,
        "/problem/coo/row"
    )]
    [InlineData(
        """  "coo":{"numVariables":2,"row":[0,0],"col":[0],"value":[1,2]} """,
        FaultCode.LengthMismatch,
        "/problem/coo/col"
    )]
    [InlineData(
        """  "coo":{"numVariables":2,"row":[0,2],"col":[0,1],"value":[1,2]} """,
        FaultCode.IndexOutOfRange,
        "/problem/coo/row/1"
    )]
    [InlineData(
        """  "coo":{"numVariables":2,"row":[0,1],"col":[0,-1],"value":[1,2]} """,
        FaultCode.IndexOutOfRange,
        "/problem/coo/col/1"
    )]
    [InlineData(
        """  "coo":{"numVariables":2,"row":[0,0.5],"col":[0,1],"value":[1,2]} """,
        FaultCode.WrongType,
        "/problem/coo/row/1"
    )]
    [InlineData(
        """  "coo":{"numVariables":2,"row":[0,1],"col":[1,0],"value":[1,2]} """,
        FaultCode.DuplicateEntry,
        "/problem/coo/value/1"
    )]
    [InlineData(
        """  "coo":{"numVariables":2,"row":[0],"col":[1],"value":[1e999]} """,
        FaultCode.NotFinite,
        "/problem/coo/value/0"
    )]
    [InlineData(
        """  "coo":{"numVariables":2,"row":[0,0],"col":[0,1],"value":[1e308,-1e308]} """,
        FaultCode.Overflow,
        "/problem/coo"
    )]
    [InlineData(
        """  "coo":{"numVariables":0,"row":[],"col":[],"value":[]} """,
        FaultCode.Empty,
        "/problem/coo/numVariables"
    )]
    [InlineData(
        """  "coo":{"numVariables":-1,"row":[0],"col":[0],"value":[1]} """,
        FaultCode.Empty,
        "/problem/coo/numVariables"
    )]
    [InlineData(
        """  "coo":{"numVariables":2147483647,"row":[0],"col":[0],"value":[1]} """,
        FaultCode.OverLimit,
        "/problem/coo/numVariables"
    )]
    [InlineData("""  "coo":{"row":[],"col":[],"value":[]} """, FaultCode.MissingMember, "/problem/coo/numVariables")]
    // qubo
    [InlineData("""  "qubo":{} """, FaultCode.Empty, "/problem/qubo")]
    [InlineData("""  "qubo":{"0":1} """, FaultCode.WrongType, "/problem/qubo/0")]
    [InlineData("""  "qubo":{"0,":1} """, FaultCode.WrongType, "/problem/qubo/0,")]
    [InlineData("""  "qubo":{"0,1,2":1} """, FaultCode.WrongType, "/problem/qubo/0,1,2")]
    [InlineData("""  "qubo":{"0, 1":1} """, FaultCode.WrongType, "/problem/qubo/0, 1")]
    [InlineData("""  "qubo":{"+0,1":1} """, FaultCode.WrongType, "/problem/qubo/+0,1")]
    [InlineData("""  "qubo":{"a/b,c~d":1} """, FaultCode.WrongType, "/problem/qubo/a~1b,c~0d")]
    [InlineData("""  "qubo":{"0,-1":1} """, FaultCode.IndexOutOfRange, "/problem/qubo/0,-1")]
    [InlineData("""  "qubo":{"0,1000000":1} """, FaultCode.OverLimit, "/problem/qubo/0,1000000")]
    [InlineData("""  "qubo":{"0,2":1},"numVariables":2 """, FaultCode.IndexOutOfRange, "/problem/qubo/0,2")]
    [InlineData("""  "qubo":{"0,1":1,"1,0":1} """, FaultCode.DuplicateEntry, "/problem/qubo/1,0")]
    [InlineData("""  "qubo":{"0,1":1,"0,1":1} """, FaultCode.DuplicateMember, "/problem/qubo/0,1")]
    [InlineData("""  "qubo":{"0,1":"1"} """, FaultCode.WrongType, "/problem/qubo/0,1")]
    [InlineData("""  "qubo":{"0,0":1},"numVariables":0 """, FaultCode.Empty, "/problem/numVariables")]
    [InlineData("""  "qubo":{"0,0":1},"numVariables":1000001 """, FaultCode.OverLimit, "/problem/numVariables")]
    // terms
    [InlineData("""  "terms":[] """, FaultCode.Empty, "/problem/terms")]
    [InlineData("""  "terms":[[0,1]] """, FaultCode.WrongType, "/problem/terms/0")]
    [InlineData("""  "terms":[[0,0,1],[0,1,2,3]] """, FaultCode.WrongType, "/problem/terms/1")]
    [InlineData("""  "terms":[[0,0,1],[0,0.5,2]] """, FaultCode.WrongType, "/problem/terms/1/1")]
    [InlineData("""  "terms":[[0,0,1],[-1,0,2]] """, FaultCode.IndexOutOfRange, "/problem/terms/1/0")]
    [InlineData("""  "terms":[[0,0,1],[0,1e300,2]] """, FaultCode.OverLimit, "/problem/terms/1/1")]
    [InlineData("""  "terms":[[0,0,1],[0,1,"2"]] """, FaultCode.WrongType, "/problem/terms/1/2")]
    [InlineData("""  "terms":[[0,0,1],[0,1,1e999]] """, FaultCode.NotFinite, "/problem/terms/1/2")]
    [InlineData("""  "terms":[[0,0,1],[0,0,1]] """, FaultCode.DuplicateEntry, "/problem/terms/1")]
    [InlineData("""  "terms":[[0,0,1e308],[0,0,1e308]],"duplicates":"sum" """, FaultCode.Overflow, "/problem/terms")]
    // ising
    [InlineData("""  "ising":{"h":[1,2]} """, FaultCode.MissingMember, "/problem/ising/j")]
    [InlineData("""  "ising":{"h":[],"j":[]} """, FaultCode.Empty, "/problem/ising/h")]
    [InlineData("""  "ising":{"h":[1,2],"j":[[0,2,1]]} """, FaultCode.IndexOutOfRange, "/problem/ising/j/0/1")]
    [InlineData("""  "ising":{"h":[1,2],"j":{"0,2":1}} """, FaultCode.IndexOutOfRange, "/problem/ising/j/0,2")]
    [InlineData("""  "ising":{"h":[1,2],"j":[[1,1,1]]} """, FaultCode.Conflict, "/problem/ising/j/0")]
    [InlineData("""  "ising":{"h":[1,2],"j":{"1,1":1}} """, FaultCode.Conflict, "/problem/ising/j/1,1")]
    [InlineData("""  "ising":{"h":[1,2],"j":[[0,1,1],[1,0,1]]} """, FaultCode.DuplicateEntry, "/problem/ising/j/1")]
    [InlineData("""  "ising":{"h":[1,2],"j":5} """, FaultCode.WrongType, "/problem/ising/j")]
    // matrix
    [InlineData("""  "matrix":[],"form":"symmetric" """, FaultCode.Empty, "/problem/matrix")]
    [InlineData("""  "matrix":[[1,2],[3]],"form":"symmetric" """, FaultCode.Ragged, "/problem/matrix/1")]
    [InlineData("""  "matrix":[[1,2]],"form":"symmetric" """, FaultCode.Ragged, "/problem/matrix/0")]
    [InlineData("""  "matrix":[[1,2],[3,4]],"form":"symmetric" """, FaultCode.Conflict, "/problem/matrix/1/0")]
    [InlineData("""  "matrix":[[1,2],[3,4]],"form":"upperTriangular" """, FaultCode.Conflict, "/problem/matrix/1/0")]
    [InlineData(
        """  "matrix":[[1,2],[null,4]],"form":"upperTriangular" """,
        FaultCode.WrongType,
        "/problem/matrix/1/0"
    )]
    // labels
    [InlineData("""  "terms":[[0,1,1]],"labels":["a"] """, FaultCode.LengthMismatch, "/problem/labels")]
    [InlineData("""  "terms":[[0,1,1]],"labels":["a","b","c"] """, FaultCode.LengthMismatch, "/problem/labels")]
    [InlineData("""  "terms":[[0,1,1]],"labels":["a","a"] """, FaultCode.DuplicateEntry, "/problem/labels/1")]
    [InlineData("""  "terms":[[0,1,1]],"labels":[4,4.0] """, FaultCode.DuplicateEntry, "/problem/labels/1")]
    [InlineData("""  "terms":[[0,1,1]],"labels":["a",null] """, FaultCode.WrongType, "/problem/labels/1")]
    [InlineData("""  "terms":[[0,1,1]],"labels":[["a",[true]],"b"] """, FaultCode.WrongType, "/problem/labels/0")]
    [InlineData("""  "terms":[[0,1,1]],"labels":["a",1e999] """, FaultCode.NotFinite, "/problem/labels/1")]
    [InlineData("""  "terms":[[0,1,1]],"labels":"ab" """, FaultCode.WrongType, "/problem/labels")]
    public void Names_the_one_fault_and_where_it_is(string members, FaultCode code, string pointer)
    {
        var faults = Posted.Faults($$"""{"family":"qubo",{{members}}}""");

        faults.Items.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Pointer = pointer });
        faults.Items[0].Detail.Should().EndWith(".");
    }

    [Theory]
    [InlineData("\"3.0.0\"", "\"1.9.9\"", FaultCode.UnknownValue, "version/bqm_schema")]
    [InlineData("\"3.0.0\"", "\"4.0.0\"", FaultCode.UnknownValue, "version/bqm_schema")]
    [InlineData("\"3.0.0\"", "\"three\"", FaultCode.UnknownValue, "version/bqm_schema")]
    [InlineData("\"version\":{\"bqm_schema\":\"3.0.0\"},", "", FaultCode.MissingMember, "version")]
    [InlineData("\"use_bytes\":false", "\"use_bytes\":true", FaultCode.UnknownValue, "use_bytes")]
    [InlineData("\"SPIN\"", "\"spin\"", FaultCode.UnknownValue, "variable_type")]
    [InlineData("[\"a\",\"b\"]", "[\"a\"]", FaultCode.LengthMismatch, "variable_labels")]
    [InlineData("[\"a\",\"b\"]", "[\"a\",\"a\"]", FaultCode.DuplicateEntry, "variable_labels/1")]
    [InlineData("[1,2]", "[1,2,3]", FaultCode.LengthMismatch, "linear_biases")]
    [InlineData("[3]", "[3,4]", FaultCode.LengthMismatch, "quadratic_biases")]
    [InlineData("\"quadratic_head\":[0]", "\"quadratic_head\":[2]", FaultCode.IndexOutOfRange, "quadratic_head/0")]
    [InlineData("\"quadratic_tail\":[1]", "\"quadratic_tail\":[-1]", FaultCode.IndexOutOfRange, "quadratic_tail/0")]
    [InlineData("\"quadratic_tail\":[1]", "\"quadratic_tail\":[0]", FaultCode.Conflict, "quadratic_tail/0")]
    [InlineData("\"quadratic_tail\":[1]", "\"quadratic_tail\":[]", FaultCode.LengthMismatch, "quadratic_tail")]
    [InlineData("\"info\":{}", "\"extra\":{}", FaultCode.UnknownMember, "extra")]
    public void Names_the_one_fault_of_a_bqm(string correct, string wrong, FaultCode code, string member)
    {
        var faults = Posted.Faults(
            $$"""{"family":"qubo","bqm":{ {{Bqm.Replace(correct, wrong, StringComparison.Ordinal)}} } }"""
        );

        faults
            .Items.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(new { Code = code, Pointer = $"/problem/bqm/{member}" });
    }

    [Theory]
    [InlineData("\"offset\":1", "offset")]
    [InlineData("\"labels\":[1,2]", "labels")]
    public void A_bqm_has_its_own_offset_and_labels(string member, string pointer) =>
        Posted
            .Faults($$"""{"family":"qubo","bqm":{ {{Bqm}} },{{member}}}""")
            .Items.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(new { Code = FaultCode.Conflict, Pointer = $"/problem/{pointer}" });

    /// <summary>dimod's own test fixture (tests/test_bqm.py), with a tuple as a label.</summary>
    [Fact]
    public void Reads_the_fixture_of_dimod()
    {
        var problem = Posted.Qubo(
            """
            "bqm":{"type":"BinaryQuadraticModel","version":{"bqm_schema":"3.0.0"},"use_bytes":false,
             "index_type":"uint16","bias_type":"float32","num_variables":6,"num_interactions":3,
             "variable_labels":["a",4,["a","complex key"],"c","b",3],
             "variable_type":"SPIN","offset":3.0,"info":{},"linear_biases":[-1.0,1.0,3.0,0.0,0.0,0.0],
             "quadratic_biases":[1.0,3.0,-1.0],"quadratic_head":[0,3,0],"quadratic_tail":[3,4,5]}
            """
        );

        problem.Labels.Should().Equal("\"a\"", "4", "[\"a\",\"complex key\"]", "\"c\"", "\"b\"", "3");
        // 3 - a + 1·4 + 3·(a, complex key) + a·c + 3·c·b - a·3, at (+, -, +, -, -, +)
        problem.Evaluate(new QuboSolution([1, -1, 1, -1, -1, 1])).Objective.Should().Be(3 - 1 - 1 + 3 - 1 + 3 - 1);
        problem.SolutionToJson(new QuboSolution([1, -1, 1, -1, -1, 1]))["byLabel"]!
            .ToJsonString()
            .Should()
            .Be("""{"a":1,"4":-1,"[\u0022a\u0022,\u0022complex key\u0022]":1,"c":-1,"b":-1,"3":1}""");
    }

    [Fact]
    public void A_number_and_a_string_are_two_labels() =>
        Posted.Qubo("""  "terms":[[0,1,1]],"labels":["4",4] """).SolutionToJson(new QuboSolution([1, 0]))["byLabel"]!
            .ToJsonString()
            .Should()
            .Be("""{"4":1,"4 (number)":0}""");

    [Fact]
    public void A_literal_NaN_is_a_syntax_fault() =>
        Posted
            .Faults("""{"family":"qubo","terms":[[0,0,NaN]]}""")
            .Items.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(
                new
                {
                    Code = FaultCode.Syntax,
                    Line = 1,
                    Column = 32,
                }
            );

    [Fact]
    public void Variables_without_terms_count() =>
        Posted.Qubo("""  "qubo":{"0,1":2},"numVariables":5 """).NumVariables.Should().Be(5);

    [Fact]
    public void Name_notes_and_tags_are_no_part_of_the_identity() =>
        Posted
            .Qubo("""  "terms":[[0,1,2]],"name":"a","notes":"b","tags":{"c":"d"} """)
            .Id.Should()
            .Be(Posted.Qubo("""  "terms":[[0,1,2]] """).Id);

    [Fact]
    public void The_example_of_the_family_can_be_posted()
    {
        var faults = new FaultList();

        var problem = Posted.Read(QuboFamily.Instance.Example.ToJsonString(), "", faults);

        faults.Items.Should().BeEmpty();
        // The example of interfaces A: the optimum -3 at (0, 1, 1).
        problem!.Evaluate(new QuboSolution([0, 1, 1])).Objective.Should().Be(-3);
    }

    [Fact]
    public void A_hostile_size_costs_nothing()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Posted.Faults("""{"family":"qubo","coo":{"numVariables":2000000000,"row":[],"col":[],"value":[]}}""");

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1_000_000);
    }

    /// <summary>The bound is some ten times what it takes: it fails on quadratic behaviour, not on a busy machine.</summary>
    [Theory]
    [InlineData("coo")]
    [InlineData("qubo")]
    public void A_million_interactions_are_read_in_seconds(string form)
    {
        const int Count = 1_000_000;
        var random = QuantumAiWorkflows.Numerics.Xoshiro256.FromSeed(1, form);
        var pairs = Enumerable
            .Range(0, Count)
            .Select(k => (I: k % 2000, J: 2000 + k / 2000, V: random.NextInt32(99) + 0.5))
            .ToArray();
        random.Shuffle(pairs.AsSpan());
        var json = new StringBuilder("{\"family\":\"qubo\",");
        if (form == "coo")
            json.Append(
                CultureInfo.InvariantCulture,
                $"\"coo\":{{\"numVariables\":2500,\"row\":[{string.Join(',', pairs.Select(p => p.I))}],\"col\":[{string.Join(',', pairs.Select(p => p.J))}],\"value\":[{string.Join(',', pairs.Select(p => p.V))}]}}}}"
            );
        else
            json.Append(
                CultureInfo.InvariantCulture,
                $"\"qubo\":{{{string.Join(',', pairs.Select(p => $"\"{p.I},{p.J}\":{p.V}"))}}}}}"
            );
        var body = json.ToString();

        var watch = Stopwatch.StartNew();
        var faults = new FaultList();
        var problem = Posted.Read(body, "", faults);
        var read = watch.Elapsed;
        _ = problem!.Id;

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{form}: read {read.TotalSeconds:f2} s, with id {watch.Elapsed.TotalSeconds:f2} s"
        );
        problem.NumInteractions.Should().Be(Count);
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
    }
}
