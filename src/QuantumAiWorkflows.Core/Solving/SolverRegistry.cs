using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Solving;

/// <summary>All solvers of this process by id. Fails at start-up when two share one.</summary>
public sealed class SolverRegistry(IEnumerable<ISolver> solvers)
{
    private readonly FrozenDictionary<string, ISolver> _byId = solvers.ToFrozenDictionary(
        s => s.Info.Id,
        StringComparer.Ordinal
    );

    public IEnumerable<ISolver> All => _byId.Values.OrderBy(s => s.Info.Id, StringComparer.Ordinal);

    public bool TryGet(string id, [NotNullWhen(true)] out ISolver? solver) => _byId.TryGetValue(id, out solver);

    /// <summary>
    /// Whether a solver takes the problem with these options, and whether the solver that it would call does. Null when a
    /// fault was added: in the options, in those of the other solver, or in the encoding, each where it stands.
    /// </summary>
    /// <param name="encoding">For a family that the solver takes only as a QUBO; null for the default one.</param>
    public Applicability? Check(
        ISolver solver,
        Problem problem,
        JsonElement? options,
        string optionsPointer,
        SolveBudget budget,
        FaultList faults,
        EncodingRequest? encoding = null,
        string encodingPointer = ""
    )
    {
        solver = ViaQubo.For(solver, problem.Family, encoding);
        if (!Fits(solver, problem, encoding, encodingPointer, faults))
            return null;
        if (solver.ReadOptions(options, optionsPointer, faults) is not { } read)
            return null;
        if (
            Settle(solver.Check(problem, read, budget), optionsPointer, faults)
            is var own
                and not Applicability.Supported
        )
            return own;
        if (solver.SubSolver(problem, read) is not { } use)
            return Applicability.Yes;
        if (FindSubSolver(use.SolverId, use.Options, optionsPointer, faults, use.Example) is not { } callee)
            return null;
        var theirs = callee.Solver.Check(use.Example, callee.Options, BudgetOf(use, budget));
        return Settle(theirs, $"{optionsPointer}/{SubSolverUse.OptionsMember}", faults)
                is Applicability.Unsupported refused
                ? refused with
                {
                    Reason =
                        $"{solver.Info.Id} hands sub-problems to {use.SolverId}, which does not take them: {refused.Reason}",
                }
            : faults.IsEmpty ? Applicability.Yes
            : null;
    }

    /// <summary>Adds a fault for an encoding that nothing needs, or that does not fit the problem.</summary>
    private static bool Fits(
        ISolver solver,
        Problem problem,
        EncodingRequest? encoding,
        string pointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        if (solver is ViaQubo through)
        {
            if (through.Encode(problem) is EncodingResult.BadRequest bad)
                foreach (var fault in bad.Faults)
                    faults.Add(fault with { Pointer = pointer + fault.Pointer });
        }
        else if (encoding is not null && solver.Families.Contains(problem.Family.Id, StringComparer.Ordinal))
            faults.Add(
                FaultCode.NotApplicable,
                pointer,
                "The solver takes this problem as it is: there is nothing to encode."
            );
        return faults.Count == before;
    }

    /// <summary>What a solve would take; of a solver that calls another, what one sub-problem takes that one.</summary>
    /// <param name="options">Such as have passed <see cref="Check"/>.</param>
    public ResourceEstimate Estimate(
        ISolver solver,
        Problem problem,
        JsonElement? options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory,
        EncodingRequest? encoding = null
    )
    {
        solver = ViaQubo.For(solver, problem.Family, encoding);
        var faults = new FaultList();
        var read =
            solver.ReadOptions(options, "", faults)
            ?? throw new InvalidOperationException("Options that passed a check do not read any more.");
        var own = solver.Estimate(problem, read, budget, wishes, cacheDirectory);
        if (
            solver.SubSolver(problem, read) is not { } use
            || FindSubSolver(use.SolverId, use.Options, "", faults, use.Example) is not { } callee
        )
            return own;
        return own.WithSubProblem(
            callee.Solver.Info.Id,
            use.Example.NumVariables,
            callee.Solver.Estimate(use.Example, callee.Options, BudgetOf(use, budget), wishes, cacheDirectory)
        );
    }

