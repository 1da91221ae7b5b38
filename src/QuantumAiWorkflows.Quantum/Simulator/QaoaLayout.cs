namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// How a state is cut for the caches. Its strings are the numbers of <see cref="StoredBits"/> bits; a pass over memory
/// works either on blocks of all strings with the same high bits (contiguous) or on columns of all strings with the same
/// middle bits (gathered into a buffer), so that every qubit can be rotated within one of the two.
/// </summary>
internal sealed record QaoaLayout
{
    private const int MostRowBits = 8;

    /// <summary>The highest bits of a gathered column, which are rotated while it is moved.</summary>
    public const int MovedBits = 3;

    /// <summary>
    /// Sets of an L1 cache repeat every 4096 bytes: planes begin a quarter of that apart, so that rows of several planes that
    /// are a power of two apart do not all fall into one set.
    /// </summary>
    private const int PlaneShift = 1024;

    private const int CacheLine = 64;

    /// <param name="bytesPerValue">8 for double precision, 4 for single.</param>
    /// <param name="isSymmetric">Only the strings whose top bit is 0 are stored.</param>
    /// <param name="laneBits">A vector has 2^laneBits values.</param>
    /// <param name="blockBits">Strings of a block, 2^blockBits; null for two planes of 128 KB, a quarter of an L2 cache of 1 MB.</param>
    public QaoaLayout(int qubits, int bytesPerValue, bool isSymmetric, int laneBits, int? blockBits = null)
    {
        Qubits = qubits;
        BytesPerValue = bytesPerValue;
        IsSymmetric = isSymmetric;
        StoredBits = isSymmetric ? qubits - 1 : qubits;
        var doubling = bytesPerValue == sizeof(double) ? 0 : 1;
        var block = blockBits ?? 14 + doubling;
        var narrowest = Math.Max(laneBits, blockBits is null ? 4 : 0);
        NearBits = (blockBits is null ? 11 : Math.Max(laneBits, block - 2)) + doubling;
        if (StoredBits <= Math.Max(block + 1, narrowest + 1))
            LowBits = StoredBits;
        else
        {
            // Rows of a column are what memory is slow at: up to 2^8 of them, while a block is not too large for the L2 cache;
            // from where half of the bits are more than that, blocks grow, too.
            var few = blockBits is null ? Math.Clamp(StoredBits - MostRowBits, block, block + 2) : block;
            LowBits = Math.Max(Math.Max(few, narrowest + 1), (StoredBits + narrowest + 1) / 2);
            // A gathered column has three bits more than a piece: those are rotated on its way, so that no sweep is needed over all of it.
            ColumnBits = Math.Max(narrowest, Math.Min(LowBits, NearBits + MovedBits) - HighBits);
        }
        ChunkBits = Math.Min(
            Math.Min(ChunkCosts.MostBits, NearBits),
            Math.Min(LowBits, HighBits > 0 ? ColumnBits + HighBits : LowBits)
        );
        if (blockBits is not null)
            ChunkBits = Math.Max(laneBits, Math.Min(ChunkBits, block - 2));
    }

    public int Qubits { get; }

    public int BytesPerValue { get; }

    public bool IsSymmetric { get; }

    /// <summary>The state has 2^StoredBits amplitudes.</summary>
    public int StoredBits { get; }

    /// <summary>Bits of a block; all of them where one block is enough.</summary>
    public int LowBits { get; }

    /// <summary>Bits that are equal in a block; 0 where one block is enough.</summary>
    public int HighBits => StoredBits - LowBits;

    /// <summary>A piece of a row in a column: 2^ColumnBits neighbouring strings.</summary>
    public int ColumnBits { get; }

    /// <summary>Values of a plane that stay in an L1 cache, 2^NearBits.</summary>
    public int NearBits { get; }

    public int ChunkBits { get; }

    /// <summary>
    /// Values from a block to the next one. Not a power of two: the rows of a column would all fall into a few sets of the L2
    /// and L3 caches, and fetching a column would throw out what of it came before.
    /// </summary>
    public nint BlockStride => ((nint)1 << LowBits) + Padding;

    private int Padding => HighBits == 0 ? 0 : (1 << ColumnBits) + CacheLine / BytesPerValue;

    /// <summary>Values of a plane, with the padding after every block.</summary>
    public long PlaneLength => (long)BlockStride << HighBits;

    /// <summary>Where a plane has a string's amplitude.</summary>
    public long Place(long z) => z + (z >> LowBits) * Padding;

    /// <summary>Bits of a gathered column.</summary>
    public int GatheredBits => ColumnBits + HighBits;

    /// <summary>Values that a plane is shifted by: real and imaginary parts of the state, then of the adjoint one.</summary>
    public int Shift(int plane) => plane * PlaneShift / BytesPerValue;

    /// <summary>What a state takes, to the byte: planes, tables of costs, and buffers of the threads.</summary>
    public long Bytes(int threads, bool withGradient)
    {
        var planes = withGradient ? 4L : 2L;
        var orders = HighBits > 0 ? 2 : 1;
        var state = planes * BytesPerValue * PlaneLength;
        var rows = (orders * (long)ChunkCosts.RowBytes) << (StoredBits - ChunkBits);
        // Costs of a chunk's own bits, its phases (cos, sin), four uniform starts, and of a thread the costs of a chunk, also in
        // the state's precision if that is another.
        var buffers = BytesPerValue == sizeof(double) ? sizeof(double) : sizeof(double) + BytesPerValue;
        var chunk = (long)(orders * (sizeof(double) + 2 * BytesPerValue) + 4 * BytesPerValue + threads * buffers);
        // A gradient has buffers of its own beside those of a preparation.
        var buffered = (withGradient ? 6L : 2L) * (IsSymmetric ? 2 : 1);
        var columns = HighBits > 0 ? (threads * buffered * BytesPerValue) << GatheredBits : 0;
        // Two planes are shifted by 0 and 1, two more by 2 and 3; the buffers of a thread by the most of them.
        var shifts = PlaneShift * (withGradient ? 6L : 1L);
        if (HighBits > 0)
            shifts += PlaneShift * threads * (withGradient ? 4L : 1L);
        return state + rows + (chunk << ChunkBits) + columns + shifts;
    }
}
