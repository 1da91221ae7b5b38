using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.SimulatedAnnealing;

public sealed class ReadLengthsTests
{
    [Fact]
    public void Half_of_the_sweeps_are_short_reads_and_the_others_double_every_four()
    {
        const int Variables = 10;
        var context = new SolveContext(new() { Evaluations = 4_000_000 }, 1);
        var lengths = new ReadLengths(1000, Variables, context);
        var seen = new List<int>();
        while (context.EvaluationsLeft > Variables)
        {
            var plan = lengths.Next();
            plan.ClockFrom.Should().BeNull("counts replay, a clock does not");
            seen.Add(plan.Sweeps);
            context.CountEvaluations(plan.Sweeps * (long)Variables + 1);
            lengths.Ended(plan);
        }

        seen[..8].Should().OnlyContain(s => s == 1000);
        var longer = seen.Where(s => s > 1000).ToArray();
        int[] doubling = [.. new[] { 2000, 4000, 8000, 16_000 }.SelectMany(s => Enumerable.Repeat(s, 4)), 32_000];
        longer[..^1].Should().Equal(doubling);
        // What is left after as many short reads again.
        longer[^1].Should().BeInRange(50_000, 60_000);
        seen.Where(s => s == 1000).Sum().Should().BeInRange(180_000, 195_000);
        context.Evaluations.Should().BeInRange(3_999_900, 4_000_000);
    }

    [Fact]
    public void A_read_that_ends_with_the_clock_cools_in_its_last_fifth_at_the_latest()
    {
        var context = new SolveContext(new() { Evaluations = 1000 }, 1);
        var plan = new ReadPlan(1_000_000, ClockFrom: 0.5);

        var progress = new List<double>();
        foreach (var spent in new[] { 500, 400, 50, 50 })
        {
            context.CountEvaluations(spent);
            progress.Add(plan.ByClock(context));
        }

        progress[0].Should().Be(0);
        progress[1].Should().BeApproximately(0, 1e-9);
        progress[2].Should().BeApproximately(0.5, 1e-9);
        progress[3].Should().BeApproximately(1, 1e-9);
        new ReadPlan(1_000_000).ByClock(context).Should().Be(0);
    }

    [Fact]
    public void A_clock_budget_ends_with_long_reads()
    {
        var solver = new SimulatedAnnealingSolver();
        var context = new SolveContext(new() { CpuSeconds = 0.4 }, 1);

        var outcome = solver.Solve(Some.Qubo(60, 0.1), new SimulatedAnnealingOptions { Sweeps = 10 }, context);

        // Half of the sweeps are reads of 10: without long reads there would be a read for every ten.
        var sweeps = context.Evaluations / 60.0;
        outcome.Samples.Sum(s => s.Occurrences).Should().BeLessThan((long)(0.7 * sweeps / 10));
        context.StoppedBy.Should().Be(StoppedBy.Cpu);
    }

    [Fact]
    public void Sweeps_and_reads_are_run_as_asked()
    {
        var problem = Some.Qubo(30, 0.2);
        var context = new SolveContext(new(), 1);

        var options = new SimulatedAnnealingOptions { Sweeps = 50, Reads = 4 };
        var outcome = new SimulatedAnnealingSolver().Solve(problem, options, context);

        outcome.Samples.Sum(s => s.Occurrences).Should().Be(4);
        // Each read ends with at least one pass of descent and its score.
        context.Evaluations.Should().BeGreaterThanOrEqualTo(4 * (50 * 30 + 30 + 1)).And.BeLessThan(4 * (60 * 30));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public void The_schedule_scales_with_the_objective(int unit)
    {
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < 20; i++)
            builder.Add(i, (i + 1) % 20, 2 * unit, 0);
        var fields = LocalFields.Whole(builder.Build(20, new())!, null)!;

        var schedule = AnnealingSchedule.For(fields);

        // Every field is 2 on average with two couplings of 2, each there or not: r² = 2² + 2.
        (schedule.Hot / fields.Scale / unit)
            .Should()
            .BeApproximately(0.6 * Math.Sqrt(6), 1e-9);
        (schedule.Cold / fields.Scale / unit).Should().BeApproximately(1 / Math.Log(1000), 1e-9);
        schedule.Temperature(0).Should().Be(schedule.Hot);
        schedule.Temperature(1).Should().BeApproximately(schedule.Cold, 1e-9 * schedule.Cold);
    }

    [Fact]
    public void Few_strong_variables_raise_the_hot_end()
    {
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < 200; i++)
            builder.Add(i, i, i == 0 ? 10_000 : 1, 0);
        var fields = LocalFields.Whole(builder.Build(200, new())!, null)!;

        AnnealingSchedule.For(fields).Hot.Should().BeApproximately(2_500, 1e-6);
    }
}
