using CsCheck;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.Auto;

namespace QuantumAiWorkflows.UnitTests.Solvers.Auto;

public sealed class RacePlanTests
{
    private static readonly Gen<(int Racers, int N, double Degree)> Cases = Gen.Select(
        Gen.Int[2, Candidates.Count],
        Gen.Int[25, 5000],
        Gen.Double[0, 1],
        (racers, n, density) => (racers, n, density * (n - 1))
    );

    private static IReadOnlyList<AutoCandidate> Candidates =>
        [.. AutoRules.All.SelectMany(r => r.Candidates).DistinctBy(c => c.Solver)];

    [Fact]
    public void All_rounds_together_cost_at_most_a_tenth_of_the_evaluations() =>
        Cases.Sample(c =>
        {
            const long Budget = 1_000_000_000;
            var (features, racers) = (Features(c.N, c.Degree), Candidates.Take(c.Racers).ToList());

            if (RacePlan.Of(features, racers, null, Budget) is not { } plan)
                return;

            // Whoever goes on: the cheapest evaluations are the most of them.
            var spent = 0L;
            for (
                var (round, left) = (1, racers.OrderByDescending(r => plan.Evaluations(r, 1)).ToList());
                left.Count > 1;
                round++
            )
            {
                spent += left.Sum(r => plan.Evaluations(r, round));
                left = [.. left.Take(RacePlan.Survivors(left.Count))];
            }
            spent.Should().BeLessThanOrEqualTo((long)(RacePlan.Share * Budget));
        });

    [Fact]
    public void All_rounds_together_cost_at_most_a_tenth_of_the_clock() =>
        Cases.Sample(c =>
        {
            var (features, racers) = (Features(c.N, c.Degree), Candidates.Take(c.Racers).ToList());

            if (RacePlan.Of(features, racers, 20, null) is not { } plan)
                return;

            var (spent, left) = (0.0, racers.Count);
            for (var round = 1; left > 1; round++, left = RacePlan.Survivors(left))
                spent += racers
                    .Take(left)
                    .Sum(r =>
                        SolverCost.Layout(features)
                        + plan.Evaluations(r, round) * AutoRules.CostOf(r.Solver).Nanoseconds(features)
                    );
            spent.Should().BeLessThanOrEqualTo(RacePlan.Share * 20e9 * (1 + 1e-9));
        });

    [Fact]
    public void Everybody_has_the_same_time_and_twice_as_much_in_the_next_round()
    {
        var features = Features(1000, 20);
        var plan = RacePlan.Of(features, Candidates, null, 10_000_000_000)!;

        foreach (var candidate in Candidates)
        {
            var cost = AutoRules.CostOf(candidate.Solver).Nanoseconds(features);
            (plan.Evaluations(candidate, 1) * cost).Should().BeApproximately(plan.Nanoseconds, 2 * cost);
            (plan.Evaluations(candidate, 2) * cost).Should().BeApproximately(2 * plan.Nanoseconds, 2 * cost);
        }
    }

    [Fact]
    public void There_is_none_where_the_budget_is_too_short_or_nobody_to_race()
    {
        var features = Features(3000, 2999);

        RacePlan.Of(features, Candidates, 0.5, null).Should().BeNull("laying the problem out takes longer");
        RacePlan.Of(features, Candidates, null, 1000).Should().BeNull("that is not one sweep");
        RacePlan.Of(features, [Candidates[0]], 60, null).Should().BeNull();
        RacePlan.Of(features, Candidates, 60, null).Should().NotBeNull();
        RacePlan.Of(features, Candidates, null, null).Should().NotBeNull("nothing limits the run");
    }

    [Fact]
    public void The_shorter_of_two_budgets_counts()
    {
        var features = Features(500, 50);

        var both = RacePlan.Of(features, Candidates, 10, 50_000_000)!;

        both.Nanoseconds.Should()
            .Be(
                Math.Min(
                    RacePlan.Of(features, Candidates, 10, null)!.Nanoseconds,
                    RacePlan.Of(features, Candidates, null, 50_000_000)!.Nanoseconds
                )
            );
    }

    [Fact]
    public void Every_row_of_the_table_names_solvers_whose_cost_is_known()
    {
        foreach (var candidate in AutoRules.All.SelectMany(r => r.Candidates))
            AutoRules.CostOf(candidate.Solver).Nanoseconds(Features(100, 10)).Should().BePositive();
        AutoRules.Solvers.Should().BeSubsetOf(ClassicalSolvers.All.Select(s => s.Info.Id));
        AutoRules.All.Should().OnlyContain(r => r.Candidates.Count >= 2 && r.Candidates.Count <= 3);
    }

    private static QuboFeatures Features(int n, double degree) =>
        FeatureReading.Of(Some.Qubo(2)) with
        {
            NumVariables = n,
            NumInteractions = (long)(n * degree / 2),
            MeanDegree = degree,
            Density = degree / (n - 1),
        };
}
