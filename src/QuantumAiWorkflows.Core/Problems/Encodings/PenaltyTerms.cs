namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>
/// A function of bits that is 0 where a constraint holds and at least 1 where it does not:
/// <c>Offset + Σ Linear[k]·x[Bits[k]] + Σ pair·x·x</c>, all of it whole.
/// </summary>
internal sealed class PenaltyTerms
{
    private PenaltyTerms(int[] bits, double offset, double[] linear, (int First, int Second, double Value)[] pairs) =>
        (Bits, Offset, Linear, Pairs) = (bits, offset, linear, pairs);

    public static PenaltyTerms None { get; } = new([], 0, [], []);

    public int[] Bits { get; }

    public double Offset { get; }

    public double[] Linear { get; }

    /// <summary>First and second are places in <see cref="Bits"/>.</summary>
    public (int First, int Second, double Value)[] Pairs { get; }

    /// <summary>(Σ weight·x + constant)².</summary>
    public static PenaltyTerms Square(IReadOnlyList<(int Bit, long Weight)> form, long constant)
    {
        var (bits, linear) = (new int[form.Count], new double[form.Count]);
        var pairs = new List<(int, int, double)>(form.Count * (form.Count - 1) / 2);
        for (var a = 0; a < form.Count; a++)
        {
            var (bit, weight) = form[a];
            (bits[a], linear[a]) = (bit, (double)weight * weight + 2.0 * weight * constant);
            for (var b = a + 1; b < form.Count; b++)
                pairs.Add((a, b, 2.0 * weight * form[b].Weight));
        }
        return new(bits, (double)constant * constant, linear, [.. pairs]);
    }

    /// <summary>How many pairs of literals are 1 together, and how many are 1 that must be 0.</summary>
    /// <param name="literals">A bit, or one minus it.</param>
    /// <param name="forbidden">By place in <paramref name="literals"/>: must be 0; stands in no pair.</param>
    public static PenaltyTerms Conflicts(
        IReadOnlyList<(int Bit, bool IsNegated)> literals,
        IReadOnlyList<bool> forbidden
    )
    {
        var (offset, linear) = (0.0, new double[literals.Count]);
        var pairs = new List<(int, int, double)>();
        for (var a = 0; a < literals.Count; a++)
        {
            // A literal is constant + sign·x.
            var (constantA, signA) = literals[a].IsNegated ? (1.0, -1.0) : (0.0, 1.0);
            if (forbidden[a])
            {
                offset += constantA;
                linear[a] += signA;
                continue;
            }
            for (var b = a + 1; b < literals.Count; b++)
            {
                if (forbidden[b])
                    continue;
                var (constantB, signB) = literals[b].IsNegated ? (1.0, -1.0) : (0.0, 1.0);
                offset += constantA * constantB;
                linear[a] += signA * constantB;
                linear[b] += signB * constantA;
                pairs.Add((a, b, signA * signB));
            }
        }
        return new([.. literals.Select(l => l.Bit)], offset, linear, [.. pairs]);
    }

    /// <summary>How many pairs of bits are 1 together.</summary>
    public static PenaltyTerms Products(IReadOnlyList<(int First, int Second)> pairs)
    {
        int[] bits = [.. pairs.SelectMany(p => (int[])[p.First, p.Second]).Distinct().Order()];
        return new(
            bits,
            0,
            new double[bits.Length],
            [.. pairs.Select(p => (Array.BinarySearch(bits, p.First), Array.BinarySearch(bits, p.Second), 1.0))]
        );
    }

    /// <summary>How often a bit is 1 behind a 0.</summary>
    public static PenaltyTerms Wall(int firstBit, int count)
    {
        var linear = new double[count];
        linear.AsSpan(1).Fill(1);
        return new(
            [.. Enumerable.Range(firstBit, count)],
            0,
            linear,
            [.. Enumerable.Range(0, count - 1).Select(k => (k, k + 1, -1.0))]
        );
    }
}
