namespace QuantumAiWorkflows.Quantum.ClosedForm;

/// <summary>Angles of one layer and the expected cost there, without the offset.</summary>
internal readonly record struct OneLayerAngles(double Gamma, double Beta, double Cost);

/// <summary>
/// The best angles of one layer. Beta is exact for every gamma (<see cref="MixerCurve.Lowest"/>), so the search is along
/// gamma alone: a scan, then Brent's method from its lowest points. E(-γ, -β) = E(γ, β): only γ ≥ 0 is looked at. No
/// random numbers.
/// </summary>
/// <param name="evaluate">Gives the best beta and its cost at a gamma; null when nothing more may be evaluated.</param>
internal sealed class GammaSearch(Func<double, OneLayerAngles?> evaluate)
{
    /// <summary>Points of a scan of a problem that is cheap to evaluate; of one that is not, the least that make sense.</summary>
    public const int MostPoints = 1000;

    public const int FewestPoints = 64;

    /// <summary>Lowest points of the scan that are refined.</summary>
    private const int Refined = 3;

    /// <summary>
    /// The cost oscillates no faster than 1 over the largest strength and is flat beyond 1 over the smallest: shares of
    /// these are the first step and the end of the scan.
    /// </summary>
    private const double FirstStep = 0.06;
    private const double End = 1.5;

    /// <summary>The best so far; null while no gamma was evaluated.</summary>
    public OneLayerAngles? Best { get; private set; }

    /// <summary>Scans all gammas that can matter and refines the best ones to <paramref name="tolerance"/>.</summary>
    /// <param name="strengths"><see cref="IsingGraph.Strengths"/>.</param>
    /// <param name="points">Most points of the scan, at least 1.</param>
    /// <param name="tolerance">Of gamma, as a share of it.</param>
    public void Scan(double[] strengths, int points, double tolerance)
    {
        var gammas = Grid(strengths, points);
        var costs = new List<double>(gammas.Count);
        foreach (var gamma in gammas)
        {
            if (Look(gamma) is not { } cost)
                return;
            costs.Add(cost);
        }
        var minima = Enumerable
            .Range(0, costs.Count)
            .Where(k => (k == 0 || costs[k] <= costs[k - 1]) && (k == costs.Count - 1 || costs[k] < costs[k + 1]))
            .OrderBy(k => costs[k])
            .Take(Refined);
        foreach (var k in minima)
            if (
                !Refine(
                    k == 0 ? 0 : gammas[k - 1],
                    gammas[k],
                    costs[k],
                    gammas[Math.Min(k + 1, costs.Count - 1)],
                    tolerance
                )
            )
                return;
    }

    /// <summary>Looks for a lower cost around a gamma that was good for a similar problem.</summary>
    public void Follow(double gamma, double tolerance)
    {
        if (Look(gamma) is { } cost)
            Refine(gamma / 1.5, gamma, cost, 1.5 * gamma, tolerance);
    }

    /// <summary>
    /// Ascending, in equal steps that miss no oscillation. Where that would take more than <paramref name="points"/>, equal
    /// steps first, then equal ratios, as coarse as it takes: variables of very different strengths are all met, and a
    /// narrow minimum between may be missed.
    /// </summary>
    internal static List<double> Grid(double[] strengths, int points)
    {
        var (largest, smallest) = (0.0, double.PositiveInfinity);
        foreach (var strength in strengths)
            if (strength > 0)
                (largest, smallest) = (Math.Max(largest, strength), Math.Min(smallest, strength));
        if (largest == 0)
            return [];
        if (points < 4)
            return [0.5 / largest];

        // Beyond a millionth of the strongest nobody notices a variable.
        var end = End / Math.Max(smallest, 1e-6 * largest);
        var steps = Math.Floor(end * largest / FirstStep);
        if (steps <= points)
            return [.. Enumerable.Range(1, (int)steps).Select(k => k * FirstStep / largest)];
        for (var step = FirstStep; ; step *= 1.2)
        {
            var gammas = new List<double>();
            for (var gamma = step / largest; gamma <= end && gammas.Count <= points; )
            {
                gammas.Add(gamma);
                gamma += Math.Max(step / largest, step * gamma);
            }
            if (gammas.Count <= points)
                return gammas;
        }
    }

    private double? Look(double gamma)
    {
        if (evaluate(gamma) is not { } angles)
            return null;
        if (Best is not { } best || angles.Cost < best.Cost)
            Best = angles;
        return angles.Cost;
    }

    /// <summary>
    /// Minimum in a bracket by parabolas through the three best points, golden sections where these fail (Brent,
    /// "Algorithms for Minimization without Derivatives", 1973, chapter 5). False when evaluations ran out.
    /// </summary>
    private bool Refine(double low, double start, double atStart, double high, double tolerance)
    {
        const double Golden = 0.3819660112501051;
        var (best, second, third) = (start, start, start);
        var (atBest, atSecond, atThird) = (atStart, atStart, atStart);
        var (step, before) = (0.0, 0.0);
        // A hundred golden sections would be at the last bit.
        for (var iteration = 0; iteration < 100; iteration++)
        {
            var middle = (low + high) / 2;
            var close = tolerance * Math.Abs(best) + double.Epsilon;
            if (Math.Abs(best - middle) <= 2 * close - (high - low) / 2)
                break;
            var isParabola = false;
            if (Math.Abs(before) > close)
            {
                var r = (best - second) * (atBest - atThird);
                var q = (best - third) * (atBest - atSecond);
                var p = (best - third) * q - (best - second) * r;
                q = 2 * (q - r);
                (p, q) = q > 0 ? (-p, q) : (p, -q);
                if (Math.Abs(p) < Math.Abs(q * before / 2) && p > q * (low - best) && p < q * (high - best))
                {
                    (before, step) = (step, p / q);
                    var to = best + step;
                    if (to - low < 2 * close || high - to < 2 * close)
                        step = Math.CopySign(close, middle - best);
                    isParabola = true;
                }
            }
            if (!isParabola)
            {
                before = best < middle ? high - best : low - best;
                step = Golden * before;
            }
            var next = best + (Math.Abs(step) >= close ? step : Math.CopySign(close, step));
            if (Look(next) is not { } atNext)
                return false;
            if (atNext <= atBest)
            {
                (low, high) = next < best ? (low, best) : (best, high);
                (third, atThird) = (second, atSecond);
                (second, atSecond) = (best, atBest);
                (best, atBest) = (next, atNext);
            }
            else
            {
                (low, high) = next < best ? (next, high) : (low, next);
                if (atNext <= atSecond || second == best)
                {
                    (third, atThird) = (second, atSecond);
                    (second, atSecond) = (next, atNext);
                }
                else if (atNext <= atThird || third == best || third == second)
                    (third, atThird) = (next, atNext);
            }
        }
        return true;
    }
}
