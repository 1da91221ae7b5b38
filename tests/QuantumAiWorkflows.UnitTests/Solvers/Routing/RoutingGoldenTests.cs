using System.Security.Cryptography;
using System.Text;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.Routing;

/// <summary>As <see cref="GoldenTests"/>, for routes: an answer that changes raises the solver's version.</summary>
public sealed class RoutingGoldenTests
{
    private static readonly Dictionary<string, (string Version, string Hash)> Golden = new()
    {
        ["hybrid-genetic-search"] = ("1.1.0", "c80a56b72c36cca895279fe028fc5f114c4472eeddd09e6acf0ac1223229e00e"),
        ["local-search-routing"] = ("1.1.0", "2511aa2d3322d5c058507bb0c1f6e4358a1ffb75e7acb2cfe658cfad293750ec"),
        ["nearest-neighbour"] = ("1.0.0", "f1a39493f7b49fd41073c7e7b0573caf043831a8a33d9203962e699b537f317e"),
        ["ortools-routing"] = ("1.0.0", "beabe1f457fe8a3e2efc44d1b09b3a77c18981658af703b2f0238334083318df"),
    };

    public static TheoryData<string> Ids => [.. Golden.Keys];

    [Theory, MemberData(nameof(Ids))]
    public void Answers_change_only_with_the_version(string id)
    {
        var solver = Registered.All.Single(s => s.Info.Id == id);
        var text = new StringBuilder();
        RoutingProblem[] problems =
        [
            RandomRouting.Problem(30, 1),
            RandomRouting.Problem(25, 2, hasWindows: true),
            RandomRouting.Tour(40, 3),
            RandomRouting.Everything(4),
        ];
        for (var k = 0; k < problems.Length; k++)
        {
            if (solver.Check(problems[k], Registered.Options(solver), new()) is not Applicability.Supported)
                continue;
            var context = Registered.Context(solver, new() { Evaluations = 400 }, seed: k);
            var outcome = solver.Solve(problems[k], Registered.Options(solver), context);
            text.AppendLine(OutcomeJson.Of(problems[k], outcome, context));
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        (solver.Info.Version, hash)
            .Should()
            .Be(Golden[id], $"{id} gives other answers than before: raise the version in its Info, then set both here");
    }
}