    /// <summary>Of the first sub-problem, as <see cref="SolveContext.SolveSubProblem"/> gives it.</summary>
    private static SolveBudget BudgetOf(SubSolverUse use, SolveBudget whole) =>
        use.Budget.Within(whole, whole.Evaluations ?? long.MaxValue, whole.Shots ?? long.MaxValue);

    /// <summary>Options that do not fit become faults, and null.</summary>
    private static Applicability? Settle(Applicability applicability, string optionsPointer, FaultList faults)
    {
        if (applicability is not Applicability.BadOptions bad)
            return applicability;
        foreach (var fault in bad.Faults)
            faults.Add(fault with { Pointer = optionsPointer + fault.Pointer });
        return null;
    }

    /// <summary>
    /// As the solver says, but one that waits for what it calls by default waits too. What never comes does not keep it
    /// away: it can be told to call another.
    /// </summary>
    public Availability AvailabilityOf(ISolver solver, string? cacheDirectory) =>
        solver.Availability(cacheDirectory) is { Missing: null }
        && solver.Info.SubSolver is { } id
        && TryGet(id, out var callee)
        && callee.Availability(cacheDirectory) is { IsComing: true } coming
            ? coming
            : solver.Availability(cacheDirectory);

    /// <summary>A solver for sub-problems, with its options read; null when a fault was added.</summary>
    /// <param name="optionsPointer">Of the caller's options.</param>
    /// <param name="example">Of what it will be asked to solve; null when that is not the question.</param>
    internal (ISolver Solver, object Options)? FindSubSolver(
        string id,
        JsonElement? options,
        string optionsPointer,
        FaultList faults,
        Problem? example = null
    )
    {
        var at = $"{optionsPointer}/{SubSolverUse.SolverMember}";
        if (!TryGet(id, out var solver))
            faults.Add(
                FaultCode.UnknownSolver,
                at,
                $"No solver \"{id}\"; known are {string.Join(", ", All.Where(s => s.Info.SubSolver is null).Select(s => s.Info.Id))}."
            );
        else if (solver.Info.SubSolver is not null)
            faults.Add(
                FaultCode.NotApplicable,
                at,
                $"{id} hands sub-problems to other solvers itself; name one that works alone."
            );
        else if (example is not null && !solver.Families.Contains(example.Family.Id, StringComparer.Ordinal))
            faults.Add(
                FaultCode.NotApplicable,
                at,
                $"{id} takes {string.Join(", ", solver.Families)} problems; a sub-problem is of the family {example.Family.Id}."
            );
        else if (
            solver.ReadOptions(
                Over(solver.Info.OptionsAsSubSolver, options),
                $"{optionsPointer}/{SubSolverUse.OptionsMember}",
                faults
            ) is
            { } read
        )
            return (solver, read);
        return null;
    }

    /// <summary>What is given, on top of defaults for the members that it does not name.</summary>
    private static JsonElement? Over(JsonObject? defaults, JsonElement? given)
    {
        if (defaults is null || given is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
            return given;
        if (given is not { ValueKind: JsonValueKind.Object } own)
            return JsonSerializer.SerializeToElement(defaults);
        // Written out, not merged in an object: a member that is given twice must still be found.
        var members = string.Join(
            ',',
            defaults
                .Where(d => !own.TryGetProperty(d.Key, out _))
                .Select(d => $"{JsonSerializer.Serialize(d.Key)}:{d.Value?.ToJsonString() ?? "null"}")
                .Concat(own.EnumerateObject().Select(m => $"{JsonSerializer.Serialize(m.Name)}:{m.Value.GetRawText()}"))
        );
        using var document = JsonDocument.Parse($"{{{members}}}");
        return document.RootElement.Clone();
    }
}
