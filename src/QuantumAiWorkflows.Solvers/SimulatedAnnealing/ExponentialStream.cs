using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>The exponential variates of <see cref="RandomLanes"/>, eight at a time or one by one from a block drawn ahead.</summary>
internal sealed class ExponentialStream(Xoshiro256 seeds)
{
    private const int Block = 256;

    private readonly float[] _ahead = new float[Block];
    private int _next = Block;

    /// <summary>Where the next eight come from; a field, so that a kernel keeps it in registers and puts it back.</summary>
    public RandomLanes Lanes = new(seeds);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Next()
    {
        if (_next == Block)
            Fill();
        return _ahead[_next++];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fill()
    {
        for (var k = 0; k < Block; k += 8)
            Lanes.NextExponential().CopyTo(_ahead, k);
        _next = 0;
    }
}
