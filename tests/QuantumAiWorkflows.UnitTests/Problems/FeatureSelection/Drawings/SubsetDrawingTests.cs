using System.Xml.Linq;
using QuantumAiWorkflows.Problems.FeatureSelection.Drawings;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Drawings;

/// <summary>Candidates as a table and as a chart, with and without a validation.</summary>
public sealed class SubsetDrawingTests
{
    private static readonly ShownSubset[] Unvalidated =
    [
        new(1, ["age", "income"], 1.5, null),
        new(2, ["=cmd", "<b>\"&"], -0.25, null),
    ];

    [Fact]
    public void A_table_without_scores_says_what_it_is_ranked_by()
    {
        var lines = SubsetTable.Write(Unvalidated, null).TrimEnd().Split("\r\n");

        lines[0]
            .Should()
            .Be(
                "rank,rankedBy,size,features,objective,placeByObjective,score,scoreLow,scoreHigh,chance,naiveScore,optimism,stability,leaks"
            );
        lines[1].Should().Be("""1,objective only,2,"[""age"",""income""]",1.5,1,,,,,,,,""");
        lines[2].Should().StartWith("2,objective only,2,").And.Contain("=cmd");
    }

    [Fact]
    public void A_table_with_scores_has_each_of_them()
    {
        var (subsets, report) = Validated();

        var lines = SubsetTable.Write(subsets, report).TrimEnd().Split("\r\n");

        lines[1].Should().Be("""1,auc,1,"[""b""]",0.4,2,0.9,0.8,1,0.5,0.95,0.05,0.7,"[""b""]" """.TrimEnd());
        lines[2].Should().StartWith("""2,auc,1,"[""a""]",0.6,1,,,,0.5,""");
    }

    [Fact]
    public void A_chart_stands_alone_and_keeps_names_as_text()
    {
        var svg = XDocument.Parse(SubsetChart.Draw(Unvalidated, null));

        var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        texts.Should().Contain("=cmd, <b>\"&").And.Contain(t => t.Contains("no evidence of a model's quality"));
        svg.Descendants().Should().NotContain(e => e.Name.LocalName == "script");
        svg.Descendants().Count(e => e.Name.LocalName == "rect").Should().Be(3, "the ground and two bars");
    }

    [Fact]
    public void A_chart_of_scores_shows_chance_the_interval_and_the_naive_score()
    {
        var (subsets, report) = Validated();

        var svg = SubsetChart.Draw(subsets, report);

        svg.Should().Contain("Candidate subsets by validated auc").And.Contain("chance 0.5");
        svg.Should().Contain("no score: the selection found no subset for this place in the folds");
        XDocument.Parse(svg).Descendants().Count(e => e.Name.LocalName == "circle").Should().Be(1);
        svg.Should().ContainAll([">0<", ">0.2<", ">0.4<", ">0.6<", ">0.8<", ">1<"], "ticks are round");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e308, -1e308)]
    [InlineData(-5e-324, 0)]
    public void Objectives_of_any_size_are_drawn_within_the_picture(double first, double second)
    {
        var svg = XDocument.Parse(SubsetChart.Draw([new(1, ["a"], first, null), new(2, ["b"], second, null)], null));

        var width = (double)svg.Root!.Attribute("width")!;
        foreach (var bar in svg.Descendants().Where(e => e.Name.LocalName == "rect"))
            ((double?)bar.Attribute("x") ?? 0).Should().BeInRange(0, width - (double)bar.Attribute("width")!);
    }

    private static (ShownSubset[] Subsets, ValidationReport Report) Validated()
    {
        var none = new FoldScore(null, null, null, [null, null]);
        var score = new FoldScore(0.9, 0.8, 1, [0.85, 0.95]);
        SubsetReport Subset(int rank, int proposed, string feature, double objective, FoldScore own, FoldScore naive) =>
            new(
                rank,
                proposed,
                [feature],
                objective,
                new(own, naive, new(0.05, null, null, [0.05, 0.05]), own, null, [], null),
                new(new(2, new(0.7, null, null), null, new(0.8, null, null)), null, null, []),
                feature == "b" ? ["b"] : []
            );
        SubsetReport[] subsets =
        [
            Subset(1, 2, "b", 0.4, score, new(0.95, 0.9, 1, [0.95, 0.95])),
            Subset(2, 1, "a", 0.6, none, none),
        ];
        var protocol = new ValidationProtocol(new(), 1, "auc", "", "", [4, 4], [2, 2], 100, 8, 2, []);
        var report = new ValidationReport(
            protocol,
            subsets,
            new Dictionary<string, FoldScore> { ["auc"] = new(0.5, 0.5, 0.5, [0.5, 0.5]) },
            new([], [])
        );
        return ([.. subsets.Select(s => new ShownSubset(s.Rank, s.Features, s.Objective, s))], report);
    }
}
