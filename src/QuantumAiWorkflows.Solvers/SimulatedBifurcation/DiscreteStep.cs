using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers.SimulatedBifurcation;

/// <summary>
/// One step of symplectic Euler for all oscillators of a discrete trajectory: y += Δt·(-(1 - a)·x - c·f), x += Δt·y, and
/// where |x| leaves 1, x is put back on the wall and y is stopped. The force f is that of the signs of x, which
/// <see cref="LocalFields{T}"/> keeps up to date: only signs that change cost a row of couplings.
/// </summary>
internal readonly record struct DiscreteStep(float TimeStep, float Detuning, float Force)
{
    /// <param name="timeStep">Δt.</param>
    /// <param name="pump">a, from 0 to 1.</param>
    /// <param name="coupling">c, per unit of a field in bits.</param>
    public static DiscreteStep Of(double timeStep, double pump, double coupling) =>
        new((float)timeStep, (float)(-timeStep * (1 - pump)), (float)(-timeStep * coupling));

    /// <summary>Moves all oscillators. Arrays are padded like the fields; padding leans on the wall at -1.</summary>
    /// <param name="fields">Of the signs before the step; a bit is 1 where the position is not negative.</param>
    /// <param name="position">x, [padded].</param>
    /// <param name="momentum">y, [padded].</param>
    /// <param name="changed">Takes the variables whose sign is not that of their bit any more, ascending, [padded].</param>
    /// <returns>How many these are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Run<T>(LocalFields<T> fields, Span<float> position, Span<float> momentum, Span<int> changed)
        where T : unmanaged, INumber<T>
    {
        ref var x0 = ref MemoryMarshal.GetReference(position);
        ref var y0 = ref MemoryMarshal.GetReference(momentum);
        ref var field = ref MemoryMarshal.GetArrayDataReference(fields.Field);
        ref var sign = ref MemoryMarshal.GetArrayDataReference(fields.Sign);
        var (step, detuning, force) = (Vector256.Create(TimeStep), Vector256.Create(Detuning), Vector256.Create(Force));
        var one = Vector256<float>.One;
        var count = 0;
        for (nuint i = 0; i < (nuint)fields.Padded; i += LocalFields.Lanes)
        {
            var x = Vector256.LoadUnsafe(ref x0, i);
            var y = Vector256.FusedMultiplyAdd(detuning, x, Vector256.LoadUnsafe(ref y0, i));
            y = Vector256.FusedMultiplyAdd(force, ToSingle(ref field, i), y);
            x = Vector256.FusedMultiplyAdd(step, y, x);
            var inside = Vector256.LessThanOrEqual(Vector256.Abs(x), one);
            y &= inside;
            x = Vector256.MaxNative(-one, Vector256.MinNative(one, x));
            x.StoreUnsafe(ref x0, i);
            y.StoreUnsafe(ref y0, i);
            // A bit of 1, so a sign of -1, goes with a position that is not negative.
            var mask = ~(x.ExtractMostSignificantBits() ^ Negative(ref sign, i)) & 0xFF;
            for (; mask != 0; mask &= mask - 1)
                changed[count++] = (int)i + BitOperations.TrailingZeroCount(mask);
        }
        return count;
    }

    /// <summary>What <see cref="Run"/> does, one oscillator at a time: its specification.</summary>
    public int RunScalar<T>(LocalFields<T> fields, Span<float> position, Span<float> momentum, Span<int> changed)
        where T : unmanaged, INumber<T>
    {
        var count = 0;
        for (var i = 0; i < fields.Padded; i++)
        {
            var y = MathF.FusedMultiplyAdd(Detuning, position[i], momentum[i]);
            y = MathF.FusedMultiplyAdd(Force, float.CreateSaturating(fields.Field[i]), y);
            var x = MathF.FusedMultiplyAdd(TimeStep, y, position[i]);
            momentum[i] = MathF.Abs(x) <= 1 ? y : 0;
            position[i] = Math.Clamp(x, -1, 1);
            if (float.IsNegative(position[i]) == T.IsNegative(fields.Sign[i]))
                changed[count++] = i;
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ToSingle<T>(ref T field, nuint i)
        where T : unmanaged, INumber<T> =>
        typeof(T) == typeof(int)
            ? Vector256.ConvertToSingle(Vector256.LoadUnsafe(ref field, i).AsInt32())
            : Vector256.Narrow(
                Vector256.LoadUnsafe(ref field, i).AsDouble(),
                Vector256.LoadUnsafe(ref field, i + 4).AsDouble()
            );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Negative<T>(ref T sign, nuint i)
        where T : unmanaged, INumber<T> =>
        typeof(T) == typeof(int)
            ? Vector256.LoadUnsafe(ref sign, i).ExtractMostSignificantBits()
            : Vector256.LoadUnsafe(ref sign, i).ExtractMostSignificantBits()
                | (Vector256.LoadUnsafe(ref sign, i + 4).ExtractMostSignificantBits() << 4);
}
