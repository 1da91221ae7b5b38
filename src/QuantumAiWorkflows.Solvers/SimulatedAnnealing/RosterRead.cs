using QuantumAiWorkflows.Solvers.Roster;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>One read: from hot to cold in the sweeps that it is given, or sooner, so that it is cold when the budget ends.</summary>
/// <param name="byClock">
/// Whether the clocks of the run hurry it. Where counts end the run it must not: a clock that runs beside them differs from run to run.
/// </param>
internal sealed class RosterRead(
    RosterTables tables,
    RosterAnneal anneal,
    BetaRange? betas,
    BestRoster best,
    SolveContext context,
    bool byClock
)
{
    /// <summary>Proposals between two looks at the budget: about a millisecond.</summary>
    private const int Poll = 1 << 12;

    /// <summary>Of the largest weight.</summary>
    private const double HotShare = 0.5;

    /// <summary>Of the smallest weight: it is then accepted about once in five tries.</summary>
    private const double ColdShare = 0.6;

    private readonly double _hot = betas is null ? HotShare * tables.LargestWeight : 1 / betas.Hot;
    private readonly double _cold = betas is null ? ColdShare * tables.SmallestWeight : 1 / betas.Cold;
    private readonly long _evaluations = context.EvaluationsLeft;
    private readonly double? _cpuSeconds = byClock ? context.StopCpuSeconds - context.CpuSeconds : null;
    private readonly double? _timeSeconds = byClock ? context.StopTimeSeconds - context.ElapsedSeconds : null;
    private readonly double _cpuBegan = context.CpuSeconds;
    private readonly double _timeBegan = context.ElapsedSeconds;

    /// <param name="sweeps">Each of as many proposals as there are people and days.</param>
    public void Cool(long sweeps)
    {
        var perSweep = (long)tables.Staff * tables.Days;
        var all = sweeps > long.MaxValue / perSweep ? long.MaxValue : sweeps * perSweep;
        var block = (int)Math.Min(Poll, perSweep);
        var untilPoll = 0L;
        var clock = 0.0;
        long? reported = null;
        for (var done = 0L; done < all; )
        {
            if (untilPoll <= 0)
            {
                if (context.ShouldStop())
                    break;
                (clock, untilPoll) = (ClockShare(), Poll);
                if (anneal.BestCost < (reported ?? long.MaxValue))
                    reported = Offer();
            }
            var share = Math.Max((double)done / all, Math.Max(clock, EvaluationShare(done)));
            anneal.Temperature = _hot * Math.Pow(_cold / _hot, Math.Min(1, share));
            var count = (int)Math.Min(block, Math.Min(all - done, context.EvaluationsLeft));
            if (count == 0)
                break;
            anneal.Propose(count);
            context.CountEvaluations(count);
            done += count;
            untilPoll -= count;
        }
        if (anneal.BestCost < (reported ?? long.MaxValue))
            Offer();
    }

    private long Offer()
    {
        best.Offer(new(anneal.BestShifts), null);
        return anneal.BestCost!.Value;
    }

    private double EvaluationShare(long done) => _evaluations == long.MaxValue ? 0 : (double)done / _evaluations;

    private double ClockShare() =>
        Math.Max(
            _cpuSeconds is { } cpu ? (context.CpuSeconds - _cpuBegan) / cpu : 0,
            _timeSeconds is { } time ? (context.ElapsedSeconds - _timeBegan) / time : 0
        );
}
