using System.Text.Json;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Reports;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Reports;

public class ReportFiguresTests
{
    private static readonly Entrant[] Two = [SomeBenchmark.Candidate(), SomeBenchmark.Baseline()];

    [Fact]
    public void Profiles_are_of_the_expected_time_to_target_and_a_miss_is_a_failure()
    {
        // Expected seconds: qaoa 0.1, 0.4, 0.3 and never; tabu 0.2 on all four.
        double[] qaoa = [0.1, 0.4, 0.3, 0.1];
        var figures = Figures(
            (i, e, _) => e.Name == "qaoa" ? new() { Seconds = qaoa[i], Gap = i == 3 ? 9 : 0 } : new() { Seconds = 0.2 },
            instances: 4
        );

        figures.Clock.Should().Be("cpu");
        Rounded(figures.Profiles[0]).Should().Equal((1, 0.25), (1.5, 0.5), (2, 0.75));
        Rounded(figures.Profiles[1]).Should().Equal((1, 0.75), (2, 1));
        figures
            .Pairwise.Should()
            .Equal(new PairwiseShare("qaoa", "tabu", 0.25), new PairwiseShare("tabu", "qaoa", 0.75));
    }

    [Fact]
    public void The_profile_of_a_pair_does_not_depend_on_who_else_takes_part()
    {
        Entrant[] three = [.. Two, SomeBenchmark.Baseline("cp-sat")];
        var withThird = SomeBenchmark.Of(Did, three, instances: 6, seeds: 3).Results();
        var without = SomeBenchmark.Of(Did, Two, instances: 6, seeds: 3).Results();

        Json(ProfileCurves.Of(withThird, Two)).Should().Be(Json(ProfileCurves.Of(without)));
        Json(ProfileCurves.Of(withThird)).Should().NotStartWith(Json(ProfileCurves.Of(without))[..^1]);

        static Did Did(int i, Entrant e, long s) =>
            new()
            {
                Seconds =
                    e.Name == "cp-sat" ? 0.01
                    : e.Name == "qaoa" ? 0.1 + 0.03 * i
                    : 0.2 + 0.001 * s,
            };
    }

    [Fact]
    public void Anytime_is_the_mean_over_instances_of_the_mean_over_seeds_with_an_answer()
    {
        // Instance 0: seed 1 has a gap of 40 from 0.01 s and 0 from 0.1 s, seed 2 one of 20 at its end, 0.1 s.
        // Instance 1: seed 1 has 60 from 0.01 s on, seed 2 nothing, ever. The longest run takes 1 s.
        var benchmark = SomeBenchmark.Of(
            (i, _, s) =>
                (i, s) switch
                {
                    (0, 1) => new() { Seconds = 0.5 },
                    (0, _) => new() { Gap = 20, Seconds = 0.1 },
                    (_, 1) => new() { Gap = 60, Seconds = 1 },
                    _ => new() { Feasible = false },
                },
            [SomeBenchmark.Baseline()],
            instances: 2,
            seeds: 2
        );
        var runs = benchmark.Runs.ToArray();
        runs[0] = runs[0] with { Trace = [At(0.01, -60), At(0.1, -100)] };
        runs[2] = runs[2] with { Trace = [At(0.01, -40)] };

        var curve = AnytimeCurves.Of((benchmark with { Runs = runs }).Results()).Single();

        curve.Points.Should().HaveCount(60);
        curve.Points[0].Should().Be(new AnytimePoint(0.001, null, 0));
        curve.Points[^1].Seconds.Should().Be(1);
        // 59 equal factors over three decades: 0.01 s lies just before the 21st point and 0.1 s before the 41st.
        curve.Points[19].MeanGapPercent.Should().BeNull();
        curve.Points[20].MeanGapPercent.Should().BeApproximately((40 + 60) / 2.0, 1e-9);
        curve.Points[20].ShareWithAnswer.Should().Be(0.5);
        curve.Points[^1].MeanGapPercent.Should().BeApproximately(((0 + 20) / 2.0 + 60) / 2, 1e-9);
        curve.Points[^1].ShareWithAnswer.Should().Be(0.75);
        curve.Points.Zip(curve.Points.Skip(1)).Should().OnlyContain(p => p.Second.Seconds > p.First.Seconds);

        static TracePoint At(double seconds, double objective) => new(seconds, seconds, objective, null, true);
    }

    [Fact]
    public void Scaling_recovers_a_power_law_an_exponential_and_a_straight_line()
    {
        // Sizes 8 to 12. Time 0.001 n^2 and 0.0001 x 2^(n/2); gaps 0.1 n - 0.5 points.
        var figures = Figures(
            (i, e, _) =>
                new()
                {
                    Seconds = e.Name == "qaoa" ? 0.001 * Math.Pow(8 + i, 2) : 0.0001 * Math.Pow(2, (8 + i) / 2.0),
                    Gap = 0.1 * (8 + i) - 0.5,
                },
            instances: 5
        );

        var power = Curve(figures, "qaoa", "seconds").PowerLaw!;
        (power.Factor, power.Exponent, power.RSquared, power.Count)
            .Should()
            .Match(
                ((double F, double E, double R, int N) fit) =>
                    Math.Abs(fit.F - 0.001) < 1e-9 && Math.Abs(fit.E - 2) < 1e-9 && fit.R > 1 - 1e-12 && fit.N == 5
            );
        var exponential = Curve(figures, "tabu", "seconds").Exponential!;
        exponential.Factor.Should().BeApproximately(0.0001, 1e-12);
        exponential.Exponent.Should().BeApproximately(0.5, 1e-9);
        exponential.Low.Should().BeApproximately(0.5, 1e-6);
        exponential.High.Should().BeApproximately(0.5, 1e-6);
        var linear = Curve(figures, "qaoa", "gapPercent").Linear!;
        linear.Factor.Should().BeApproximately(-0.5, 1e-9);
        linear.Exponent.Should().BeApproximately(0.1, 1e-9);
        Curve(figures, "tabu", "seconds").PowerLaw!.RSquared.Should().BeLessThan(0.9999, "it is none");
    }

