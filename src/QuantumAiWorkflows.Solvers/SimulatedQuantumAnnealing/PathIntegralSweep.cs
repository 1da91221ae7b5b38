using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Solvers.SimulatedQuantumAnnealing;

/// <summary>
/// Metropolis moves of the path integral of H = C(z) - Γ ΣX at temperature T with P slices: the classical model
/// Σ over slices of C(z of the slice) - J Σ σ(slice)·σ(next slice) at temperature P·T, with
/// J = -P·T/2 · ln tanh(Γ/(P·T)) (Suzuki, Prog. Theor. Phys. 56, 1976; Martonak, Santoro and Tosatti, Phys. Rev. B 66,
/// 094203, 2002). Per variable: flips in the even slices, in the odd ones, then one flip in all slices together.
/// </summary>
/// <param name="Temperature">P·T, in units of the fields.</param>
/// <param name="Bond">J, likewise.</param>
internal readonly record struct PathIntegralSweep(double Temperature, double Bond)
{
    /// <summary>Bonds beyond this many temperatures never break: e^-4·30 is nothing.</summary>
    private const double LargestBond = 30;

    /// <param name="field">Γ, in units of the fields.</param>
    public static PathIntegralSweep At(double temperature, double field) =>
        new(temperature, temperature * Math.Min(LargestBond, -0.5 * Math.Log(Math.Tanh(field / temperature))));

    /// <summary>Moves of the variables from <paramref name="first"/> to before <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(SlicedFields fields, int first, int end, ref RandomLanes random)
    {
        var lanes = random;
        var slices = fields.Slices;
        var half = slices / 2;
        Span<int> steps = stackalloc int[slices];
        Span<float> globals = stackalloc float[Vector256<float>.Count];
        ref var sign = ref MemoryMarshal.GetArrayDataReference(fields.Sign);
        ref var field = ref MemoryMarshal.GetArrayDataReference(fields.Field);
        ref var step = ref MemoryMarshal.GetReference(steps);
        var temperature = Vector256.Create((float)Temperature);
        var reach = Vector256.Create((float)(RandomLanes.LargestExponential * Temperature));
        var bond = Vector256.Create((float)(2 * Bond));

        for (var i = first; i < end; i++)
        {
            ref var rowSign = ref Unsafe.Add(ref sign, i * slices);
            ref var rowField = ref Unsafe.Add(ref field, i * slices);
            var changed = Vector256<int>.Zero;
            for (var odd = 0; odd < 2; odd++)
            for (var k = 0; k < half; k += 8)
            {
                var at = (nuint)(odd * half + k);
                var own = Vector256.LoadUnsafe(ref rowSign, at);
                var along = Along(ref rowSign, half, k, odd);
                var delta =
                    Vector256.ConvertToSingle(own * Vector256.LoadUnsafe(ref rowField, at))
                    + bond * Vector256.ConvertToSingle(own * along);
                var flips = Vector256<int>.Zero;
                if (Vector256.LessThanOrEqualAny(delta, reach))
                {
                    flips = own & Vector256.LessThanOrEqual(delta, lanes.NextExponential() * temperature).AsInt32();
                    (own - flips - flips).StoreUnsafe(ref rowSign, at);
                }
                flips.StoreUnsafe(ref step, at);
                changed |= flips;
            }

            if ((i - first) % globals.Length == 0)
                (lanes.NextExponential() * temperature).CopyTo(globals);
            var total = Vector256<float>.Zero;
            for (nuint at = 0; at < (nuint)slices; at += 8)
                total += Vector256.ConvertToSingle(
                    Vector256.LoadUnsafe(ref rowSign, at) * Vector256.LoadUnsafe(ref rowField, at)
                );
            if (Vector256.Sum(total) <= globals[(i - first) % globals.Length])
            {
                for (nuint at = 0; at < (nuint)slices; at += 8)
                {
                    var own = Vector256.LoadUnsafe(ref rowSign, at);
                    (-own).StoreUnsafe(ref rowSign, at);
                    (Vector256.LoadUnsafe(ref step, at) + own).StoreUnsafe(ref step, at);
                }
                changed = Vector256<int>.One;
            }
            if (changed != Vector256<int>.Zero)
                fields.AddToNeighbours(i, steps);
        }
        random = lanes;
    }

    /// <summary>
    /// What <see cref="Run"/> does, one slice at a time, drawing the same numbers in the same order: the specification.
    /// </summary>
    public void RunScalar(SlicedFields fields, int first, int end, ref RandomLanes random)
    {
        var slices = fields.Slices;
        var half = slices / 2;
        var globals = Vector256<float>.Zero;
        for (var i = first; i < end; i++)
        {
            var sign = fields.Sign.AsSpan(i * slices, slices);
            var field = fields.Field.AsSpan(i * slices, slices);
            var steps = new int[slices];
            for (var odd = 0; odd < 2; odd++)
            for (var k = 0; k < half; k += 8)
            {
                var deltas = new float[8];
                for (var lane = 0; lane < 8; lane++)
                {
                    // Slice 2p lies between 2p - 1 and 2p + 1, which are the odd ones p - 1 and p; slice 2p + 1 between the
                    // even ones p and p + 1.
                    var p = k + lane;
                    var others = odd == 0 ? sign[half..] : sign[..half];
                    var along = others[p] + others[odd == 0 ? (p + half - 1) % half : (p + 1) % half];
                    var own = sign[odd * half + p];
                    deltas[lane] = (float)(own * field[odd * half + p]) + (float)(2 * Bond) * (own * along);
                }
                if (deltas.Min() > (float)(RandomLanes.LargestExponential * Temperature))
                    continue;
                var thresholds = random.NextExponential() * (float)Temperature;
                for (var lane = 0; lane < 8; lane++)
                    if (deltas[lane] <= thresholds[lane])
                    {
                        var at = odd * half + k + lane;
                        steps[at] = sign[at];
                        sign[at] = -sign[at];
                    }
            }

            if ((i - first) % 8 == 0)
                globals = random.NextExponential() * (float)Temperature;
            var total = new float[8];
            for (var at = 0; at < slices; at++)
                total[at % 8] += sign[at] * field[at];
            if (Vector256.Sum(Vector256.Create(total)) <= globals[(i - first) % 8])
                for (var at = 0; at < slices; at++)
                {
                    steps[at] += sign[at];
                    sign[at] = -sign[at];
                }
            fields.AddToNeighbours(i, steps);
        }
    }

    /// <summary>Sum of both neighbours' signs along the ring, for eight slices of one half from place k on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Along(ref int rowSign, int half, int k, int odd)
    {
        ref var others = ref Unsafe.Add(ref rowSign, (1 - odd) * half);
        var beside = Vector256.LoadUnsafe(ref others, (nuint)k);
        if (odd == 0)
        {
            var before = Vector256.LoadUnsafe(ref others, (nuint)((k == 0 ? half : k) - 8));
            return beside
                + Vector256.ConditionalSelect(
                    Vector256.Create(-1, 0, 0, 0, 0, 0, 0, 0),
                    Vector256.Shuffle(before, Up),
                    Vector256.Shuffle(beside, Up)
                );
        }
        var after = Vector256.LoadUnsafe(ref others, (nuint)(k + 8 == half ? 0 : k + 8));
        return beside
            + Vector256.ConditionalSelect(
                Vector256.Create(0, 0, 0, 0, 0, 0, 0, -1),
                Vector256.Shuffle(after, Down),
                Vector256.Shuffle(beside, Down)
            );
    }

    private static Vector256<int> Up => Vector256.Create(7, 0, 1, 2, 3, 4, 5, 6);

    private static Vector256<int> Down => Vector256.Create(1, 2, 3, 4, 5, 6, 7, 0);
}
