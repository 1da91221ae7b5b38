using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// In place, values[s] becomes Σ over z of (-1)^|s and z|·values[z]: the sum with the sign of the product of the spins in
/// s. Shape [2^n], n 2^n additions.
/// </summary>
internal static class WalshHadamard
{
    public static void Transform(Span<double> values)
    {
        ref var x = ref MemoryMarshal.GetReference(values);
        for (var stride = 1; stride < values.Length; stride *= 2)
        for (var block = 0; block < values.Length; block += 2 * stride)
        {
            if (stride < Vector256<double>.Count)
                for (var z = block; z < block + stride; z++)
                    (values[z], values[z + stride]) = (values[z] + values[z + stride], values[z] - values[z + stride]);
            else
                for (var z = (nuint)block; z < (nuint)(block + stride); z += (nuint)Vector256<double>.Count)
                {
                    var (a, b) = (Vector256.LoadUnsafe(ref x, z), Vector256.LoadUnsafe(ref x, z + (nuint)stride));
                    (a + b).StoreUnsafe(ref x, z);
                    (a - b).StoreUnsafe(ref x, z + (nuint)stride);
                }
        }
    }
}
