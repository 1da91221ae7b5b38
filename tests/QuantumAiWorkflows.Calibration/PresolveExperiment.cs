using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// What a presolve removes from published instances and generated ones, and what it costs: a run of <c>random</c> with
/// presolve and one evaluation, which is the presolve and one answer put together.
/// </summary>
internal sealed class PresolveExperiment(string[] only)
{
    private static readonly ISolver Solver = ClassicalSolvers.All.Single(s => s.Info.Id == "random");

    private sealed record Row(string Name, PresolveMetrics Metrics, double Milliseconds);

    public void Execute()
    {
        Table.Heading("Presolve");
        // Once for the compiler's time, which is not the presolve's.
        foreach (var problem in Generated().Take(2))
            Presolve(problem.Name, problem.Problem);
        var published = Published.Of(["qubo", "maxcut"], only).Select(i => (i.Name, Problem: (QuboProblem)i.Read()));
        Table.Write(
            [
                "instance",
                "n",
                "m",
                "n left",
                "m left",
                "parts",
                "isolated",
                "dominance",
                "degree 1",
                "degree 2",
                "strong",
                "weak",
                "by tables",
                "width",
                "skipped",
                "CPU ms",
            ],
            published.Concat(only.Length == 0 ? Generated() : []).Select(p => Cells(Presolve(p.Name, p.Problem)))
        );
    }

    private static Row Presolve(string name, QuboProblem problem)
    {
        using var options = JsonDocument.Parse("""{"presolve":true}""");
        var read = Solver.ReadOptions(options.RootElement, "", new())!;
        var context = new SolveContext(new SolveBudget { Evaluations = 1 }, seed: 1);
        var outcome = Solver.Solve(problem, read, context);
        return new(name, outcome.Presolve!, 1000 * context.CpuSeconds);
    }

    /// <summary>Random graphs from below the threshold where they are trees to dense ones.</summary>
    private static IEnumerable<(string Name, QuboProblem Problem)> Generated()
    {
        foreach (
            var (numVariables, density) in new[]
            {
                (1000, 0.001),
                (1000, 0.002),
                (1000, 0.004),
                (1000, 0.008),
                (1000, 0.1),
                (5000, 0.1),
            }
        )
        {
            var parameters = JsonSerializer.SerializeToElement(new { numVariables, density });
            var made = ProblemGenerators.Find("qubo-random")!.Generate(parameters, seed: 1, "", new());
            yield return (
                FormattableString.Invariant($"qubo-random, n = {numVariables}, density {density}"),
                (QuboProblem)made!
            );
        }
    }

    private static IReadOnlyList<string> Cells(Row row)
    {
        var (metrics, removed) = (row.Metrics, row.Metrics.Removed);
        return
        [
            row.Name,
            Text(metrics.Variables),
            Text(metrics.Interactions),
            Text(metrics.VariablesLeft),
            Text(metrics.InteractionsLeft),
            Text(metrics.Components),
            Text(removed.Isolated),
            Text(removed.Dominance),
            Text(removed.DegreeOne),
            Text(removed.DegreeTwo),
            Text(removed.StrongPersistency),
            Text(removed.WeakPersistency),
            Text(removed.Width),
            metrics.Width is { } width ? Text(width) : "",
            string.Join("; ", metrics.Skipped.Select(s => $"{s.Stage}: {s.Reason}")),
            row.Milliseconds.ToString("0.#", CultureInfo.InvariantCulture),
        ];
    }

    private static string Text(long count) => count.ToString(CultureInfo.InvariantCulture);
}
