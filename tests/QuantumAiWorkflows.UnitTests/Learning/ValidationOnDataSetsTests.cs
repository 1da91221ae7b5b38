using System.Text;
using QuantumAiWorkflows.Learning;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Learning;

/// <summary>Published tables; the figures are written to the test's output, and stand in docs/families/feature-selection.md.</summary>
public sealed class ValidationOnDataSetsTests
{
    [Theory]
    [InlineData("wine.csv", 0, 0.85)]
    [InlineData("sonar.csv", 0, 0.7)]
    [InlineData("ionosphere.csv", 0, 0.85)]
    [InlineData("glass.csv", 0, 0.4)]
    [InlineData("breast_cancer_wdbc.csv", 1, 0.95)]
    public void A_subset_is_better_than_chance_and_no_better_than_the_naive_score_says(
        string file,
        int skip,
        double least
    )
    {
        var problem = Read(file, skip);
        var report = Validate(problem);
        Write(file, report);

        var best = report.Subsets[0].Validation;
        best.Score.Mean.Should().BeGreaterThan(least);
        best.AboveChance.Low.Should().BeGreaterThan(0);
        best.Optimism.High.Should().BeGreaterThanOrEqualTo(0);
    }

    [Theory]
    [InlineData("wine.csv", 0)]
    [InlineData("sonar.csv", 0)]
    [InlineData("breast_cancer_wdbc.csv", 1)]
    [InlineData("ionosphere.csv", 0, LeakageKind.DuplicateRows)]
    [InlineData("glass.csv", 0, LeakageKind.DuplicateRows)]
    public void Nothing_but_rows_that_are_there_twice_is_found_to_leak(
        string file,
        int skip,
        params LeakageKind[] expected
    )
    {
        var problem = Read(file, skip);
        // In order of rows the halves of a pair may be on one side; left out one by one they never are.
        var rows = Enumerable.Range(0, problem.Table!.NumRows).ToArray();
        Fold[] halves = [.. rows.Select(row => new Fold([.. rows.Where(r => r != row)], [row]))];

        new LeakageChecks(problem, new() { Folds = 10 }, halves[..1])
            .Report()
            .Findings.Select(f => f.Kind)
            .Should()
            .BeSubsetOf(expected);
        new LeakageChecks(problem, new ValidationPlan { Folds = rows.Length }, halves)
            .Report()
            .Findings.Select(f => f.Kind)
            .Should()
            .BeEquivalentTo(expected);
    }

    [Fact]
    public void Madelon_is_no_easier_than_it_is_known_to_be()
    {
        var rows = File.ReadAllLines(DataSets.PathOf("features/madelon_valid.data"));
        var labels = File.ReadAllLines(DataSets.PathOf("features/madelon_valid.labels"));
        // The copy of the data at hand ends within a row.
        var whole = rows.Zip(labels, (row, label) => $"{row.Trim()} {label.Trim()}")
            .TakeWhile(line => line.Count(c => c == ' ') == 500);
        var problem = FeaturesOnDataSetsTests.Read(
            Encoding.UTF8.GetBytes(string.Join('\n', whole)),
            """{"header":false,"delimiter":" ","task":"classification","size":{"exactly":10} }"""
        );
        var report = Validate(problem);
        Write("madelon", report);

        // 139 rows, 480 columns of noise among 500, classes that no single column tells apart: choosing with all rows looks good.
        var best = report.Subsets[0].Validation;
        best.Optimism.Low.Should().BeGreaterThan(0);
        best.Score.Mean.Should().BeLessThan(0.75);
        report.Leakage.Findings.Should().BeEmpty();
    }

    private static ValidationReport Validate(FeatureSelectionProblem problem)
    {
        var select = SomeTable.MostRelevant(2);
        return SubsetValidator.Validate(
            problem,
            select(problem, 0, default),
            new()
            {
                Resamples = 5,
                Seeds = 0,
                Ablated = 0,
            },
            1,
            select,
            null,
            TestContext.Current.CancellationToken
        );
    }

    private static FeatureSelectionProblem Read(string file, int skip) =>
        FeaturesOnDataSetsTests.Read(
            File.ReadAllBytes(DataSets.PathOf($"features/{file}")),
            $$"""{"header":false,"skipLines":{{skip}},"task":"classification","size":{"exactly":5} }"""
        );

    private static void Write(string name, ValidationReport report)
    {
        var best = report.Subsets[0];
        TestContext.Current.TestOutputHelper!.WriteLine(
            FormattableString.Invariant(
                $"{name}: {report.Protocol.Metric} validated {Show(best.Validation.Score)}, naive {Show(best.Validation.Naive)}, chance {report.Chance[report.Protocol.Metric].Mean:F3}; Nogueira over resamples {best.Stability.Resamples!.Nogueira!.Value:F2}; {report.Protocol.Fits} models"
            )
        );

        static string Show(FoldScore score) =>
            FormattableString.Invariant($"{score.Mean:F3} [{score.Low:F3}, {score.High:F3}]");
    }
}
