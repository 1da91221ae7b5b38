using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.UnitTests.Input;

public sealed class StrictJsonTests
{
    private sealed record Sample
    {
        public required string Name { get; init; }

        [Range(1, 10)]
        [Description("How many.")]
        public int Count { get; init; } = 3;

        [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
        public double? Share { get; init; }

        [Length(1, 3)]
        public double[]? Weights { get; init; }

        [Length(0, 2)]
        public IReadOnlyDictionary<string, int>? Sizes { get; init; }

        public Colour Colour { get; init; }

        public long? Seed { get; init; }

        public bool Flag { get; init; }

        public Sample? Inner { get; init; }

        public double?[]? Gaps { get; init; }

        public double[][]? Rows { get; init; }

        [AnyOf(typeof(double[]), typeof(Dictionary<string, double>))]
        public JsonElement? Either { get; init; }
    }

    [JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
    private enum Colour
    {
        DarkRed,

        [JsonStringEnumMemberName("BLUE")]
        Blue,
    }

    [Theory]
    [InlineData("""{"name":"a","nmae":1}""", FaultCode.UnknownMember, "/nmae")]
    [InlineData("""{"name":"a","Name":"b"}""", FaultCode.UnknownMember, "/Name")]
    [InlineData("""{"name":"a","a/b~c":1}""", FaultCode.UnknownMember, "/a~1b~0c")]
    [InlineData("""{"name":"a","name":"b"}""", FaultCode.DuplicateMember, "/name")]
    [InlineData("""{}""", FaultCode.MissingMember, "/name")]
    [InlineData("""{"name":null}""", FaultCode.WrongType, "/name")]
    [InlineData("""{"name":5}""", FaultCode.WrongType, "/name")]
    [InlineData("""{"name":"a","count":"5"}""", FaultCode.WrongType, "/count")]
    [InlineData("""{"name":"a","count":2.5}""", FaultCode.WrongType, "/count")]
    [InlineData("""{"name":"a","count":0}""", FaultCode.OutOfRange, "/count")]
    [InlineData("""{"name":"a","count":11}""", FaultCode.OutOfRange, "/count")]
    [InlineData("""{"name":"a","count":1e99}""", FaultCode.OutOfRange, "/count")]
    [InlineData("""{"name":"a","count":1e999}""", FaultCode.OutOfRange, "/count")]
    [InlineData("""{"name":"a","count":null}""", FaultCode.WrongType, "/count")]
    [InlineData("""{"name":"a","share":0}""", FaultCode.OutOfRange, "/share")]
    [InlineData("""{"name":"a","share":1}""", FaultCode.OutOfRange, "/share")]
    [InlineData("""{"name":"a","share":1e999}""", FaultCode.NotFinite, "/share")]
    [InlineData("""{"name":"a","weights":[]}""", FaultCode.Empty, "/weights")]
    [InlineData("""{"name":"a","weights":[1,2,3,4]}""", FaultCode.OverLimit, "/weights")]
    [InlineData("""{"name":"a","weights":[1,-1e999]}""", FaultCode.NotFinite, "/weights/1")]
    [InlineData("""{"name":"a","weights":[1,"2"]}""", FaultCode.WrongType, "/weights/1")]
    [InlineData("""{"name":"a","weights":[1,null]}""", FaultCode.WrongType, "/weights/1")]
    [InlineData("""{"name":"a","weights":{}}""", FaultCode.WrongType, "/weights")]
    [InlineData("""{"name":"a","sizes":{"x":1,"x":2}}""", FaultCode.DuplicateMember, "/sizes/x")]
    [InlineData("""{"name":"a","sizes":{"x":1.5}}""", FaultCode.WrongType, "/sizes/x")]
    [InlineData("""{"name":"a","sizes":{"x":1,"y":2,"z":3}}""", FaultCode.OverLimit, "/sizes")]
    [InlineData("""{"name":"a","sizes":[1]}""", FaultCode.WrongType, "/sizes")]
    [InlineData("""{"name":"a","colour":"red"}""", FaultCode.UnknownValue, "/colour")]
    [InlineData("""{"name":"a","colour":"DarkRed"}""", FaultCode.UnknownValue, "/colour")]
    [InlineData("""{"name":"a","colour":"blue"}""", FaultCode.UnknownValue, "/colour")]
    [InlineData("""{"name":"a","colour":1}""", FaultCode.WrongType, "/colour")]
    [InlineData("""{"name":"a","seed":9223372036854775808}""", FaultCode.OutOfRange, "/seed")]
    [InlineData("""{"name":"a","flag":"true"}""", FaultCode.WrongType, "/flag")]
    [InlineData("""{"name":"a","inner":{"count":1}}""", FaultCode.MissingMember, "/inner/name")]
    [InlineData("""{"name":"a","inner":[]}""", FaultCode.WrongType, "/inner")]
    [InlineData("""{"name":"a","gaps":[1,null,"x"]}""", FaultCode.WrongType, "/gaps/2")]
    [InlineData("""{"name":"a","rows":[[1],[2,1e999]]}""", FaultCode.NotFinite, "/rows/1/1")]
    [InlineData("""{"name":"a","rows":[[1],2]}""", FaultCode.WrongType, "/rows/1")]
    [InlineData("""{"name":"a","either":5}""", FaultCode.WrongType, "/either")]
    [InlineData("""{"name":"a","either":[1,"x"]}""", FaultCode.WrongType, "/either/1")]
    [InlineData("""{"name":"a","either":{"x":"y"}}""", FaultCode.WrongType, "/either/x")]
    [InlineData("""[]""", FaultCode.WrongType, "")]
    [InlineData("""null""", FaultCode.WrongType, "")]
    public void Names_the_one_fault_and_where_it_is(string json, FaultCode code, string pointer)
    {
        var (sample, faults) = Read(json);

        sample.Should().BeNull();
        faults.Items.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Pointer = pointer });
    }

