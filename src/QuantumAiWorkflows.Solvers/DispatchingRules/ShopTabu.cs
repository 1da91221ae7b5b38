using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>
/// Tabu search on the disjunctive graph of a shop (Nowicki and Smutnicki, "A fast taboo search algorithm for the job shop
/// problem", Management Science 42, 1996): always the move of least estimate that is not forbidden, then an exact timing.
/// Orders that were turned round, and ways that were left, are forbidden for a while.
/// </summary>
internal sealed class ShopTabu : ScheduleSearch
{
    private readonly DispatchModel _model;
    private readonly BestSchedule _best;
    private readonly Xoshiro256 _random;
    private readonly ShopGraph _graph;
    private readonly ShopGraph _undo;
    private readonly ShopMoves _moves;
    private readonly TabuMemory _tabu;
    private readonly List<ShopMove> _found = [];
    private readonly int _tenure;
    private readonly int _patience;

    public ShopTabu(DispatchModel model, DispatchingRulesOptions options, BestSchedule best, Xoshiro256 random)
    {
        (_model, _best, _random) = (model, best, random);
        (_graph, _undo) = (new(model), new(model));
        _moves = new(model, _graph, random);
        // Ways stand behind the tasks, in places of their own.
        _tabu = new(model.Count + model.Ways.Max(w => w.Length));
        var perMachine = model.Problem.Jobs.Count / Math.Max(1, model.Problem.Resources.Count);
        _tenure = options.Tenure ?? 8 + perMachine / 2;
        _patience = options.Patience ?? 2000;
    }

    public override Candidate Run(Candidate start)
    {
        _graph.Load(start.Starts, start.Ways);
        _tabu.Clear();
        var best = start;
        for (int step = 1, since = 0; since < _patience && !_best.IsOver; step++, since++)
        {
            _moves.Collect(_found);
            if (_found.Count == 0)
                break;
            var move = Choose(step, best.Score);
            Remember(move, step);
            Apply(move);
            var score = _best.Offer(_graph.Starts, _graph.Way);
            if (score < best.Score)
                (best, since) = (Candidate.Of(score, _graph.Starts, _graph.Way), 0);
        }
        return best;
    }

    public override Candidate Disturb(Candidate start)
    {
        _graph.Load(start.Starts, start.Ways);
        var score = start.Score;
        var count = 5 + _random.NextInt32(5 + _model.Count / 10);
        for (var k = 0; k < count && !_best.IsOver; k++)
        {
            _moves.Collect(_found);
            if (_found.Count == 0)
                break;
            Apply(_found[_random.NextInt32(_found.Count)]);
            score = _best.Offer(_graph.Starts, _graph.Way);
        }
        return Candidate.Of(score, _graph.Starts, _graph.Way);
    }

    private void Apply(ShopMove move)
    {
        _undo.CopyFrom(_graph);
        _moves.Apply(move);
        // The tests on heads and tails are sufficient, so this does not happen; a cycle must not end a run if it does.
        if (!_graph.Time())
            _graph.CopyFrom(_undo);
    }

    /// <summary>The least estimate among moves that are allowed or promise a new best; where none is, any move.</summary>
    private ShopMove Choose(int step, long best)
    {
        var (chosen, count, least) = (-1, 0, long.MaxValue);
        for (var k = 0; k < _found.Count; k++)
        {
            var move = _found[k];
            if (move.Estimate > least || (move.Estimate >= best && IsForbidden(move, step)))
                continue;
            count = move.Estimate < least ? 1 : count + 1;
            least = move.Estimate;
            if (_random.NextInt32(count) == 0)
                chosen = k;
        }
        return _found[chosen >= 0 ? chosen : _random.NextInt32(_found.Count)];
    }

    private bool IsForbidden(ShopMove move, int step)
    {
        if (move.Kind == ShopMoveKind.Reassign)
            return _tabu.Forbids(move.Task, _model.Count + move.Way, step);
        foreach (var passed in _moves.Passed(move))
            if (
                move.Kind == ShopMoveKind.Behind
                    ? _tabu.Forbids(passed, move.Task, step)
                    : _tabu.Forbids(move.Task, passed, step)
            )
                return true;
        return false;
    }

    private void Remember(ShopMove move, int step)
    {
        var until = step + _tenure + _random.NextInt32(_tenure + 1);
        if (move.Kind == ShopMoveKind.Reassign)
            _tabu.Forbid(move.Task, _model.Count + _graph.Way[move.Task], until);
        else
            foreach (var passed in _moves.Passed(move))
                if (move.Kind == ShopMoveKind.Behind)
                    _tabu.Forbid(move.Task, passed, until);
                else
                    _tabu.Forbid(passed, move.Task, until);
    }
}
