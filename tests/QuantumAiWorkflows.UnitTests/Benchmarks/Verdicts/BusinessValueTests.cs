using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

public class BusinessValueTests
{
    [Fact]
    public void Is_the_hodges_lehmann_estimate_of_the_differences_in_money()
    {
        // Objectives -100 + gap: the candidate is better by 1, 2, ..., 7 units, each worth 10. The median of the Walsh
        // averages of 1 to 7 is 4; at alpha 0.05, n = 7, 3 of them are cut at either end: 2 and 6.
        var value = Verdict(instances: 7, (i, e) => e.Name == "qaoa" ? 0 : i + 1).BusinessValue!;

        value.Amount.Should().BeApproximately(40, 1e-9);
        (value.Low, value.High).Should().Be((20, 60));
        value.Confidence.Should().BeApproximately(0.9, 1e-12);
        (value.Currency, value.Period, value.Instances).Should().Be(("EUR", "day", 7));
        value.Note.Should().BeNull();
    }

    [Fact]
    public void Swapping_the_sides_negates_it()
    {
        var benchmark = Benchmark(9, (i, e) => e.Name == "qaoa" ? i % 3 : 0.5 * i);
        var results = benchmark.Results();
        var (a, b) = (benchmark.Entrants[0], benchmark.Entrants[1]);
        var worth = benchmark.Suite.BusinessValue!;

        var ours = BusinessValueEstimate.Of(results, benchmark.Instances, a, b, worth, 0.05);
        var theirs = BusinessValueEstimate.Of(results, benchmark.Instances, b, a, worth, 0.05);

        ours.Amount.Should().BeApproximately(-theirs.Amount!.Value, 1e-9);
        (ours.Low, ours.High).Should().Be((-theirs.High, -theirs.Low));
    }

    [Fact]
    public void Is_the_same_for_maximizing()
    {
        var minimizing = Benchmark(6, (i, e) => e.Name == "qaoa" ? 0 : i + 1);
        var maximizing = minimizing with
        {
            Instances =
            [
                .. minimizing.Instances.Select(i => i with { Sense = QuantumAiWorkflows.Problems.Sense.Maximize }),
            ],
            Runs = [.. minimizing.Runs.Select(r => r with { Objective = -r.Objective })],
        };

        Of(maximizing).Should().Be(Of(minimizing));

        static BusinessValueEstimate Of(Benchmark b) =>
            BusinessValueEstimate.Of(
                b.Results(),
                b.Instances,
                b.Entrants[0],
                b.Entrants[1],
                b.Suite.BusinessValue!,
                0.05
            );
    }

    [Fact]
    public void Fewer_than_five_instances_show_nothing_and_say_so()
    {
        var value = Verdict(instances: 4, (i, e) => e.Name == "qaoa" ? 0 : i + 1).BusinessValue!;

        (value.Amount, value.Low, value.High).Should().Be((null, null, null));
        value
            .Note.Should()
            .Be(
                "4 instances with a feasible answer on both sides allow no interval at alpha 0.05: at least 5 are needed."
            );
    }

    [Fact]
    public void Without_a_declared_worth_there_is_none() =>
        VerdictProcedure.Of(SomeBenchmark.Of((_, _, _) => new())).Single().BusinessValue.Should().BeNull();

    private static Verdict Verdict(int instances, Func<int, Entrant, double> gap) =>
        VerdictProcedure.Of(Benchmark(instances, gap)).Single();

    private static Benchmark Benchmark(int instances, Func<int, Entrant, double> gap) =>
        SomeBenchmark.Of(
            (i, e, _) => new() { Gap = gap(i, e) },
            [SomeBenchmark.Candidate(), SomeBenchmark.Baseline()],
            instances,
            seeds: 2,
            change: s =>
                s with
                {
                    BusinessValue = new()
                    {
                        PerObjectiveUnit = 10,
                        Currency = "EUR",
                        Period = "day",
                    },
                }
        );
}
