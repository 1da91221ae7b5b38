using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// Uninitialized memory outside the garbage collector's heap: of any length, aligned to cache lines, and on large pages
/// where Linux has them, which spares passes with large strides most of their page-table walks. A handle, so that memory
/// comes back also when what would have owned it was refused the rest.
/// </summary>
internal sealed unsafe class NativeArray<T> : SafeHandleZeroOrMinusOneIsInvalid
    where T : unmanaged
{
    private const int LargePage = 1 << 21;
    private const int CacheLine = 64;

    /// <exception cref="StateTooLargeException">The system has not so much.</exception>
    public NativeArray(long length)
        : base(ownsHandle: true)
    {
        var bytes = checked((nuint)((ulong)length * (ulong)sizeof(T)));
        try
        {
            SetHandle((nint)NativeMemory.AlignedAlloc(bytes, bytes < LargePage ? (nuint)CacheLine : LargePage));
        }
        catch (OutOfMemoryException refused)
        {
            throw new StateTooLargeException($"The system refused {bytes} bytes for a state vector.", refused);
        }
        if (bytes >= LargePage && OperatingSystem.IsLinux())
            LargePages.AdviseFor((void*)handle, bytes);
    }

    public T* First => (T*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}

internal static unsafe partial class LargePages
{
    /// <summary>MADV_HUGEPAGE.</summary>
    private const int Advice = 14;

    // A refusal changes nothing but speed.
    public static void AdviseFor(void* address, nuint bytes) => _ = Advise(address, bytes, Advice);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint bytes, int advice);
}

/// <summary>There is not enough memory for a state.</summary>
internal sealed class StateTooLargeException(string message, Exception refused) : Exception(message, refused);
