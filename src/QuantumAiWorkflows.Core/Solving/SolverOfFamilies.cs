using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Solving;

/// <summary>One id over several families: an implementation for each, all with the same options.</summary>
/// <param name="info">What the id says of itself, whatever the family.</param>
/// <param name="parts">Solvers of different families whose options are of one type.</param>
public sealed class SolverOfFamilies(SolverInfo info, IReadOnlyList<ISolver> parts) : ISolver
{
    public SolverInfo Info => info;

    public IReadOnlyList<string> Families { get; } = [.. parts.SelectMany(p => p.Families).Distinct()];

    public JsonObject OptionsSchema => parts[0].OptionsSchema;

    public object? ReadOptions(JsonElement? element, string pointer, FaultList faults) =>
        parts[0].ReadOptions(element, pointer, faults);

    public Availability Availability(string? cacheDirectory) =>
        parts.Select(p => p.Availability(cacheDirectory)).FirstOrDefault(a => a.Missing is not null)
        ?? Solving.Availability.Now;

    public Applicability Check(Problem problem, object options, SolveBudget budget) =>
        PartFor(problem)?.Check(problem, options, budget)
        ?? new Applicability.Unsupported(
            $"{Info.Id} takes {string.Join(", ", Families)} problems, not {problem.Family.Id}."
        );

    public ResourceEstimate Estimate(
        Problem problem,
        object options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    ) => Part(problem).Estimate(problem, options, budget, wishes, cacheDirectory);

    public SubSolverUse? SubSolver(Problem problem, object options) => Part(problem).SubSolver(problem, options);

    public SolveOutcome Solve(Problem problem, object options, SolveContext context) =>
        Part(problem).Solve(problem, options, context);

    private ISolver? PartFor(Problem problem) =>
        parts.FirstOrDefault(p => p.Families.Contains(problem.Family.Id, StringComparer.Ordinal));

    private ISolver Part(Problem problem) =>
        PartFor(problem)
        ?? throw new ArgumentException($"{Info.Id} takes no {problem.Family.Id} problems.", nameof(problem));
}
