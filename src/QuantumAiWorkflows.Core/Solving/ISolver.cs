using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Solving;

/// <summary>
/// Turns one problem into the best answer it can find within a budget. Stateless and safe to share between threads:
/// whatever a run needs lives inside <see cref="Solve"/>.
/// </summary>
public interface ISolver
{
    SolverInfo Info { get; }

    /// <summary>Ids of the families that it takes as they are.</summary>
    IReadOnlyList<string> Families { get; }

    /// <summary>JSON schema of the options, with ranges, defaults and help.</summary>
    JsonObject OptionsSchema { get; }

    /// <summary>Reads options (absent: the defaults); null when a fault was added.</summary>
    object? ReadOptions(JsonElement? element, string pointer, FaultList faults);

    /// <summary>Whether it can run on this machine now; <paramref name="cacheDirectory"/> is where compiled modules live.</summary>
    Availability Availability(string? cacheDirectory);

    /// <summary>
    /// Whether this solver can take the problem within the budget, and if not, why not, with the numbers. Cheap; starts
    /// nothing.
    /// </summary>
    Applicability Check(Problem problem, object options, SolveBudget budget);

    /// <summary>What a solve would take, without running it. Also for problems that <see cref="Check"/> refuses.</summary>
    /// <param name="cacheDirectory">Where compiled modules live; null where there is no such folder.</param>
    ResourceEstimate Estimate(
        Problem problem,
        object options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    );

    /// <summary>What it is going to ask of another solver for this problem; null for a solver that works alone.</summary>
    SubSolverUse? SubSolver(Problem problem, object options);

    /// <summary>
    /// Solves on the calling thread. Runs until it is done, or until <see cref="SolveContext.ShouldStop"/>: a budget and
    /// a cancel both end a run with an outcome, never with an exception.
    /// </summary>
    SolveOutcome Solve(Problem problem, object options, SolveContext context);
}

/// <param name="Missing">What it lacks; null when it is available.</param>
/// <param name="IsComing">True while that is being mended, so that jobs wait for it.</param>
public sealed record Availability(string? Missing, bool IsComing)
{
    public static Availability Now { get; } = new(null, false);
}

/// <summary>Closed: the only cases are the ones nested here.</summary>
public abstract record Applicability
{
    private Applicability() { }

    public static Applicability Yes { get; } = new Supported();

    public sealed record Supported : Applicability;

    /// <param name="Reason">Shown to the client: "needs 42 qubits, the limit is 24".</param>
    /// <param name="Needed">The number needed, in <paramref name="Unit"/>.</param>
    /// <param name="Limit">The number allowed, in <paramref name="Unit"/>.</param>
    public sealed record Unsupported(string Reason, double? Needed = null, double? Limit = null, string? Unit = null)
        : Applicability;

    /// <summary>Options that read well, but not beside each other or for this problem.</summary>
    /// <param name="Faults">At least one; their pointers begin at the options.</param>
    public sealed record BadOptions(IReadOnlyList<Fault> Faults) : Applicability;
}
