using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

/// <summary>Criteria with one number per side: never won, and a bad loss stands in the way of adopt.</summary>
public class UnsampledDimensionTests
{
    [Theory]
    [InlineData(20, 20, DimensionOutcome.Tie, false)]
    [InlineData(19, 20, DimensionOutcome.Tie, false)] // 95 %: exactly 5 points
    [InlineData(18, 20, DimensionOutcome.Loss, false)]
    [InlineData(16, 20, DimensionOutcome.Loss, false)] // 80 %, 20 points: both at the limit
    [InlineData(15, 20, DimensionOutcome.Loss, true)]
    [InlineData(20, 10, DimensionOutcome.Tie, false)]
    public void Reproducibility_is_lost_by_points_and_badly_below_eighty_percent(
        int own,
        int others,
        DimensionOutcome outcome,
        bool isBad
    )
    {
        var verdict = Verdict(Replayed(own, others));

        var dimension = verdict
            .Against.Single(a => a.Baseline == "tabu")
            .Dimensions.Single(d => d.Name == "reproducibility");
        dimension.Outcome.Should().Be(outcome);
        dimension.Bad.Should().Be(isBad);
        dimension.Total.Should().BeApproximately(100.0 * own / 20, 1e-9);
        dimension.Effect.Should().BeApproximately(100.0 * (own - others) / 20, 1e-9);
        dimension.N.Should().Be(20);
        verdict.Outcome.Should().Be(isBad ? VerdictOutcome.Inconclusive : VerdictOutcome.Adopt);
        verdict
            .Conditions.Should()
            .Contain(
                new VerdictCondition("notBad.reproducibility", isBad ? ConditionState.Failed : ConditionState.Met)
            );
        if (isBad)
            verdict.Summary.Should().Contain("but loses badly on reproducibility");
    }

    [Fact]
    public void Fewer_than_ten_replays_say_nothing()
    {
        var verdict = Verdict(Replayed(0, 0, replays: 9));

        verdict.Dimensions.Should().NotContain(d => d.Name == "reproducibility");
        verdict.Limitations.Should().Contain(l => l.StartsWith("Not measured:") && l.Contains("replay rate"));
    }

    [Theory]
    [InlineData(3, 3, 3, DimensionOutcome.Tie, false)]
    [InlineData(3, 3, 2, DimensionOutcome.Tie, false)]
    [InlineData(2, 2, 3, DimensionOutcome.Loss, false)]
    [InlineData(1, 4, 4, DimensionOutcome.Loss, true)]
    [InlineData(5, 5, 5, DimensionOutcome.Tie, false)]
    public void Complexity_is_lost_by_half_a_point_and_badly_by_two_in_any_score(
        int operation,
        int maintainability,
        int explainability,
        DimensionOutcome outcome,
        bool isBad
    )
    {
        var benchmark = SomeBenchmark.Of(
            Faster,
            [
                .. SomeBenchmark.Complete.Select(e =>
                    e with
                    {
                        Complexity =
                            e.Role == EntrantRole.Candidate
                                ? Scores(operation, maintainability, explainability)
                                : Scores(3, 3, 3),
                    }
                ),
            ]
        );

        var verdict = Verdict(benchmark);

        var dimension = verdict.Dimensions.Single(d => d.Name == "complexity");
        dimension.Outcome.Should().Be(outcome);
        dimension.Bad.Should().Be(isBad);
        dimension.Effect.Should().BeApproximately((operation + maintainability + explainability) / 3.0 - 3, 1e-9);
        verdict.Outcome.Should().Be(isBad ? VerdictOutcome.Inconclusive : VerdictOutcome.Adopt);
    }

    [Fact]
    public void Weights_decide_what_counts()
    {
        var (easy, hard) = (Scores(5, 1, 1), Scores(3, 3, 3));

        easy.Mean(new() { Maintainability = 0, Explainability = 0 }).Should().Be(5);
        easy.Mean(new()).Should().BeApproximately(7 / 3.0, 1e-12);
        hard.LargestDeficit(easy).Should().Be(2);
        easy.LargestDeficit(hard).Should().Be(2);
    }

    [Fact]
    public void Without_scores_on_both_sides_there_is_no_complexity()
    {
        var benchmark = SomeBenchmark.Of(
            Faster,
            [
                .. SomeBenchmark.Complete.Select(e =>
                    e.Role == EntrantRole.Candidate ? e with { Complexity = Scores(1, 1, 1) } : e
                ),
            ]
        );

        Verdict(benchmark).Dimensions.Should().NotContain(d => d.Name == "complexity");
    }

    private static Did Faster(int i, Entrant entrant, long seed) =>
        new() { Seconds = (entrant.Name == "qaoa" ? 0.1 : 0.4) * (1 + 0.01 * ((7 * seed + i) % 10)) };

    private static Benchmark Replayed(int own, int others, int replays = 20)
    {
        var benchmark = SomeBenchmark.Of(Faster);
        return benchmark with
        {
            ReplayOf = new(SomeBenchmark.Id(77), new Dictionary<string, VerdictOutcome>()),
            Replays =
            [
                .. Pairs("qaoa", own),
                .. Pairs("tabu", others),
                .. Pairs("cp-sat", others),
                .. Pairs("ablation", others),
            ],
        };

        IEnumerable<ReplayPair> Pairs(string entrant, int same) =>
            benchmark
                .Runs.Where(r => r.Cell!.Entrant == entrant)
                .Take(replays)
                .Select((run, k) => new ReplayPair(run, k < same ? run : run with { Objective = run.Objective + 1 }));
    }

    private static Complexity Scores(int operation, int maintainability, int explainability) =>
        new()
        {
            Operation = new() { Score = operation, Evidence = "a run book" },
            Maintainability = new() { Score = maintainability, Evidence = "a review" },
            Explainability = new() { Score = explainability, Evidence = "a review" },
        };

    private static Verdict Verdict(Benchmark benchmark) => VerdictProcedure.Of(benchmark).Single();
}