    [Fact]
    public void A_fit_needs_three_sizes()
    {
        Figures((_, _, _) => new(), instances: 2).Scaling.Should().OnlyContain(c => Fits(c).All(f => f == null));
        Curve(Figures((_, _, _) => new(), instances: 3), "qaoa", "seconds").PowerLaw!.Exponent.Should().Be(0);
    }

    [Fact]
    public void Gaps_of_0_have_a_straight_line_only_and_unsolved_instances_are_told()
    {
        var figures = Figures(
            (i, e, _) => new() { Gap = e.Name == "qaoa" && i == 4 ? 7 : 0, Seconds = 0.1 },
            instances: 5
        );

        var gap = Curve(figures, "qaoa", "gapPercent");
        (gap.PowerLaw, gap.Exponential).Should().Be((null, null));
        gap.Linear!.Exponent.Should().BeApproximately(1.4, 1e-9, "four zeros and a 7 at sizes 8 to 12");
        gap.Note.Should().Be("Values of 0 or below have no logarithm: no curve is fitted to them.");
        var time = Curve(figures, "qaoa", "seconds");
        time.Points.Should().HaveCount(4);
        time.Note.Should().Be("1 of 5 instances are left out: never solved, so the true growth may be steeper.");
        Curve(figures, "tabu", "seconds").Note.Should().BeNull();
    }

    [Fact]
    public void Five_hundred_runs_with_long_traces_stay_small()
    {
        // 25 instances, 2 entrants, 10 seeds; 1,000 incumbents a run, at least 60 kB of trace each.
        var benchmark = SomeBenchmark.Of((_, _, _) => new() { Seconds = 1 }, Two, instances: 25, seeds: 10);
        TracePoint[] trace =
        [
            .. Enumerable.Range(1, 1000).Select(k => new TracePoint(k / 1000.0, k / 1000.0, -k / 10.0, null, true)),
        ];
        benchmark = benchmark with { Runs = [.. benchmark.Runs.Select(r => r with { Trace = trace })] };

        var figures = ReportFigures.Of(benchmark.Results());

        Json(figures with { Runs = [] }).Length.Should().BeLessThan(40_000);
        Json(figures).Length.Should().BeLessThan(250_000);
    }

    [Fact]
    public void Nothing_ran_leaves_pictures_empty_rather_than_failing()
    {
        var benchmark = SomeBenchmark.Of((_, _, _) => new(), Two, instances: 3, seeds: 1) with { Runs = [] };

        var figures = ReportFigures.Of(benchmark.Results());

        figures.Anytime.Should().OnlyContain(c => c.Points.Count == 0);
        figures.Profiles.Should().OnlyContain(p => p.Points.Single() == new ProfilePoint(1, 0));
        figures.Scaling.Should().OnlyContain(c => c.Points.Count == 0);
    }

    [Fact]
    public void The_interval_of_a_mean_gap_is_over_instances_not_runs()
    {
        // Gaps 0 to 9 by instance, ten seeds each the same: the sample is 10, not 100. Mean 4.5, standard error
        // sqrt(99 / 12 / 10) = 0.908; of 100 runs it would be 0.287.
        var benchmark = SomeBenchmark.Of((i, _, _) => new() { Gap = i }, Two, instances: 10);

        var interval = BenchmarkSummary.Of(benchmark).Entrants[0].MeanGapInterval!;

        interval.Method.Should().Be("bootstrapPercentile");
        interval.Low.Should().BeInRange(2.4, 3.1);
        interval.High.Should().BeInRange(5.9, 6.6);
        BenchmarkSummary
            .Of(SomeBenchmark.Of((i, _, _) => new() { Gap = i }, Two, instances: 4))
            .Entrants[0]
            .MeanGapInterval.Should()
            .BeNull("four instances are too few");
    }

    private static ReportFigures Figures(Func<int, Entrant, long, Did> did, int instances) =>
        ReportFigures.Of(SomeBenchmark.Of(did, Two, instances, seeds: 2).Results());

    private static ScalingCurve Curve(ReportFigures figures, string entrant, string quantity) =>
        figures.Scaling.Single(c => c.Entrant == entrant && c.Quantity == quantity);

    private static ScalingFit?[] Fits(ScalingCurve curve) => [curve.PowerLaw, curve.Exponential, curve.Linear];

    private static IEnumerable<(double, double)> Rounded(PerformanceProfile profile) =>
        profile.Points.Select(p => (Math.Round(p.Ratio, 9), p.Share));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, StrictJson.Options);
}
