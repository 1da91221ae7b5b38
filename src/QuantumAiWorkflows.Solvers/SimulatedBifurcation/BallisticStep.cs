using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers.SimulatedBifurcation;

/// <summary>
/// One step of symplectic Euler for <see cref="SpinLanes.Lanes"/> ballistic trajectories side by side: the forces of
/// <see cref="DiscreteStep"/>, but of the positions themselves, so that every coupling acts in every step. Positions and
/// momenta have shape [n, Lanes].
/// </summary>
internal readonly record struct BallisticStep(float TimeStep, float Detuning, float Force)
{
    /// <param name="timeStep">Δt.</param>
    /// <param name="pump">a, from 0 to 1.</param>
    /// <param name="coupling">c, per unit of a field of <see cref="SpinLanes"/>.</param>
    public static BallisticStep Of(double timeStep, double pump, double coupling) =>
        new((float)timeStep, (float)(-timeStep * (1 - pump)), (float)(-timeStep * coupling));

    /// <summary>Accelerates variables <paramref name="from"/> to <paramref name="end"/>; positions stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Accelerate(SpinLanes lanes, ReadOnlySpan<float> position, Span<float> momentum, int from, int end)
    {
        ref var x0 = ref MemoryMarshal.GetReference(position);
        ref var y0 = ref MemoryMarshal.GetReference(momentum);
        var (detuning, force) = (Vector256.Create(Detuning), Vector256.Create(Force));
        for (var i = from; i < end; i++)
        {
            var (low, high) = lanes.Field(i, ref x0);
            var at = (nuint)(i * (nint)SpinLanes.Lanes);
            var y = Vector256.FusedMultiplyAdd(
                detuning,
                Vector256.LoadUnsafe(ref x0, at),
                Vector256.LoadUnsafe(ref y0, at)
            );
            Vector256.FusedMultiplyAdd(force, low, y).StoreUnsafe(ref y0, at);
            y = Vector256.FusedMultiplyAdd(
                detuning,
                Vector256.LoadUnsafe(ref x0, at + 8),
                Vector256.LoadUnsafe(ref y0, at + 8)
            );
            Vector256.FusedMultiplyAdd(force, high, y).StoreUnsafe(ref y0, at + 8);
        }
    }

    /// <summary>Moves all positions by their momenta, up to the walls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Move(Span<float> position, Span<float> momentum)
    {
        ref var x0 = ref MemoryMarshal.GetReference(position);
        ref var y0 = ref MemoryMarshal.GetReference(momentum);
        var step = Vector256.Create(TimeStep);
        var one = Vector256<float>.One;
        for (nuint at = 0; at < (nuint)position.Length; at += 8)
        {
            var y = Vector256.LoadUnsafe(ref y0, at);
            var x = Vector256.FusedMultiplyAdd(step, y, Vector256.LoadUnsafe(ref x0, at));
            (y & Vector256.LessThanOrEqual(Vector256.Abs(x), one)).StoreUnsafe(ref y0, at);
            Vector256.MaxNative(-one, Vector256.MinNative(one, x)).StoreUnsafe(ref x0, at);
        }
    }

    /// <summary>What <see cref="Accelerate"/> and <see cref="Move"/> do, one oscillator at a time: the specification.</summary>
    public void RunScalar(SpinLanes lanes, Span<float> position, Span<float> momentum)
    {
        for (var i = 0; i < lanes.Count; i++)
        for (var lane = 0; lane < SpinLanes.Lanes; lane++)
        {
            ref var y = ref momentum[i * SpinLanes.Lanes + lane];
            y += Detuning * position[i * SpinLanes.Lanes + lane] + Force * (float)lanes.FieldScalar(i, position, lane);
        }
        for (var at = 0; at < position.Length; at++)
        {
            position[at] += TimeStep * momentum[at];
            if (MathF.Abs(position[at]) <= 1)
                continue;
            position[at] = MathF.Sign(position[at]);
            momentum[at] = 0;
        }
    }
}
