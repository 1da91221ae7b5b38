using System.Collections.Concurrent;
using Google.OrTools.Sat;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat;

/// <summary>An answer that CP-SAT found, or only a better bound.</summary>
/// <param name="Answer">Null when there is no new answer.</param>
/// <param name="Bound">In the model's unit; an infinity without one.</param>
internal sealed record CpSatNews<T>(T? Answer, double Bound)
    where T : class;

/// <summary>
/// One CP-SAT search on a thread of its own, while the thread that owns the <see cref="SolveContext"/> takes its news off a
/// queue and watches the budget. CP-SAT itself knows wall and deterministic time, but neither CPU time nor a cancel; and
/// an exception that leaves one of its callbacks ends the process.
/// </summary>
/// <param name="read">Makes an answer of the callback's values; called from CP-SAT's threads.</param>
/// <param name="lastSeconds">What its end takes once it is told to stop; it is told so much before the clock's end.</param>
internal sealed class CpSatRun<T>(
    CpModel model,
    Func<CpSolverSolutionCallback, T> read,
    string parameters,
    double lastSeconds = 0
)
    where T : class
{
    /// <summary>Between two looks at the budget while CP-SAT is silent.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly BlockingCollection<CpSatNews<T>> _news = [];

    /// <summary>What went wrong inside; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>All that CP-SAT says of the search; null while it runs, or when it failed.</summary>
    public CpSolverResponse? Response { get; private set; }

    /// <summary>Runs to the end of the search or of the budget; all news goes to <paramref name="take"/> in order.</summary>
    public CpSolverStatus Run(SolveContext context, Action<CpSatNews<T>> take)
    {
        using var solver = new CpSolver { StringParameters = parameters };
        using var callback = new Answers(this);
        solver.SetBestBoundCallback(AddBound);
        var status = CpSolverStatus.Unknown;
        var thread = new Thread(() =>
        {
            try
            {
                status = solver.Solve(model, callback);
                Response = solver.Response;
                // Stopped before it has looked at the model it knows no bound, and says 0.
                if (status != CpSolverStatus.Unknown)
                    AddBound(solver.BestObjectiveBound);
            }
            catch (Exception e)
            {
                Failure = e;
            }
            finally
            {
                _news.CompleteAdding();
            }
        });
        thread.Start();
        while (!_news.IsCompleted)
        {
            if (_news.TryTake(out var news, Poll))
                take(news);
            if (lastSeconds > 0 && context.ClockLeft() is { } left && left.Seconds <= lastSeconds)
                context.RequestStop(left.Clock);
            // StopSearch does nothing before Solve has really begun, so it is said again until Solve returns.
            if (context.ShouldStop())
                solver.StopSearch();
        }
        thread.Join();
        return status;
    }

    /// <summary>Called from CP-SAT's threads, perhaps from several.</summary>
    private void AddBound(double bound)
    {
        try
        {
            _news.Add(new(null, bound));
        }
        catch (Exception e)
        {
            Failure = e;
        }
    }

    private sealed class Answers(CpSatRun<T> run) : CpSolverSolutionCallback
    {
        public override void OnSolutionCallback()
        {
            try
            {
                run._news.Add(new(run.Read(this), BestObjectiveBound()));
            }
            catch (Exception e)
            {
                run.Failure = e;
                StopSearch();
            }
        }
    }

    private T Read(CpSolverSolutionCallback values) => read(values);
}
