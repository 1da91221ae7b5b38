using System.Text.Json;
using CsCheck;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

public class DuelTests
{
    public static TheoryData<string> Vectors => VerdictVectors.Names("verdicts");

    [Fact]
    public void The_golden_values_are_of_this_procedure() => VerdictVectors.Procedure.Should().Be(VerdictProcedure.Id);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Agrees_with_the_reference_implementation(string name)
    {
        var vector = VerdictVectors.Named("verdicts", name);
        var pairs = Scores(vector.GetProperty("candidate"))
            .Zip(Scores(vector.GetProperty("baseline")), (c, b) => new PairScore(SomeBenchmark.Instance(), c, b))
            .ToArray();
        var expected = vector.GetProperty("expected");

        var duel = Fight(pairs);

        JsonNamingPolicy.CamelCase.ConvertName(duel.Outcome.ToString()).Should().Be(Text(expected, "outcome"));
        var state = duel.CostAdjustedState switch
        {
            ConditionState.Met => "yes",
            ConditionState.Failed => "no",
            _ => "open",
        };
        state.Should().Be(Text(expected, "costAdjusted"));
        duel.Wins.Select(w => w.Dimension.Name)
            .Should()
            .BeEquivalentTo(expected.GetProperty("wins").EnumerateArray().Select(w => w.GetString()));
        foreach (var row in expected.GetProperty("dimensions").EnumerateObject())
            Compare(duel.Tests.First(t => t.Dimension.Name == row.Name), row.Value);
    }

    /// <summary>So ends a benchmark that is cancelled before its first run: twenty misses on both sides are no evidence.</summary>
    [Fact]
    public void Nobody_answering_anything_shows_no_lack_of_gain()
    {
        var samples = new Dictionary<string, Differences>
        {
            [Dimension.Feasibility.Name] = Differences.None with { Values = new double[20] },
        };

        Duel.Of(samples, Dimension.All, CostMode.Target, 0.05).Outcome.Should().Be(VerdictOutcome.Inconclusive);
    }

    [Fact]
    public void Expected_time_and_cost_to_target_agree_with_the_reference_implementation()
    {
        foreach (var vector in VerdictVectors.All("expectedToTarget"))
        {
            var (time, cost) = InstanceScore.ExpectedToTarget(
                vector.Doubles("times"),
                vector.Doubles("costs"),
                vector.GetProperty("hits").GetInt32(),
                vector.GetProperty("budget").GetDouble(),
                vector.GetProperty("seeds").GetInt32()
            );

            time.Should().BeApproximately(vector.GetProperty("ert").GetDouble(), 1e-12);
            cost.Should().BeApproximately(vector.GetProperty("ect").GetDouble(), 1e-12);
        }
    }

