using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>
/// Tabu search over lists of tasks that serial generation turns into schedules, for everything that is not a shop with a
/// maximum of ends. A move puts a task elsewhere in the list, between what it waits for and what waits for it, or gives it
/// another way. New bests for the makespan are justified: shifted right against the end, then left again (Valls, Ballestín
/// and Quintanilla, "Justification and RCPSP: a technique that pays", European Journal of Operational Research 165, 2005).
/// </summary>
internal sealed class ListTabu : ScheduleSearch
{
    /// <summary>Share of the moves that change a way, where some task has several.</summary>
    private const double ShareOfWays = 0.3;

    private readonly DispatchModel _model;
    private readonly BestSchedule _best;
    private readonly Xoshiro256 _random;
    private readonly ScheduleBuilder _builder;
    private readonly int _neighbours;
    private readonly int _tenure;
    private readonly int _patience;
    private readonly int[] _rank;
    private readonly int[] _severalWays;
    private readonly int[] _list;
    private readonly int[] _place;
    private readonly int[] _chosen;
    private readonly int[] _until;

    public ListTabu(DispatchModel model, DispatchingRulesOptions options, BestSchedule best, Xoshiro256 random)
    {
        (_model, _best, _random) = (model, best, random);
        _builder = new(model);
        (_neighbours, _tenure, _patience) = (options.Neighbours, options.Tenure ?? 5, options.Patience ?? 500);
        _rank = new int[model.Count];
        for (var at = 0; at < model.Count; at++)
            _rank[model.Order[at]] = at;
        _severalWays = [.. Enumerable.Range(0, model.Count).Where(i => model.Ways[i].Length > 1)];
        (_list, _place) = (new int[model.Count], new int[model.Count]);
        (_chosen, _until) = (new int[model.Count], new int[model.Count]);
    }

    /// <param name="Place">New place in the list; negative for a move that changes the way.</param>
    private readonly record struct Move(int Task, int Place, int Way);

    public override Candidate Run(Candidate start)
    {
        Load(start);
        _until.AsSpan().Clear();
        var best = Justified(start);
        for (int step = 1, since = 0; since < _patience && !_best.IsOver; step++, since++)
        {
            if (BestNeighbour(step, best.Score) is not { } move)
                continue;
            Apply(move);
            _until[move.Task] = step + _tenure + _random.NextInt32(_tenure + 1);
            _builder.PlaceAll(_list, _chosen);
            var score = _model.Score(_builder.Starts, _builder.Ways);
            if (score >= best.Score)
                continue;
            since = 0;
            best = Justified(Candidate.Of(score, _builder.Starts, _builder.Ways));
            if (best.Score < score)
                Load(best);
        }
        return best;
    }

    public override Candidate Disturb(Candidate start)
    {
        Load(start);
        for (var k = 5 + _random.NextInt32(5 + _model.Count / 10); k > 0; k--)
            if (Draw() is { } move)
                Apply(move);
        _builder.PlaceAll(_list, _chosen);
        return Candidate.Of(_best.Offer(_builder.Starts, _builder.Ways), _builder.Starts, _builder.Ways);
    }

    /// <summary>Of some random moves the one with the least score, then the least sum of ends; null when none is allowed.</summary>
    private Move? BestNeighbour(int step, long best)
    {
        Move? chosen = null;
        var (least, leastSum) = (long.MaxValue, long.MaxValue);
        for (var k = 0; k < _neighbours && !_best.IsOver; k++)
        {
            if (Draw() is not { } move)
                continue;
            var undo = Undo(move);
            Apply(move);
            _builder.PlaceAll(_list, _chosen);
            var score = _best.Offer(_builder.Starts, _builder.Ways);
            Apply(undo);
            if (score >= best && _until[move.Task] > step)
                continue;
            var sum = SumOfEnds();
            if (score < least || (score == least && sum < leastSum))
                (chosen, least, leastSum) = (move, score, sum);
        }
        return chosen;
    }

    /// <summary>Null when what was drawn has nowhere to go.</summary>
    private Move? Draw()
    {
        if (_severalWays.Length > 0 && _random.NextDouble() < ShareOfWays)
        {
            var one = _severalWays[_random.NextInt32(_severalWays.Length)];
            var way = _random.NextInt32(_model.Ways[one].Length);
            // Minus one leaves the choice to the generation: the way that ends first.
            return new(one, -1, way == _chosen[one] ? -1 : way);
        }
        var task = _random.NextInt32(_model.Count);
        var (low, high) = (0, _model.Count - 1);
        foreach (var before in _model.After[task])
            low = Math.Max(low, _place[before] + 1);
        foreach (var next in _model.Followers[task])
            high = Math.Min(high, _place[next] - 1);
        if (low == high)
            return null;
        var place = low + _random.NextInt32(high - low);
        return new(task, place >= _place[task] ? place + 1 : place, 0);
    }

    private Move Undo(Move move) =>
        move.Place < 0 ? move with { Way = _chosen[move.Task] } : move with { Place = _place[move.Task] };

    private void Apply(Move move)
    {
        if (move.Place < 0)
        {
            _chosen[move.Task] = move.Way;
            return;
        }
        var (from, to) = (_place[move.Task], move.Place);
        if (from < to)
            Array.Copy(_list, from + 1, _list, from, to - from);
        else
            Array.Copy(_list, to, _list, to + 1, from - to);
        _list[to] = move.Task;
        for (var at = Math.Min(from, to); at <= Math.Max(from, to); at++)
            _place[_list[at]] = at;
    }

    /// <summary>The list of a schedule's starts, with its ways fixed.</summary>
    private void Load(Candidate schedule)
    {
        schedule.Ways.CopyTo(_chosen, 0);
        Sort(_list, i => schedule.Starts[i]);
        for (var at = 0; at < _list.Length; at++)
            _place[_list[at]] = at;
    }

    /// <summary>The schedule or, for the makespan, a better one that its double justification gives. Two evaluations.</summary>
    private Candidate Justified(Candidate schedule)
    {
        if (_model.Problem.Objective != ScheduleObjective.Makespan || _best.IsOver)
            return schedule;
        var list = new int[_model.Count];
        schedule.Ways.CopyTo(_builder.Ways, 0);
        Sort(list, i => schedule.Starts[i] + (long)DurationOf(schedule, i));
        Array.Reverse(list);
        _builder.PlaceBackwards(list);
        _best.Count(1);
        if (_best.IsOver)
            return schedule;
        var starts = (int[])_builder.Starts.Clone();
        Sort(list, i => -(starts[i] + (long)DurationOf(schedule, i)));
        _builder.PlaceAll(list, schedule.Ways);
        var score = _best.Offer(_builder.Starts, _builder.Ways);
        return score < schedule.Score ? Candidate.Of(score, _builder.Starts, _builder.Ways) : schedule;
    }

    /// <summary>By a key, ties so that each task stands after all that it waits for.</summary>
    private void Sort(int[] list, Func<int, long> key)
    {
        for (var i = 0; i < list.Length; i++)
            list[i] = i;
        Array.Sort(list, (l, r) => (key(l), _rank[l]).CompareTo((key(r), _rank[r])));
    }

    private int DurationOf(Candidate schedule, int task) => _model.Ways[task][schedule.Ways[task]].Duration;

    private long SumOfEnds()
    {
        var sum = 0L;
        for (var i = 0; i < _model.Count; i++)
            sum += _builder.Starts[i] + _model.Ways[i][_builder.Ways[i]].Duration;
        return sum;
    }
}
