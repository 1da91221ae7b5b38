using System.IO.Pipes;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>The child's ends of the two pipes. Never stdout: native solvers print there.</summary>
internal sealed class Pipes(string incoming, string outgoing) : IDisposable
{
    private readonly AnonymousPipeClientStream _incoming = new(PipeDirection.In, incoming);
    private readonly AnonymousPipeClientStream _outgoing = new(PipeDirection.Out, outgoing);
    private readonly Lock _writing = new();

    public Frame? Read() => Frame.Read(_incoming);

    public void Send<T>(FrameKind kind, T message)
    {
        var frame = Protocol.Frame(kind, message);
        lock (_writing)
            frame.Write(_outgoing);
    }

    public void Dispose()
    {
        _incoming.Dispose();
        _outgoing.Dispose();
    }
}
