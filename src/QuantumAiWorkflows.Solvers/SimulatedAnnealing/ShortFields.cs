using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>
/// <see cref="LocalFields{T}"/> of a sparse problem with small whole coefficients, in 16 bits: sixteen fields in a
/// vector. Variables lie in slots, in blocks of <see cref="Lanes"/> of which no
/// two interact, so that all flips of a block can be decided at once and still are those of one sweep in the slots' order.
/// </summary>
/// <remarks>
/// Energies here are <see cref="Scale"/> times those of the problem: coefficients are divided by their greatest common
/// divisor, so that the least change of energy is 1. Slots without a variable have the field <see cref="Wall"/>.
/// </remarks>
internal sealed class ShortFields
{
    public const int Lanes = 16;

    /// <summary>Above every threshold.</summary>
    public const short Wall = short.MaxValue;

    /// <summary>The largest threshold: beyond every field, and below <see cref="Wall"/>.</summary>
    public const int HighestThreshold = Wall - 1;

    /// <summary>No field exceeds it, so that the sum of two fits in 16 bits, too.</summary>
    private const int LargestField = 16_000;

    /// <summary>An edge keeps its slot in 23 bits beside 8 of weight.</summary>
    private const int MostSlots = 1 << 23;

    private readonly int[] _slot;
    private readonly short[] _linear;
    private readonly int[] _start;
    private readonly int[] _edge;

    /// <param name="slot">Of every variable, [n].</param>
    /// <param name="linear">[slots].</param>
    /// <param name="start">[slots + 1].</param>
    /// <param name="edge">[2m]: neighbour's slot · 2^8 + weight as a byte.</param>
    private ShortFields(int[] slot, short[] linear, int[] start, int[] edge, double scale)
    {
        (_slot, _linear, _start, _edge, Scale) = (slot, linear, start, edge, scale);
        Field = [.. linear];
        Mask = new short[linear.Length];
    }

    /// <summary>f, [slots].</summary>
    public short[] Field { get; }

    /// <summary>-x, [slots]: flipping changes the energy by (f ^ mask) - mask, which is f or -f.</summary>
    public short[] Mask { get; }

    public int Slots => Field.Length;

    public double Scale { get; }

    /// <summary>
    /// Null when a field could leave 16 bits or a coupling 8, or when blocks would stay too empty: on dense or tiny problems. O(n + m).
    /// </summary>
    public static ShortFields? From(LocalFields<int> model)
    {
        if (UnitOf(model) is not { } unit || Layout(model) is not var (slot, slots))
            return null;
        var linear = new short[slots];
        linear.AsSpan().Fill(Wall);
        var start = new int[slots + 1];
        for (var i = 0; i < model.Count; i++)
        {
            linear[slot[i]] = (short)(model.Field[i] / unit);
            start[slot[i] + 1] = model.Start[i + 1] - model.Start[i];
        }
        for (var s = 0; s < slots; s++)
            start[s + 1] += start[s];
        var edge = new int[model.Column.Length];
        for (var i = 0; i < model.Count; i++)
        {
            var at = start[slot[i]];
            for (var k = model.Start[i]; k < model.Start[i + 1]; k++)
                edge[at++] = slot[model.Column[k]] << 8 | (byte)(model.Weight[k] / unit);
        }
        return new(slot, linear, start, edge, model.Scale / unit);
    }

    public void Reset(ReadOnlySpan<sbyte> bits)
    {
        _linear.CopyTo(Field, 0);
        Mask.AsSpan().Clear();
        for (var i = 0; i < bits.Length; i++)
            if (bits[i] == 1)
                Flip(_slot[i]);
    }

    public void CopyBits(Span<sbyte> bits)
    {
        for (var i = 0; i < bits.Length; i++)
            bits[i] = (sbyte)-Mask[_slot[i]];
    }

    /// <summary>Energy change if the variable in this slot were flipped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Delta(int slot) => (Field[slot] ^ Mask[slot]) - Mask[slot];

