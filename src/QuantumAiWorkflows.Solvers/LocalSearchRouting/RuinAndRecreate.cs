using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.LocalSearchRouting;

/// <summary>
/// Takes strings of stops near each other out of several routes and puts them back one by one, each where it costs least, with
/// some places overlooked at random; keeps the result by simulated annealing.
/// </summary>
internal sealed class RuinAndRecreate(
    RoutingProblem problem,
    LocalSearchRoutingOptions options,
    SolveContext context,
    Action<RoutingSolution> improved
)
{
    /// <summary>Places overlooked by an insertion.</summary>
    private const double Blink = 0.01;

    /// <summary>Stops around the seed among whose routes strings are taken out: many more than there are strings.</summary>
    private const int MostNear = 250;

    /// <summary>Rounds between two looks at the clock for the temperature.</summary>
    private const int CoolingPeriod = 16;

    private readonly Xoshiro256 _random = context.CreateRandom("ruin and recreate");
    private readonly WorkingPlan _plan = new(problem);
    private readonly List<int> _out = [];
    private readonly HashSet<WorkingRoute> _ruined = [];

    /// <summary>[stop] itself and its nearest others; null until it is asked for.</summary>
    private readonly int[]?[] _near = new int[problem.Stops.Count][];

    /// <param name="initial">An answer to begin with; null: built by insertion.</param>
    public void Run(RoutingSolution? initial, long rounds)
    {
        if (initial is not null)
            _plan.Set(initial);
        Recreate();
        context.CountEvaluations(1);
        _plan.Polish(context.ShouldStop);
        _plan.Commit();
        var (cost, best) = (_plan.Cost(), _plan.Cost());
        improved(_plan.ToSolution());
        var start = options.Temperature * _plan.Routes.Sum(r => r.Cost) / Math.Max(1, problem.Stops.Count);
        var temperature = start;
        for (var round = 0L; round < rounds && !context.ShouldStop(); round++)
        {
            if (round % CoolingPeriod == 0)
                temperature = start * Math.Pow(0.01, Progress(round, rounds));
            Ruin();
            Recreate();
            context.CountEvaluations(1);
            var next = _plan.Cost();
            // A round that was stopped half way may have left stops out; it counts only when it is better all the same.
            if (next >= cost - temperature * Math.Log(1 - _random.NextDouble()))
            {
                _plan.Undo();
                continue;
            }
            cost = next;
            _plan.Commit();
            if (next >= best - 1e-9 * Math.Max(1, Math.Abs(best)))
                continue;
            best = next;
            improved(_plan.ToSolution());
        }
    }

    /// <summary>
    /// Share of the run that is over: of the rounds where so many were asked for, whatever the clock says, so that such a run replays; else
    /// of the rounds or the budget, whichever ends it.
    /// </summary>
    private double Progress(long round, long rounds) =>
        options.Rounds is not null && context.Budget.Evaluations is null
            ? (double)round / rounds
            : Math.Max((double)round / rounds, context.ShareSpent);

    private void Ruin()
    {
        var seed = _random.NextInt32(problem.Stops.Count);
        var longest = Math.Max(
            1,
            Math.Min(options.LongestString, problem.Stops.Count / Math.Max(1, _plan.Routes.Count))
        );
        var strings = 1 + _random.NextInt32(Math.Max(1, 2 * options.Removals / (1 + longest)));
        _ruined.Clear();
        foreach (var s in _near[seed] ??= Nearest(seed))
        {
            if (_ruined.Count == strings || context.ShouldStop())
                break;
            if (_plan.RouteOf(s) is not { } route || !_ruined.Add(route))
                continue;
            var length = 1 + _random.NextInt32(Math.Min(longest, route.Stops.Count));
            var at = route.Stops.IndexOf(s);
            _plan.Remove(route, Math.Clamp(at - _random.NextInt32(length), 0, route.Stops.Count - length), length);
        }
    }

    /// <summary>A stop itself, then the nearest others.</summary>
    private int[] Nearest(int seed)
    {
        var from = problem.Distances.Row(problem.Stops[seed].Location);
        var keys = new double[problem.Stops.Count];
        var stops = new int[keys.Length];
        for (var s = 0; s < keys.Length; s++)
            (keys[s], stops[s]) = (s == seed ? -1 : from[problem.Stops[s].Location], s);
        Array.Sort(keys, stops);
        return stops[..Math.Min(stops.Length, MostNear)];
    }

    private void Recreate()
    {
        _out.Clear();
        for (var s = 0; s < problem.Stops.Count; s++)
            if (_plan.RouteOf(s) is null && problem.Stops[s].DeliversFor is null)
                _out.Add(s);
        var order = _random.NextInt32(4);
        var start = problem.Vehicles[0].Start;
        double Key(int s)
        {
            var stop = problem.Stops[s];
            return order switch
            {
                0 => _random.NextDouble(),
                1 => -stop.Demands.Sum(),
                2 => -problem.Distances[start, stop.Location],
                _ => stop.Windows.Length > 0 ? stop.Windows[^1].Latest : double.PositiveInfinity,
            };
        }
        foreach (var s in _out.Select(s => (Key: Key(s), Stop: s)).OrderBy(s => s.Key).ThenBy(s => s.Stop).ToArray())
        {
            if (context.ShouldStop())
                return;
            _plan.Insert(s.Stop, () => _random.NextDouble() < Blink);
        }
    }
}
