using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.Problems;

/// <summary>One shape of problem data. To add a family: a folder beside this file and one line in <see cref="All"/>.</summary>
public abstract class ProblemFamily
{
    public static IReadOnlyList<ProblemFamily> All { get; } =
    [
        QuboFamily.Instance,
        RoutingFamily.Instance,
        SchedulingFamily.Instance,
        RosterFamily.Instance,
        FeatureSelectionFamily.Instance,
    ];

    /// <summary>Stable kebab-case id: the value of a problem's <c>family</c> member.</summary>
    public abstract string Id { get; }

    public abstract string Title { get; }

    /// <summary>Raised whenever <see cref="Problem.Evaluate"/> may give another number; runs compare only within one version.</summary>
    public abstract string EvaluatorVersion { get; }

    /// <summary>False when every answer of the right shape is feasible: then a claim of infeasibility is wrong.</summary>
    public virtual bool CanBeInfeasible => true;

    /// <summary>True when <see cref="Problem.Encode"/> makes QUBOs of its problems, so that solvers of these take them, too.</summary>
    public virtual bool IsEncodable => false;

    /// <summary>The record a client's JSON is read into.</summary>
    public abstract Type InputType { get; }

    /// <summary>
    /// Ids of the solvers that are tried in this order where "auto" asks for a classical one: for a job, a baseline, a fallback,
    /// an entrant of a benchmark. The first that takes the problem within the budget is the family's default solver.
    /// </summary>
    public abstract IReadOnlyList<string> ClassicalSolvers { get; }

    /// <summary>JSON schema of <c>result.solution</c>.</summary>
    public abstract JsonObject SolutionSchema { get; }

    /// <summary>A small problem that can be posted as it is.</summary>
    public abstract JsonObject Example { get; }

    /// <summary>Reads a client's JSON, <c>family</c> member included; null when a fault was added.</summary>
    public abstract Problem? Read(JsonElement element, string pointer, FaultList faults);

    /// <summary>Reads <see cref="Problem.CanonicalBytes"/> back. Trusted input: throws when it is not canonical.</summary>
    public abstract Problem ReadCanonical(JsonElement element);

    public static ProblemFamily? Find(string id) =>
        All.FirstOrDefault(f => string.Equals(f.Id, id, StringComparison.Ordinal));

    /// <summary>Reads a problem of any family. The discriminator may stand anywhere in the object.</summary>
    public static Problem? ReadAny(JsonElement element, string pointer, FaultList faults)
    {
        var at = $"{pointer}/family";
        var known = string.Join(", ", All.Select(f => f.Id));
        if (element.ValueKind != JsonValueKind.Object)
            faults.Add(FaultCode.WrongType, pointer, "Expected an object with a \"family\" member.");
        else if (!element.TryGetProperty("family", out var family))
            faults.Add(FaultCode.MissingMember, at, $"Member \"family\" is missing; known families are {known}.");
        else if (family.ValueKind != JsonValueKind.String)
            faults.Add(FaultCode.WrongType, at, $"Expected a string: one of {known}.");
        else if (Find(family.GetString()!) is not { } found)
            faults.Add(FaultCode.UnknownFamily, at, $"Unknown family; known are {known}.", family.GetString());
        else
            return found.Read(element, pointer, faults);
        return null;
    }

    /// <summary>Reads canonical bytes of any family.</summary>
    public static Problem ReadAnyCanonical(JsonElement element) =>
        (Find(element.GetProperty("family").GetString()!) ?? throw new JsonException("Unknown family.")).ReadCanonical(
            element
        );
}
