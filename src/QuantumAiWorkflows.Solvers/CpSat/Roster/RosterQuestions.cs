using System.Globalization;
using Google.OrTools.Sat;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat.Roster;

/// <summary>
/// The searches of one run, one after the other: all on the run's budget, of which the deterministic seconds are counted here,
/// as CP-SAT knows them for each search only.
/// </summary>
internal sealed class RosterQuestions(CpSatOptions options, SolveContext context)
{
    private double _spentSeconds;

    /// <summary>Deterministic seconds of the budget that are not spent; infinite without such a budget.</summary>
    public double SecondsLeft =>
        context.Budget.DeterministicSeconds is { } all ? Math.Max(0, all - _spentSeconds) : double.PositiveInfinity;

    public bool IsOver => context.ShouldStop() || SecondsLeft <= 0;

    /// <summary>Charges what was not a search of CP-SAT.</summary>
    /// <param name="seconds">Deterministic seconds, by a count that repeats.</param>
    public void Charge(double seconds) => _spentSeconds += seconds;

    /// <summary>A small search on one thread that wants an answer or its absence, and no news.</summary>
    /// <param name="seconds">Deterministic seconds at most.</param>
    /// <param name="more">Further parameters of CP-SAT.</param>
    public (CpSolverStatus Status, CpSolverResponse Response) Ask(CpModel model, double seconds, string more = "") =>
        Search(model, 0, $"num_workers:1 {more}", seconds, _ => { });

    /// <summary>A search with all threads of the budget.</summary>
    /// <param name="numBits">How many of the first variables are handed out.</param>
    /// <param name="take">Gets all news in order.</param>
    public CpSolverStatus Solve(CpModel model, int numBits, double seconds, Action<CpSatNews> take)
    {
        var workers = string.Create(CultureInfo.InvariantCulture, $"num_workers:{context.Budget.Threads}");
        // Several workers race, unless their turns are fixed: slower, and what a client who counts has asked for.
        if (context.Budget is { Threads: > 1 } and ({ DeterministicSeconds: not null } or { Evaluations: not null }))
            workers += " interleave_search:true";
        return Search(model, numBits, workers, seconds, take).Status;
    }

    private (CpSolverStatus Status, CpSolverResponse Response) Search(
        CpModel model,
        int numBits,
        string workers,
        double seconds,
        Action<CpSatNews> take
    )
    {
        var parameters = string.Create(
            CultureInfo.InvariantCulture,
            $"{workers} random_seed:{context.Seed % int.MaxValue} linearization_level:{options.LinearizationLevel} max_deterministic_time:{Math.Min(seconds, SecondsLeft):R}"
        );
        var search = new CpSatSearch(model, numBits, parameters);
        var status = search.Run(context, take);
        if (search.Failure is { } failure)
            throw new InvalidOperationException("CP-SAT failed.", failure);
        if (status == CpSolverStatus.ModelInvalid)
            throw new InvalidOperationException($"CP-SAT takes no such model: {model.Validate()}");
        _spentSeconds += search.Response!.DeterministicTime;
        return (status, search.Response);
    }
}
