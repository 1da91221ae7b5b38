using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers.Auto;

namespace QuantumAiWorkflows.UnitTests.Solvers.Auto;

public sealed class RaceTests
{
    private static readonly AutoCandidate[] Two = [new("simulated-annealing", ""), new("path-relinking", "")];

    private static readonly QuboSolution Any = new([0]);

    [Fact]
    public void The_better_objective_wins()
    {
        var (winner, reason) = Run(Two, (c, _) => c.Solver == "path-relinking" ? (-7, 9e9) : (-5, 1));

        winner.Solver.Should().Be("path-relinking");
        reason.Should().Be("won the race: -7 against -5 of simulated-annealing at equal cost");
    }

    [Fact]
    public void Of_equal_objectives_the_one_reached_sooner_wins()
    {
        var (winner, reason) = Run(Two, (c, _) => (-7, c.Solver == "path-relinking" ? 3 : 4));

        winner.Solver.Should().Be("path-relinking");
        reason.Should().Be("won the race: it had -7 sooner than simulated-annealing");
    }

    [Fact]
    public void Of_equals_the_first_of_the_rule_wins() => Run(Two, (_, _) => (-7, 4)).Winner.Should().Be(Two[0]);

    [Fact]
    public void The_better_half_goes_on_from_where_it_stood_with_twice_the_share()
    {
        AutoCandidate[] three =
        [
            new("simulated-annealing", "a"),
            new("path-relinking", "b"),
            new("path-relinking", "c"),
        ];
        var calls = new List<(string Racer, int Round, double? From)>();
        var plan = Plan();

        var (winner, _) = new Race(
            three,
            plan,
            (a, b) => a < b,
            (candidate, round, evaluations, from) =>
            {
                calls.Add((candidate.Reason, round, from?.Objective));
                evaluations.Should().Be(plan.Evaluations(candidate, round));
                return new(Any, -round * (candidate.Reason[0] - 'a'), 1);
            }
        ).Run(() => false);

        winner.Reason.Should().Be("c");
        calls.Should().Equal(("a", 1, null), ("b", 1, null), ("c", 1, null), ("c", 2, -2.0), ("b", 2, -1.0));
    }

    [Fact]
    public void A_stop_leaves_who_is_ahead()
    {
        var runs = 0;

        var (winner, reason) = new Race(Two, Plan(), (a, b) => a < b, (_, _, _, _) => new(Any, -++runs, 1)).Run(() =>
            runs == 1
        );

        winner.Should().Be(Two[0], "the other one never ran");
        reason.Should().Contain("stopped");
    }

    private static (AutoCandidate Winner, string Reason) Run(
        AutoCandidate[] racers,
        Func<AutoCandidate, int, (double Objective, double Spent)> reach
    ) =>
        new Race(
            racers,
            Plan(),
            (a, b) => a < b,
            (candidate, round, _, _) => new(Any, reach(candidate, round).Objective, reach(candidate, round).Spent)
        ).Run(() => false);

    private static RacePlan Plan() => new(FeatureReading.Of(Some.Qubo(30)), 1e6);
}
