using System.IO.Compression;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

internal static class Gzip
{
    /// <summary>A small body that unpacks to this many megabytes of blanks.</summary>
    public static byte[] Bomb(int megabytes)
    {
        var blanks = new byte[1 << 20];
        blanks.AsSpan().Fill((byte)' ');
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var i = 0; i < megabytes; i++)
                gzip.Write(blanks);
        return packed.ToArray();
    }
}
