using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Input;

/// <summary>Reads which subsets are allowed. What no subset can satisfy for a reason of two members alone is a fault here already.</summary>
internal static class ConstraintReader
{
    private const double MaxCost = 1e9;

    /// <summary>Groups may overlap, so their sizes alone do not bound their sum: 5,000 groups of 5,000 would be 25 million.</summary>
    private const int MaxMembers = 1_000_000;

    public static SelectionConstraints? Read(
        SelectionRules rules,
        IReadOnlyList<string> names,
        string pointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        var reader = new NameReader(names);
        var required = Flags(rules.Require, reader, names.Count, $"{pointer}/require", faults);
        var excluded = Flags(rules.Exclude, reader, names.Count, $"{pointer}/exclude", faults);
        for (var i = 0; i < (rules.Exclude?.Count ?? 0); i++)
            if (reader.Find(rules.Exclude![i]) is { } index && required[index])
                faults.Add(
                    FaultCode.Conflict,
                    $"{pointer}/exclude/{i}",
                    $"\"{NameReader.Short(names[index])}\" is required and excluded."
                );
        var size = ReadSize(rules.Size, names.Count, pointer, faults);
        if (size is var (most, isExact))
            CheckSize(most, isExact, required.Count(r => r), names.Count - excluded.Count(e => e), pointer, faults);
        var costs = ReadCosts(rules, reader, names.Count, pointer, faults);
        var groups = ReadGroups(rules.Groups ?? [], reader, $"{pointer}/groups", faults);
        return faults.Count == before && size is var (limit, exact)
            ? new(
                limit,
                exact,
                costs,
                costs is null ? 0 : Units(rules.Budget!.Value)!.Value,
                groups,
                required,
                excluded
            )
            : null;
    }

    private static bool[] Flags(
        IReadOnlyList<string>? given,
        NameReader reader,
        int count,
        string pointer,
        FaultList faults
    )
    {
        var flags = new bool[count];
        foreach (var index in reader.FindAll(given ?? [], pointer, faults))
            flags[index] = true;
        return flags;
    }

    private static (int Size, bool IsExact)? ReadSize(SizeInput? size, int count, string pointer, FaultList faults)
    {
        if (size is null || size.Exactly is null == size.AtMost is null)
        {
            faults.Add(
                size is { Exactly: not null } ? FaultCode.Conflict : FaultCode.MissingMember,
                $"{pointer}/size",
                "Expected a size with exactly one of exactly, atMost."
            );
            return null;
        }
        var value = size.Exactly ?? size.AtMost!.Value;
        if (value <= count)
            return (value, size.Exactly is not null);
        faults.Add(
            FaultCode.OutOfRange,
            $"{pointer}/size/{(size.Exactly is null ? "atMost" : "exactly")}",
            $"Expected 1 to {count}, the number of features, got {value}.",
            value,
            count
        );
        return null;
    }

    private static void CheckSize(int size, bool isExact, int required, int allowed, string pointer, FaultList faults)
    {
        if (required > size)
            faults.Add(
                FaultCode.Conflict,
                $"{pointer}/require",
                $"{required} features are required, the size allows {size}.",
                required,
                size
            );
        if (isExact && allowed < size)
            faults.Add(
                FaultCode.Conflict,
                $"{pointer}/exclude",
                $"{allowed} features are not excluded, the size asks for {size}.",
                allowed,
                size
            );
    }

    private static long[]? ReadCosts(
        SelectionRules rules,
        NameReader reader,
        int count,
        string pointer,
        FaultList faults
    )
    {
        if (rules.Costs is null != rules.Budget is null)
            faults.Add(
                FaultCode.MissingMember,
                $"{pointer}/{(rules.Costs is null ? "costs" : "budget")}",
                "costs and budget go together."
            );
        if (rules.Budget is { } budget && Units(budget) is null)
            faults.Add(FaultCode.OutOfRange, $"{pointer}/budget", "Expected at most six decimals.", budget);
        if (rules.Costs is null)
            return null;
        var units = new long[count];
        foreach (var (name, cost) in rules.Costs)
        {
            var at = StrictJson.Append($"{pointer}/costs", name);
            if (reader.Find(name, at, faults) is not { } index)
                continue;
            if (cost is < 0 or > MaxCost || Units(cost) is not { } whole)
                faults.Add(
                    FaultCode.OutOfRange,
                    at,
                    $"Expected a cost from 0 to {MaxCost:R} with at most six decimals.",
                    cost,
                    MaxCost
                );
            else
                units[index] = whole;
        }
        return units;
    }

    /// <summary>Millionths; null when it has more than six decimals, beyond what a double cannot tell apart.</summary>
    private static long? Units(double value)
    {
        var scaled = value / SelectionConstraints.CostUnit;
        var whole = Math.Round(scaled);
        return Math.Abs(scaled - whole) <= 1e-12 * Math.Max(scaled, 1e3) ? (long)whole : null;
    }

    private static List<FeatureGroup> ReadGroups(
        IReadOnlyList<GroupInput> given,
        NameReader reader,
        string pointer,
        FaultList faults
    )
    {
        var groups = new List<FeatureGroup>();
        if (given.Sum(g => (long)g.Features.Count) is > MaxMembers and var members)
        {
            faults.Add(
                FaultCode.OverLimit,
                pointer,
                $"Expected at most {MaxMembers} features in all groups together, got {members}.",
                members,
                MaxMembers
            );
            return groups;
        }
        for (var g = 0; g < given.Count; g++)
        {
            var (group, at) = (given[g], $"{pointer}/{g}");
            var features = reader.FindAll(group.Features, $"{at}/features", faults);
            var atLeast = group.AtLeast ?? 0;
            var atMost = Math.Min(group.AtMost ?? features.Length, features.Length);
            if (group.AtLeast is null && group.AtMost is null)
                faults.Add(FaultCode.MissingMember, at, "A group needs atLeast, atMost or both.");
            else if (atLeast > (group.AtMost ?? int.MaxValue))
                faults.Add(
                    FaultCode.Conflict,
                    $"{at}/atLeast",
                    $"atLeast {atLeast} is more than atMost {group.AtMost}.",
                    atLeast,
                    group.AtMost
                );
            else if (atLeast > group.Features.Count)
                faults.Add(
                    FaultCode.OutOfRange,
                    $"{at}/atLeast",
                    $"The group has {group.Features.Count} features, atLeast asks for {atLeast}.",
                    atLeast,
                    group.Features.Count
                );
            else
                groups.Add(new(group.Name, features, atLeast, atMost));
        }
        return groups;
    }
}
