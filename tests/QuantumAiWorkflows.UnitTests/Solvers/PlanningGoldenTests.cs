using System.Security.Cryptography;
using System.Text;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Problems.Scheduling;
using QuantumAiWorkflows.UnitTests.Problems.Roster;
using QuantumAiWorkflows.UnitTests.Problems.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>As <see cref="GoldenTests"/>, for rosters and schedules: an answer that changes raises the solver's version.</summary>
public sealed class PlanningGoldenTests
{
    private static readonly Dictionary<(string Family, string Id), (string Version, string Hash)> Golden = new()
    {
        [("roster", "cp-sat")] = ("1.1.1", "b17c3c3634f6836c4d1006945aa5d8997341cffc580ed7b740de122538ccd8fd"),
        [("roster", "simulated-annealing")] = (
            "1.1.1",
            "43481b5f50472e50253e8a63b0a64d5272408fa674c65745c377f4317fd67114"
        ),
        [("scheduling", "cp-sat")] = ("1.1.1", "9a86e14618bb40a2f4aec02c5a3833e5539dc74c79f0ccd36eef9a1ac6ad14bd"),
        [("scheduling", "dispatching-rules")] = (
            "1.0.0",
            "891a7f389db31f8e804630c8abe69cf1e8b59ea7ba479c3e604f246073188970"
        ),
    };

    public static TheoryData<string, string> Ids
    {
        get
        {
            var ids = new TheoryData<string, string>();
            foreach (var family in new ProblemFamily[] { RosterFamily.Instance, SchedulingFamily.Instance })
            foreach (var solver in family.ClassicalSolvers)
                ids.Add(family.Id, solver);
            return ids;
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void Answers_change_only_with_the_version(string family, string id)
    {
        var solver = Registered.All.Single(s => s.Info.Id == id);
        var text = new StringBuilder();
        // Answers of cp-sat are found, not looked at: a few take its whole run.
        var evaluations = id == "cp-sat" ? 3 : 20_000;
        foreach (var (problem, seed) in Problems(family).Select((problem, k) => (problem, k)))
        {
            var context = Registered.Context(solver, new() { Evaluations = evaluations }, seed);
            var outcome = solver.Solve(problem, Registered.Options(solver), context);
            text.AppendLine(OutcomeJson.Of(problem, outcome, context));
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        (solver.Info.Version, hash)
            .Should()
            .Be(
                Golden[(family, id)],
                $"{id} gives other answers than before: raise the version in its Info, then set both here"
            );
    }

    private static Problem[] Problems(string family) =>
        family == "roster"
            ?
            [
                Rosters.Generate("""{"staff":5,"days":14,"shifts":2}""", 1),
                Rosters.Generate("""{"staff":4,"days":10,"shifts":2,"hardCover":true}""", 2),
                Rosters.Generate("""{"staff":1,"days":1,"shifts":1}""", 3),
            ]
            :
            [
                SomeSchedule.Random(1, 8),
                SomeSchedule.Random(2, 12, ScheduleObjective.WeightedTardiness),
                SomeSchedule.Random(3, 12, ScheduleObjective.MaxLateness),
                SomeSchedule.Random(4, 30, ScheduleObjective.TotalTardiness),
            ];
}
