using System.Text.Json;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// How large a random QUBO an exact solver proves, by density: problems of the product's generator with coefficients from
/// -100 to 100, one thread. cp-sat gets deterministic seconds, so that its table comes out the same anywhere; others get CPU
/// seconds.
/// </summary>
internal sealed class FrontierExperiment(string solverId, int seeds, double seconds, string[] only)
{
    /// <summary>Sizes around the end of what cp-sat proves in 10 deterministic seconds.</summary>
    private static readonly (double Density, int[] Sizes)[] Grid =
    [
        (0.1, [120, 150]),
        (0.25, [80, 100]),
        (0.5, [50, 60]),
        (1, [40, 45]),
    ];

    private sealed record Run(bool IsProven, double Gap, double CpuSeconds);

    public void Execute()
    {
        var solver = ClassicalSolvers.All.Single(s => s.Info.Id == solverId);
        var unit = solverId == "cp-sat" ? "deterministic seconds" : "CPU seconds";
        Table.Heading(
            FormattableString.Invariant($"{solverId} {solver.Info.Version}, {seconds} {unit}, seeds 1 to {seeds}")
        );
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (density, sizes) in Grid)
        foreach (var n in sizes)
        {
            var name = FormattableString.Invariant($"{n}x{100 * density:F0}");
            if (only.Length > 0 && !only.Contains(name))
                continue;
            var runs = Enumerable.Range(1, seeds).Select(seed => Solve(solver, n, density, seed)).ToList();
            rows.Add([
                FormattableString.Invariant($"{100 * density:F0} %"),
                FormattableString.Invariant($"{n}"),
                FormattableString.Invariant($"{runs.Count(r => r.IsProven)} of {seeds}"),
                string.Join(", ", runs.Select(r => FormattableString.Invariant($"{100 * r.Gap:0.##}"))),
                string.Join(", ", runs.Select(r => FormattableString.Invariant($"{r.CpuSeconds:F1}"))),
            ]);
            Console.Error.WriteLine(string.Join(" | ", rows[^1]));
        }
        Table.Write(["density", "n", "proven", "gaps by seed, %", "CPU s by seed"], rows);
    }

    private Run Solve(ISolver solver, int n, double density, long seed)
    {
        var parameters = JsonSerializer.SerializeToElement(
            new Dictionary<string, double> { ["numVariables"] = n, ["density"] = density }
        );
        var problem = ProblemGenerators.Find("qubo-random")!.Generate(parameters, seed, "", new())!;
        var budget =
            solverId == "cp-sat"
                ? new SolveBudget { DeterministicSeconds = seconds }
                : new SolveBudget { CpuSeconds = seconds };
        var context = new SolveContext(budget, seed);
        var outcome = (SolveOutcome.Found)solver.Solve(problem, solver.ReadOptions(null, "", new())!, context);
        var objective = problem.Evaluate(outcome.Best).Objective;
        return new(
            outcome.IsProven,
            outcome.Bound is { } bound ? Math.Abs(objective - bound) / Math.Max(Math.Abs(objective), 1e-9) : double.NaN,
            context.CpuSeconds
        );
    }
}