    /// <summary>Of all slots of the block that begins here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<short> Deltas(int block)
    {
        var mask = Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(Mask), (nuint)block);
        return (Vector256.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(Field), (nuint)block) ^ mask) - mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flip(int slot)
    {
        ref var own = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Mask), slot);
        int mask = own;
        own = (short)~mask;
        ref var field = ref MemoryMarshal.GetArrayDataReference(Field);
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_start), slot);
        // Slots of edges were made by Layout, so they are within the fields.
        ref var edge = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_edge), start);
        ref var end = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_edge), Unsafe.Add(ref start, 1));
        for (; Unsafe.IsAddressLessThan(ref edge, ref end); edge = ref Unsafe.Add(ref edge, 1))
            Unsafe.Add(ref field, edge >> 8) += (short)(((sbyte)edge ^ mask) - mask);
    }

    /// <summary>
    /// The greatest common divisor of all coefficients, if in units of it no field can leave 16 bits and no coupling 8, else
    /// null; null also where all are 0. Leaves the model at the assignment of all zeros.
    /// </summary>
    public static int? UnitOf(LocalFields<int> model)
    {
        model.Reset([]);
        var unit = CommonDivisor(model);
        return unit > 0 && Fits(model, unit) ? unit : null;
    }

    /// <summary>Of all coefficients; 0 when there is none.</summary>
    private static int CommonDivisor(LocalFields<int> model)
    {
        var divisor = 0;
        for (var i = 0; i < model.Count; i++)
            divisor = Gcd(divisor, model.Field[i]);
        foreach (var weight in model.Weight)
            divisor = Gcd(divisor, weight);
        return divisor;

        static int Gcd(int a, int b)
        {
            while (b != 0)
                (a, b) = (b, a % b);
            return Math.Abs(a);
        }
    }

    /// <summary>A field lies between its linear coefficient with all negative and with all positive couplings.</summary>
    private static bool Fits(LocalFields<int> model, int unit)
    {
        for (var i = 0; i < model.Count; i++)
        {
            var (low, high) = ((long)model.Field[i] / unit, (long)model.Field[i] / unit);
            for (var k = model.Start[i]; k < model.Start[i + 1]; k++)
            {
                low += Math.Min(model.Weight[k] / unit, 0);
                high += Math.Max(model.Weight[k] / unit, 0);
            }
            if (low < -LargestField || high > LargestField)
                return false;
        }
        return model.Weight.All(w => Math.Abs(w / unit) <= sbyte.MaxValue);
    }

    /// <summary>
    /// First fit: every variable goes to the first block with room and without a neighbour of it. A block that is passed
    /// over holds a neighbour, so that a variable looks at no more than its degree of them. Null for too many slots.
    /// </summary>
    private static (int[] Slot, int Slots)? Layout(LocalFields<int> model)
    {
        var most = Math.Min(MostSlots, (int)Math.Min(int.MaxValue, 1.5 * model.Count + 2 * Lanes));
        var slot = new int[model.Count];
        var used = new List<int>();
        var open = new LinkedList<int>();
        var takenBy = new int[most / Lanes + 1];
        for (var i = 0; i < model.Count; i++)
        {
            for (var k = model.Start[i]; k < model.Start[i + 1]; k++)
                if (model.Column[k] < i)
                    takenBy[slot[model.Column[k]] / Lanes] = i + 1;
            var at = open.First;
            while (at is not null && takenBy[at.Value] == i + 1)
                at = at.Next;
            if (at is null)
            {
                if ((used.Count + 1) * Lanes > most)
                    return null;
                at = open.AddLast(used.Count);
                used.Add(0);
            }
            slot[i] = at.Value * Lanes + used[at.Value]++;
            if (used[at.Value] == Lanes)
                open.Remove(at);
        }
        return (slot, used.Count * Lanes);
    }
}
