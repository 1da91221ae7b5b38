using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

/// <summary>
/// Many short searches of OR-Tools in a row, each on a model of its own with the nodes in another order, at a lower temperature,
/// and from the plan that the last one came to. OR-Tools draws the same numbers in every search, knows no CPU seconds, and once
/// its iterated local search is told to stop it spins until its time limit: in rounds of some plans none of that matters.
/// </summary>
internal sealed class PlanSearch(
    RoutingProblem problem,
    OrToolsRoutingOptions options,
    SolveContext context,
    RoutingIncumbent incumbent
)
{
    /// <summary>Temperature at the start, as a share of a plan's mean cost of a stop; falls to a hundredth of that.</summary>
    private const double Temperature = 1;

    /// <summary>Plans of a round times stops: about a twentieth of a second, for a thousand stops a fifth.</summary>
    private const int RoundSize = 5_000;

    private const int ShortestRound = 10;

    /// <summary>In units of the model's cost; OR-Tools takes none of 0.</summary>
    private const double LeastTemperature = 1e-3;

    /// <summary>So that small problems, too, see many orders and every temperature.</summary>
    private const int LongestRound = 100;

    private readonly OptionalStops _optional = new(problem, context.CreateRandom("optional stops"));
    private readonly Xoshiro256 _random = context.CreateRandom("rounds");

    /// <summary>A plan with its objective; who must be served and is not costs more than any plan.</summary>
    private sealed record Priced(RoutingSolution Plan, double Cost);

    /// <param name="start">A plan whose routes hold.</param>
    /// <param name="fleet">By kind, vehicles of the model.</param>
    public void Run(RoutingSolution start, int[] fleet, long plans)
    {
        var order = Enumerable.Range(0, problem.Stops.Count).ToArray();
        var perRound = Math.Clamp(RoundSize / problem.Stops.Count, ShortestRound, LongestRound);
        var perStop = problem.Evaluate(start).Objective / problem.Stops.Count;
        var current = Price(start);
        var isFirst = true;
        for (var left = plans; left > 0 && !context.ShouldStop(); )
        {
            _random.Shuffle<int>(order);
            var isOut = _optional.Choose(current.Plan);
            var routing = new WholeRouting(problem, [.. order.Where(s => !isOut[s])], fleet);
            if (routing.NumStops == 0 && Array.Exists(isOut, o => o))
            {
                // Only stops that are never open were left.
                Array.Clear(isOut);
                routing = new(problem, order, fleet);
            }
            if (routing.NumStops == 0 || routing.Kinds.Count == 0)
                return;
            var temperature = Temperature * perStop * Math.Pow(0.01, Progress(plans - left, plans));
            var round = Round(routing, current.Plan, isOut, Math.Min(perRound, left), temperature);
            if (round.Built == 0 && isFirst)
                // Rounding has made the first plan one that does not hold in the model: then without it.
                round = Round(routing, null, isOut, Math.Min(perRound, left), temperature);
            if (round is not { Best: { } best, Last: { } last })
                return;
            isFirst = false;
            left -= round.Built;
            Follow(ref current, best, last, temperature);
        }
    }

    private PlanRound Round(WholeRouting routing, RoutingSolution? start, bool[] isOut, long plans, double temperature)
    {
        var parameters = RuinAndRecreateParameters.Of(
            options,
            Math.Min(plans, context.EvaluationsLeft),
            Math.Max(LeastTemperature, temperature * routing.CostScale)
        );
        var round = new PlanRound(routing, parameters, context, incumbent);
        round.Run(start is null ? null : _optional.Without(start, isOut));
        return round;
    }

    /// <summary>On from the last plan of a round or its best, where simulated annealing accepts it.</summary>
    private void Follow(
        ref Priced current,
        RoutingSolution bestOfRound,
        RoutingSolution lastOfRound,
        double temperature
    )
    {
        var best = Price(_optional.Pruned(bestOfRound));
        incumbent.Offer(best.Plan);
        var last = Price(lastOfRound);
        var next = last.Cost < best.Cost + Slack(temperature) ? last : best;
        if (next.Cost < current.Cost + Slack(temperature))
            current = next;
    }

    private double Slack(double temperature) => -temperature * Math.Log(1 - _random.NextDouble());

    private Priced Price(RoutingSolution plan)
    {
        var evaluation = problem.Evaluate(plan);
        return new(plan, evaluation.Objective + evaluation.Violations.Count * (1 + problem.Magnitude));
    }

    /// <summary>
    /// Share of the run that is over: of the plans where so many were asked for, whatever the clock says, so that such a run replays; else
    /// of the plans or the budget, whichever ends it.
    /// </summary>
    private double Progress(long built, long plans) =>
        options.Plans is not null && context.Budget.Evaluations is null
            ? (double)built / plans
            : Math.Max((double)built / plans, context.ShareSpent);
}
