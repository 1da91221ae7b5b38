using System.Numerics;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>A whole number in bits: <c>Lower + Σ Weights[k]·bit[k]</c>.</summary>
internal sealed record IntegerCode(IntegerEncoding Kind, long Lower, long Upper, IReadOnlyList<long> Weights)
{
    /// <summary>How many bits a range of so many steps takes; 0 for a single value.</summary>
    public static long BitsFor(long range, IntegerEncoding kind, int bound)
    {
        if (range == 0)
            return 0;
        if (kind == IntegerEncoding.OneHot)
            return range + 1;
        if (kind == IntegerEncoding.DomainWall)
            return range;
        var most = kind == IntegerEncoding.BoundedCoefficient ? bound : long.MaxValue;
        var powers = BitOperations.Log2((ulong)most) + 1;
        var reached = powers >= 63 ? long.MaxValue : (1L << powers) - 1;
        return range <= reached ? BitOperations.Log2((ulong)range) + 1 : powers + (range - reached - 1) / most + 1;
    }

    /// <param name="bound">Of <see cref="IntegerEncoding.BoundedCoefficient"/>.</param>
    public static IntegerCode Of(long lower, long upper, IntegerEncoding kind, int bound)
    {
        var range = upper - lower;
        var weights = new List<long>();
        if (range > 0 && kind == IntegerEncoding.OneHot)
            for (var value = 0L; value <= range; value++)
                weights.Add(value);
        else if (kind == IntegerEncoding.DomainWall)
            weights.AddRange(Enumerable.Repeat(1L, checked((int)range)));
        else
        {
            var most = kind == IntegerEncoding.BoundedCoefficient ? bound : long.MaxValue;
            for (var (left, next) = (range, 1L); left > 0; next = next > most / 2 ? most : 2 * next)
            {
                weights.Add(Math.Min(next, left));
                left -= weights[^1];
            }
        }
        return new(kind, lower, upper, weights);
    }

    /// <summary>True when some bits stand for no value, so that a penalty must keep them away.</summary>
    public bool HasInvalidBits =>
        Kind == IntegerEncoding.OneHot ? Weights.Count > 0 : Kind == IntegerEncoding.DomainWall && Weights.Count > 1;

    /// <summary>The bits of a value within the range.</summary>
    public void Write(long value, Span<sbyte> bits)
    {
        var left = value - Lower;
        bits.Clear();
        if (Kind == IntegerEncoding.OneHot && bits.Length > 0)
            bits[(int)left] = 1;
        else if (Kind == IntegerEncoding.DomainWall)
            bits[..(int)left].Fill(1);
        else
            // Each weight is at most one more than all smaller ones together, so taking the largest that fits always ends at 0.
            foreach (var k in Enumerable.Range(0, bits.Length).OrderByDescending(k => Weights[k]))
                if (Weights[k] <= left)
                    (bits[k], left) = (1, left - Weights[k]);
    }

    /// <summary>The value of any bits; of invalid ones the nearest to their weights within the range.</summary>
    public long Read(ReadOnlySpan<sbyte> bits)
    {
        var value = Lower;
        for (var k = 0; k < bits.Length; k++)
            value += Weights[k] * bits[k];
        return Math.Clamp(value, Lower, Upper);
    }

    public bool IsValid(ReadOnlySpan<sbyte> bits) =>
        Kind switch
        {
            IntegerEncoding.OneHot when bits.Length > 0 => bits.Count((sbyte)1) == 1,
            IntegerEncoding.DomainWall => bits.IndexOf((sbyte)0) is var wall
                && (wall < 0 || !bits[wall..].Contains((sbyte)1)),
            _ => true,
        };
}
