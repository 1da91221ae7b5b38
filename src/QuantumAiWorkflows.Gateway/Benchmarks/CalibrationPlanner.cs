using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Benchmarks;

/// <summary>Makes the calibration set of a benchmark: problems like the suite's largest, and who runs on them.</summary>
internal sealed class CalibrationPlanner(SolverCatalog catalog)
{
    public const string ReferencePrefix = "reference: ";

    private const string OneSweepSolver = "simulated-annealing";

    /// <summary>Null when the suite asks for none, has no baseline to calibrate, or the family cannot be imitated.</summary>
    public (CalibrationSet Calibration, IReadOnlyList<ResolvedInstance> Instances)? Plan(
        Suite suite,
        IReadOnlyList<PlannedEntrant> entrants,
        IReadOnlyList<ResolvedInstance> instances
    )
    {
        var isWanted = suite.Calibration switch
        {
            CalibrationChoice.Always => true,
            CalibrationChoice.Never => false,
            _ => suite.Purpose == SuitePurpose.Decision,
        };
        var baselines = entrants.Where(e => e.Solver.Role == EntrantRole.Baseline && !IsQuantum(e.Solver)).ToArray();
        if (!isWanted || baselines.Length == 0)
            return null;
        var made = Imitate(instances);
        if (made.Count < CalibrationSet.InstanceCount)
            return null;
        return (
            new()
            {
                Instances = [.. made.Select(i => i.Instance)],
                Entrants = [.. References(), .. Discriminators(), .. baselines.Select(Baseline)],
            },
            made
        );
    }

    /// <summary>
    /// As large as the suite's largest, which take turns. Their seeds do not depend on anything but the problem that is
    /// imitated: whoever posts a suite again is calibrated on the same.
    /// </summary>
    private static List<ResolvedInstance> Imitate(IReadOnlyList<ResolvedInstance> instances)
    {
        var size = instances.Max(i => i.Problem.NumVariables);
        var largest = instances
            .Select(i => i.Problem)
            .Where(p => p.NumVariables == size)
            .OrderBy(p => p.Id, StringComparer.Ordinal)
            .ToArray();
        var made = new List<ResolvedInstance>();
        for (var k = 0; k < CalibrationSet.InstanceCount; k++)
            if (largest[k % largest.Length].Lookalike(k) is { } problem)
                made.Add(new(BenchmarkInstance.Of($"calibration {k + 1}", problem, null), problem));
        return made;
    }

    /// <summary>Every classical solver there is, provers first.</summary>
    private IEnumerable<CalibrationEntrant> References() =>
        catalog
            .All.Where(s => s.Info.Paradigm != Paradigm.Quantum && s.Unavailable is null)
            .OrderBy(s => !s.Info.Exact)
            .Select(s => new CalibrationEntrant(
                $"{ReferencePrefix}{s.Info.Id}",
                CalibrationRole.Reference,
                s.Info.Id,
                null,
                1,
                CalibrationSet.ReferenceBudgetFactor
            ));

    private IEnumerable<CalibrationEntrant> Discriminators()
    {
        if (catalog.TryGet(OneSweepSolver, out _))
            yield return new(
                "one-sweep annealer",
                CalibrationRole.Discriminator,
                OneSweepSolver,
                JsonSerializer.SerializeToElement(new JsonObject { ["sweeps"] = 1, ["reads"] = 1 }),
                CalibrationSet.Seeds,
                1
            );
    }

    private static CalibrationEntrant Baseline(PlannedEntrant entrant) =>
        new(
            $"baseline: {entrant.Solver.Entrant}",
            CalibrationRole.Baseline,
            entrant.Solver.Id,
            entrant.Solver.Options,
            CalibrationSet.Seeds,
            1
        )
        {
            Baseline = entrant.Solver.Entrant,
            Encoding = entrant.Solver.Encoding,
        };

    private bool IsQuantum(SuiteSolver solver) => catalog.ParadigmOf(solver.Id, solver.Options) == Paradigm.Quantum;
}
