using System.Text;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Problems;

public sealed class CanonicalFormTests
{
    /// <summary>What GET /v1/problems/{id} gives may be edited and sent again. That of qubo and of tables is column by column.</summary>
    [Theory]
    [InlineData("routing")]
    [InlineData("scheduling")]
    [InlineData("roster")]
    public void The_canonical_form_may_be_posted_and_is_the_same_problem(string family)
    {
        var faults = new FaultList();
        var problem = Posted.Read(ProblemFamily.Find(family)!.Example.ToJsonString(), "", faults);

        var again = Posted.Read(Encoding.UTF8.GetString(problem!.CanonicalBytes.Span), "", faults);

        faults.Items.Should().BeEmpty();
        again!.Id.Should().Be(problem.Id);
    }

    [Theory]
    [InlineData("routing")]
    [InlineData("scheduling")]
    [InlineData("roster")]
    public void Another_schema_is_refused(string family)
    {
        var example = ProblemFamily.Find(family)!.Example;
        example["schema"] = 2;

        Posted
            .Faults(example.ToJsonString())
            .Items.Should()
            .ContainSingle()
            .Which.Should()
            .BeEquivalentTo(new { Code = FaultCode.OutOfRange, Pointer = "/problem/schema" });
    }
}
