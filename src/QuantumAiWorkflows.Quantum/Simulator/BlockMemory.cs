using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>A block or a gathered column of the state, and of the adjoint one where there is one.</summary>
internal readonly unsafe struct StateBlock<T>(T* re, T* im, T* braRe, T* braIm, long outer)
    where T : unmanaged
{
    public readonly T* Re = re;
    public readonly T* Im = im;
    public readonly T* BraRe = braRe;
    public readonly T* BraIm = braIm;

    /// <summary>Number of the bits that its strings share.</summary>
    public readonly long Outer = outer;
}

/// <summary>A column that the processor is asked to bring to its L2 cache while another one is worked on.</summary>
internal readonly unsafe struct ColumnFetch<T>(StateBlock<T> first, int columnBits, nint rowStride)
    where T : unmanaged
{
    private const int CacheLine = 64;

    private readonly StateBlock<T> _first = first;

    public bool IsSome => _first.Re != null;

    /// <summary>What a gathered column has from <paramref name="at"/> to below <paramref name="end"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Ask(nint at, nint end)
    {
        if (!Sse.IsSupported)
            return;
        for (; at < end; at += CacheLine / sizeof(T))
        {
            var place = (at >> columnBits) * rowStride + (at & (((nint)1 << columnBits) - 1));
            Sse.Prefetch1(_first.Re + place);
            Sse.Prefetch1(_first.Im + place);
            if (_first.BraRe == null)
                continue;
            Sse.Prefetch1(_first.BraRe + place);
            Sse.Prefetch1(_first.BraIm + place);
        }
    }
}