    [Fact]
    public void Reads_what_is_right()
    {
        var (sample, faults) = Read(
            """
            {"name":"a","count":10,"share":0.5,"weights":[1,2],"sizes":{"x":1},"colour":"BLUE","seed":9007199254740991,
             "flag":true,"inner":{"name":"b","colour":"darkRed"},"gaps":[null,1],"rows":[[],[1]],"either":{"x":2}}
            """
        );

        faults.Items.Should().BeEmpty();
        sample!.Colour.Should().Be(Colour.Blue);
        sample.Inner!.Count.Should().Be(3);
        sample.Gaps.Should().Equal(null, 1.0);
        sample.Seed.Should().Be(9007199254740991);
        sample.Either!.Value.GetProperty("x").GetDouble().Should().Be(2);
    }

    [Fact]
    public void Reports_every_fault_at_once()
    {
        var (_, faults) = Read("""{"count":0,"share":2,"colour":"red"}""");

        faults.Items.Select(f => f.Pointer).Should().BeEquivalentTo("/name", "/count", "/share", "/colour");
    }

    [Fact]
    public void Keeps_a_hundred_faults_and_still_refuses_when_the_list_is_full()
    {
        var (_, faults) = Read($$"""{"name":"a","rows":[{{string.Join(',', Enumerable.Repeat("1", 5000))}}]}""");
        faults.Items.Should().HaveCount(FaultList.Capacity);

        using var document = JsonDocument.Parse("""{"name":5}""");
        StrictJson.Read<Sample>(document.RootElement, "", faults).Should().BeNull();
    }

    [Theory]
    [InlineData("""{"name":NaN}""", 1, 9)]
    [InlineData("""{"name":-Infinity}""", 1, 10)]
    [InlineData("{\n\"name\":1,}", 2, 10)]
    [InlineData("{\"name\":\n[1", 2, 3)]
    [InlineData("", 1, 1)]
    [InlineData("{} {}", 1, 4)]
    [InlineData("// no comments\n{}", 1, 1)]
    public void What_is_not_JSON_is_a_syntax_fault_with_line_and_column(string json, int line, int column)
    {
        var faults = new FaultList();

        StrictJson.Parse(Encoding.UTF8.GetBytes(json), faults).Should().BeNull();

        faults
            .Items.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(
                new
                {
                    Code = FaultCode.Syntax,
                    Line = line,
                    Column = column,
                }
            );
    }

    [Theory]
    [InlineData(16, null)]
    [InlineData(17, FaultCode.TooDeep)]
    [InlineData(100_000, FaultCode.TooDeep)]
    public void Nesting_beyond_16_levels_is_too_deep(int depth, FaultCode? code)
    {
        var faults = new FaultList();

        using var document = StrictJson.Parse(
            Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)),
            faults
        );

        faults.Items.Select(f => (FaultCode?)f.Code).SingleOrDefault().Should().Be(code);
    }

    [Fact]
    public void A_fault_does_not_repeat_a_name_of_a_megabyte()
    {
        var (_, faults) = Read($$"""{"name":"a","{{new string('x', 1_000_000)}}":1}""");

        faults.Items.Should().ContainSingle().Which.Pointer.Should().BeEmpty();
        faults.Items[0].Detail.Length.Should().BeLessThan(300);
    }

    [Fact]
    public void Text_that_is_not_Unicode_is_refused_before_anyone_reads_it()
    {
        foreach (var body in new[] { [0x22, 0xFF, 0x22], "\"\\ud800\""u8.ToArray(), "{\"\\uDC00x\":1}"u8.ToArray() })
        {
            var faults = new FaultList();
            StrictJson.Parse(body, faults).Should().BeNull();
            faults.Items.Should().ContainSingle().Which.Code.Should().Be(FaultCode.Syntax);
        }
        StrictJson.Parse("\"\\ud83d\\ude00\""u8.ToArray(), new FaultList()).Should().NotBeNull();
    }

    [Fact]
    public void The_schema_says_what_is_checked()
    {
        var properties = JsonSchemas.Of(typeof(Sample))["properties"]!;

        properties["count"]!
            .ToJsonString()
            .Should()
            .Be("""{"description":"How many.","type":"integer","minimum":1,"maximum":10,"default":3}""");
        properties["share"]!["exclusiveMaximum"]!.GetValue<double>().Should().Be(1);
        properties["weights"]!["maxItems"]!.GetValue<int>().Should().Be(3);
        properties["sizes"]!["maxProperties"]!.GetValue<int>().Should().Be(2);
        properties["either"]!["anyOf"]!.AsArray().Should().HaveCount(2);
        properties["name"]!["default"].Should().BeNull();
    }

    [Fact]
    public void A_schema_stands_alone_wherever_it_is_put()
    {
        var schema = JsonSchemas.Of(typeof(QuantumAiWorkflows.Problems.Qubo.Input.QuboInput));

        schema.ToJsonString().Should().NotContain("$ref");
        schema["properties"]!["terms"]!["items"]!
            .ToJsonString()
            .Should()
            .Be("""{"type":"array","items":{"type":"number"}}""");
        // A record within itself has no end.
        JsonSchemas.Of(typeof(Sample)).ToJsonString().Should().Contain("$ref");
    }

    private static (Sample? Sample, FaultList Faults) Read(string json)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(json);
        return (StrictJson.Read<Sample>(document.RootElement, "", faults), faults);
    }
}
