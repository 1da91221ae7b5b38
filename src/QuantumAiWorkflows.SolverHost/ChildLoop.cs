using System.Diagnostics;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>
/// Answers the parent until its pipe closes. The reading thread never solves, so that a cancel is heard at once and a
/// lost parent ends the process also in the middle of a native solve.
/// </summary>
internal sealed class ChildLoop(Pipes pipes, SolverHostServices services)
{
    /// <summary>Deep recursion of a solver should not take the process down.</summary>
    private const int SolverStackBytes = 64 << 20;

    private readonly Lock _circuits = new();
    private readonly Lock _estimating = new();
    private volatile ActiveWork? _active;

    public void Run()
    {
        pipes.Send(FrameKind.Hello, new Hello(Protocol.Version, Protocol.Build, Environment.ProcessId));
        try
        {
            while (pipes.Read() is { } frame)
                Handle(frame);
        }
        catch (IOException)
        {
            // The parent died in the middle of a frame: the same end as a closed pipe.
        }

        // An orderly exit would wait for a native solve that may never return.
        if (_active is not null)
            Process.GetCurrentProcess().Kill();
    }

    private void Handle(Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Describe:
                Answer(frame.Read<DescribeRequest>().RequestId, id => Registry.Describe(services, id));
                break;
            case FrameKind.Check:
                var check = frame.Read<CheckRequest>();
                Answer(check.RequestId, _ => Registry.Check(services, check));
                break;
            case FrameKind.Circuit:
                // May compile for a second: not on the thread that hears the next request. One at a time.
                var circuit = frame.Read<CircuitRequest>();
                ThreadPool.QueueUserWorkItem(_ =>
                {
                    lock (_circuits)
                        Answer(circuit.RequestId, _ => Registry.Circuit(services, circuit));
                });
                break;
            case FrameKind.Estimate:
                var estimate = frame.Read<EstimateRequest>();
                // May take seconds, in which others want to know whether their jobs fit; one at a time.
                _ = Task.Run(() =>
                {
                    lock (_estimating)
                        Answer(estimate.RequestId, _ => Registry.Estimate(services, estimate));
                });
                break;
            case FrameKind.Solve:
                var solve = new ActiveSolve(frame.Read<SolveRequest>(), services, pipes);
                Start(solve, solve.Run);
                break;
            case FrameKind.Train:
                var training = new ActiveTraining(frame.Read<TrainRequest>(), services, pipes);
                Start(training, training.Run);
                break;
            case FrameKind.Cancel:
                var cancel = frame.Read<CancelRequest>();
                _active?.Cancel(cancel);
                break;
            default:
                throw new InvalidDataException($"Unexpected frame {frame.Kind}.");
        }
    }

    private void Answer<T>(long requestId, Func<long, T> answer)
    {
        try
        {
            pipes.Send(FrameKind.Result, answer(requestId));
        }
#pragma warning disable CA1031 // The one place where a solver's bug becomes a message instead of the end of the child.
        catch (Exception e)
#pragma warning restore CA1031
        {
            pipes.Send(FrameKind.Failed, new FailedMessage(requestId, $"{e.GetType().Name}: {e.Message}"));
        }
    }

    private void Start<T>(ActiveWork work, Func<T> run)
    {
        _active = work;
        var thread = new Thread(
            () =>
            {
                Answer(work.RequestId, _ => run());
                _active = null;
                work.Dispose();
                MemoryMarks.Release();
            },
            SolverStackBytes
        )
        {
            Name = "solve",
            IsBackground = true,
        };
        thread.Start();
    }
}
