namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>
/// Performance profiles (Dolan and More, "Benchmarking optimization software with performance profiles", Mathematical
/// Programming 91, 2002): pictures, never tests. With more than two solvers the order of the curves below the best one
/// depends on who else takes part (Gould and Scott, "A note on performance profiles for benchmarking software", ACM TOMS
/// 43, 2016), so a claim about two solvers takes the profile, or the share, of those two alone.
/// </summary>
public static class DolanMore
{
    /// <summary>Relative: times closer than this are the same, and both are the best.</summary>
    private const double Tie = 1e-9;

    /// <summary>Time over the best time of anybody, [solver][instance]; infinite for failures.</summary>
    /// <param name="times">[solver][instance], above 0; infinite for a failure.</param>
    public static double[][] Ratios(IReadOnlyList<IReadOnlyList<double>> times)
    {
        var instances = times.Count == 0 ? 0 : times[0].Count;
        if (times.Any(t => t.Count != instances))
            throw new ArgumentException($"Expected {instances} instances for every solver.", nameof(times));
        if (times.Any(t => t.Any(x => !(x > 0))))
            throw new ArgumentException("Expected times above 0.", nameof(times));
        double[] best = [.. Enumerable.Range(0, instances).Select(i => times.Min(t => t[i]))];
        return [.. times.Select(t => t.Select((x, i) => Ratio(x, best[i])).ToArray())];
    }

    /// <summary>
    /// The step function of one solver: for each ratio where it rises, the share of the instances that it solves within
    /// that many times the best time. Starts at ratio 1; ends below 1 where the solver fails somewhere.
    /// </summary>
    public static IReadOnlyList<(double Ratio, double Share)> Steps(IReadOnlyList<double> ratios)
    {
        if (ratios.Count == 0)
            return [];
        var finite = ratios.Where(double.IsFinite).Order().ToArray();
        List<(double, double)> steps = [(1, (double)finite.Count(r => r == 1) / ratios.Count)];
        for (var i = 0; i < finite.Length; i++)
            if (finite[i] > 1 && (i == finite.Length - 1 || finite[i + 1] > finite[i]))
                steps.Add((finite[i], (i + 1.0) / ratios.Count));
        return steps;
    }

    /// <summary>
    /// The pair's own profile at ratio 1: share of the instances that the first solves in at most the second's time. With
    /// ties, the shares of both directions sum to more than 1; with instances that neither solves, to less. Null without
    /// instances.
    /// </summary>
    public static double? ShareAtMostAsSlow(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        var ratios = Ratios([first, second])[0];
        return ratios.Length == 0 ? null : (double)ratios.Count(r => r == 1) / ratios.Length;
    }

    private static double Ratio(double time, double best) =>
        double.IsInfinity(time) ? double.PositiveInfinity
        : time <= best * (1 + Tie) ? 1
        : time / best;
}
