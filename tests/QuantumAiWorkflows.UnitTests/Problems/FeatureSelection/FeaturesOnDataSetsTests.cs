using System.Text;
using System.Text.Json;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Solvers;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

/// <summary>Published tables, from their files to a refereed subset.</summary>
public sealed class FeaturesOnDataSetsTests
{
    [Theory]
    [InlineData("wine.csv", """ "header":false """, 13, 178, 3)]
    [InlineData("sonar.csv", """ "header":false """, 60, 208, 2)]
    [InlineData("ionosphere.csv", """ "header":false """, 34, 351, 2)]
    [InlineData("glass.csv", """ "header":false """, 9, 214, 6)]
    [InlineData("breast_cancer_wdbc.csv", """ "header":false,"skipLines":1 """, 30, 569, 2)]
    public void A_table_is_read_and_solved(string file, string settings, int features, int rows, int classes)
    {
        foreach (var criterion in (string[])["pearson", "spearman", "mutualInformation"])
        {
            var problem = Read(
                File.ReadAllBytes(DataSets.PathOf($"features/{file}")),
                $$"""{{{settings}},"task":"classification","criterion":"{{criterion}}","size":{"exactly":5} }"""
            );

            problem.NumVariables.Should().Be(features);
            problem.Table!.NumRows.Should().Be(rows);
            problem.Table.Target.Levels.Should().HaveCount(classes);
            problem.Table.Features.Should().OnlyContain(f => f.IsNumeric && f.CountMissing() == 0);
            var objectives = new List<double>();
            foreach (var solver in Registered.All.Where(s => s.Families.Contains(FeatureSelectionFamily.FamilyId)))
            {
                var outcome = solver.Solve(
                    problem,
                    Registered.Options(solver),
                    Registered.Context(solver, new() { Evaluations = 100_000, TimeSeconds = 5 })
                );
                var evaluation = problem.Evaluate(((SolveOutcome.Found)outcome).Best);
                evaluation.IsFeasible.Should().BeTrue();
                objectives.Add(evaluation.Objective);
            }
            objectives.Max().Should().BeGreaterThan(0);
        }
    }

    [Fact]
    public void Madelon_is_read_from_its_values_with_the_labels_beside()
    {
        // Two files, data and labels, separated by spaces: pasted line by line, as the format has one file. The copy of the
        // data at hand ends within a row: as it is it must be refused there, without that row it is a table.
        var rows = File.ReadAllLines(DataSets.PathOf("features/madelon_valid.data"));
        var labels = File.ReadAllLines(DataSets.PathOf("features/madelon_valid.labels"));
        var pasted = rows.Zip(labels, (row, label) => $"{row.Trim()} {label.Trim()}").ToList();
        var whole = pasted.TakeWhile(line => line.Count(c => c == ' ') == 500).ToList();
        const string Settings =
            """{"header":false,"delimiter":" ","task":"classification","criterion":"mutualInformation","size":{"exactly":10} }""";
        if (whole.Count < pasted.Count)
            Faults(pasted, Settings).Single().Line.Should().Be(whole.Count + 1);

        var problem = Read(Encoding.UTF8.GetBytes(string.Join('\n', whole)), Settings);

        (problem.NumVariables, problem.Table!.NumRows).Should().Be((500, whole.Count));
        whole.Count.Should().BeGreaterThan(100);
        var solver = Registered.All.Single(s => s.Info.Id == "tabu");
        var outcome = solver.Solve(
            problem,
            Registered.Options(solver),
            Registered.Context(solver, new() { Evaluations = 300_000 })
        );
        problem.Evaluate(((SolveOutcome.Found)outcome).Best).IsFeasible.Should().BeTrue();
    }

    private static IReadOnlyList<Fault> Faults(IEnumerable<string> lines, string settings)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(settings);
        var content = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        ProblemFormats.Find("csv")!.Read(content, document.RootElement, "/settings", faults).Should().BeNull();
        return faults.Items;
    }

    internal static FeatureSelectionProblem Read(byte[] content, string settings)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(settings);
        var problem = ProblemFormats.Find("csv")!.Read(content, document.RootElement, "/settings", faults);
        faults.Items.Should().BeEmpty();
        return (FeatureSelectionProblem)problem!.Single();
    }
}
