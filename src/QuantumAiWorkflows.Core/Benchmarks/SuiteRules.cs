using System.Text.Json;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks;

/// <summary>What a suite's schema cannot say. Every fault has its pointer; all are 422.</summary>
internal static class SuiteRules
{
    private const long MaxSeed = (1L << 53) - 1;

    public static void Check(Suite suite, string at, FaultList faults)
    {
        for (var i = 0; i < suite.Instances.Count; i++)
            CheckSource(suite.Instances[i], $"{at}/instances/{i}", faults);
        CheckUnique(suite.Instances.Select(i => i.Name), i => $"{at}/instances/{i}/name", "instance", faults);
        CheckUnique(suite.Solvers.Select(s => s.Entrant), i => $"{at}/solvers/{i}/name", "solver", faults);
        CheckUnique(suite.Seeds, i => $"{at}/seeds/{i}", "seed", faults);
        for (var i = 0; i < suite.Seeds.Count; i++)
            if (suite.Seeds[i] is < 0 or > MaxSeed)
                faults.Add(
                    FaultCode.OutOfRange,
                    $"{at}/seeds/{i}",
                    $"Expected 0 <= seed <= {MaxSeed}, got {suite.Seeds[i]}.",
                    suite.Seeds[i],
                    suite.Seeds[i] < 0 ? 0 : MaxSeed
                );
        CheckSolvers(suite, at, faults);
        CheckMargins(suite.Comparison.Margins, $"{at}/comparison/margins", faults);
        if (suite.Comparison.ComplexityWeights is { Operation: 0, Maintainability: 0, Explainability: 0 })
            faults.Add(
                FaultCode.Conflict,
                $"{at}/comparison/complexityWeights",
                "At least one of the three weights must be above 0."
            );
        if (suite.CostOfOwnership is not null)
            CheckOwnership(suite, suite.CostOfOwnership, $"{at}/costOfOwnership", faults);
        if (suite.Purpose == SuitePurpose.Decision)
            CheckDecision(suite, at, faults);
    }

    private static void CheckSource(SuiteInstance instance, string at, FaultList faults)
    {
        if (instance.File is not null)
            faults.Add(
                FaultCode.NotApplicable,
                $"{at}/file",
                "The server reads no files: instances from files are resolved by the CLI (qaiw bench)."
            );
        (string Name, bool IsGiven)[] sources =
        [
            ("problemId", instance.ProblemId is not null),
            ("problem", instance.Problem is not null),
            ("generator", instance.Generator is not null),
            ("file", instance.File is not null),
        ];
        string[] given = [.. sources.Where(s => s.IsGiven).Select(s => s.Name)];
        if (given.Length != 1)
            faults.Add(
                FaultCode.Conflict,
                at,
                $"Expected exactly one of problemId, problem, generator and file, got {(given.Length == 0 ? "none" : string.Join(" and ", given))}."
            );
        if (instance.Generator is not null)
            return;
        foreach (
            var (name, isGiven) in new[]
            {
                ("parameters", instance.Parameters is not null),
                ("seed", instance.Seed is not null),
            }
        )
            if (isGiven)
                faults.Add(
                    FaultCode.NotApplicable,
                    $"{at}/{name}",
                    $"\"{name}\" belongs to a generator; there is none here."
                );
    }

    private static void CheckUnique<T>(IEnumerable<T> values, Func<int, string> at, string what, FaultList faults)
        where T : notnull
    {
        var first = new Dictionary<T, int>();
        var index = 0;
        foreach (var value in values)
        {
            if (!first.TryAdd(value, index))
                faults.Add(
                    FaultCode.DuplicateEntry,
                    at(index),
                    $"The {what} \"{value}\" stands at positions {first[value]} and {index}; each must be unique."
                );
            index++;
        }
    }

    private static void CheckSolvers(Suite suite, string at, FaultList faults)
    {
        for (var i = 0; i < suite.Solvers.Count; i++)
            if (suite.Solvers[i].Role == EntrantRole.Ablation)
                faults.Add(
                    FaultCode.NotApplicable,
                    $"{at}/solvers/{i}/role",
                    "An entry cannot be an ablation: they are added to candidates that have any. Give candidate, baseline or control."
                );
        for (var i = 0; i < suite.Solvers.Count; i++)
            if (suite.Solvers[i].Options is { } options)
                CheckNumbers(options, $"{at}/solvers/{i}/options", faults);
        for (var i = 0; i < suite.Solvers.Count; i++)
            if (suite.Solvers[i] is { Id: SuiteSolver.Auto, Options: not null })
                faults.Add(
                    FaultCode.NotApplicable,
                    $"{at}/solvers/{i}/options",
                    "Options belong to a solver, and with \"auto\" it is not known which; name the solver."
                );
            else if (suite.Solvers[i] is { Id: SuiteSolver.Auto, Encoding: not null })
                faults.Add(
                    FaultCode.NotApplicable,
                    $"{at}/solvers/{i}/encoding",
                    "\"auto\" chooses among solvers that take the problem as it is: there is nothing to encode."
                );
            else if (suite.Solvers[i] is { Id: SuiteSolver.Auto, Role: EntrantRole.Candidate })
                faults.Add(
                    FaultCode.NotApplicable,
                    $"{at}/solvers/{i}/role",
                    "\"auto\" takes another solver for another instance, never a quantum one; a candidate must be one solver."
                );
        GateFaults.Check(suite, $"{at}/gate", faults);
    }

