using System.Globalization;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Problems.Routing.Formats;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// Every published instance of the families by one solver, or the one that "auto" takes, with default options, one thread and
/// seed 1, refereed: the tables of docs/families.md. A miss is a file that does not read, an answer that the referee refuses or that
/// beats a proven optimum, a bound beyond what is known to be reached, and a published plan that costs something else here.
/// </summary>
/// <param name="solverId">Or "auto".</param>
/// <param name="cpuSeconds">Per instance.</param>
/// <param name="only">Beginnings of names; empty for all.</param>
internal sealed class FamiliesExperiment(string solverId, double cpuSeconds, IReadOnlyCollection<string> only)
{
    private static readonly string[] Folders =
    [
        "tsp-derived",
        "tsp",
        "cvrp",
        "vrptw",
        "jobshop",
        "flexible-jobshop",
        "rcpsp",
        "nurse",
    ];

    public List<string> Missed { get; } = [];

    public void Execute()
    {
        foreach (var folder in Folders)
        {
            var instances = Published.Of([folder], only);
            if (instances.Count == 0)
                continue;
            Table.Heading(
                string.Create(CultureInfo.InvariantCulture, $"{folder}, {cpuSeconds} CPU seconds, 1 thread, seed 1")
            );
            // The last column only where there are plans to cost.
            var columns = instances.Any(i => i.Solution is not null) ? 10 : 9;
            string[] head =
            [
                "instance",
                "best known",
                "solver",
                "found",
                "gap, %",
                "bound",
                "status",
                "last better at, CPU s",
                "CPU s",
                "published plan",
            ];
            Table.Write(head[..columns], instances.Select(i => Row(i)[..columns]));
        }
    }

    private string[] Row(Published instance)
    {
        var problem = Read(instance);
        if (problem is null)
            return [instance.Name, Text(instance.BestKnown), "does not read", .. Enumerable.Repeat("", 7)];
        var (solver, options) = Choose(problem);
        var betterAt = 0.0;
        SolveContext context = null!;
        context = new(new() { CpuSeconds = cpuSeconds }, seed: 1)
        {
            OnIncumbent = (_, _) => betterAt = context.CpuSeconds,
        };
        var outcome = solver.Solve(problem, options, context);
        var spent = context.CpuSeconds;
        var ruling = Referee.Judge(problem, outcome);
        Check(instance, problem, ruling);
        var found = ruling.Status is ResultStatus.Feasible or ResultStatus.Optimal ? ruling.Evaluation : null;
        Console.Error.WriteLine($"{instance.Name}: {Text(found?.Objective)} ({Text(instance.BestKnown)})");
        return
        [
            instance.Name,
            Text(instance.BestKnown) + (instance.IsProven ? "" : " (open)"),
            solver.Info.Id,
            Text(found?.Objective),
            found is null ? "-" : Text(Gap(instance, found), "0.00"),
            Text(ruling.Bound),
            ruling.Status.ToString().ToLowerInvariant(),
            Text(betterAt, "0.0"),
            Text(spent, "0.0"),
            Plan(instance, problem),
        ];
    }

    private Problem? Read(Published instance)
    {
        try
        {
            return instance.Read();
        }
        catch (InvalidDataException unread)
        {
            Missed.Add(unread.Message);
            return null;
        }
    }

    private (ISolver Solver, object Options) Choose(Problem problem)
    {
        foreach (var id in solverId == "auto" ? problem.Family.ClassicalSolvers : [solverId])
        {
            var solver = ClassicalSolvers.All.Single(s => s.Info.Id == id);
            var options = solver.ReadOptions(null, "", new())!;
            if (solver.Check(problem, options, new() { CpuSeconds = cpuSeconds }) is Applicability.Supported)
                return (solver, options);
        }
        throw new InvalidOperationException($"No solver of {problem.Family.Id} takes it.");
    }

    private void Check(Published instance, Problem problem, Ruling ruling)
    {
        if (ruling.Refusal is { } refusal)
            Missed.Add($"{instance.Name}: {refusal}");
        if (instance.IsProven && ruling.Evaluation is { IsFeasible: true } found && Gap(instance, found) < -1e-9)
            Missed.Add($"{instance.Name}: {Text(found.Objective)} beats the optimum {Text(instance.BestKnown)}");
        if (ruling.Bound is { } bound && Referee.Refutes(problem, instance.BestKnown, bound))
            Missed.Add($"{instance.Name}: {Text(instance.BestKnown)} is reached, the bound {Text(bound)} denies it");
    }

    /// <summary>What the published plan costs here: "exact", or the difference, which is a miss.</summary>
    private string Plan(Published instance, Problem problem)
    {
        if (instance.Solution is not { } file || problem is not RoutingProblem routing)
            return "";
        var faults = new FaultList();
        if (SolutionFiles.ReadRoutes(Published.Content(file), routing, faults) is not { } plan)
        {
            Missed.Add($"{file}: {faults.Items[0].Detail}");
            return "does not read";
        }
        var evaluation = problem.Evaluate(plan.Solution);
        var expected = plan.Cost ?? instance.BestKnown;
        if (evaluation.IsFeasible && Math.Abs(evaluation.Objective - expected) <= 1e-9 * expected)
            return "exact";
        Missed.Add(
            $"{file}: {evaluation.Violations.Count} violations, costs {Text(evaluation.Objective)} for {Text(expected)}"
        );
        return Text(evaluation.Objective);
    }

    private static double Gap(Published instance, Evaluation found) =>
        100 * (found.Objective - instance.BestKnown) / instance.BestKnown;

    private static string Text(double? value, string format = "0.###") =>
        value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
