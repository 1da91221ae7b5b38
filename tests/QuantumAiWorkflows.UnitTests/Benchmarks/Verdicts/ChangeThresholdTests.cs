using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

public class ChangeThresholdTests
{
    private static readonly IReadOnlyList<Entrant> Pair = [SomeBenchmark.Candidate(), SomeBenchmark.Baseline()];

    [Fact]
    public void A_candidate_of_three_times_the_price_would_have_to_be_cheaper_by_what_the_margin_leaves()
    {
        // Three times as slow at the same price per second: cost and time are both 3. With everything constant the test
        // sees the same sign on each instance, so a price factor wins as soon as the cost ratio passes 1.25; but the time
        // stays a bad loss, and no price alone helps.
        var verdict = Verdict((e, _) => e.Role == EntrantRole.Candidate ? 0.3 : 0.1);

        verdict.Outcome.Should().Be(VerdictOutcome.KeepClassical);
        Of(verdict, "price").Threshold.Should().BeNull();
        Of(verdict, "price")
            .Note.Should()
            .StartWith("None in range: no change of price alone from 0.001 to 1000 makes");
        Of(verdict, "speed").Threshold.Should().BeNull("the cost stays three times as high");
    }

    [Fact]
    public void The_threshold_is_where_the_statistics_turn()
    {
        // As fast and as good, at the same price: nothing is won. Cheaper by just over the match margin wins on cost.
        var verdict = Verdict((_, _) => 0.1);

        verdict.Against[0].Outcome.Should().Be(VerdictOutcome.KeepClassical);
        var price = Of(verdict, "price");
        price.Threshold.Should().BeApproximately(1 / 1.25, 0.001).And.BeLessThan(1 / 1.25);
        price.Outcome.Should().Be(VerdictOutcome.Adopt);
        price.Current.Should().Be(1);
        price.Range.Should().Equal(0.001, 1000);
        Of(verdict, "speed").Threshold.Should().BeApproximately(1 / 1.25, 0.001);
        Of(verdict, "gap").Threshold.Should().BeNull("there is no gap to take away");
        Of(verdict, "missRate").Threshold.Should().BeNull("nothing was missed");
    }

    [Fact]
    public void An_adopted_candidate_is_told_what_would_undo_it()
    {
        // Four times as fast and as cheap. At 5 times the price it costs 1.25 times as much: not shown to match.
        var verdict = Verdict((e, _) => e.Role == EntrantRole.Candidate ? 0.1 : 0.4);

        verdict.Against[0].Outcome.Should().Be(VerdictOutcome.Adopt);
        Of(verdict, "price").Threshold.Should().BeApproximately(4 * 1.25, 0.01);
        Of(verdict, "price").Outcome.Should().NotBe(VerdictOutcome.Adopt);
        // At 8 times the time it is twice as slow, a bad loss that cannot be ruled out; its cost still wins until then.
        Of(verdict, "speed").Threshold.Should().BeApproximately(4 * 2, 0.01);
    }

    [Fact]
    public void Quality_that_is_missing_is_told_as_a_share_of_the_gap()
    {
        // 2 points worse is a bad loss (over 1); faster and cheaper otherwise. Half of the gap must go.
        var verdict = VerdictProcedure
            .WithThresholds(
                SomeBenchmark
                    .Of(
                        (_, e, _) =>
                            e.Role == EntrantRole.Candidate
                                ? new() { Gap = 2, Seconds = 0.1 }
                                : new() { Gap = 0, Seconds = 0.4 },
                        Pair,
                        change: s => s with { Comparison = new() { TargetGapPercent = 3 } }
                    )
                    .Results()
            )
            .Single();

        Of(verdict, "gap").Threshold.Should().BeApproximately(0.5, 0.001);
        Of(verdict, "gap").Outcome.Should().Be(VerdictOutcome.Adopt);
    }

