using Google.OrTools.Sat;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat;

/// <summary>An answer that CP-SAT found, or only a better bound.</summary>
/// <param name="Bits">Null when there is no new answer.</param>
/// <param name="Bound">In the model's unit; minus infinity without one.</param>
internal sealed record CpSatNews(sbyte[]? Bits, double Bound);

/// <summary>A <see cref="CpSatRun{T}"/> whose answers are the first variables of the model, all of them bits.</summary>
/// <param name="lastSeconds">As of <see cref="CpSatRun{T}"/>.</param>
internal sealed class CpSatSearch(CpModel model, int numBits, string parameters, double lastSeconds = 0)
{
    private readonly CpSatRun<sbyte[]> _run = new(model, values => BitsOf(values, numBits), parameters, lastSeconds);

    /// <summary>What went wrong inside; null when nothing did.</summary>
    public Exception? Failure => _run.Failure;

    /// <summary>All that CP-SAT says of the search; null while it runs, or when it failed.</summary>
    public CpSolverResponse? Response => _run.Response;

    /// <summary>Runs to the end of the search or of the budget; all news goes to <paramref name="take"/> in order.</summary>
    public CpSolverStatus Run(SolveContext context, Action<CpSatNews> take) =>
        _run.Run(context, news => take(new(news.Answer, news.Bound)));

    private static sbyte[] BitsOf(CpSolverSolutionCallback values, int count)
    {
        var bits = new sbyte[count];
        for (var i = 0; i < count; i++)
            bits[i] = (sbyte)(values.SolutionBooleanValue(i) ? 1 : 0);
        return bits;
    }
}
