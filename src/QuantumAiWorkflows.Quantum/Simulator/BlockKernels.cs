using System.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// What passes do with a block: low blocks or gathered columns. A sweep over bits that lie near each other is done piece by
/// piece, so that what comes before and after it finds the piece in the L1 cache.
/// </summary>
internal sealed unsafe class BlockKernels<TLanes, T, TVector> : IDisposable
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private readonly BlockMemory<TLanes, T, TVector> _memory;
    private readonly bool _isSymmetric;
    private readonly int _qubits;
    private readonly int _near;
    private readonly nint _stride;

    public BlockKernels(
        QaoaLayout layout,
        bool isLow,
        IReadOnlyList<DiagonalTerm> cost,
        BlockMemory<TLanes, T, TVector> memory,
        int threads
    )
    {
        _stride = layout.BlockStride;
        _memory = memory;
        (_qubits, _isSymmetric) = (layout.Qubits, layout.IsSymmetric);
        var (columns, low) = (layout.ColumnBits, layout.LowBits);
        Bits = isLow ? low : layout.GatheredBits;
        First = isLow ? 0 : columns;
        _near = Math.Min(layout.NearBits, Bits);
        Outers = 1L << (layout.StoredBits - Bits);
        var order = Enumerable.Range(0, layout.StoredBits).ToArray();
        if (!isLow)
            order = [.. order[..columns], .. order[low..], .. order[columns..low]];
        Costs = new(order, layout.ChunkBits, cost, threads);
        Phase = new(Costs);
    }

    /// <summary>Of a block.</summary>
    public int Bits { get; }

    /// <summary>The lowest bit whose qubit the block mixes.</summary>
    public int First { get; }

    public int MixedBits => Bits - First;

    /// <summary>Mixed bits within a piece.</summary>
    public int NearMixedBits => Math.Max(0, _near - First);

    /// <summary>Number of blocks.</summary>
    public long Outers { get; }

    public ChunkCosts Costs { get; }

    public ChunkPhase<TLanes, T, TVector> Phase { get; }

    public nint PieceLength => (nint)1 << _near;

    public nint Length => (nint)1 << Bits;

    public int ChunkLength => 1 << Costs.Bits;

    private int FirstFar => Math.Max(First, _near);

    public void RotateNear(T* piece, T tan) => MixerSweep<TLanes, T, TVector>.Rotate(piece, _near, First, _near, tan);

    /// <summary>The same on a piece of a block, while the next one is fetched, which is likely to be the thread's own.</summary>
    public void RotateNear(T* piece, T tan, in StateBlock<T> b) =>
        MixerSweep<TLanes, T, TVector>.Rotate(piece, _near, First, _near, tan, Step(b));

    /// <summary>The thread's next column; blocks are fetched where they are rotated.</summary>
    public ColumnFetch<T> Next(in StateBlock<T> b) =>
        First == 0 ? default : _memory.Fetch(b.Outer + Direction(b), withBra: b.BraRe != null);

    private nint Step(in StateBlock<T> b) => First == 0 && Outers > 1 ? Direction(b) * _stride : 0;

    /// <summary>Blocks of a pair move towards each other.</summary>
    private int Direction(in StateBlock<T> b) => _isSymmetric && b.Outer >= Outers / 2 ? -1 : 1;

    /// <summary>Bits above those of a piece.</summary>
    /// <param name="isMoved">Without the highest three, which are rotated where the column is moved, if <see cref="IsMoved"/>.</param>
    public void RotateFar(T* plane, T tan, bool isMoved = false) =>
        MixerSweep<TLanes, T, TVector>.Rotate(
            plane,
            Bits,
            FirstFar,
            isMoved && IsMoved ? Bits - QaoaLayout.MovedBits : Bits,
            tan
        );

    /// <summary>Of the mixed bits, those that are rotated on a column's way in or out.</summary>
    public int MovedBits => IsMoved ? QaoaLayout.MovedBits : 0;

    public bool IsMoved => First > 0 && FirstFar <= Bits - QaoaLayout.MovedBits;

    /// <summary>
    /// The mixer's slope between the two states on a piece's bits, and then both states rotated on them. Plane by plane, as
    /// the four together are larger than the L1 cache.
    /// </summary>
    /// <param name="isFirst">The block comes from memory, and so will the next.</param>
    public double SlopeAndRotateNear(in StateBlock<T> b, nint at, T tan, bool isFirst)
    {
        var ahead = isFirst ? Step(b) : 0;
        return AdjointSweep<TLanes, T, TVector>.SlopeAndRotate(b.BraRe + at, b.Re + at, _near, First, _near, tan, ahead)
            + AdjointSweep<TLanes, T, TVector>.SlopeAndRotate(b.BraIm + at, b.Im + at, _near, First, _near, tan, ahead);
    }

    /// <summary>The same on the bits above those of a piece, less those that are rotated where a column is moved.</summary>
    public double SlopeAndRotateFar(in StateBlock<T> b, T tan) =>
        AdjointSweep<TLanes, T, TVector>.SlopeAndRotate(b.BraRe, b.Re, Bits, FirstFar, Bits - MovedBits, tan)
        + AdjointSweep<TLanes, T, TVector>.SlopeAndRotate(b.BraIm, b.Im, Bits, FirstFar, Bits - MovedBits, tan);

    /// <summary>Number of the chunk at a place of a block.</summary>
    public long Chunk(in StateBlock<T> b, nint at) => (b.Outer << (Bits - Costs.Bits)) + (at >> Costs.Bits);

    /// <summary>Costs of a chunk in a thread's buffers, as double numbers and in the state's precision.</summary>
    public T* Diagonal(long chunk, bool isComplement, int thread, DiagonalFunction? observable = null)
    {
        var costs = _memory.Costs(thread);
        Costs.Fill(chunk, isComplement, costs);
        observable?.Invoke(new(costs, ChunkLength));
        return _memory.Diagonal(thread);
    }

    /// <summary>The top qubit's mixer between a block and the one of the complements, which may be the same; see <see cref="TopQubit{TLanes,T,TVector}"/>.</summary>
    public void RotateTop(in StateBlock<T> a, in StateBlock<T> b, bool ofBra, double tan)
    {
        if (!_isSymmetric)
            return;
        var (aRe, aIm) = ofBra ? (new Plane(a.BraRe), new Plane(a.BraIm)) : (new(a.Re), new(a.Im));
        var (bRe, bIm) = ofBra ? (new Plane(b.BraRe), new Plane(b.BraIm)) : (new(b.Re), new(b.Im));
        var (first, second, count, isTwo) = Tops(a, b);
        var (x, y) = IsEven ? (bRe, bIm) : (bIm, bRe);
        TopQubit<TLanes, T, TVector>.Rotate(aRe.First, x.First, Bits, count, T.CreateTruncating(tan * first));
        if (isTwo)
            TopQubit<TLanes, T, TVector>.Rotate(aIm.First, y.First, Bits, count, T.CreateTruncating(tan * second));
    }

    public double SlopeTop(in StateBlock<T> a, in StateBlock<T> b)
    {
        if (!_isSymmetric)
            return 0;
        var (first, second, count, isTwo) = Tops(a, b);
        var sum = IsEven
            ? TopQubit<TLanes, T, TVector>.Slope(a.BraRe, b.BraRe, a.Re, b.Re, Bits, count)
            : TopQubit<TLanes, T, TVector>.Slope(a.BraRe, b.BraIm, a.Re, b.Im, Bits, count);
        sum *= first;
        if (!isTwo)
            return sum;
        return sum
            + second
                * (
                    IsEven
                        ? TopQubit<TLanes, T, TVector>.Slope(a.BraIm, b.BraIm, a.Im, b.Im, Bits, count)
                        : TopQubit<TLanes, T, TVector>.Slope(a.BraIm, b.BraRe, a.Im, b.Re, Bits, count)
                );
    }

    public void Dispose()
    {
        Costs.Dispose();
        Phase.Dispose();
    }

    private readonly struct Plane(T* first)
    {
        public readonly T* First = first;
    }

    private bool IsEven => (_qubits & 1) == 0;

    /// <summary>
    /// From ψ̃(~z) = (-i)^n (-1)^|z| ψ̃(z) over all n bits: for even n the string with the top bit is real times the stored
    /// complement, for odd n imaginary times, which pairs real parts with imaginary ones.
    /// </summary>
    /// <returns>Signs for the real and for the imaginary plane of a, how many places, and whether both planes have pairs of their own.</returns>
    private (double First, double Second, nint Count, bool IsTwo) Tops(in StateBlock<T> a, in StateBlock<T> b)
    {
        var parity = (BitOperations.PopCount((ulong)a.Outer) & 1) == 0 ? 1.0 : -1.0;
        var isOne = a.Outer == b.Outer;
        if (IsEven)
        {
            var sign = (_qubits & 3) == 0 ? -parity : parity;
            return (sign, sign, isOne ? Length / 2 : Length, true);
        }
        var odd = (_qubits & 3) == 1 ? parity : -parity;
        return (odd, -odd, Length, !isOne);
    }
}
