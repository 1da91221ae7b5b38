using QuantumAiWorkflows.Benchmarks;

namespace QuantumAiWorkflows.UnitTests.Benchmarks;

public class BenchmarkPlanTests
{
    private static readonly Suite Suite = SomeBenchmark.Suite(SomeBenchmark.Complete, instances: 5, seeds: 10);

    [Fact]
    public void Every_cell_stands_once()
    {
        var counted = Plan().Where(r => !r.WarmUp).Select(r => (r.Instance, r.Entrant, r.Seed)).ToArray();

        counted.Should().HaveCount(5 * 4 * 10).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Instances_are_blocks_in_the_order_of_the_suite() =>
        Plan()
            .Select(r => r.Instance)
            .Should()
            .Equal(Enumerable.Range(0, 5).SelectMany(i => Enumerable.Repeat($"i{i}", 41)));

    [Fact]
    public void Compiling_entrants_are_warmed_up_once_and_first_on_every_instance()
    {
        foreach (var block in Plan().GroupBy(r => r.Block))
        {
            var warmUp = block.Where(r => r.WarmUp).Should().ContainSingle().Which;
            warmUp.Should().Be(block.First());
            warmUp.Entrant.Should().Be("qaoa");
        }
        Cold(Suite).Should().NotContain(r => r.WarmUp);
    }

    [Fact]
    public void Entrants_are_interleaved_and_every_block_has_an_order_of_its_own()
    {
        var blocks = Plan().GroupBy(r => r.Block).Select(b => b.Where(r => !r.WarmUp).ToArray()).ToArray();

        foreach (var block in blocks)
        {
            // A random order of 4 x 10 changes entrant after 3 runs of 4, 30 times in 39; blocked it would be 3 times.
            var changes = block.Zip(block.Skip(1)).Count(p => p.First.Entrant != p.Second.Entrant);
            changes.Should().BeInRange(20, 39);
        }
        blocks.Select(b => string.Join(' ', b.Select(r => $"{r.Entrant}{r.Seed}"))).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void The_order_is_settled_by_the_suite()
    {
        Plan().Should().Equal(Plan());
        Cold(Suite with { Name = "another" }).Should().NotEqual(Cold(Suite));
    }

    [Fact]
    public void No_entrant_is_earlier_than_others_on_average()
    {
        var large = SomeBenchmark.Suite(SomeBenchmark.Complete, instances: 60, seeds: 10);

        var positions = Cold(large)
            .Select((r, k) => (r.Entrant, Position: k % 40))
            .GroupBy(r => r.Entrant, r => r.Position);

        // Mean 19.5, standard error 0.47.
        positions.Should().OnlyContain(p => Math.Abs(p.Average() - 19.5) < 2);
    }

    [Fact]
    public void Calibration_comes_first_with_its_references_foremost()
    {
        CalibrationEntrant[] entrants =
        [
            new("baseline: tabu", CalibrationRole.Baseline, "tabu", null, 2, 1),
            new("reference: cp-sat", CalibrationRole.Reference, "cp-sat", null, 1, 10),
        ];
        var calibration = new CalibrationSet
        {
            Instances = [SomeBenchmark.Instance(7), SomeBenchmark.Instance(8)],
            Entrants = entrants,
        };

        var runs = BenchmarkPlan.Of(Suite, Entrants(Suite), calibration, _ => false).Runs;

        runs.Take(6)
            .Select(r => $"{r.Block} {r.Instance} {r.Entrant} {r.Seed}")
            .Should()
            .Equal(
                "-1 i7 reference: cp-sat 1",
                "-1 i7 baseline: tabu 1",
                "-1 i7 baseline: tabu 2",
                "-1 i8 reference: cp-sat 1",
                "-1 i8 baseline: tabu 1",
                "-1 i8 baseline: tabu 2"
            );
        runs.Skip(6).Should().Equal(Cold(Suite), "what comes before changes nothing of the comparison");
    }

    private static IReadOnlyList<PlannedRun> Plan() =>
        BenchmarkPlan.Of(Suite, Entrants(Suite), null, e => e.Solver.Id == "qaoa").Runs;

    private static IReadOnlyList<PlannedRun> Cold(Suite suite) =>
        BenchmarkPlan.Of(suite, Entrants(suite), null, _ => false).Runs;

    private static PlannedEntrant[] Entrants(Suite suite) => [.. suite.Solvers.Select(s => new PlannedEntrant(s))];
}
