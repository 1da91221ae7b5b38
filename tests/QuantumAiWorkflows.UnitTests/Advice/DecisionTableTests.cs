using QuantumAiWorkflows.Advice;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Advice;

public sealed class DecisionTableTests
{
    private static readonly DecisionTable Table = DecisionTable.Current;

    [Fact]
    public void There_are_six_uses_each_with_its_five_fields()
    {
        Table.Rows.Should().HaveCount(6);
        Table.Rows.Select(r => r.UseCase).Should().OnlyHaveUniqueItems();
        Table
            .Rows.SelectMany(r => new[] { r.UseCase, r.BestFitToday, r.Why, r.ValuePotential, r.RiskLevel })
            .Should()
            .NotContain(text => string.IsNullOrWhiteSpace(text));
    }

    /// <summary>A family without a use would be a gap of the table; qubo is a form that every use can take.</summary>
    [Fact]
    public void Every_family_but_qubo_has_one_row_and_every_row_names_families_that_exist()
    {
        var ids = ProblemFamily.All.Select(f => f.Id).ToList();

        ids.Where(id => Table.Of(id) is null).Should().Equal("qubo");
        Table.Rows.SelectMany(r => r.Families).Should().OnlyHaveUniqueItems().And.BeSubsetOf(ids);
    }
}
