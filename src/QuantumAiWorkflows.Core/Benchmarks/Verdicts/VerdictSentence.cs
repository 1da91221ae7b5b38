using System.Globalization;
using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>The verdict in one plain sentence with its numbers, limited to what was tested.</summary>
internal static class VerdictSentence
{
    public static string Of(Case subject, VerdictOutcome outcome, IReadOnlyList<MissingEvidence> missing, Rigour rigour)
    {
        var scope = Scope(subject);
        return outcome switch
        {
            VerdictOutcome.Adopt => Adopt(subject, scope),
            VerdictOutcome.KeepClassical => KeepClassical(subject, scope),
            _ => Inconclusive(subject, scope, missing, rigour),
        };
    }

    private static string Adopt(Case subject, string scope)
    {
        var baseline = subject.Strongest!.Name;
        return $"Adopt {subject.Candidate.Name} {scope}: against each of {Count(subject.Baselines.Count, "classical entrant")} "
            + $"its cost matches, no bad loss is left open, and it wins; against {baseline} on {List(subject.StrongestDuel!.Wins.Select(Describe))}.";
    }

    private static string KeepClassical(Case subject, string scope)
    {
        var (baseline, duel) = (subject.Strongest!.Name, subject.StrongestDuel!);
        var failed = duel.Conditions.Where(c => c.State == ConditionState.Failed).Select(c => c.Name).ToArray();
        var reasons = duel
            .Tests.Where(t => t.Bad || (t.Dimension.Name == Dimension.Cost.Name && t.Worse))
            .Select(Describe)
            .ToList();
        if (failed.Contains("costAdjusted") && reasons.Count == 0)
            reasons.AddRange(duel.Tests.Where(t => t.Worse).Select(Describe));
        var why =
            reasons.Count > 0
                ? $"{subject.Candidate.Name} is shown to lose against {baseline} on {List(reasons)}"
                : $"{subject.Candidate.Name} is shown to gain nothing worth mentioning over {baseline}: {List(duel.Tests.Where(t => t.Count > 0).Select(Describe))}";
        var inspired = subject.BetterInspired();
        return $"Keep classical{(inspired is null ? "" : $", use {inspired.Name}")} {scope}: {why}.";
    }

    private static string Inconclusive(
        Case subject,
        string scope,
        IReadOnlyList<MissingEvidence> missing,
        Rigour rigour
    )
    {
        if (subject.Strongest is null)
            return $"Inconclusive {scope}: no classical entrant ran beside {subject.Candidate.Name}, so there is nothing to compare it with.";
        var parts = new List<string>();
        if (subject.Statistics == VerdictOutcome.Adopt)
            parts.Add(
                $"{subject.Candidate.Name} matches or beats every classical entrant, against {subject.Strongest.Name} on {List(subject.StrongestDuel!.Wins.Select(Describe))}, "
                    + (
                        subject.Suite.Purpose == SuitePurpose.Exploration
                            ? "but an exploration cannot end in adopt"
                            : "but the evidence around it has gaps"
                    )
            );
        else if (subject.StrongestDuel!.Conditions.All(c => c.State != ConditionState.Open))
            parts.Add(
                $"against {subject.Strongest.Name} {subject.Candidate.Name} wins on {List(subject.StrongestDuel.Wins.Select(Describe))}, but loses badly on {List(subject.StrongestDuel.Unsampled.Where(u => u.IsBad).Select(u => u.Name))}"
            );
        else
        {
            var open = subject.StrongestDuel!.Conditions.Where(c => c.State == ConditionState.Open).ToArray();
            parts.Add(
                $"against {subject.Strongest.Name} the runs leave open {List(open.Select(c => c.InstancesNeeded is { } n ? $"{Words(c)} (about {n} instances would settle it)" : Words(c)))}, "
                    + $"with {List(subject.StrongestDuel.Tests.Where(t => t.Count > 0).Select(Describe))}"
            );
        }
        if (missing.Count > 0)
            parts.Add($"missing for adopt: {List(missing.Select(m => Missing(m, rigour, subject)))}");
        return $"Inconclusive {scope}: {string.Join("; ", parts)}.";
    }

    private static string Scope(Case subject)
    {
        var sizes = subject.Instances.Select(i => i.NumVariables).ToArray();
        var size = sizes.Min() == sizes.Max() ? $"{sizes.Min()}" : $"{sizes.Min()} to {sizes.Max()}";
        var these = subject.Instances.Count == 1 ? "this" : "these";
        return $"on {these} {Count(subject.Instances.Count, $"{subject.Instances[0].Family} instance")} with {size} variables";
    }

    /// <summary>A condition as it reads after "the runs leave open".</summary>
    private static string Words(VerdictCondition condition) =>
        condition.Name switch
        {
            "costAdjusted" => "whether the cost matches",
            "win" => "whether anything is won",
            var name when name.StartsWith("notBad.", StringComparison.Ordinal) =>
                $"whether {name["notBad.".Length..]} is no bad loss",
            var name => name,
        };

    private static string Missing(MissingEvidence code, Rigour rigour, Case subject)
    {
        if (code == MissingEvidence.TcoNegative)
            return $"{JsonNames.Of(code)} ({Ownership(subject)})";
        var name = JsonNames.Of(code);
        return code == MissingEvidence.SuiteTooWeak
            ? $"{name} ({string.Join(", ", rigour.Needs.Select(n => $"{n.Name} {n.Have} of {n.Need}"))})"
            : name;
    }

    private static string Ownership(Case subject)
    {
        var (sheet, own) = (subject.Tco!, subject.Ownership!);
        var months = Count(sheet.HorizonMonths, "month");
        return own.NetPresentValueDifference switch
        {
            null => $"what {own.Option} or {own.Reference} costs over {months} cannot be told",
            // Not ahead and not behind: what is left is rounding.
            > -1e-6 => $"over {months} the cost of {own.Option} reaches its benefit against {own.Reference}",
            { } value =>
                $"over {months} the cost of {own.Option} exceeds its benefit against {own.Reference} by {Number(-value)} {sheet.Currency}",
        };
    }

    /// <summary>Such as "runtime better by a factor of 1.54 [1.21, 2.02]", always from the candidate's side.</summary>
    private static string Describe(DimensionTest test)
    {
        var (d, effect) = (test.Dimension, test.Effect!.Value);
        if (Math.Abs(effect) <= SignedRank.Tie)
            return $"{d.Name} equal";
        // A loss is told as how much worse, so its interval turns round.
        var sign = effect > 0 ? 1 : -1;
        var (low, high) = sign > 0 ? (test.Low, test.High) : (-test.High, -test.Low);
        var size =
            d.IsRatio ? $"a factor of {Number(d.Shown(sign * effect))}"
            : d.HasBadLoss ? $"{Number(sign * effect)} percentage points"
            : $"{Number(sign * effect)} (1: better on every instance)";
        return $"{d.Name} {(sign > 0 ? "better" : "worse")} by {size}"
            + (low is { } l && high is { } h ? $" [{Number(d.Shown(l))}, {Number(d.Shown(h))}]" : "");
    }

    internal static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 1000 ? "F0" : "G3", CultureInfo.InvariantCulture);

    internal static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    internal static string List(IEnumerable<string> items)
    {
        var all = items.ToArray();
        return all.Length switch
        {
            0 => "nothing",
            1 => all[0],
            _ => $"{string.Join(", ", all[..^1])} and {all[^1]}",
        };
    }
}