    /// <summary>Options are read by their solver, later; but the suite's hash is taken before, of numbers that are some.</summary>
    private static void CheckNumbers(JsonElement value, string at, FaultList faults)
    {
        if (value.ValueKind == JsonValueKind.Number && !double.IsFinite(value.GetDouble()))
            faults.Add(
                FaultCode.NotFinite,
                at,
                "The number is beyond the range of a double, about 1.8e308 either way."
            );
        else if (value.ValueKind == JsonValueKind.Object)
            foreach (var member in value.EnumerateObject())
                CheckNumbers(member.Value, StrictJson.Append(at, member.Name), faults);
        else if (value.ValueKind == JsonValueKind.Array)
            foreach (var (i, item) in value.EnumerateArray().Index())
                CheckNumbers(item, $"{at}/{i}", faults);
    }

    private static void CheckMargins(Margins? margins, string at, FaultList faults)
    {
        if (margins is null)
            return;
        foreach (
            var (name, margin, isRatio) in new[]
            {
                ("quality", margins.Quality, false),
                ("runtime", margins.Runtime, true),
                ("cost", margins.Cost, true),
                ("feasibility", margins.Feasibility, false),
            }
        )
        {
            if (margin is null)
                continue;
            if (isRatio && margin.Match <= 1)
                faults.Add(
                    FaultCode.OutOfRange,
                    $"{at}/{name}/match",
                    $"Expected a ratio above 1, got {margin.Match:R}.",
                    margin.Match,
                    1
                );
            if (margin.Bad <= margin.Match)
                faults.Add(
                    FaultCode.Conflict,
                    $"{at}/{name}/bad",
                    $"Expected bad above match ({margin.Match:R}), got {margin.Bad:R}.",
                    margin.Bad,
                    margin.Match
                );
        }
    }

    private static void CheckOwnership(Suite suite, CostOfOwnership sheet, string at, FaultList faults)
    {
        TcoRules.Check(sheet, at, faults);
        TcoRules.CheckEntrants(
            sheet,
            [.. suite.Solvers.Select(s => s.Entrant)],
            [.. suite.Solvers.Where(s => s.Role == EntrantRole.Candidate).Select(s => s.Entrant)],
            at,
            faults
        );
        if (suite.BusinessValue is { } value && value.Currency != sheet.Currency)
            faults.Add(
                FaultCode.Conflict,
                $"{at}/currency",
                $"The business value is in {value.Currency}, these costs are in {sheet.Currency}; amounts compare in one currency only."
            );
    }

    private static void CheckDecision(Suite suite, string at, FaultList faults)
    {
        Require(suite.Claim, $"{at}/claim");
        var experiment = suite.Experiment;
        Require(experiment?.Bottleneck, $"{at}/experiment/bottleneck");
        Require(experiment?.CurrentSolver, $"{at}/experiment/currentSolver");
        Require(experiment?.Objective, $"{at}/experiment/objective");
        Require(experiment?.SuccessMetric, $"{at}/experiment/successMetric");
        Require(experiment?.DataReference, $"{at}/experiment/dataReference");
        var assessment = suite.Assessment;
        Require(assessment?.IntegrationCost, $"{at}/assessment/integrationCost");
        Require(assessment?.DataMovement, $"{at}/assessment/dataMovement");
        Require(assessment?.Security, $"{at}/assessment/security");
        Require(assessment?.VendorMaturity, $"{at}/assessment/vendorMaturity");
        foreach (var role in new[] { EntrantRole.Candidate, EntrantRole.Baseline })
            if (!suite.Solvers.Any(s => s.Role == role))
                faults.Add(
                    FaultCode.Empty,
                    $"{at}/solvers",
                    $"A decision needs a solver with role \"{(role == EntrantRole.Candidate ? "candidate" : "baseline")}\"."
                );

        void Require(object? value, string pointer)
        {
            if (value is null || (value is string text && string.IsNullOrWhiteSpace(text)))
                faults.Add(
                    FaultCode.Empty,
                    pointer,
                    $"A suite with purpose \"decision\" must say this before the first run: \"{pointer[(pointer.LastIndexOf('/') + 1)..]}\"."
                );
        }
    }
}
