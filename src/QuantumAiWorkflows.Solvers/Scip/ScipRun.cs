using System.Collections.Concurrent;
using System.Globalization;
using Google.OrTools.LinearSolver;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Scip;

/// <summary>What SCIP has when a slice of its search ends.</summary>
/// <param name="Bits">The best answer that it has; null before the first.</param>
/// <param name="Bound">Proven bound on the model's objective, as SCIP's floating point has it; minus infinity without one.</param>
internal sealed record ScipNews(sbyte[]? Bits, double Bound);

/// <summary>
/// One SCIP search on a thread of its own, while the thread that owns the <see cref="SolveContext"/> takes its news and
/// watches the budget. OR-Tools has no callbacks of SCIP in C#, so the search is cut into slices of nodes: it stops at the
/// end of each and goes on from there at the next call, with its tree, its cuts and its clock, so that the slices cost
/// nothing. A stop in between interrupts it, and a limit on its clock ends linear programs that run on.
/// </summary>
/// <remarks>
/// Slices of time were tried: one that ends within a linear program loses it. A problem of 40 variables at density 1, which
/// takes 4 CPU seconds, was not done after 7 with slices of half a second.
/// </remarks>
/// <param name="absoluteGap">Closer than this the bound need not come to the answer.</param>
/// <param name="memoryMegabytes">SCIP stops there; null for no limit.</param>
/// <param name="lastSeconds">
/// Of a clock, that SCIP does not get: it looks at its own between factorizations and rounds of its presolve, and freeing a
/// model takes time, too. A model of 145,000 products was 1.2 s late and took 0.4 s to free.
/// </param>
internal sealed class ScipRun(
    LinearizedModel model,
    long seed,
    double absoluteGap,
    int? memoryMegabytes,
    double lastSeconds
)
{
    /// <summary>CPU seconds that a slice should take, roughly: shorter ones are followed by one of twice as many nodes.</summary>
    private const double AimedAt = 0.5;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Of SCIP's tolerances, absolute. Its own 1e-6 on every product would blur a sum of thousands of them by more than the
    /// unit that a proof in whole numbers needs.
    /// </summary>
    public const double Tolerance = 1e-9;

    /// <summary>Seconds by which SCIP's clock and ours may differ.</summary>
    private const double Slack = 0.1;

    /// <summary>What SCIP says for a bound that it does not have.</summary>
    private const double Infinity = 1e20;

    private readonly BlockingCollection<ScipNews> _news = [];
    private volatile bool _isStopping;
    private volatile bool _endedEarly;

    /// <summary>What went wrong inside; null when nothing did.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Runs to the end of the search or of the budget; all news goes to <paramref name="take"/> in order.</summary>
    public void Run(SolveContext context, Action<ScipNews> take)
    {
        var parameters = Parameters(context);
        var thread = new Thread(() => Search(parameters));
        thread.Start();
        while (!_news.IsCompleted)
        {
            if (_news.TryTake(out var news, Poll))
                take(news);
            if (!context.ShouldStop())
                continue;
            // Between two slices, or before the first has begun, an interrupt is forgotten: so it is said again.
            _isStopping = true;
            model.Solver.InterruptSolve();
        }
        thread.Join();
        // Its clock ended it, a little before the run's does.
        if (_endedEarly && context.ClockLeft() is { } left && left.Seconds < lastSeconds + Slack)
            context.RequestStop(left.Clock);
    }

    private void Search(string parameters)
    {
        try
        {
            long nodes = 1;
            for (var limit = nodes; !_isStopping; limit += nodes)
            {
                var before = Environment.CpuUsage.TotalTime;
                if (!model.Solver.SetSolverSpecificParametersAsString($"{parameters}limits/nodes = {limit}\n"))
                    throw new InvalidOperationException($"SCIP refuses its parameters: {parameters}");
                var status = model.Solver.Solve();
                if (status is Solver.ResultStatus.OPTIMAL or Solver.ResultStatus.FEASIBLE)
                    _news.Add(new(model.Bits(), model.Bound > -Infinity ? model.Bound : double.NegativeInfinity));
                // Fewer nodes than it may have: another limit ended it, its clock or its memory, and would again.
                _endedEarly = status != Solver.ResultStatus.OPTIMAL && model.Solver.Nodes() < limit;
                if (_endedEarly || status != Solver.ResultStatus.FEASIBLE)
                    return;
                var seconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
                nodes = seconds < AimedAt ? 2 * nodes : Math.Max(1, nodes / 2);
            }
        }
        catch (Exception e)
        {
            Failure = e;
        }
        finally
        {
            _news.CompleteAdding();
        }
    }

    /// <summary>
    /// Clock type 1 is CPU time, 2 wall time. The propagator "genvbounds" of SCIP 10 fails with "no memory" when a search goes
    /// on after a stop; without it none was seen to.
    /// </summary>
    private string Parameters(SolveContext context)
    {
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            timing/clocktype = {(context.StopCpuSeconds is null ? 2 : 1)}
            propagating/genvbounds/freq = -1
            randomization/randomseedshift = {seed % int.MaxValue}
            numerics/feastol = {Tolerance}
            numerics/dualfeastol = {Tolerance}
            limits/gap = 0
            limits/absgap = {absoluteGap}
            {(
                context.ClockLeft() is { } left
                    ? $"limits/time = {Math.Clamp(left.Seconds - lastSeconds, 0, 1e10)}"
                    : ""
            )}
            {(memoryMegabytes is { } megabytes ? $"limits/memory = {megabytes}" : "")}

            """
        );
    }
}
