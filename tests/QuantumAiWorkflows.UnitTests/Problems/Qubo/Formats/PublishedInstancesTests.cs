using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo.Formats;

public sealed class PublishedInstancesTests
{
    [Theory]
    [InlineData("qubo")]
    [InlineData("qubo-derived")]
    [InlineData("maxcut")]
    public void Every_file_reads_and_writes_back_to_the_same_problem(string family)
    {
        foreach (var instance in DataSets.Of(family))
        {
            var (problem, format) = (instance.Read(), instance.Format);

            problem.NumVariables.Should().Be(instance.Size, instance.Name);
            problem.NumInteractions.Should().BePositive(instance.Name);
            problem.Sense.Should().Be(instance.Sense == "max" ? Sense.Maximize : Sense.Minimize, instance.Name);
            // Biq Mac files are minimized when written: the one that is maximized has no way back.
            if (format == "gset" || problem.Sense == Sense.Minimize)
                Imported.Qubo(format, Imported.Written(format, problem)).Id.Should().Be(problem.Id, instance.Name);
        }
    }

    [Fact]
    public void The_best_point_of_a_small_file_has_the_published_value()
    {
        var instances = DataSets.Of("qubo-derived").Where(i => i.Size <= 16).ToList();
        instances.Should().NotBeEmpty();
        foreach (var instance in instances)
        {
            var energies = Every.Objective(instance.Read());

            (instance.Sense == "min" ? energies.Min() : energies.Max()).Should().Be(instance.BestKnown, instance.Name);
        }
    }
}