/// <summary>The planes of a state, and their parts in and out of the threads' buffers.</summary>
internal sealed unsafe class BlockMemory<TLanes, T, TVector> : IDisposable
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private readonly QaoaLayout _layout;
    private readonly List<IDisposable> _owned = [];
    private readonly T*[] _planes = new T*[4];
    private readonly T*[] _columns;
    private readonly double*[] _costs;
    private readonly T*[] _diagonals;

    public BlockMemory(QaoaLayout layout, int threads)
    {
        _layout = layout;
        _columns = new T*[threads];
        _costs = new double*[threads];
        _diagonals = new T*[threads];
        Allocate(0);
        Allocate(1);
        for (var thread = 0; thread < threads; thread++)
        {
            _costs[thread] = Own(new NativeArray<double>(1L << layout.ChunkBits)).First;
            _diagonals[thread] =
                typeof(T) == typeof(double)
                    ? (T*)_costs[thread]
                    : Own(new NativeArray<T>(1L << layout.ChunkBits)).First;
            AllocateColumns(thread, 2);
        }
    }

    public T* Real => _planes[0];

    public T* Imaginary => _planes[1];

    /// <summary>The adjoint state's planes and buffers, once.</summary>
    /// <exception cref="StateTooLargeException"/>
    public void AddBra()
    {
        if (_planes[3] != null)
            return;
        Allocate(2);
        for (var thread = 0; thread < _columns.Length; thread++)
            AllocateColumns(thread, 4);
        Allocate(3);
    }

    /// <summary>A thread's buffer for the costs of a chunk.</summary>
    public double* Costs(int thread) => _costs[thread];

    /// <summary>The values in <see cref="Costs"/> in the state's precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T* Diagonal(int thread)
    {
        var costs = _costs[thread];
        var target = _diagonals[thread];
        if (typeof(T) == typeof(double))
            return target;
        var length = 1 << _layout.ChunkBits;
        var z = 0;
        for (; z + Vector256<float>.Count <= length; z += Vector256<float>.Count)
            Vector256
                .Narrow(Vector256.Load(costs + z), Vector256.Load(costs + z + Vector256<double>.Count))
                .Store((float*)target + z);
        for (; z < length; z++)
            target[z] = T.CreateTruncating(costs[z]);
        return target;
    }

    /// <param name="isLow">A block, which is worked on in place; else a column, which is gathered into buffer <paramref name="slot"/>.</param>
    /// <param name="withBra">The adjoint state, too; what it holds is not gathered, as it is about to be written.</param>
    /// <param name="tan">Rotates the highest three bits of a column on its way; null for a copy.</param>
    public StateBlock<T> Open(bool isLow, bool withBra, long outer, int thread, int slot, T? tan)
    {
        var block = Place(isLow, withBra, outer, thread, slot);
        if (isLow)
            return block;
        Move(Column(0, outer), _layout.BlockStride, block.Re, Width, tan);
        Move(Column(1, outer), _layout.BlockStride, block.Im, Width, tan);
        return block;
    }

    /// <summary>Both states; a column's highest three bits are rotated in both on its way, if there is a tangent.</summary>
    /// <param name="slope">The mixer's on those three bits before.</param>
    public StateBlock<T> OpenBoth(bool isLow, long outer, int thread, int slot, T? tan, out double slope)
    {
        slope = 0;
        var block = Place(isLow, withBra: true, outer, thread, slot);
        if (isLow)
            return block;
        slope += MoveBoth(Column(2, outer), Column(0, outer), _layout.BlockStride, block.BraRe, block.Re, Width, tan);
        slope += MoveBoth(Column(3, outer), Column(1, outer), _layout.BlockStride, block.BraIm, block.Im, Width, tan);
        return block;
    }

    /// <summary>Where a later column lies that is to be fetched meanwhile.</summary>
    public ColumnFetch<T> Fetch(long outer, bool withBra)
    {
        if (outer < 0 || outer >= 1L << (_layout.LowBits - _layout.ColumnBits))
            return default;
        var at = outer << _layout.ColumnBits;
        var first = withBra
            ? new StateBlock<T>(_planes[0] + at, _planes[1] + at, _planes[2] + at, _planes[3] + at, outer)
            : new(_planes[0] + at, _planes[1] + at, null, null, outer);
        return new(first, _layout.ColumnBits, _layout.BlockStride);
    }

    public void Close(bool isLow, in StateBlock<T> block, T? tan)
    {
        if (isLow)
            return;
        Move(block.Re, Width, Column(0, block.Outer), _layout.BlockStride, tan);
        Move(block.Im, Width, Column(1, block.Outer), _layout.BlockStride, tan);
    }

    /// <summary>Both states, as <see cref="OpenBoth"/>; returns the slope.</summary>
    public double CloseBoth(bool isLow, in StateBlock<T> block, T? tan)
    {
        if (isLow)
            return 0;
        return MoveBoth(
                block.BraRe,
                block.Re,
                Width,
                Column(2, block.Outer),
                Column(0, block.Outer),
                _layout.BlockStride,
                tan
            )
            + MoveBoth(
                block.BraIm,
                block.Im,
                Width,
                Column(3, block.Outer),
                Column(1, block.Outer),
                _layout.BlockStride,
                tan
            );
    }

    public void Dispose()
    {
        foreach (var array in _owned)
            array.Dispose();
        _owned.Clear();
    }

    private StateBlock<T> Place(bool isLow, bool withBra, long outer, int thread, int slot)
    {
        var planes = stackalloc T*[4];
        for (var plane = 0; plane < (withBra ? 4 : 2); plane++)
            planes[plane] = isLow ? _planes[plane] + outer * _layout.BlockStride : Buffer(thread, plane, slot);
        return new(planes[0], planes[1], planes[2], planes[3], outer);
    }

    /// <summary>The first row of a column.</summary>
    private T* Column(int plane, long outer) => _planes[plane] + (outer << _layout.ColumnBits);

    private T* Buffer(int thread, int plane, int slot) =>
        _columns[thread]
        + ((plane * (_layout.IsSymmetric ? 2 : 1) + slot) * (1L << _layout.GatheredBits))
        + _layout.Shift(plane);

    private void Allocate(int plane)
    {
        var shift = _layout.Shift(plane);
        _planes[plane] = Own(new NativeArray<T>(_layout.PlaneLength + shift)).First + shift;
    }

    private void AllocateColumns(int thread, int planes)
    {
        if (_layout.HighBits > 0)
            _columns[thread] = Own(
                new NativeArray<T>(
                    ((long)planes * (_layout.IsSymmetric ? 2 : 1) << _layout.GatheredBits) + _layout.Shift(planes - 1)
                )
            ).First;
    }

    private NativeArray<TItem> Own<TItem>(NativeArray<TItem> array)
        where TItem : unmanaged
    {
        _owned.Add(array);
        return array;
    }

    /// <summary>Values of a row of a column.</summary>
    private nint Width => (nint)1 << _layout.ColumnBits;

    /// <summary>A column's rows of 2^ColumnBits values, to where they are targetStride apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(T* source, nint sourceStride, T* target, nint targetStride, T? tan)
    {
        var rows = (nint)1 << _layout.HighBits;
        if (tan is { } t)
            for (nint row = 0; row < rows / 8; row++)
                MixerSweep<TLanes, T, TVector>.MoveThree(
                    source + row * sourceStride,
                    rows / 8 * sourceStride,
                    target + row * targetStride,
                    rows / 8 * targetStride,
                    Width,
                    t
                );
        else
            for (nint row = 0; row < rows; row++)
            for (nint z = 0; z < Width; z += 1 << TLanes.Bits)
                TLanes.Store(TLanes.Load(source + row * sourceStride + z), target + row * targetStride + z);
    }

    private double MoveBoth(T* bra, T* ket, nint sourceStride, T* braTarget, T* ketTarget, nint targetStride, T? tan)
    {
        if (tan is not { } t)
        {
            Move(bra, sourceStride, braTarget, targetStride, null);
            Move(ket, sourceStride, ketTarget, targetStride, null);
            return 0;
        }
        var rows = (nint)1 << _layout.HighBits;
        var slope = 0.0;
        for (nint row = 0; row < rows / 8; row++)
            slope += AdjointSweep<TLanes, T, TVector>.MoveThree(
                bra + row * sourceStride,
                ket + row * sourceStride,
                rows / 8 * sourceStride,
                braTarget + row * targetStride,
                ketTarget + row * targetStride,
                rows / 8 * targetStride,
                Width,
                t
            );
        return slope;
    }
}