    [Theory]
    // A cost-adjusted match, no bad loss and a win: only all three together adopt.
    [InlineData(0.0, 2.0, 2.0, 0.0, VerdictOutcome.Adopt)] // faster and cheaper
    [InlineData(3.0, 0.0, 0.0, 0.0, VerdictOutcome.Adopt)] // better at equal cost
    [InlineData(0.0, 0.0, 0.0, 20.0, VerdictOutcome.Adopt)] // feasible more often at equal cost
    [InlineData(0.0, 2.0, -2.0, 0.0, VerdictOutcome.KeepClassical)] // faster, but dearer: not cost-adjusted
    [InlineData(-3.0, 2.0, 2.0, 0.0, VerdictOutcome.KeepClassical)] // faster, but a bad loss of quality
    [InlineData(3.0, -2.0, 0.0, 0.0, VerdictOutcome.KeepClassical)] // better, but a bad loss of time
    [InlineData(3.0, 0.0, 0.0, -30.0, VerdictOutcome.KeepClassical)] // better, but often without an answer
    [InlineData(0.0, 0.0, 0.0, 0.0, VerdictOutcome.KeepClassical)] // shown to be the same
    [InlineData(0.1, 0.1, 0.1, 1.0, VerdictOutcome.KeepClassical)] // better, but inside every margin
    public void Follows_the_truth_table(
        double quality,
        double runtime,
        double cost,
        double feasibility,
        VerdictOutcome expected
    )
    {
        var samples = Samples(quality, runtime, cost, feasibility, count: 12);

        Duel.Of(samples, Dimension.All, CostMode.Target, 0.05).Outcome.Should().Be(expected);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Never_adopts_on_fewer_than_five_instances(int count)
    {
        var samples = Samples(50, 10, 10, 50, count);

        Duel.Of(samples, Dimension.All, CostMode.Target, 0.05).Outcome.Should().Be(VerdictOutcome.Inconclusive);
    }

    [Fact]
    public void A_bad_loss_on_the_total_is_not_hidden_by_typical_instances()
    {
        var samples = Samples(0, 2, 2, 0, 20);
        double[] quality = [.. Enumerable.Repeat(0.0, 18), -30, -40];
        samples[Dimension.Quality.Name] = samples[Dimension.Quality.Name] with { Values = quality, Total = -3.5 };

        var duel = Duel.Of(samples, Dimension.All, CostMode.Target, 0.05);

        duel[Dimension.Quality].NotBad.Should().BeFalse();
        duel.Outcome.Should().Be(VerdictOutcome.Inconclusive);
    }

    [Fact]
    public void A_win_needs_the_mean_too()
    {
        var samples = Samples(0, 2, 2, 0, 10);
        // Ties only, so that Holm counts three tests and leaves the last, p = 0.042 below, as it is.
        samples[Dimension.Feasibility.Name] = samples[Dimension.Feasibility.Name] with
        {
            Values = new double[10],
        };
        double[] d = [.. Enumerable.Repeat(0.6, 9).Select((x, i) => x + i / 100.0), -0.2];
        samples[Dimension.Quality.Name] = samples[Dimension.Quality.Name] with { Values = d, Total = d.Average() };
        Duel.Of(samples, Dimension.All, CostMode.Target, 0.05)[Dimension.Quality]
            .Outcome.Should()
            .Be(DimensionOutcome.Win);

        d[9] = -30;
        SignedRank.P(d).Should().BeLessThan(0.05);

        Duel.Of(samples, Dimension.All, CostMode.Target, 0.05)[Dimension.Quality]
            .Outcome.Should()
            .Be(DimensionOutcome.Tie);
    }

    [Fact]
    public void Cost_mode_budget_asks_for_the_quality_too()
    {
        var samples = Samples(-0.6, 0, 0, 30, 12);

        Duel.Of(samples, Dimension.All, CostMode.Target, 0.05).CostAdjustedState.Should().Be(ConditionState.Met);
        Duel.Of(samples, Dimension.All, CostMode.Budget, 0.05).CostAdjustedState.Should().Be(ConditionState.Failed);
    }

    [Fact]
    public void Open_conditions_say_how_many_instances_would_settle_them()
    {
        var samples = Samples(0, 2, 2, 0, 6);
        double[] wide = [3, -3.5, 4, -3, 3.5, -2];
        samples[Dimension.Quality.Name] = samples[Dimension.Quality.Name] with
        {
            Values = wide,
            Total = wide.Average(),
        };

        var open = Duel.Of(samples, Dimension.All, CostMode.Target, 0.05)
            .Conditions.First(c => c.Name == "notBad.quality");

        open.State.Should().Be(ConditionState.Open);
        open.InstancesNeeded.Should().BeGreaterThan(6);
        Duel.Of(samples, Dimension.All, CostMode.Target, 0.05)
            .Conditions.Where(c => c.State != ConditionState.Open)
            .Should()
            .OnlyContain(c => c.InstancesNeeded == null);
    }

    [Fact]
    public void Withheld_dimensions_prove_nothing_in_either_direction()
    {
        var fast = Samples(0, 2, 2, 0, 12);
        var same = Samples(0, 0, 0, 0, 12);
        Dimension[] withheld = [Dimension.Runtime, Dimension.Cost];

        Duel.Of(fast, Dimension.All, CostMode.Target, 0.05, withheld).Outcome.Should().Be(VerdictOutcome.Inconclusive);
        Duel.Of(same, Dimension.All, CostMode.Target, 0.05, withheld).Outcome.Should().Be(VerdictOutcome.Inconclusive);
    }

    [Fact]
    public void Swapping_the_sides_negates_every_answer_exactly() =>
        Gen.Select(GenScore, GenScore)
            .Array[1, 14]
            .Sample(drawn =>
            {
                PairScore[] pairs = [.. drawn.Select(p => new PairScore(SomeBenchmark.Instance(), p.Item1, p.Item2))];
                PairScore[] swapped = [.. pairs.Select(p => p with { Candidate = p.Baseline, Baseline = p.Candidate })];
                return Fight(pairs).Tests.Zip(Fight(swapped).Tests).All(t => IsNegated(t.First, t.Second));
            });

    [Fact]
    public void The_order_of_the_instances_does_not_matter() =>
        Gen.Select(Gen.Select(GenScore, GenScore).Array[2, 14], Gen.Int)
            .Sample(
                (drawn, seed) =>
                {
                    PairScore[] pairs =
                    [
                        .. drawn.Select(p => new PairScore(SomeBenchmark.Instance(), p.Item1, p.Item2)),
                    ];
                    var shuffled = pairs.ToArray();
                    Xoshiro256.FromSeed((ulong)seed, "order").Shuffle<PairScore>(shuffled);
                    return JsonSerializer.Serialize(Wire(Fight(pairs)))
                        == JsonSerializer.Serialize(Wire(Fight(shuffled)));
                }
            );

    private static readonly Gen<InstanceScore> GenScore = Gen.Select(
        Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 5]),
        Gen.Double[0.001, 2],
        Gen.Int[0, 10],
        (gap, time, hits) => new InstanceScore(gap, time, 2 * time, time, hits, 10.0 * hits)
    );

    private static object Wire(Duel duel) =>
        new
        {
            duel.Outcome,
            duel.Conditions,
            Dimensions = duel.Tests.Select(VerdictDimension.Of),
        };

    private static bool IsNegated(DimensionTest one, DimensionTest other) =>
        one.Effect == -other.Effect
        && one.Low == -other.High
        && one.Differences.Total == -other.Differences.Total
        && one.P == other.PLoss
        && one.PHolm == other.PLossHolm
        && one.Equivalent == other.Equivalent
        && one.Outcome == Negated(other.Outcome);

    private static DimensionOutcome Negated(DimensionOutcome outcome) =>
        outcome switch
        {
            DimensionOutcome.Win => DimensionOutcome.Loss,
            DimensionOutcome.Loss => DimensionOutcome.Win,
            var neither => neither,
        };

    private static Duel Fight(IReadOnlyList<PairScore> pairs) =>
        Duel.Of(Differences.Of(pairs, CostMode.Target), Dimension.All, CostMode.Target, 0.05);

    /// <summary>Twelve or so differences close around each centre.</summary>
    private static Dictionary<string, Differences> Samples(
        double quality,
        double runtime,
        double cost,
        double feasibility,
        int count
    )
    {
        return new()
        {
            ["quality"] = Sample(quality),
            ["runtime"] = Sample(runtime),
            ["cost"] = Sample(cost),
            ["feasibility"] = Sample(feasibility),
        };

        Differences Sample(double centre)
        {
            double[] values = [.. Enumerable.Range(0, count).Select(i => centre + (i - (count - 1) / 2.0) / 1000)];
            return new(values, [.. values.Select((_, i) => SomeBenchmark.Instance(i))], centre);
        }
    }

    private static void Compare(DimensionTest actual, JsonElement expected)
    {
        var name = actual.Dimension.Name;
        actual.Count.Should().Be(expected.GetProperty("n").GetInt32(), name);
        if (actual.Count == 0)
            return;
        actual.Differences.Ties.Should().Be(expected.GetProperty("ties").GetInt32(), name);
        actual.NotWorse.Should().Be(expected.GetProperty("notWorse").GetBoolean(), name);
        actual.Worse.Should().Be(expected.GetProperty("worse").GetBoolean(), name);
        actual.NotBad.Should().Be(expected.GetProperty("notBad").GetBoolean(), name);
        actual.Bad.Should().Be(expected.GetProperty("bad").GetBoolean(), name);
        actual.NoGain.Should().Be(expected.GetProperty("noGain").GetBoolean(), name);
        actual.Equivalent.Should().Be(expected.GetProperty("equivalent").GetBoolean(), name);
        actual.Outcome.ToString().ToLowerInvariant().Should().Be(Text(expected, "outcome"), name);
        foreach (
            var (member, value) in new[]
            {
                ("effect", actual.Effect),
                ("low", actual.Low),
                ("high", actual.High),
                ("aggregate", actual.Differences.Total),
                ("p", actual.P),
                ("pLoss", actual.PLoss),
                ("pHolm", actual.PHolm),
                ("pLossHolm", actual.PLossHolm),
            }
        )
            if (expected.Optional(member) is { } number)
                value.Should().BeApproximately(number, 1e-9, $"{name} {member}");
            else
                value.Should().BeNull($"{name} {member}");
    }

    private static IEnumerable<InstanceScore> Scores(JsonElement rows) =>
        rows.EnumerateArray()
            .Select(r => new InstanceScore(
                r.Optional("gap"),
                r.GetProperty("ert").GetDouble(),
                r.GetProperty("ect").GetDouble(),
                r.GetProperty("costPerRun").GetDouble(),
                r.GetProperty("hits").GetInt32(),
                r.GetProperty("feasible").GetDouble()
            ));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
