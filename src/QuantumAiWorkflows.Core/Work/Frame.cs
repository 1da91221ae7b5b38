using System.Buffers.Binary;

namespace QuantumAiWorkflows.Work;

/// <summary>What a frame is; the second field on the wire.</summary>
public enum FrameKind : byte
{
    // Parent to child.
    Describe = 1,
    Check = 2,
    Solve = 3,
    Cancel = 4,
    Circuit = 5,
    Estimate = 6,
    Train = 7,

    // Child to parent.
    Hello = 65,
    Result = 66,
    Incumbent = 67,
    Stage = 68,
    Failed = 69,
    Progress = 70,
    Scores = 71,
}

/// <summary>
/// One message between worker and solver process: u32 little-endian payload length, u8 kind, payload (UTF-8 JSON).
/// Both sides refuse a payload over <see cref="MaxPayload"/>, so a corrupt length cannot exhaust memory.
/// </summary>
public readonly record struct Frame(FrameKind Kind, ReadOnlyMemory<byte> Payload)
{
    /// <summary>256 MiB.</summary>
    public const int MaxPayload = 256 << 20;

    private const int HeaderSize = 5;

    /// <summary>Reads one frame; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The length exceeds <see cref="MaxPayload"/>.</exception>
    /// <exception cref="EndOfStreamException">The stream ended inside a frame.</exception>
    public static Frame? Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        var got = stream.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        if (got == 0)
            return null;
        if (got < HeaderSize)
            throw new EndOfStreamException("The stream ended inside a frame's header.");
        var payload = new byte[CheckLength(BinaryPrimitives.ReadUInt32LittleEndian(header))];
        stream.ReadExactly(payload);
        return new((FrameKind)header[4], payload);
    }

    /// <summary>Writes the frame in one piece. Not thread-safe: the caller holds the pipe.</summary>
    public void Write(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        BinaryPrimitives.WriteUInt32LittleEndian(header, CheckLength((uint)Payload.Length));
        header[4] = (byte)Kind;
        stream.Write(header);
        stream.Write(Payload.Span);
        stream.Flush();
    }

    private static uint CheckLength(uint length) =>
        length <= MaxPayload
            ? length
            : throw new InvalidDataException($"A frame of {length} bytes exceeds the limit of {MaxPayload}.");
}
