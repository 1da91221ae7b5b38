using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>
/// From the runs of a benchmark to one verdict per candidate. The candidate has to win against every classical entrant,
/// so no "strongest" one has to be picked: picking it on the same data favours the candidate (7.2 % false adoptions
/// against 2.2 % in simulation), and a weak extra baseline cannot help. No randomness, no clock; the order of runs,
/// instances and seeds does not matter.
/// </summary>
public static class VerdictProcedure
{
    public const string Id = "verdict-1";

    /// <summary>One-sided; divided by the number of candidates tried.</summary>
    public const double Alpha = 0.05;

    /// <summary>Where customers meet the answers, or a regulator does (J-04).</summary>
    public const double CustomerFacingAlpha = 0.01;

    /// <exception cref="ArgumentException">The runs may not be compared; ask <see cref="ComparisonGuard"/> first.</exception>
    public static IReadOnlyList<Verdict> Of(Benchmark benchmark) => Of(new Results(benchmark));

    /// <inheritdoc cref="Of(Benchmark)"/>
    public static IReadOnlyList<Verdict> Of(Results results) => Of(results, subject => subject.Decide());

    /// <summary>The same verdicts with <see cref="Verdict.WhatWouldChange"/>, which takes some hundred times as long.</summary>
    public static IReadOnlyList<Verdict> WithThresholds(Results results) =>
        Of(results, subject => subject.Decide() with { WhatWouldChange = ChangeThreshold.Of(subject) });

    private static IReadOnlyList<Verdict> Of(Results results, Func<Case, Verdict> decide)
    {
        if (ComparisonGuard.Check(results.Benchmark.Runs) is { } refusal)
            throw new ArgumentException(refusal.Detail, nameof(results));
        return
        [
            .. results
                .Benchmark.Entrants.Where(e => e.Role == EntrantRole.Candidate)
                .Select(candidate => Of(results, candidate, decide)),
        ];
    }

    private static Verdict Of(Results results, Entrant candidate, Func<Case, Verdict> decide)
    {
        var families = results.Benchmark.Instances.GroupBy(i => i.Family).OrderBy(f => f.Key, StringComparer.Ordinal);
        Verdict[] verdicts = [.. families.Select(f => decide(new Case(results, [.. f], candidate)))];
        var first = verdicts.MinBy(v => v.Outcome)!;
        return verdicts.Length == 1 ? first : first with { ByFamily = verdicts };
    }

    /// <summary>
    /// More candidates tried are more chances to win by luck: each is tested at a share of alpha. Known before the verdict
    /// was asked for, at least as many as the suite has.
    /// </summary>
    internal static (double Alpha, int CandidatesTried) AlphaOf(Benchmark benchmark)
    {
        var tried = Math.Max(
            Math.Max(1, benchmark.CandidatesTried),
            benchmark.Entrants.Count(e => e.Role == EntrantRole.Candidate)
        );
        return ((benchmark.Suite.Use == SuiteUse.CustomerFacing ? CustomerFacingAlpha : Alpha) / tried, tried);
    }

    /// <summary>Every classical entrant but the candidate itself: baselines, controls and ablations.</summary>
    internal static IReadOnlyList<Entrant> BaselinesOf(Results results, Entrant candidate) =>
        [
            .. results.Benchmark.Entrants.Where(e =>
                e != candidate && e.Role != EntrantRole.Candidate && results.ParadigmOf(e) != Paradigm.Quantum
            ),
        ];
}
