using QuantumAiWorkflows.Benchmarks.Statistics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;
using static QuantumAiWorkflows.Benchmarks.Verdicts.VerdictSentence;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>What a verdict does not cover, in sentences. Mandatory: every verdict has some.</summary>
internal static class VerdictLimitations
{
    /// <summary>A run this far beyond its budget had noticeably more of it than others.</summary>
    private const double NotableOvershoot = 0.1;

    /// <summary>2^10 bit strings: the usual 1024 shots, drawn blindly, hit a single optimum with probability 0.63.</summary>
    private const int GuessableQubits = 10;

    public static IReadOnlyList<string> Of(Case subject) =>
        [.. Scope(subject), .. Design(subject), .. Runs(subject), .. Losses(subject), .. Unmeasured(subject)];

    private static IEnumerable<string> Scope(Case subject)
    {
        var sizes = subject.Instances.Select(i => i.NumVariables).ToArray();
        yield return $"Holds for {sizes.Min()} to {sizes.Max()} variables of family {subject.Instances[0].Family} and for nothing larger or other.";
        if (subject.Results.Benchmark.Instances.Any(i => i.Family != subject.Instances[0].Family))
            yield return "The suite has more than one family; each has a verdict of its own.";
        if (subject.Evidence is { } level and < EvidenceLevel.SmallHardware)
            yield return $"Evidence level {JsonNames.Of(level)}: says what this program does on this machine, nothing about quantum hardware.";
    }

    private static IEnumerable<string> Design(Case subject)
    {
        var suite = subject.Suite;
        if (suite.Purpose == SuitePurpose.Exploration)
            yield return "Purpose exploration: the question was not registered, so the outcome cannot be adopt.";
        yield return subject.CandidatesTried == 1
            ? "1 candidate configuration tried; how much effort went into tuning any entrant was not recorded."
            : $"{subject.CandidatesTried} candidate configurations tried, so alpha is divided by {subject.CandidatesTried}; how much effort went into tuning any entrant was not recorded.";
        var untested = subject.Baselines.Where(b => b.Strength != BaselineStrength.Strong).ToArray();
        if (untested.Length > 0)
            yield return $"Not shown to be strong on a calibration set: {List(untested.Select(b => $"{b.Name} ({(b.Strength == BaselineStrength.Weak ? "weak" : "untested")})"))}.";
        foreach (var rating in subject.Results.Benchmark.Strength?.Ratings ?? [])
            yield return $"{rating.Entrant} on {Count(rating.Instances, "calibration instance")} as large as the suite's largest: {rating.Within} within 1 % of the best of all classical solvers at ten times the budget, {rating.Proved} proved.";
        if (subject.Results.Benchmark.Strength is { Discriminates: false })
            yield return "The calibration instances do not tell strong from weak: an annealer of one sweep solves them, or could not run. Only proofs count.";
        var added = subject.Results.Benchmark.Entrants.Where(e => e.Added is not null).ToArray();
        if (added.Length > 0)
            yield return $"Not in the suite, added by the recorder: {List(added.Select(e => $"{e.Name} ({e.Added})"))}.";
        // Of a loop that the budget ends, the ablation draws as many shots as it has time for; of others there are none.
        foreach (var ablation in subject.Baselines.Where(b => b.AblationOf == subject.Candidate.Name))
            yield return Shots(ablation) is { } shots && shots == Shots(subject.Candidate)
                ? $"{ablation.Name} replaces the quantum step at equal shots, not at equal time."
                : $"{ablation.Name} is the same loop under the same budget with one step replaced; where it ends sooner, the time it has left is not used.";
        if (suite.Parallel > 1)
            yield return $"{suite.Parallel} runs at a time disturbed each other's times.";
        if (subject.IsBudgetUnequal)
            yield return "The budget is a count, which every solver counts differently: it is not an equal budget.";
        var warmUps = subject.Results.Benchmark.Runs.Where(r => r.Cell is { WarmUp: true }).ToArray();
        if (warmUps.Length > 0)
            yield return $"{Count(warmUps.Length, "warm-up run")} of {List(warmUps.Select(r => r.Cell!.Entrant).Distinct().Order(StringComparer.Ordinal))} compiled outside the comparison: the compared times leave out {Number(warmUps.Sum(r => r.Metrics.CompileSeconds))} s of compilation.";
        if (SuiteBudget.Limitation(subject.Results.Benchmark) is { } stopped)
            yield return stopped;
        else if (subject.IsIncomplete)
            yield return "Some planned runs have no record, or were cancelled.";
        if (subject.IsCostEstimated)
            yield return "Costs rest on estimated prices or modelled usage.";

        long? Shots(Entrant entrant) => subject.RunsOf(entrant).Max(r => r.Metrics.Shots);
    }

