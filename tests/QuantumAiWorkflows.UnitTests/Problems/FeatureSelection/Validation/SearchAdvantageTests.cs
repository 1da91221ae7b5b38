using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

/// <summary>The three reasons to keep a solver, each by itself.</summary>
public sealed class SearchAdvantageTests
{
    [Fact]
    public void None_holds_where_a_usual_way_does_as_well_for_less()
    {
        var advantage = SearchAdvantage.Of(Rows(o => o with { SubsetsEvaluated = 10, SolverAhead = Ahead(-0.1) }));

        advantage.Should().Be(new SearchAdvantage(false, false, false));
    }

    [Fact]
    public void Search_cost_is_lower_where_whoever_reaches_the_score_looked_at_more()
    {
        SearchAdvantage
            .Of(Rows(o => o.Method == "lasso" ? o with { SolverAhead = Ahead(-0.1), SubsetsEvaluated = 101 } : o))!
            .LowerSearchCost.Should()
            .BeTrue();
        SearchAdvantage.Of(Rows(o => o))!.LowerSearchCost.Should().BeNull("nobody reaches the score");
        SearchAdvantage
            .Of(Rows(o => o with { SolverAhead = Ahead(-0.1), SubsetsEvaluated = o.Method == "lasso" ? 100 : 500 }))!
            .LowerSearchCost.Should()
            .BeFalse("one looked at as few");
    }

    [Fact]
    public void The_score_is_better_where_every_interval_is_above_zero()
    {
        SearchAdvantage.Of(Rows(o => o with { SolverAhead = Ahead(0.01) }))!.BetterScore.Should().BeTrue();
        SearchAdvantage
            .Of(Rows(o => o with { SolverAhead = Ahead(o.Method == "random" ? -0.01 : 0.3) }))!
            .BetterScore.Should()
            .BeFalse("one interval holds 0");
        SearchAdvantage.Of(Rows(o => o with { SolverAhead = null }))!.BetterScore.Should().BeFalse();
    }

    [Fact]
    public void A_subset_is_missed_where_all_others_are_worse_or_not_allowed()
    {
        SearchAdvantage.Of(Rows(o => o with { Objective = 0.9 }))!.MissedByOthers.Should().BeTrue();
        SearchAdvantage
            .Of(Rows(o => o with { Objective = 2, Feasible = o.Method != "lasso" }))!
            .MissedByOthers.Should()
            .BeFalse();
        SearchAdvantage.Of(Rows(o => o with { Objective = 2, Feasible = false }))!.MissedByOthers.Should().BeTrue();
        SearchAdvantage
            .Of(Rows(o => o with { Objective = 1 - 1e-12 }))!
            .MissedByOthers.Should()
            .BeFalse("that is the same objective, summed in another order");
    }

    [Fact]
    public void A_comparison_that_was_cut_short_says_nothing() =>
        SearchAdvantage.Of([.. Rows(o => o).SkipLast(1)]).Should().BeNull();

    [Fact]
    public void A_solver_that_is_one_of_the_usual_ways_is_compared_with_the_others()
    {
        var rows = Rows(o => o with { SolverAhead = Ahead(0.01) }).SkipLast(1).ToList();
        rows[0] = rows[0] with { Method = "random" };

        SearchAdvantage.Of(rows)!.BetterScore.Should().BeTrue();
    }

    [Fact]
    public void A_score_is_reached_on_the_folds_that_both_have()
    {
        // Its mean, 0.9, is above the solver's 0.8; but it failed in the hard fold, and in the other the solver is ahead.
        var easyOnly = new SearchCost("lasso", "", [], null, false, 5, null, Score(null, 0.9), Score(null, 0.05));

        easyOnly.ReachesScore.Should().BeFalse();
        (easyOnly with { SolverAhead = Score(null, 0) }).ReachesScore.Should().BeTrue();
        (easyOnly with { SolverAhead = Score(null, null) }).ReachesScore.Should().BeNull("no fold has both");
        (easyOnly with { Score = null }).ReachesScore.Should().BeNull();

        static FoldScore Score(params double?[] folds) => new(folds.Average(), null, null, folds);
    }

    private static List<SearchCost> Rows(Func<SearchCost, SearchCost> other) =>
        [
            new("tabu", "", ["a"], 1, true, 100, 90, Ahead(0.6), null),
            .. ((string[])["greedyForward", "recursiveElimination", "lasso", "random"]).Select(name =>
                other(new(name, "", ["b"], 1, true, 50, null, Ahead(0.4), Ahead(0.1)))
            ),
        ];

    private static FoldScore Ahead(double low) => new(low + 0.1, low, low + 0.2, [low, low + 0.2]);
}
