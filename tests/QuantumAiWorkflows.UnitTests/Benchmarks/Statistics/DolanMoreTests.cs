using CsCheck;
using QuantumAiWorkflows.Benchmarks.Statistics;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Statistics;

public class DolanMoreTests
{
    private const double Failed = double.PositiveInfinity;

    /// <summary>Three solvers on four problems: a tie on the first, failures on the third and, of everybody, the last.</summary>
    private static readonly double[][] Times =
    [
        [2, 10, 6, Failed],
        [2, 5, Failed, Failed],
        [8, 20, 3, Failed],
    ];

    [Fact]
    public void Ratios_are_to_the_best_of_each_problem()
    {
        var ratios = DolanMore.Ratios(Times);

        ratios[0].Should().Equal(1, 2, 2, Failed);
        ratios[1].Should().Equal(1, 1, Failed, Failed);
        ratios[2].Should().Equal(4, 4, 1, Failed);
    }

    [Fact]
    public void Profile_rises_by_a_problem_at_a_time_and_ends_at_the_share_solved()
    {
        var ratios = DolanMore.Ratios(Times);

        DolanMore.Steps(ratios[0]).Should().Equal((1, 0.25), (2, 0.75));
        DolanMore.Steps(ratios[1]).Should().Equal((1, 0.5));
        DolanMore.Steps(ratios[2]).Should().Equal((1, 0.25), (4, 0.75));
    }

    [Fact]
    public void A_solver_that_is_never_the_best_starts_at_0_and_one_that_never_solves_stays_there()
    {
        DolanMore.Steps([3, 3]).Should().Equal((1, 0), (3, 1));
        DolanMore.Steps([Failed, Failed]).Should().Equal((1, 0));
        DolanMore.Steps([]).Should().BeEmpty();
    }

    [Fact]
    public void The_order_below_the_best_depends_on_who_takes_part_and_a_pair_does_not()
    {
        // Gould and Scott's warning, by hand. Shares within twice the best time:
        double[] first = [2, 2, 8];
        double[] second = [3, 3, 3];
        double[] best = [1, 1, 3.5];

        var all = DolanMore.Ratios([first, second, best]);
        var pair = DolanMore.Ratios([first, second]);

        Within(2, all[0]).Should().Be(2);
        Within(2, all[1]).Should().Be(1, "beside the best, the first seems ahead");
        Within(2, pair[0]).Should().Be(2);
        Within(2, pair[1]).Should().Be(3, "alone with it, the second is");

        static int Within(double ratio, double[] ratios) => ratios.Count(r => r <= ratio);
    }

    [Fact]
    public void Share_of_a_pair_counts_ties_for_both_and_failures_for_nobody()
    {
        // Tie, slower, the other fails, both fail.
        DolanMore.ShareAtMostAsSlow(Times[0], Times[1]).Should().Be(0.5);
        DolanMore.ShareAtMostAsSlow(Times[1], Times[0]).Should().Be(0.5);
        DolanMore.ShareAtMostAsSlow(Times[0], Times[2]).Should().Be(0.5);
        DolanMore.ShareAtMostAsSlow([1], [1 + 1e-12]).Should().Be(1);
        DolanMore.ShareAtMostAsSlow([1 + 1e-12], [1]).Should().Be(1);
        DolanMore.ShareAtMostAsSlow([], []).Should().BeNull();
    }

    [Fact]
    public void Refuses_times_that_are_none()
    {
        FluentActions
            .Invoking(() =>
                DolanMore.Ratios([
                    [0],
                ])
            )
            .Should()
            .Throw<ArgumentException>();
        FluentActions
            .Invoking(() =>
                DolanMore.Ratios([
                    [1],
                    [1, 2],
                ])
            )
            .Should()
            .Throw<ArgumentException>();
    }

    [Fact]
    public void Everybody_times_ten_changes_nothing_and_shares_never_fall() =>
        Gen.Double[0.01, 10]
            .Array[5]
            .Array[3]
            .Sample(times =>
            {
                var ratios = DolanMore.Ratios(times);
                var scaled = DolanMore.Ratios([.. times.Select(t => t.Select(x => 10 * x).ToArray())]);
                var steps = DolanMore.Steps(ratios[0]);
                return ratios[0].Zip(scaled[0]).All(p => Math.Abs(p.First - p.Second) < 1e-9 * p.First)
                    && steps
                        .Zip(steps.Skip(1))
                        .All(p => p.Second.Ratio > p.First.Ratio && p.Second.Share > p.First.Share)
                    && steps[^1].Share == 1;
            });
}