    private static IEnumerable<string> Runs(Case subject)
    {
        var runs = subject.Baselines.Prepend(subject.Candidate).SelectMany(subject.RunsOf).ToArray();
        yield return $"{subject.Machine.Busy} of {subject.Machine.Judged} runs long enough to tell had no core to themselves.";
        var quantum = runs.Where(r => r.Solver.Paradigm == Paradigm.Quantum).ToArray();
        var guessable = quantum.Count(r => (r.Quantum?.Qubits ?? r.Problem.NumVariables) <= GuessableQubits);
        if (guessable > 0)
            yield return $"{guessable} of {Count(quantum.Length, "quantum run")} {(guessable == 1 ? "has" : "have")} at most {GuessableQubits} qubits, where a thousand uniform random shots are likely to hold the optimum, too: a hit there proves nothing.";
        var over = runs.Where(r =>
                r.Metrics.OvershootSeconds
                > NotableOvershoot * (r.Budget.CpuSeconds ?? r.Budget.TimeSeconds ?? double.PositiveInfinity)
            )
            .ToArray();
        if (over.Length > 0)
            yield return $"{over.Length} of {runs.Length} runs went more than 10 % beyond the budget, the longest by {Number(over.Max(r => r.Metrics.OvershootSeconds))} s.";
        foreach (var state in runs.Where(r => r.State != RunState.Succeeded).GroupBy(r => r.State).OrderBy(g => g.Key))
            yield return $"{state.Count()} of {runs.Length} runs were {state.Key.ToString().ToLowerInvariant()} and count as infeasible misses: {List(state.Select(r => r.Cell!.Entrant).Distinct().Order(StringComparer.Ordinal))}.";
        foreach (var instance in subject.Instances)
        {
            var reference = subject.Results[instance, subject.Candidate].Reference;
            var best = subject
                .Baselines.Prepend(subject.Candidate)
                .SelectMany(e => subject.Results[instance, e].Feasible)
                .Select(r => reference!.GapPercent(instance, r.Objective!.Value))
                .DefaultIfEmpty(0)
                .Min();
            if (best < -1e-7)
                yield return $"{instance.Name}: a verified run beats the reference from {reference!.Source} by {Number(-best)} %, so that reference is not the optimum.";
        }
    }

    private static IEnumerable<string> Losses(Case subject)
    {
        foreach (var test in subject.StrongestDuel?.Tests.Where(t => t.Count > 0 && t.Dimension.HasBadLoss) ?? [])
        {
            var where = $"{test.Dimension.Name} against {subject.Strongest!.Name}";
            var instances = Count(test.Count, "instance");
            var bad = test.Differences.Values.Count(d => d < -test.Dimension.Bad);
            // The rule of three: none in n trials leaves a rate of 3/n possible, at 95 %.
            var losses =
                bad > 0
                    ? $"{bad} of {instances} {(bad == 1 ? "is a bad loss" : "are bad losses")}"
                    : $"none of {instances} is a bad loss, but up to {Number(Math.Min(100, 300.0 / test.Count))} % of such instances may be";
            yield return test.Differences.Ties == test.Count
                ? $"{where}: ties everywhere; {losses}."
                : $"{where}: {Worst(test)}; {losses}; {Count(test.Differences.Ties, "tie")}{Uninformative(test)}{Trend(test)}.";
        }
    }

    private static string Worst(DimensionTest test)
    {
        var (values, dimension) = (test.Differences.Values, test.Dimension);
        // Ties by name: which of two equally bad instances is named must not depend on the suite's order.
        var worst = Enumerable
            .Range(0, values.Count)
            .OrderBy(i => values[i])
            .ThenBy(i => test.Differences.Instances[i].Name, StringComparer.Ordinal)
            .First();
        return $"worst on {test.Differences.Instances[worst].Name} ("
            + (
                dimension.IsRatio
                    ? $"ratio {Number(dimension.Shown(values[worst]))}"
                    : $"{Number(values[worst])} percentage points"
            )
            + ")";
    }

    private static string Uninformative(DimensionTest test) =>
        test.Differences.Uninformative == 0
            ? ""
            : $", {test.Differences.Uninformative} uninformative (nobody hit the target)";

    private static string Trend(DimensionTest test) =>
        Ranks.Spearman(test.Differences.Values, [.. test.Differences.Instances.Select(i => (double)i.NumVariables)])
            is { } rho
            ? $"; rank correlation with size {Number(rho)}"
            : "";

    private static IEnumerable<string> Unmeasured(Case subject)
    {
        foreach (var test in subject.StrongestDuel?.Tests.Where(t => t.Count == 0) ?? [])
            yield return $"{test.Dimension.Name} was not tested.";
        var unsampled = subject.StrongestDuel?.Unsampled.Select(u => u.Name).ToHashSet() ?? [];
        (string What, bool IsMissing)[] measurable =
        [
            ("drift of the machine's speed", subject.Results.Benchmark.SentinelSeconds.All(s => s is null)),
            ("replay rate", !unsampled.Contains("reproducibility")),
            ("operational complexity", !unsampled.Contains("complexity")),
            ("cost of ownership", subject.Tco is null),
        ];
        var missing = measurable.Where(m => m.IsMissing).Select(m => m.What).ToArray();
        if (missing.Length > 0)
            yield return $"Not measured: {string.Join(", ", missing)}.";
    }
}
