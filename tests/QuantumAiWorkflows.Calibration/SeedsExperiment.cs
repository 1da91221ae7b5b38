using System.Globalization;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// What a solver reaches on published instances in a budget of CPU seconds: every run, and the median gap of each instance.
/// </summary>
/// <param name="families">Names of the data sets' folders.</param>
internal sealed class SeedsExperiment(string[] families, string solverId, int seeds, double cpuSeconds, string[] only)
{
    private sealed record Run(
        Published Instance,
        int Seed,
        double Objective,
        double FoundAt,
        double Spent,
        long Evaluations
    )
    {
        /// <summary>Percent, positive where it is worse than the best known value.</summary>
        public double Gap =>
            100 * (Instance.Maximizes ? -1 : 1) * (Objective - Instance.BestKnown) / Math.Abs(Instance.BestKnown);
    }

    public void Execute()
    {
        var solver = ClassicalSolvers.All.Single(s => s.Info.Id == solverId);
        Table.Heading(FormattableString.Invariant($"{solverId} {solver.Info.Version}, {cpuSeconds} CPU seconds"));
        var runs = new List<Run>();
        foreach (var instance in Published.Of(families, only))
        {
            var problem = instance.Read();
            for (var seed = 1; seed <= seeds; seed++)
            {
                if (Solve(solver, problem, instance, seed) is not { } run)
                    continue;
                runs.Add(run);
                Console.Error.WriteLine(
                    FormattableString.Invariant(
                        $"{instance.Name} {seed}: {run.Objective} {run.Gap:F3} % at {run.FoundAt:F2} s"
                    )
                );
            }
        }
        Table.Write(
            [
                "instance",
                "best known",
                "gaps by seed, %",
                "median gap, %",
                "at best known",
                "found at, CPU s",
                "CPU s",
                "evaluations",
            ],
            runs.GroupBy(r => r.Instance)
                .Select(g =>
                    (IReadOnlyList<string>)
                        [
                            g.Key.Name,
                            Text(g.Key.BestKnown),
                            string.Join(", ", g.Select(r => Text(r.Gap))),
                            Text(Median(g.Select(r => r.Gap))),
                            FormattableString.Invariant($"{g.Count(r => r.Gap <= 0)} of {g.Count()}"),
                            Text(Median(g.Select(r => r.FoundAt))),
                            Text(Median(g.Select(r => r.Spent))),
                            Text(Median(g.Select(r => (double)r.Evaluations))),
                        ]
                )
        );
    }

    /// <summary>Null when the solver refuses it; not a number when what it found does not hold.</summary>
    private Run? Solve(ISolver solver, Problem problem, Published instance, int seed)
    {
        var budget = new SolveBudget { CpuSeconds = cpuSeconds };
        var options = solver.ReadOptions(null, "", new())!;
        if (solver.Check(problem, options, budget) is Applicability.Unsupported no)
        {
            Console.Error.WriteLine($"{instance.Name}: {no.Reason}");
            return null;
        }
        var foundAt = 0.0;
        SolveContext? context = null;
        context = new(budget, seed) { OnIncumbent = (_, _) => foundAt = context!.CpuSeconds };
        var outcome = solver.Solve(problem, options, context);
        var evaluation = outcome is SolveOutcome.Found found ? problem.Evaluate(found.Best) : null;
        return new(
            instance,
            seed,
            evaluation is { IsFeasible: true } ? evaluation.Objective : double.NaN,
            foundAt,
            context.CpuSeconds,
            context.Evaluations
        );
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
