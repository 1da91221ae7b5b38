using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// The rings of an encoded problem: its one-hot groups, or those of some kinds of constraints. A group of one variable has no
/// ring; its penalty stays what keeps it.
/// </summary>
internal static class EncodedGroups
{
    /// <summary>Such as have passed <see cref="Check"/>.</summary>
    public static IReadOnlyList<int[]> Of(QaoaOptions options, QuboProblem problem) =>
        [.. Chosen(options, problem).Select(g => g.Variables.ToArray())];

    public static void Check(QaoaOptions options, QuboProblem problem, List<Fault> faults)
    {
        var kinds = string.Join(", ", problem.Groups.Select(g => g.Kind).Distinct());
        foreach (var (k, name) in (options.GroupsOf ?? []).Index())
            if (!problem.Groups.Any(g => IsOf(g, name)))
                faults.Add(
                    new Fault(
                        FaultCode.UnknownValue,
                        $"No one-hot group is of a constraint of this kind or name; kinds are {(kinds.Length == 0 ? "none" : kinds)}."
                    )
                    {
                        Pointer = $"/groupsOf/{k}",
                        Value = name,
                    }
                );
        if (faults.Count > 0)
            return;
        var pointer = options.GroupsOf is null ? "/groups" : "/groupsOf";
        var owner = new Dictionary<int, string>();
        foreach (var group in Chosen(options, problem))
        foreach (var variable in group.Variables)
            if (!owner.TryAdd(variable, group.Constraint))
            {
                faults.Add(
                    new Fault(
                        FaultCode.Conflict,
                        $"Variable {variable} is in the one-hot groups {owner[variable]} and {group.Constraint}, and rings must not overlap: choose among the kinds {kinds} with groupsOf."
                    )
                    {
                        Pointer = pointer,
                        Value = variable,
                    }
                );
                return;
            }
        if (owner.Count == 0)
            faults.Add(new Fault(FaultCode.Empty, "No one-hot group has two variables or more.") { Pointer = pointer });
    }

    private static IEnumerable<OneHotGroup> Chosen(QaoaOptions options, QuboProblem problem) =>
        problem.Groups.Where(g =>
            g.Variables.Count > 1 && (options.GroupsOf is null || options.GroupsOf.Any(name => IsOf(g, name)))
        );

    private static bool IsOf(OneHotGroup group, string name) =>
        string.Equals(group.Kind, name, StringComparison.Ordinal)
        || string.Equals(group.Constraint, name, StringComparison.Ordinal);
}
