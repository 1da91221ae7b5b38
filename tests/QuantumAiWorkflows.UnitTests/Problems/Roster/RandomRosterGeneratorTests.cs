using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Problems.Roster;

public sealed class RandomRosterGeneratorTests
{
    /// <summary>Golden: what was once generated stays what it is, or benchmarks of two versions differ in their problems.</summary>
    [Fact]
    public void The_same_seed_gives_the_same_problem_for_ever()
    {
        const string Parameters = """{"staff":8,"days":14,"shifts":3}""";

        Rosters
            .Generate(Parameters, 7)
            .Id.Should()
            .Be("sha256:b065fab3fe548279f1fff6c1b0a86244db5006a5da9af26b498b8c32adf0f4c5");
        Rosters.Generate(Parameters, 8).Id.Should().NotBe(Rosters.Generate(Parameters, 7).Id);
    }

    [Fact]
    public void What_is_generated_reads_back_through_JSON_to_the_same_problem()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var problem = Rosters.Generate($$"""{"staff":5,"days":{{1 + seed}},"shifts":{{1 + seed % 4}}}""", seed);
            using var document = JsonDocument.Parse(problem.CanonicalBytes);
            var body = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(document.RootElement)!;
            body.Remove("schema");

            Rosters.Read(JsonSerializer.Serialize(body)).Id.Should().Be(problem.Id);
        }
    }

    [Theory]
    [InlineData("""{}""", FaultCode.MissingMember, "/p/staff")]
    [InlineData("""{"staff":0}""", FaultCode.OutOfRange, "/p/staff")]
    [InlineData("""{"staff":3,"days":367}""", FaultCode.OutOfRange, "/p/days")]
    [InlineData("""{"staff":3,"shifts":11}""", FaultCode.OutOfRange, "/p/shifts")]
    [InlineData("""{"staff":3,"requestDensity":1.5}""", FaultCode.OutOfRange, "/p/requestDensity")]
    public void Parameters_are_checked(string parameters, FaultCode code, string pointer)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(parameters);

        ProblemGenerators.Find("roster-random")!.Generate(document.RootElement, 1, "/p", faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Pointer = pointer });
    }
}
