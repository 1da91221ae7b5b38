using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>
/// Another problem of the same kind: as many variables, the same degrees, the same coefficients, all of it dealt out anew.
/// A problem without fields, such as a Max-Cut, stays one: it is dealt as spins.
/// </summary>
internal static class QuboLookalike
{
    /// <summary>Tries of an exchange per interaction: enough to forget the start (Milo et al., arXiv:cond-mat/0312028, take 100 m successes at most).</summary>
    private const int TriesPerInteraction = 20;

    /// <summary>More tries than this take seconds; with names and coefficients dealt out anew, a dense problem needs few.</summary>
    private const long MaxTries = 2_000_000;

    public static QuboProblem Of(QuboProblem like, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, $"lookalike/{like.Id}");
        var ising = like.Model.ToIsing();
        var hasFields = ising.Linear.Any(h => Math.Abs(h) > 1e-12 * ising.Magnitude);
        return hasFields
            ? new(Dealt(like.Terms, random), like.Sense, like.Vartype, null)
            : new(Dealt(ising, random), Sense.Minimize, Vartype.Spin, null);
    }

    private static QuboTerms Dealt(QuboTerms terms, Xoshiro256 random)
    {
        var n = terms.NumVariables;
        var linear = (double[])terms.Linear.Clone();
        var values = (double[])terms.Value.Clone();
        random.Shuffle<double>(linear);
        random.Shuffle<double>(values);
        var names = Enumerable.Range(0, n).ToArray();
        random.Shuffle<int>(names);

        var pairs = Rewired(terms, random);
        var sorted = pairs
            .Select(p => (A: names[p.A], B: names[p.B]))
            .Select(p => p.A < p.B ? p : (A: p.B, B: p.A))
            .Order()
            .ToArray();
        return new(
            0,
            linear,
            [.. sorted.Select(p => p.A)],
            [.. sorted.Select(p => p.B)],
            // Dealt in the order of the sorted pairs, which is random already.
            values
        );
    }

    /// <summary>
    /// Exchanges ends of random pairs, (a, b) and (c, d) to (a, d) and (c, b), which keeps every degree (Maslov and
    /// Sneppen, Science 296, 2002). A complete graph stays what it is.
    /// </summary>
    private static (int A, int B)[] Rewired(QuboTerms terms, Xoshiro256 random)
    {
        var pairs = new (int A, int B)[terms.Value.Length];
        for (var k = 0; k < pairs.Length; k++)
            pairs[k] = (terms.Row[k], terms.Column[k]);
        if (pairs.Length < 2 || pairs.Length == (long)terms.NumVariables * (terms.NumVariables - 1) / 2)
            return pairs;
        var n = terms.NumVariables;
        if (pairs.Length == n * (n - 1L) / 2)
            return pairs;
        var present = pairs.Select(p => Key(p.A, p.B, n)).ToHashSet();
        var tries = Math.Min(MaxTries, (long)TriesPerInteraction * pairs.Length);
        for (var t = 0L; t < tries; t++)
        {
            var (i, j) = (random.NextInt32(pairs.Length), random.NextInt32(pairs.Length));
            var ((a, b), (c, d)) = (pairs[i], pairs[j]);
            if (random.NextBoolean())
                (c, d) = (d, c);
            if (a == d || c == b || present.Contains(Key(a, d, n)) || present.Contains(Key(c, b, n)))
                continue;
            present.Remove(Key(a, b, n));
            present.Remove(Key(c, d, n));
            present.Add(Key(a, d, n));
            present.Add(Key(c, b, n));
            (pairs[i], pairs[j]) = ((a, d), (c, b));
        }
        return pairs;
    }

    /// <summary>
    /// A number below n squared. The two halves of a long would not do: its hash is their exclusive or, so that all pairs of
    /// a thousand variables would share a thousand hashes, and a lookup in a dense problem would walk hundreds of entries.
    /// </summary>
    internal static long Key(int a, int b, int n) => (long)Math.Min(a, b) * n + Math.Max(a, b);
}
