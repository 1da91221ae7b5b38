using System.Security.Cryptography;
using System.Text;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.UnitTests.Problems.FeatureSelection;

namespace QuantumAiWorkflows.UnitTests.Solvers.FeatureSelection;

/// <summary>As <see cref="GoldenTests"/>, for feature subsets: an answer that changes raises the solver's version.</summary>
public sealed class FeatureGoldenTests
{
    private static readonly Dictionary<string, (string Version, string Hash)> Golden = new()
    {
        ["cp-sat"] = ("1.1.1", "e744bebca6b74232f50ce2f41cd7fd7270ff5ee8d45d79745695e32168ebbfb2"),
        ["greedy-mrmr"] = ("1.1.0", "0b455cab17784220e498092248c4c0577a24f44c79afc33fd44c63fb23af5f08"),
        ["simulated-annealing"] = ("1.1.1", "7b8f85fe9feaa1186bd67062d8ba305402851ad4ccf11cc0afe80fbc1f478d97"),
        ["tabu"] = ("1.1.0", "2ec79c6a145ecc0c5a8f137a48588959a8ea9e713cba78d08a19bc4cee870034"),
    };

    public static TheoryData<string> Ids => [.. FeatureSelectionFamily.Instance.ClassicalSolvers];

    [Theory, MemberData(nameof(Ids))]
    public void Answers_change_only_with_the_version(string id)
    {
        var solver = Registered.All.Single(s => s.Info.Id == id);
        var text = new StringBuilder();
        FeatureSelectionProblem[] problems =
        [
            SomeFeatures.Read(SomeFeatures.Scores(14, 1, 5)),
            SomeFeatures.Read(SomeFeatures.Scores(20, 2, 6, 0.4, exactly: false)),
            SomeFeatures.Read(SomeFeatures.Table(rows: 60, numbers: 11, size: 4)),
            SomeFeatures.Read(SomeFeatures.Table(rows: 60, numbers: 11, size: 4, criterion: "mutualInformation")),
        ];
        for (var k = 0; k < problems.Length; k++)
        {
            var context = Registered.Context(solver, new() { Evaluations = 30_000 }, seed: k);
            var outcome = solver.Solve(problems[k], Registered.Options(solver), context);
            text.AppendLine(OutcomeJson.Of(problems[k], outcome, context));
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        (solver.Info.Version, hash)
            .Should()
            .Be(Golden[id], $"{id} gives other answers than before: raise the version in its Info, then set both here");
    }
}
