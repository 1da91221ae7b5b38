using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Solving;

/// <summary>Base of solvers for exactly one problem type, with typed options.</summary>
public abstract class Solver<TProblem, TOptions> : ISolver
    where TProblem : Problem
    where TOptions : class, new()
{
    public abstract SolverInfo Info { get; }

    public abstract IReadOnlyList<string> Families { get; }

    public JsonObject OptionsSchema => JsonSchemas.Of(typeof(TOptions));

    public virtual Availability Availability(string? cacheDirectory) => Solving.Availability.Now;

    public virtual object? ReadOptions(JsonElement? element, string pointer, FaultList faults) =>
        element is { ValueKind: not JsonValueKind.Null } given
            ? StrictJson.Read<TOptions>(given, pointer, faults)
            : new TOptions();

    public virtual Applicability Check(Problem problem, object options, SolveBudget budget)
    {
        if (problem is not TProblem typed)
            return new Applicability.Unsupported(
                $"{Info.Id} takes {string.Join(", ", Families)} problems, not {problem.Family.Id}."
            );
        if (budget.DeterministicSeconds is not null && !CountsDeterministicSeconds)
            return new Applicability.Unsupported($"{Info.Id} does not count deterministicSeconds; only cp-sat does.");
        if (options is PresolvableOptions { Presolve: true } && problem is not QuboProblem)
            return new Applicability.BadOptions([
                new(FaultCode.NotApplicable, $"Only QUBO problems can be presolved, not {problem.Family.Id} problems.")
                {
                    Pointer = "/presolve",
                },
            ]);
        return Check(typed, (TOptions)options, budget);
    }

    public ResourceEstimate Estimate(
        Problem problem,
        object options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    ) =>
        problem is TProblem typed
            ? Estimate(typed, (TOptions)options, budget, wishes, cacheDirectory)
            : throw new ArgumentException($"{Info.Id} takes no {problem.Family.Id} problems.", nameof(problem));

    public SubSolverUse? SubSolver(Problem problem, object options) => SubSolver((TProblem)problem, (TOptions)options);

    public virtual SolveOutcome Solve(Problem problem, object options, SolveContext context) =>
        Solve((TProblem)problem, (TOptions)options, context);

    protected virtual bool CountsDeterministicSeconds => false;

    protected virtual Applicability Check(TProblem problem, TOptions options, SolveBudget budget) => Applicability.Yes;

    /// <summary>Of a classical solver what can be said of any: 8 bytes a variable, 16 a pair and 24 for its two ends.</summary>
    protected virtual ResourceEstimate Estimate(
        TProblem problem,
        TOptions options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    ) => ResourceEstimate.OfClassical(8L * problem.NumVariables + 40 * problem.NumInteractions, budget);

    protected virtual SubSolverUse? SubSolver(TProblem problem, TOptions options) => null;

    protected abstract SolveOutcome Solve(TProblem problem, TOptions options, SolveContext context);
}
