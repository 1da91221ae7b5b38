using System.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>The passes that take two states back and sum slopes on the way.</summary>
internal sealed unsafe partial class BlockPasses<TLanes, T, TVector>
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    /// <summary>
    /// The rest of the last mixer; then the adjoint state, observable times state; then both go back through that mixer as far
    /// as these blocks reach. Returns the expectation, and as Begun the mixer's slope on these bits and the top qubit.
    /// </summary>
    public PassSums Turn(bool isLow, int last, MixerAngles angles, DiagonalFunction? observable)
    {
        var k = Kernels(isLow);
        var (rest, isComplement) = (T.CreateTruncating(angles.Tangent(last)), IsComplement(angles, last + 1));
        var scale = angles.Scale(last);
        var narrow = T.CreateTruncating(scale);
        return Run(
            isLow,
            withBra: true,
            Top(k, angles, last),
            (in b, thread) =>
            {
                var sums = default(PassSums);
                RestFar(k, b, rest);
                for (nint piece = 0; piece < k.Length; piece += k.PieceLength)
                {
                    RestNear(k, b, piece, rest);
                    var value = 0.0;
                    for (var at = piece; at < piece + k.PieceLength; at += k.ChunkLength)
                    {
                        var diagonal = k.Diagonal(k.Chunk(b, at), isComplement, thread, observable);
                        value += DiagonalSweep<TLanes, T, TVector>.Expectation(
                            diagonal,
                            b.Re + at,
                            b.Im + at,
                            k.ChunkLength
                        );
                        DiagonalSweep<TLanes, T, TVector>.Copy(
                            diagonal,
                            b.Re + at,
                            b.BraRe + at,
                            k.ChunkLength,
                            narrow
                        );
                        DiagonalSweep<TLanes, T, TVector>.Copy(
                            diagonal,
                            b.Im + at,
                            b.BraIm + at,
                            k.ChunkLength,
                            narrow
                        );
                    }
                    sums += new PassSums(value, 0, BeginNear(k, b, piece, last, angles));
                }
                return sums + new PassSums(0, 0, BeginFar(k, b, last, angles));
            },
            BeginTop(k, last, angles),
            gathering: rest,
            leaving: Leaving(k, last, angles)
        );
    }

    /// <summary>
    /// Both states back through the rest of a layer's mixer and its phase, and into the mixer before it. Returns half the
    /// phase's slope, and the slopes of the two mixers on these bits.
    /// </summary>
    public PassSums Undo(bool isLow, int layer, double gamma, MixerAngles angles)
    {
        var k = Kernels(isLow);
        var (back, isComplement) = (T.CreateTruncating(-angles.Tangent(layer)), IsComplement(angles, layer));
        var scale = layer > 0 ? angles.Scale(layer - 1) : 1;
        k.Phase.SetGamma(-gamma);
        var hasRest = _high is not null;
        // What is left to undo is what is left of the scale.
        var (farNorm, nearNorm) = (
            angles.Scale(layer, k.MixedBits - k.MovedBits),
            angles.Scale(layer, k.NearMixedBits)
        );
        return Run(
            isLow,
            withBra: true,
            null,
            (in b, thread) =>
            {
                var sums = default(PassSums);
                var next = k.Next(b);
                if (hasRest)
                    sums += new PassSums(0, k.SlopeAndRotateFar(b, back) / (farNorm * farNorm), 0);
                for (nint piece = 0; piece < k.Length; piece += k.PieceLength)
                {
                    var (value, slope, begun) = (0.0, 0.0, 0.0);
                    if (hasRest)
                        slope = k.SlopeAndRotateNear(b, piece, back, isFirst: true) / (nearNorm * nearNorm);
                    for (var at = piece; at < piece + k.PieceLength; at += k.ChunkLength)
                    {
                        var chunk = k.Chunk(b, at);
                        value += DiagonalSweep<TLanes, T, TVector>.Slope(
                            k.Diagonal(chunk, isComplement, thread),
                            b.BraRe + at,
                            b.BraIm + at,
                            b.Re + at,
                            b.Im + at,
                            k.ChunkLength
                        );
                        if (layer == 0)
                            continue;
                        k.Phase.Apply(
                            chunk,
                            isComplement,
                            b.Re + at,
                            b.Im + at,
                            scale,
                            b.BraRe + at,
                            b.BraIm + at,
                            next,
                            at
                        );
                    }
                    if (layer > 0)
                        begun = BeginNear(k, b, piece, layer - 1, angles);
                    sums += new PassSums(value, slope, begun);
                }
                return layer == 0 ? sums : sums + new PassSums(0, 0, BeginFar(k, b, layer - 1, angles));
            },
            layer == 0 ? null : BeginTop(k, layer - 1, angles),
            isKept: layer > 0,
            entering: new(back, angles.Scale(layer, k.MixedBits)),
            leaving: layer > 0 ? Leaving(k, layer - 1, angles) : null
        );
    }

    private double BeginNear(
        BlockKernels<TLanes, T, TVector> k,
        in StateBlock<T> b,
        nint piece,
        int layer,
        MixerAngles angles
    )
    {
        var norm = angles.Scale(layer);
        var back = T.CreateTruncating(-angles.Tangent(layer));
        return k.SlopeAndRotateNear(b, piece, back, isFirst: false) / (norm * norm);
    }

    private double BeginFar(BlockKernels<TLanes, T, TVector> k, in StateBlock<T> b, int layer, MixerAngles angles)
    {
        var norm = angles.Scale(layer, _layout.Qubits - k.NearMixedBits);
        return k.SlopeAndRotateFar(b, T.CreateTruncating(-angles.Tangent(layer))) / (norm * norm);
    }

    private PairWork? BeginTop(BlockKernels<TLanes, T, TVector> k, int layer, MixerAngles angles)
    {
        if (!_layout.IsSymmetric)
            return null;
        var (norm, tan) = (angles.Scale(layer, _layout.Qubits - k.MixedBits + k.MovedBits), angles.Tangent(layer));
        return (in a, in b) =>
        {
            var slope = k.SlopeTop(a, b) / (norm * norm);
            k.RotateTop(a, b, ofBra: false, -tan);
            k.RotateTop(a, b, ofBra: true, -tan);
            return new(0, 0, slope);
        };
    }

    /// <summary>What is rotated last, where a column is moved back.</summary>
    private BothMoved Leaving(BlockKernels<TLanes, T, TVector> k, int layer, MixerAngles angles) =>
        new(
            T.CreateTruncating(-angles.Tangent(layer)),
            angles.Scale(layer, _layout.Qubits - k.MixedBits + k.MovedBits - (_layout.IsSymmetric ? 1 : 0))
        );
}
