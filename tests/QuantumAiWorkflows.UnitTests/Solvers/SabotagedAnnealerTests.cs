using System.Text.Json;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Benchmarks;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>
/// An annealer of one sweep without restarts must look as bad as it is: behind every solver that was not built as a floor, and
/// weak to the gate. If it does not, the instances or the measures are broken, or a solver is.
/// </summary>
public sealed class SabotagedAnnealerTests
{
    private const int Variables = 200;

    private static readonly JsonElement Sabotage = JsonElement.Parse("""{"sweeps":1,"reads":1}""");

    /// <summary>Two full reads of simulated annealing: a fraction of a second for all that count variables looked at.</summary>
    private static readonly SolveBudget Counts = new() { Evaluations = 400_000 };

    /// <summary>Built as floors, or not at home at this size.</summary>
    private static readonly HashSet<string> Floors = ["random", "greedy"];

    private static readonly IReadOnlyList<QuboProblem> Problems =
    [
        Some.Qubo(Variables, 1, 1),
        Some.Qubo(Variables, 0.3, 2, Sense.Maximize),
        Some.Qubo(Variables, 0.1, 3, vartype: Vartype.Spin),
        Some.Qubo(Variables, 0.02, 4, Sense.Maximize, Vartype.Spin),
    ];

    private static readonly Lazy<double> OfSabotaged = new(() => MeanGap("simulated-annealing", Sabotage));

    // Quantum solvers refuse this size or say nothing by counts.
    public static TheoryData<string> Tuned =>
        [
            .. Registered
                .All.Where(s =>
                    s.Families.Contains("qubo")
                    && s.Info.Paradigm != Paradigm.Quantum
                    && !Floors.Contains(s.Info.Id)
                    && Problems.All(p => s.Check(p, s.ReadOptions(null, "", new())!, Counts) is Applicability.Supported)
                )
                .Select(s => s.Info.Id),
        ];

    [Theory, MemberData(nameof(Tuned))]
    public void Every_tuned_solver_ends_before_it(string id) =>
        MeanGap(id, SubSolver(id)).Should().BeLessThan(OfSabotaged.Value);

    [Fact]
    public void The_comparison_covers_the_solvers_that_it_is_about() =>
        Tuned.Select(row => row.Data).Should().Contain(["simulated-annealing", "tabu", "genetic", "mean-field"]);

    [Fact]
    public void The_strength_gate_calls_it_weak_and_the_annealer_strong()
    {
        QuboProblem[] problems =
        [
            .. Enumerable.Range(0, CalibrationSet.InstanceCount).Select(i => Some.Qubo(Variables, 0.5, 100 + i)),
        ];
        BenchmarkInstance[] instances =
        [
            .. problems.Select((_, i) => SomeBenchmark.Instance(i, Variables) with { Reference = null }),
        ];
        var calibration = new CalibrationSet
        {
            Instances = instances,
            Entrants =
            [
                new("reference: tabu", CalibrationRole.Reference, "tabu", null, 1, 10),
                new("one-sweep annealer", CalibrationRole.Discriminator, "simulated-annealing", Sabotage, 5, 1),
                new("baseline: sabotaged", CalibrationRole.Baseline, "simulated-annealing", Sabotage, 5, 1)
                {
                    Baseline = "sabotaged",
                },
                new("baseline: sa", CalibrationRole.Baseline, "simulated-annealing", null, 5, 1) { Baseline = "sa" },
            ],
        };
        var runs = new List<RunRecord>();
        for (var i = 0; i < problems.Length; i++)
        {
            var reference = Solve(problems[i], "tabu", null, 1, new() { Evaluations = 10 * Counts.Evaluations });
            foreach (var entrant in calibration.Entrants)
                for (var seed = 1; seed <= entrant.Seeds; seed++)
                {
                    var objective =
                        entrant.Role == CalibrationRole.Reference
                            ? reference
                            : Solve(problems[i], entrant.SolverId, entrant.Options, seed, Counts);
                    var run = SomeBenchmark.Run(
                        instances[i],
                        SomeBenchmark.Baseline(entrant.Name),
                        seed,
                        new() { Gap = Gap(problems[i], objective, reference) },
                        id: runs.Count
                    );
                    runs.Add(run with { Cell = run.Cell! with { Calibration = true } });
                }
        }

        var gate = StrengthGate.Of(calibration, runs, [SomeBenchmark.Instance(99)])!;

        gate.Discriminates.Should().BeTrue();
        gate["sabotaged"].Should().Be(BaselineStrength.Weak);
        gate["sa"].Should().Be(BaselineStrength.Strong);
    }

    /// <summary>Over instances and seeds, in percent of the way from a random assignment's objective to the best that tabu finds.</summary>
    private static double MeanGap(string id, JsonElement? options)
    {
        var gaps =
            from problem in Problems
            let best = Solve(problem, "tabu", null, 1, new() { Evaluations = 10 * Counts.Evaluations })
            from seed in new[] { 1, 2 }
            select Gap(problem, Solve(problem, id, options, seed, Budget(id, problem)), best);
        return gaps.Average();
    }

    private static double Gap(QuboProblem problem, double objective, double best) =>
        100 * (best - objective) / (best - problem.GapOrigin!.Value);

    /// <summary>
    /// Counts of its own for who has them; for others a clock beside the counts, as what they count may come too slowly to end
    /// a run.
    /// </summary>
    private static SolveBudget Budget(string id, QuboProblem problem)
    {
        var solver = Solver(id);
        var deterministic = new SolveBudget { DeterministicSeconds = 0.5 };
        return solver.Check(problem, solver.ReadOptions(null, "", new())!, deterministic) is Applicability.Supported
                ? deterministic
            : solver.Info.Exact ? Counts with { TimeSeconds = 1 }
            : Counts;
    }

    /// <summary>A solver that calls others is to call a classical one, whatever its default is.</summary>
    private static JsonElement? SubSolver(string id) =>
        Solver(id).Info.SubSolver is null ? null : JsonElement.Parse("""{"subSolver":"tabu"}""");

    private static ISolver Solver(string id) => Registered.All.Single(s => s.Info.Id == id);

    private static double Solve(QuboProblem problem, string id, JsonElement? options, long seed, SolveBudget budget)
    {
        var solver = Solver(id);
        var outcome = solver.Solve(
            problem,
            solver.ReadOptions(options, "", new())!,
            Registered.Context(solver, budget, seed)
        );
        return problem.Evaluate(outcome.Should().BeOfType<SolveOutcome.Found>().Subject.Best).Objective;
    }
}
