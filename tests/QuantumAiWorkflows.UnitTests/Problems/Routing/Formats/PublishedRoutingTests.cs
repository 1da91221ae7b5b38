using System.Text;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Problems.Routing.Formats;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing.Formats;

public sealed class PublishedRoutingTests
{
    [Theory]
    [InlineData("tsp", 0)]
    [InlineData("tsp-derived", 0)]
    [InlineData("cvrp", 0)]
    [InlineData("vrptw", 1)]
    public void Every_file_reads_and_writes_back_to_the_same_problem(string family, int beyondSize)
    {
        foreach (var instance in DataSets.Of(family))
        {
            var format = RoutingText.FormatOf(instance.Path);
            var problem = RoutingText.Read(format, File.ReadAllText(instance.Path));

            problem.Locations.Should().HaveCount(instance.Size + beyondSize, instance.Name);
            problem.Stops.Should().HaveCount(instance.Size + beyondSize - 1, instance.Name);
            problem.HasExactObjectives.Should().BeTrue(instance.Name);
            RoutingText.Read(format, RoutingText.Written(format, problem)).Id.Should().Be(problem.Id, instance.Name);
        }
    }

    [Theory]
    [InlineData("cvrp", 19)]
    [InlineData("vrptw", 12)]
    public void Published_plans_cost_what_is_published_and_hold(string family, int atLeast)
    {
        var plans = 0;
        foreach (var instance in DataSets.Of(family))
        {
            var stem = Path.ChangeExtension(instance.Path, null);
            var file = new[] { $"{stem}.sol", $"{stem}.opt.sol" }.FirstOrDefault(File.Exists);
            if (file is null)
                continue;
            plans++;
            var problem = RoutingText.Read(RoutingText.FormatOf(instance.Path), File.ReadAllText(instance.Path));
            var faults = new FaultList();
            var plan = SolutionFiles.ReadRoutes(File.ReadAllBytes(file), problem, faults);
            faults.Items.Should().BeEmpty(instance.Name);

            var evaluation = problem.Evaluate(plan!.Solution);

            evaluation.Violations.Should().BeEmpty(instance.Name);
            evaluation.Objective.Should().Be(plan.Cost).And.Be(instance.BestKnown, instance.Name);
        }
        plans.Should().BeGreaterThanOrEqualTo(atLeast);
    }

    [Fact]
    public void The_first_distances_of_GEO_files_are_the_published_ones()
    {
        var whole = Problem("tsp", "burma14");
        foreach (var name in new[] { "burma14_first4", "burma14_first5" })
        {
            var part = Problem("tsp-derived", name);
            for (var i = 0; i < part.Locations.Count; i++)
            for (var j = 0; j < part.Locations.Count; j++)
                part.Distances[i, j].Should().Be(whole.Distances[i, j]);
        }
    }

    [Theory]
    [InlineData("burma14_first4")]
    [InlineData("burma14_first5")]
    [InlineData("gr17_first5")]
    public void The_best_tour_of_a_small_file_has_the_published_length(string name)
    {
        var instance = DataSets.Named("tsp-derived", name);
        var problem = Problem("tsp-derived", name);

        Orders([], problem.Stops.Count)
            .Min(order => problem.Evaluate(new RoutingSolution([new(0, order)])).Objective)
            .Should()
            .Be(instance.BestKnown);
    }

    /// <summary>Any byte changed, inserted or lost, a line dropped or doubled, the rest cut off: a problem or faults with a line.</summary>
    [Fact]
    public void Two_hundred_mutated_files_are_read_or_refused_with_a_line()
    {
        string[] names = ["gr17", "burma14", "bayg29", "E-n13-k4", "P-n16-k8", "XSH-n20-k4-01", "C101", "A-n39-k5"];
        var files = DataSets
            .Of("tsp")
            .Concat(DataSets.Of("cvrp"))
            .Concat(DataSets.Of("vrptw"))
            .Where(i => names.Contains(i.Name))
            .Select(i => (Format: RoutingText.FormatOf(i.Path), Content: File.ReadAllBytes(i.Path)))
            .ToArray();
        files.Should().HaveCount(names.Length);
        var random = Xoshiro256.FromSeed(5, "mutations");
        var refused = 0;
        for (var k = 0; k < 200; k++)
        {
            var (format, content) = files[k % files.Length];
            var faults = new FaultList();

            var problem = RoutingText.TryRead(format, Mutated(content, random), null, faults);

            if (problem is null)
            {
                refused++;
                faults.Items.Should().NotBeEmpty();
                faults.Items.Should().OnlyContain(f => f.Line >= 1 && f.Column >= 1 && f.Code == FaultCode.FileContent);
            }
            else
            {
                faults.Items.Should().BeEmpty();
                Posted.Again(problem).Id.Should().Be(problem.Id);
                problem.Evaluate(new RoutingSolution([new(0, [.. Enumerable.Range(0, problem.Stops.Count)])]));
            }
        }
        refused.Should().BeInRange(80, 199);
    }

    private static byte[] Mutated(byte[] content, Xoshiro256 random)
    {
        var bytes = content.ToList();
        var at = random.NextInt32(bytes.Count);
        switch (random.NextInt32(6))
        {
            case 0:
                bytes[at] = (byte)random.NextInt32(256);
                break;
            case 1:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Insertions[random.NextInt32(Insertions.Length)]));
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.NextInt32(20)));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                var lines = Encoding.UTF8.GetString(content).Split('\n').ToList();
                var line = random.NextInt32(lines.Count);
                if (random.NextBoolean())
                    lines.RemoveAt(line);
                else
                    lines.Insert(line, lines[random.NextInt32(lines.Count)]);
                return Encoding.UTF8.GetBytes(string.Join('\n', lines));
        }
        return [.. bytes];
    }

    private static readonly string[] Insertions =
    [
        " -5 ",
        "99999999999",
        "1e400",
        "\n",
        "EOF",
        "#",
        " NaN",
        ":",
        "é",
        "\0",
    ];

    private static RoutingProblem Problem(string family, string name)
    {
        var instance = DataSets.Named(family, name);
        return RoutingText.Read(RoutingText.FormatOf(instance.Path), File.ReadAllText(instance.Path));
    }

    private static IEnumerable<int[]> Orders(int[] first, int count) =>
        first.Length == count
            ? [first]
            : Enumerable.Range(0, count).Except(first).SelectMany(next => Orders([.. first, next], count));
}
