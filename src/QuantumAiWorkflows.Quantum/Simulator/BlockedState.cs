using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// A state in blocks that fit a cache. A pass over memory finishes one layer's mixer on the bits that the pass before could
/// not reach, applies the next phase, and begins the next mixer on its own bits: p layers are p + 1 passes.
/// </summary>
internal sealed unsafe class BlockedState<TLanes, T, TVector> : QaoaState
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private readonly QaoaLayout _layout;
    private readonly BlockPasses<TLanes, T, TVector> _passes;
    private MixerAngles _angles = new([], 1);

    public BlockedState(QaoaLayout layout, IReadOnlyList<DiagonalTerm> cost, int threads)
    {
        _layout = layout;
        _passes = new(layout, cost, threads);
    }

    public override int Qubits => _layout.Qubits;

    public override double Prepare(ReadOnlySpan<double> gammas, ReadOnlySpan<double> betas, Func<bool>? isOver = null)
    {
        _angles = new(betas, Qubits);
        using var crew = _passes.Muster();
        var isLow = Begin(gammas, isOver);
        GoOn(isOver);
        return _passes.Finish(isLow, betas.Length - 1, _angles);
    }

    public override double Gradient(
        ReadOnlySpan<double> gammas,
        ReadOnlySpan<double> betas,
        DiagonalFunction? observable,
        Span<double> gammaSlopes,
        Span<double> betaSlopes
    )
    {
        _angles = new(betas, Qubits);
        var layers = betas.Length;
        _passes.AddBra();
        using var crew = _passes.Muster();
        var isLow = Begin(gammas);
        betaSlopes.Clear();
        var (value, _, last) = _passes.Turn(isLow, layers - 1, _angles, observable);
        betaSlopes[layers - 1] = 2 * last;
        for (var layer = layers - 1; layer >= 0; layer--)
        {
            isLow = _layout.HighBits == 0 || !isLow;
            var (gammaSlope, rest, begun) = _passes.Undo(isLow, layer, gammas[layer], _angles);
            gammaSlopes[layer] = 2 * gammaSlope;
            betaSlopes[layer] += 2 * rest;
            if (layer > 0)
                betaSlopes[layer - 1] += 2 * begun;
        }
        return value;
    }

    /// <summary>All passes but the last; returns whether that one is over low blocks.</summary>
    private bool Begin(ReadOnlySpan<double> gammas, Func<bool>? isOver = null)
    {
        _passes.Start(gammas[0], _angles);
        var isLow = _layout.HighBits == 0;
        for (var layer = 1; layer < gammas.Length; layer++)
        {
            GoOn(isOver);
            _passes.Advance(isLow, layer, gammas[layer], _angles);
            isLow = _layout.HighBits == 0 || !isLow;
        }
        return isLow;
    }

    private static void GoOn(Func<bool>? isOver)
    {
        if (isOver?.Invoke() == true)
            throw new OperationCanceledException();
    }

    public override Complex Amplitude(long index)
    {
        var z = _angles.IsComplement(Layers) ? All - index : index;
        // Of a string that is not stored, by ψ̃(~y) = (-i)^n (-1)^|y| ψ̃(y).
        var turns = 0;
        if (z >> _layout.StoredBits != 0)
        {
            z = All - z;
            turns = 3 * Qubits + 2 * BitOperations.PopCount((ulong)z);
        }
        if (_angles.IsComplement(Layers))
            turns += 2 * BitOperations.PopCount((ulong)index);
        if (_angles.IsNegative)
            turns += 2;
        var place = _layout.Place(z);
        // Out of the rotated basis: ψ = i^|z| ψ̃.
        turns += BitOperations.PopCount((ulong)index);
        var (x, y) = (double.CreateTruncating(_passes.Real[place]), double.CreateTruncating(_passes.Imaginary[place]));
        return (turns & 3) switch
        {
            0 => new(x, y),
            1 => new(-y, x),
            2 => new(-x, -y),
            _ => new(y, -x),
        };
    }

    private int Layers => _angles.Layers;

    private long All => (1L << Qubits) - 1;

    public override void Visit(StringVisitor visitor)
    {
        var size = 1 << _layout.ChunkBits;
        var (costs, probabilities) = (new double[size], new double[size]);
        var isComplement = _angles.IsComplement(Layers);
        for (var first = 0L; first <= All; first += size)
        {
            // Complemented once by the angles, and once more where only the complement is stored.
            var stored = isComplement ? All - first - (size - 1) : first;
            var isReversed = isComplement;
            if (stored >> _layout.StoredBits != 0)
            {
                stored = All - stored - (size - 1);
                isReversed = !isReversed;
            }
            fixed (double* target = costs)
                _passes.LowCosts.Fill(stored >> _layout.ChunkBits, isComplement && !_layout.IsSymmetric, target);
            FillProbabilities(stored, probabilities);
            if (isReversed)
            {
                costs.AsSpan().Reverse();
                probabilities.AsSpan().Reverse();
            }
            visitor(first, costs, probabilities);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillProbabilities(long first, double[] probabilities)
    {
        var place = _layout.Place(first);
        // Of the half, every probability is that of one string.
        for (var k = 0; k < probabilities.Length; k++)
        {
            var (x, y) = (
                double.CreateTruncating(_passes.Real[place + k]),
                double.CreateTruncating(_passes.Imaginary[place + k])
            );
            probabilities[k] = x * x + y * y;
        }
    }

    public override void Dispose() => _passes.Dispose();
}
