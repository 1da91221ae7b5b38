using System.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>Sums of a unit of work or of a pass: a value, and slopes of the mixer that it ends and of the one that it begins with.</summary>
internal readonly record struct PassSums(double Value, double Rest, double Begun)
{
    public static PassSums operator +(PassSums a, PassSums b) =>
        new(a.Value + b.Value, a.Rest + b.Rest, a.Begun + b.Begun);

    public static PassSums operator *(double factor, PassSums a) =>
        new(factor * a.Value, factor * a.Rest, factor * a.Begun);
}

/// <summary>The passes over memory that a <see cref="BlockedState{TLanes,T,TVector}"/> is made of.</summary>
internal sealed unsafe partial class BlockPasses<TLanes, T, TVector> : IDisposable
    where TLanes : ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    private readonly QaoaLayout _layout;
    private readonly int _threads;
    private readonly BlockMemory<TLanes, T, TVector> _memory;
    private readonly BlockKernels<TLanes, T, TVector> _low;
    private readonly BlockKernels<TLanes, T, TVector>? _high;
    private PassCrew? _crew;

    /// <summary>cos(-π/2·(|i| + k)), shape [4, 2^chunk]: the uniform start in the rotated basis.</summary>
    private readonly NativeArray<T> _start;

    private delegate PassSums Work(in StateBlock<T> block, int thread);

    private delegate PassSums PairWork(in StateBlock<T> block, in StateBlock<T> complement);

    /// <summary>A rotation of both states where columns are moved.</summary>
    /// <param name="Norm">What is left of the scale of each state before it.</param>
    private readonly record struct BothMoved(T Tan, double Norm);

    public BlockPasses(QaoaLayout layout, IReadOnlyList<DiagonalTerm> cost, int threads)
    {
        _layout = layout;
        _threads = threads;
        _memory = new(layout, threads);
        _low = new(layout, isLow: true, cost, _memory, threads);
        if (layout.HighBits > 0)
            _high = new(layout, isLow: false, cost, _memory, threads);
        _start = new(4L << layout.ChunkBits);
        for (var k = 0; k < 4; k++)
        for (var i = 0; i < _low.ChunkLength; i++)
            _start.First[k * _low.ChunkLength + i] = T.CreateTruncating(
                ((BitOperations.PopCount((uint)i) + k) & 3) switch
                {
                    0 => 1,
                    2 => -1,
                    _ => 0,
                }
            );
    }

    public T* Real => _memory.Real;

    public T* Imaginary => _memory.Imaginary;

    public ChunkCosts LowCosts => _low.Costs;

    public void AddBra() => _memory.AddBra();

    /// <summary>Threads for the passes until they are dismissed.</summary>
    public PassCrew Muster() => _crew = new(_threads);

    public void Dispose()
    {
        _memory.Dispose();
        _low.Dispose();
        _high?.Dispose();
        _start.Dispose();
    }

    /// <summary>Uniform start, first phase, first mixer on the low bits.</summary>
    public void Start(double gamma, MixerAngles angles)
    {
        var scale = angles.Scale(0) * Math.Pow(2, -_layout.Qubits / 2.0);
        var tan = T.CreateTruncating(angles.Tangent(0));
        _low.Phase.SetGamma(gamma);
        Run(
            isLow: true,
            withBra: false,
            null,
            (in b, _) =>
            {
                for (nint piece = 0; piece < _low.Length; piece += _low.PieceLength)
                {
                    for (var at = piece; at < piece + _low.PieceLength; at += _low.ChunkLength)
                    {
                        var chunk = _low.Chunk(b, at);
                        var turns = BitOperations.PopCount((ulong)chunk);
                        Fill(turns, b.Re + at);
                        Fill(turns + 1, b.Im + at);
                        _low.Phase.Apply(chunk, isComplement: false, b.Re + at, b.Im + at, scale);
                    }
                    _low.RotateNear(b.Re + piece, tan);
                    _low.RotateNear(b.Im + piece, tan);
                }
                _low.RotateFar(b.Re, tan);
                _low.RotateFar(b.Im, tan);
                return default;
            }
        );
    }

    /// <summary>The rest of the mixer before <paramref name="layer"/>, its phase, and its mixer as far as these blocks reach.</summary>
    public void Advance(bool isLow, int layer, double gamma, MixerAngles angles)
    {
        var k = Kernels(isLow);
        var (rest, tan) = (T.CreateTruncating(angles.Tangent(layer - 1)), T.CreateTruncating(angles.Tangent(layer)));
        var (scale, isComplement) = (angles.Scale(layer), IsComplement(angles, layer));
        k.Phase.SetGamma(gamma);
        Run(
            isLow,
            withBra: false,
            Top(k, angles, layer - 1),
            (in b, _) =>
            {
                var next = k.Next(b);
                RestFar(k, b, rest);
                for (nint piece = 0; piece < k.Length; piece += k.PieceLength)
                {
                    RestNear(k, b, piece, rest);
                    for (var at = piece; at < piece + k.PieceLength; at += k.ChunkLength)
                        k.Phase.Apply(
                            k.Chunk(b, at),
                            isComplement,
                            b.Re + at,
                            b.Im + at,
                            scale,
                            fetch: next,
                            fetchAt: at
                        );
                    k.RotateNear(b.Re + piece, tan);
                    k.RotateNear(b.Im + piece, tan);
                }
                k.RotateFar(b.Re, tan, isMoved: true);
                k.RotateFar(b.Im, tan, isMoved: true);
                return default;
            },
            gathering: rest,
            scattering: tan
        );
    }

    /// <summary>The rest of the last mixer; returns the expected cost.</summary>
    public double Finish(bool isLow, int last, MixerAngles angles)
    {
        var k = Kernels(isLow);
        var (rest, isComplement) = (T.CreateTruncating(angles.Tangent(last)), IsComplement(angles, last + 1));
        return Run(
            isLow,
            withBra: false,
            Top(k, angles, last),
            (in b, thread) =>
            {
                var sum = 0.0;
                RestFar(k, b, rest);
                for (nint piece = 0; piece < k.Length; piece += k.PieceLength)
                {
                    RestNear(k, b, piece, rest);
                    for (var at = piece; at < piece + k.PieceLength; at += k.ChunkLength)
                    {
                        var diagonal = k.Diagonal(k.Chunk(b, at), isComplement, thread);
                        sum += DiagonalSweep<TLanes, T, TVector>.Expectation(
                            diagonal,
                            b.Re + at,
                            b.Im + at,
                            k.ChunkLength
                        );
                    }
                }
                return new(sum, 0, 0);
            },
            gathering: rest
        ).Value;
    }

    /// <summary>Whether a phase sees complements; those of a symmetric state cost the same.</summary>
    private bool IsComplement(MixerAngles angles, int layer) => !_layout.IsSymmetric && angles.IsComplement(layer);

    private BlockKernels<TLanes, T, TVector> Kernels(bool isLow) => isLow ? _low : _high!;

    private void RestFar(BlockKernels<TLanes, T, TVector> k, in StateBlock<T> b, T tan)
    {
        if (_high is null)
            return;
        k.RotateFar(b.Re, tan, isMoved: true);
        k.RotateFar(b.Im, tan, isMoved: true);
    }

    private void RestNear(BlockKernels<TLanes, T, TVector> k, in StateBlock<T> b, nint piece, T tan)
    {
        if (_high is null)
            return;
        k.RotateNear(b.Re + piece, tan, b);
        k.RotateNear(b.Im + piece, tan, b);
    }

    private PairWork? Top(BlockKernels<TLanes, T, TVector> k, MixerAngles angles, int layer)
    {
        if (!_layout.IsSymmetric)
            return null;
        var tan = angles.Tangent(layer);
        return (in a, in b) =>
        {
            k.RotateTop(a, b, ofBra: false, tan);
            return default;
        };
    }

    private void Fill(int turns, T* target) =>
        new Span<T>(_start.First + (turns & 3) * _low.ChunkLength, _low.ChunkLength).CopyTo(
            new(target, _low.ChunkLength)
        );

    /// <summary>
    /// Does the work on all blocks, in a symmetric state on pairs of complements. Sums are added in the order of blocks.
    /// </summary>
    private PassSums Run(
        bool isLow,
        bool withBra,
        PairWork? before,
        Work work,
        PairWork? after = null,
        bool isKept = true,
        T? gathering = null,
        T? scattering = null,
        BothMoved? entering = null,
        BothMoved? leaving = null
    )
    {
        var outers = Kernels(isLow).Outers;
        var isPaired = _layout.IsSymmetric && outers > 1;
        var isMoved = Kernels(isLow).IsMoved;
        if (!isMoved)
            (gathering, scattering) = (null, null);
        var units = isPaired ? outers / 2 : outers;
        var sums = new PassSums[units];
        _crew!.Do(new Pass(units, _threads, Do));
        var total = default(PassSums);
        foreach (var sum in sums)
            total += sum;
        return (_layout.IsSymmetric ? 2 : 1) * total;

        void Do(long unit, int thread)
        {
            var sum = default(PassSums);
            var a = Open(unit, 0, ref sum);
            var b = isPaired ? Open(outers - 1 - unit, 1, ref sum) : a;
            sum += before?.Invoke(a, b) ?? default;
            sum += work(a, thread);
            if (isPaired)
                sum += work(b, thread);
            sum += after?.Invoke(a, b) ?? default;
            if (isKept)
            {
                Close(a, ref sum);
                if (isPaired)
                    Close(b, ref sum);
            }
            sums[unit] = sum;

            StateBlock<T> Open(long outer, int slot, ref PassSums sum)
            {
                if (entering is not { } both)
                    return _memory.Open(isLow, withBra, outer, thread, slot, gathering);
                var block = _memory.OpenBoth(isLow, outer, thread, slot, isMoved ? both.Tan : null, out var slope);
                sum += new PassSums(0, slope / (both.Norm * both.Norm), 0);
                return block;
            }

            void Close(in StateBlock<T> block, ref PassSums sum)
            {
                if (leaving is not { } both)
                    _memory.Close(isLow, block, scattering);
                else
                    sum += new PassSums(
                        0,
                        0,
                        _memory.CloseBoth(isLow, block, isMoved ? both.Tan : null) / (both.Norm * both.Norm)
                    );
            }
        }
    }
}