    [Fact]
    public void Misses_that_cost_the_candidate_its_time_are_told_as_a_share()
    {
        // Half of its runs miss, so that one hit takes twice its 0.1 s; the baseline takes 0.2 s. To win by 1.25 it may
        // take 0.16 s: 0.1 / h = 0.16 at a hit rate of 0.625, a quarter of the misses. Missed runs have a gap of 2, which
        // is 1 on average and not a bad loss only with the margins set wide.
        var margins = new Margins
        {
            Quality = new() { Match = 5, Bad = 10 },
        };
        var verdict = VerdictProcedure
            .WithThresholds(
                SomeBenchmark
                    .Of(
                        (_, e, seed) =>
                            e.Role == EntrantRole.Candidate
                                ? new() { Gap = seed % 2 == 0 ? 0 : 2, Seconds = 0.1 }
                                : new() { Gap = 0, Seconds = 0.2 },
                        Pair,
                        change: s => s with { Comparison = new() { Margins = margins } }
                    )
                    .Results()
            )
            .Single();

        Of(verdict, "missRate").Threshold.Should().BeApproximately(0.25, 0.001);
    }

    [Fact]
    public void A_dimension_that_stays_closed_opens_for_no_change()
    {
        var verdict = VerdictProcedure
            .WithThresholds(
                SomeBenchmark.Of((_, _, _) => new(), Pair, change: s => s with { Claim = Claim.Hardware }).Results()
            )
            .Single();

        verdict.WhatWouldChange.Should().HaveCount(4).And.OnlyContain(c => c.Threshold == null);
    }

    [Fact]
    public void Without_a_baseline_there_is_nothing_to_change() =>
        VerdictProcedure
            .WithThresholds(SomeBenchmark.Of((_, _, _) => new(), [SomeBenchmark.Candidate()]).Results())
            .Single()
            .WhatWouldChange.Should()
            .BeEmpty();

    [Fact]
    public void Other_prices_move_totals_and_no_ratio()
    {
        var benchmark = SomeBenchmark.Of(
            (i, e, seed) =>
                new() { Seconds = (e.Role == EntrantRole.Candidate ? 0.1 : 0.2) * (1 + i / 7.0 + seed / 50.0) }
        );
        foreach (var k in new[] { 1e-6, 0.3, 17, 1e6 })
        {
            var dearer = benchmark with
            {
                Prices = SomeBenchmark.Tariff with
                {
                    Items = [.. SomeBenchmark.Tariff.Items.Select(i => i with { UnitPrice = k * i.UnitPrice })],
                },
            };
            var (before, after) = (
                VerdictProcedure.WithThresholds(benchmark.Results()).Single(),
                VerdictProcedure.WithThresholds(dearer.Results()).Single()
            );

            after.Outcome.Should().Be(before.Outcome);
            foreach (var (x, y) in before.Dimensions.Zip(after.Dimensions))
            {
                y.Effect.Should().BeApproximately(x.Effect!.Value, 1e-9 * Math.Abs(x.Effect.Value));
                y.P.Should().Be(x.P);
                y.Outcome.Should().Be(x.Outcome);
            }
            foreach (var (x, y) in before.WhatWouldChange.Zip(after.WhatWouldChange))
                (y.Threshold ?? -1).Should().BeApproximately(x.Threshold ?? -1, 1e-9);
            foreach (var (x, y) in Costs(benchmark).Zip(Costs(dearer)))
                y.Should().BeApproximately(k * x, 1e-9 * k * x);
        }

        static IEnumerable<double> Costs(Benchmark b) =>
            QuantumAiWorkflows.Benchmarks.Reports.BenchmarkSummary.Of(b).Entrants.Select(e => e.Cost!.Value);
    }

    private static ChangeThreshold Of(Verdict verdict, string parameter) =>
        verdict.WhatWouldChange.Single(c => c.Parameter == parameter);

    private static Verdict Verdict(Func<Entrant, int, double> seconds) =>
        VerdictProcedure
            .WithThresholds(SomeBenchmark.Of((i, e, _) => new() { Seconds = seconds(e, i) }, Pair).Results())
            .Single();
}
