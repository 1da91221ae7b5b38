using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>
/// Runs every available solver once on a tiny problem before hello, so that the first job does not pay for the JIT and
/// for loading native libraries (CP-SAT's first solve takes over a second).
/// </summary>
internal static class WarmUp
{
    public static void Run(SolverHostServices services)
    {
        foreach (var family in ProblemFamily.All)
        {
            var problem = family.Read(JsonSerializer.SerializeToElement(family.Example), "", new FaultList())!;
            foreach (var solver in services.Solvers.All)
                if (
                    solver.Families.Contains(family.Id, StringComparer.Ordinal)
                    && services.Solvers.AvailabilityOf(solver, services.CacheDirectory).Missing is null
                )
                    Solve(solver, problem, services);
        }
    }

    private static void Solve(ISolver solver, Problem problem, SolverHostServices services)
    {
        var budget = new SolveBudget { TimeSeconds = 0.3, Evaluations = 1000 };
        if (services.Solvers.Check(solver, problem, null, "", budget, new()) is not Applicability.Supported)
            return;
        try
        {
            Solve(solver, problem, solver.ReadOptions(null, "", new())!, budget, services);
        }
#pragma warning disable CA1031 // What a warm-up meets, a job will meet, and then it is that job's failure, not the child's.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Console.Error.WriteLine($"Warm-up of {solver.Info.Id}: {e.GetType().Name}");
        }
    }

    private static void Solve(
        ISolver solver,
        Problem problem,
        object options,
        SolveBudget budget,
        SolverHostServices services
    )
    {
        var outcome = solver.Solve(
            problem,
            options,
            new SolveContext(budget, seed: 0) { CacheDirectory = services.CacheDirectory, Solvers = services.Solvers }
        );
        if (outcome is SolveOutcome.Found found)
            _ = JsonSerializer.Serialize(problem.SolutionToJson(found.Best));
    }
}
