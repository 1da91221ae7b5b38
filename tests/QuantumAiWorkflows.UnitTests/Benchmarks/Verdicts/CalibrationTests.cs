using QuantumAiWorkflows.Calibration;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

/// <summary>
/// The short form of the experiment whose tables are in docs/verdict.md. Seeded, so that it gives one answer; the bounds
/// are the required rates, three standard errors of so few suites away, so that another seed would give it too.
/// </summary>
public class CalibrationTests
{
    private const int Suites = 200;

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    public void Two_copies_of_one_solver_are_hardly_ever_adopted(int instances)
    {
        foreach (var world in new[] { World.Smooth, World.Heavy })
        {
            var (scores, records) = Planted.EqualSolvers(world, instances, 5).Judge(Suites);

            // Measured over 1,000 suites: at most 3 %; 5 % is allowed, and three standard errors of 3 % are 3.6.
            scores.Adopted.Should().BeLessThanOrEqualTo(6.5, world.Name);
            records.Adopted.Should().BeLessThanOrEqualTo(6.5, world.Name);
            records.Kept.Should().BeLessThan(100, "a judge that always says no would pass the line above");
        }
    }

    [Fact]
    public void Five_instances_never_adopt()
    {
        var (scores, records) = Planted.EqualSolvers(World.Smooth, 5, 10).Judge(Suites);

        (scores.Adopted, records.Adopted).Should().Be((0, 0));
    }

    public static TheoryData<string> Required =>
        [.. Planted.Advantages.Where(p => p.AtLeast is not null).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Required))]
    public void A_true_advantage_is_found(string name)
    {
        var plant = Planted.Advantages.Single(p => p.Name == name);
        var least = plant.AtLeast!.Value;
        var error = Math.Sqrt(least * (100 - least) / Suites);

        var (scores, records) = Planted.Of(plant, World.Smooth, 20, 10).Judge(Suites);

        scores.Adopted.Should().BeGreaterThanOrEqualTo(least - 3 * error);
        records.Adopted.Should().BeGreaterThanOrEqualTo(least - 3 * error);
    }

    [Fact]
    public void A_cell_comes_out_the_same_whatever_ran_before_it()
    {
        var cell = Planted.EqualSolvers(World.Censored, 10, 5);
        var first = cell.Judge(20).Records.Suites.Select(s => s[0].Outcome).ToArray();
        Planted.EqualSolvers(World.Smooth, 10, 5).Judge(5);

        cell.Judge(20).Records.Suites.Select(s => s[0].Outcome).Should().Equal(first);
    }
}
