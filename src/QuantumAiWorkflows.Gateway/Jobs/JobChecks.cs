using System.Text.Json;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>What can be wrong with a job beside its problem and its solver.</summary>
internal sealed class JobChecks(SolverCatalog catalog, IOptions<QaiwOptions> options)
{
    private const string Auto = ClassicalChoice.Auto;

    public void Check(JobRequest request, Problem problem, SolveBudget budget, string pointer, FaultList faults)
    {
        CheckMembers(request, problem, budget, pointer, faults);
        CheckValidation(request, problem, $"{pointer}/validate", faults);
        CheckInitialSolution(request, problem, pointer, faults);
    }

    public static bool HasAutoOptions(JobRequest request) =>
        request is { Solver: Auto, Options: { ValueKind: not JsonValueKind.Null } };

    private void CheckMembers(JobRequest request, Problem problem, SolveBudget budget, string pointer, FaultList faults)
    {
        if (request is { Solver: Auto, Encoding: not null })
            faults.Add(
                FaultCode.NotApplicable,
                $"{pointer}/encoding",
                "\"auto\" chooses among solvers that take the problem as it is: there is nothing to encode."
            );
        if (HasAutoOptions(request) && !problem.Family.ClassicalSolvers.Contains(Auto, StringComparer.Ordinal))
            faults.Add(
                FaultCode.NotApplicable,
                $"{pointer}/options",
                $"Options belong to a solver, and with \"auto\" it is not known which takes this {problem.Family.Id} problem; name the solver."
            );
        BudgetCeilings.Check(budget, options.Value.Limits, $"{pointer}/budget", faults);
        foreach (var (name, value) in request.Tags ?? new Dictionary<string, string>())
            if (name.Length is 0 or > 64 || value.Length > 256 || request.Tags!.Count > 20)
            {
                faults.Add(
                    FaultCode.OverLimit,
                    $"{pointer}/tags",
                    "At most 20 tags, with names of 1 to 64 and values of at most 256 characters."
                );
                break;
            }
    }

    /// <summary>Whether the table can be split as the plan says, by the very folds that the run will make.</summary>
    private void CheckValidation(JobRequest request, Problem problem, string at, FaultList faults)
    {
        if (request.Validate is not { } plan)
            return;
        var limit = options.Value.Limits.SecondsPerSolve * Environment.ProcessorCount;
        if (request.Validate.CpuSeconds > limit)
            faults.Add(
                FaultCode.OverLimit,
                $"{at}/cpuSeconds",
                $"This server allows cpuSeconds up to {limit:R}, got {plan.CpuSeconds:R}.",
                plan.CpuSeconds,
                limit
            );
        if (problem is FeatureSelectionProblem features)
        {
            if (OuterFolds.Exist(features, plan, request.Seed!.Value, at, faults))
                ValidationWork.Of(features, plan, plan.Candidates, at, faults);
        }
        else
            faults.Add(
                FaultCode.NotApplicable,
                at,
                $"Feature subsets are trained and validated; a {problem.Family.Id} problem has none."
            );
    }

    private void CheckInitialSolution(JobRequest request, Problem problem, string pointer, FaultList faults)
    {
        if (request.InitialSolution is not { ValueKind: not JsonValueKind.Null } given)
            return;
        var at = $"{pointer}/initialSolution";
        // An unknown solver is refused further on, with the names of those that are known.
        if (catalog.TryGet(request.Solver, out var solver) && !solver.Info.AcceptsInitialSolution)
            faults.Add(
                FaultCode.NotApplicable,
                at,
                $"{request.Solver} does not start from a given answer; solvers with acceptsInitialSolution do."
            );
        else
            problem.ReadSolution(given, at, faults);
    }
}
