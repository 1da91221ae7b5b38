using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo.Formats;

public sealed class PublishedInstancesTests
{
    [Theory]
    [InlineData("qubo", "biqmac")]
    [InlineData("qubo-derived", "biqmac")]
    [InlineData("maxcut", "gset")]
    public void Every_file_reads_and_writes_back_to_the_same_problem(string family, string format)
    {
        foreach (var instance in DataSets.Of(family))
        {
            var settings = instance.Sense == "max" ? """{"sense":"maximize"}""" : null;
            var problem = Imported.Qubo(format, File.ReadAllText(instance.Path), settings);

            problem.NumVariables.Should().Be(instance.NumVariables, instance.Name);
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
        var instances = DataSets.Of("qubo-derived").Where(i => i.NumVariables <= 16).ToList();
        instances.Should().NotBeEmpty();
        foreach (var instance in instances)
        {
            var energies = Imported.AtEveryPoint(Imported.Qubo("biqmac", File.ReadAllText(instance.Path)));

            (instance.Sense == "min" ? energies.Min() : energies.Max()).Should().Be(instance.BestKnown, instance.Name);
        }
    }
}
