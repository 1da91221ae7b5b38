using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// One SolverHost process and its two pipes. Requests are matched to replies by id; a child that ends fails every open
/// request with <see cref="ChildLostException"/>. Restarting is the owner's business.
/// </summary>
internal sealed class SolverChild : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// An inheritable pipe end exists from its creation until its local copy is closed; a process started in between
    /// would inherit it too and keep the pipe open for ever. So children start one at a time.
    /// </summary>
    private static readonly SemaphoreSlim Starting = new(1, 1);

    private readonly Process _process;
    private readonly AnonymousPipeServerStream _toChild;
    private readonly AnonymousPipeServerStream _fromChild;
    private readonly ConcurrentDictionary<long, Pending> _pending = new();
    private readonly TaskCompletionSource<Hello> _hello = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _writing = new();
    private readonly StringBuilder _errors = new();
    private long _lastRequestId;
    private volatile bool _killed;

    private sealed record Pending(TaskCompletionSource<Frame> Reply, Action<Frame>? OnProgress);

    private SolverChild(Process process, AnonymousPipeServerStream toChild, AnonymousPipeServerStream fromChild)
    {
        (_process, _toChild, _fromChild) = (process, toChild, fromChild);
        Meter = new ProcessMeter(process);
        process.ErrorDataReceived += (_, e) => KeepError(e.Data);
        process.OutputDataReceived += (_, e) => KeepError(e.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        new Thread(ReadLoop) { IsBackground = true, Name = $"child {process.Id}" }.Start();
    }

    public ProcessMeter Meter { get; }

    public int ProcessId => _process.Id;

    /// <summary>Completes when the process has ended, for whatever reason.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Asks the system too: a child that died idle is to be replaced, not given the next job.</summary>
    public bool IsAlive => !_ended.Task.IsCompleted && !_process.HasExited;

    /// <summary>Starts a child and waits until it has warmed up.</summary>
    /// <exception cref="ChildLostException">It ended, spoke another protocol or build, or did not say hello in time.</exception>
    public static async Task<SolverChild> StartAsync(
        string cacheDirectory,
        ChildRole role,
        CancellationToken cancellation
    )
    {
        await Starting.WaitAsync(cancellation);
        SolverChild child;
        try
        {
            child = Launch(cacheDirectory, role);
        }
        finally
        {
            Starting.Release();
        }

        try
        {
            var hello = await child._hello.Task.WaitAsync(StartTimeout, cancellation);
            if (hello.Protocol != Protocol.Version || hello.Build != Protocol.Build)
                throw new ChildLostException(
                    $"The solver host is of another build ({hello.Protocol}, {hello.Build}); this one is {Protocol.Version}, {Protocol.Build}."
                );
            return child;
        }
        catch (Exception e)
        {
            await child.DisposeAsync();
            if (e is TimeoutException)
                throw new ChildLostException($"The solver host did not start within {StartTimeout.TotalSeconds} s.");
            throw;
        }
    }

    /// <summary>Sends a request; progress frames go to <paramref name="onProgress"/> on the reading thread, in order.</summary>
    /// <exception cref="ChildLostException">The child ended before it answered.</exception>
    /// <exception cref="ChildRequestFailedException">The child answered with an exception of its own.</exception>
    public async Task<Frame> RequestAsync<T>(
        FrameKind kind,
        Func<long, T> message,
        Action<Frame>? onProgress = null,
        Action<long>? onSent = null
    )
    {
        var id = Interlocked.Increment(ref _lastRequestId);
        var pending = new Pending(new(TaskCreationOptions.RunContinuationsAsynchronously), onProgress);
        _pending[id] = pending;
        try
        {
            // A large problem fills the pipe while the child reads: not on the caller's thread. What hears of the end
            // of it starts a clock, which must not wait for a thread.
            var frame = Protocol.Frame(kind, message(id));
            if (frame.Payload.Length > 16 << 10)
                await Task.Run(SendWhole);
            else
                SendWhole();
            void SendWhole()
            {
                Send(frame);
                onSent?.Invoke(id);
            }
            if (!IsAlive)
                throw Lost();
            return await pending.Reply.Task;
        }
        finally
        {
            _pending.TryRemove(id, out _);
        }
    }

    /// <summary>Sends without waiting; does nothing when the child is gone.</summary>
    public void Send(Frame frame)
    {
        try
        {
            lock (_writing)
                frame.Write(_toChild);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The read loop sees the same end and fails the open requests with the reason.
        }
    }

    public void Kill()
    {
        _killed = true;
        EndProcess();
    }

    private void EndProcess()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _toChild.DisposeAsync();
        if (await Task.WhenAny(Ended, Task.Delay(TimeSpan.FromSeconds(1))) != Ended)
            Kill();
        await Ended;
        await _fromChild.DisposeAsync();
        _process.Dispose();
    }

    /// <summary>How the solver host is started: same runtime, no crash dumps, none of the gateway's settings.</summary>
    public static ProcessStartInfo StartInfo(params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(DotNetHost())
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList = { "exec", SolverHostLocation.Path },
            // A crash is expected of foreign native code: no dumps of customers' data on disk.
            Environment = { ["DOTNET_DbgEnableMiniDump"] = "0", ["DOTNET_TieredPGO"] = "0" },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // The child must not see the gateway's secrets.
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
            start.Environment.Remove(name);
        return start;

        static bool IsSetting(string name) =>
            name.StartsWith("Qaiw", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("ConnectionStrings", StringComparison.OrdinalIgnoreCase);
    }

    private static SolverChild Launch(string cacheDirectory, ChildRole role)
    {
        var toChild = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        var fromChild = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        var start = StartInfo(
            role == ChildRole.Desk ? "desk" : "child",
            toChild.GetClientHandleAsString(),
            fromChild.GetClientHandleAsString(),
            cacheDirectory
        );
        var process = Process.Start(start) ?? throw new ChildLostException("The solver host could not be started.");
        toChild.DisposeLocalCopyOfClientHandle();
        fromChild.DisposeLocalCopyOfClientHandle();
        return new(process, toChild, fromChild);
    }

    /// <summary>The host program of the runtime that runs this process, so that both are of one version.</summary>
    private static string DotNetHost()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", name));
        return File.Exists(beside) ? beside : name;
    }

    private void ReadLoop()
    {
        string? reason = null;
        try
        {
            while (Frame.Read(_fromChild) is { } frame)
                Dispatch(frame);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException)
        {
            // A child that talks nonsense is as lost as one that is gone; a frame that is cut short is one that is gone.
            reason = e is InvalidDataException ? e.Message : null;
            if (reason is null)
                EndProcess();
            else
                Kill();
        }
        _process.WaitForExit();
        // Asked for its exit code first: whoever waits for the end disposes of the process.
        var lost = Lost(reason);
        _ended.TrySetResult();
        _hello.TrySetException(lost);
        foreach (var pending in _pending.Values)
            pending.Reply.TrySetException(lost);
    }

    private void Dispatch(Frame frame)
    {
        if (frame.Kind == FrameKind.Hello)
        {
            _hello.TrySetResult(frame.Read<Hello>());
            return;
        }
        if (!_pending.TryGetValue(frame.Read<Numbered>().RequestId, out var pending))
            return;
        switch (frame.Kind)
        {
            case FrameKind.Result:
                pending.Reply.TrySetResult(frame);
                break;
            case FrameKind.Failed:
                pending.Reply.TrySetException(new ChildRequestFailedException(frame.Read<FailedMessage>().Message));
                break;
            default:
                pending.OnProgress?.Invoke(frame);
                break;
        }
    }

    private ChildLostException Lost(string? reason = null)
    {
        string errors;
        lock (_errors)
            errors = _errors.ToString().Trim();
        var how = _killed ? "was killed" : $"ended with exit code {(_process.HasExited ? _process.ExitCode : -1)}";
        return new($"The solver process {how}{(reason is null ? "" : $" ({reason})")}.", errors);
    }

    private void KeepError(string? line)
    {
        lock (_errors)
            if (line is not null && _errors.Length < 4000)
                _errors.AppendLine(line);
    }

    private sealed record Numbered(long RequestId);
}

/// <summary>What a child is for. Only a slot's child is warmed up for solving.</summary>
internal enum ChildRole
{
    Slot,
    Desk,
}

/// <summary>The child process ended before it answered.</summary>
/// <param name="printed">What it printed, for the log; it may quote a request, so it goes to no client.</param>
internal sealed class ChildLostException(string message, string printed = "") : Exception(message)
{
    public string Printed { get; } = printed;
}

/// <summary>The child answered a request with an exception of its managed code.</summary>
internal sealed class ChildRequestFailedException(string message) : Exception(message);
