using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

/// <summary>The three reasons to keep a solver, each by itself.</summary>
public sealed class SearchAdvantageTests
{
    [Fact]
    public void None_holds_where_a_usual_way_does_as_well_for_less()
    {
        var advantage = SearchAdvantage.Of(Rows(o => o with { SubsetsEvaluated = 10, ReachesScore = true }));

        advantage.Should().Be(new SearchAdvantage(false, false, false));
    }

    [Fact]
    public void Search_cost_is_lower_where_whoever_reaches_the_score_looked_at_more()
    {
        SearchAdvantage
            .Of(Rows(o => o.Method == "lasso" ? o with { ReachesScore = true, SubsetsEvaluated = 101 } : o))!
            .LowerSearchCost.Should()
            .BeTrue();
        SearchAdvantage.Of(Rows(o => o))!.LowerSearchCost.Should().BeNull("nobody reaches the score");
        SearchAdvantage
            .Of(Rows(o => o with { ReachesScore = true, SubsetsEvaluated = o.Method == "lasso" ? 100 : 500 }))!
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

    private static List<SearchCost> Rows(Func<SearchCost, SearchCost> other) =>
        [
            new("tabu", "", ["a"], 1, true, 100, 90, null, true, null),
            .. ((string[])["greedyForward", "recursiveElimination", "lasso", "random"]).Select(name =>
                other(new(name, "", ["b"], 1, true, 50, null, null, false, Ahead(-1)))
            ),
        ];

    private static FoldScore Ahead(double low) => new(low + 0.1, low, low + 0.2, [low, low + 0.2]);
}
