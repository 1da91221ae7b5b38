using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

internal enum ShopMoveKind
{
    /// <summary>Task goes right behind Other on their machine.</summary>
    Behind,

    /// <summary>Task goes right before Other on their machine.</summary>
    Before,

    /// <summary>Task goes another way, behind Other on its machine, or first there.</summary>
    Reassign,
}

/// <param name="Way">Of a reassignment.</param>
/// <param name="Estimate">Of the longest path through what moves.</param>
internal readonly record struct ShopMove(ShopMoveKind Kind, int Task, int Other, int Way, long Estimate);

/// <summary>
/// Moves that can shorten a critical path: on each block of it, tasks go to its two ends and its ends go inside (Balas and
/// Vazacopoulos, "Guided local search with shifting bottleneck for job shop scheduling", Management Science 44, 1998), and each
/// of its tasks goes to any of its other machines (Mastrolilli and Gambardella, "Effective neighbourhood functions for the
/// flexible job shop problem", Journal of Scheduling 3, 2000). Estimates are Taillard's: heads and tails renewed along the
/// moved stretch only.
/// </summary>
internal sealed class ShopMoves(DispatchModel model, ShopGraph graph, Xoshiro256 random)
{
    private readonly List<int> _path = [];
    private readonly List<int> _stretch = [];
    private long[] _heads = new long[16];

    /// <summary>All that can be done without a cycle, as far as heads and tails show; empty on a path that no order can shorten.</summary>
    public void Collect(List<ShopMove> moves)
    {
        moves.Clear();
        FindCriticalPath();
        for (int from = 0, to; from < _path.Count; from = to)
        {
            to = from + 1;
            while (to < _path.Count && graph.Before[_path[to]] == _path[to - 1] && IsTight(_path[to - 1], _path[to]))
                to++;
            AddWithin(moves, from, to - 1);
        }
        foreach (var task in _path)
            if (model.Ways[task].Length > 1)
                AddReassignments(moves, task);
    }

    /// <summary>Changes the graph; it is to be timed then.</summary>
    public void Apply(ShopMove move)
    {
        var machine = graph.Machine[move.Task];
        graph.Unlink(move.Task);
        switch (move.Kind)
        {
            case ShopMoveKind.Behind:
                graph.Link(move.Task, move.Other, machine);
                break;
            case ShopMoveKind.Before:
                graph.Link(move.Task, graph.Before[move.Other], machine);
                break;
            default:
                graph.SetWay(move.Task, move.Way);
                if (graph.Machine[move.Task] is var other and not ShopGraph.None)
                    graph.Link(move.Task, move.Other, other);
                break;
        }
    }

    /// <summary>Tasks that a move passes, from the first to the last on the machine.</summary>
    public List<int> Passed(ShopMove move)
    {
        _stretch.Clear();
        if (move.Kind == ShopMoveKind.Behind)
            for (var i = graph.Behind[move.Task]; ; i = graph.Behind[i])
            {
                _stretch.Add(i);
                if (i == move.Other)
                    break;
            }
        else if (move.Kind == ShopMoveKind.Before)
            for (var i = move.Other; i != move.Task; i = graph.Behind[i])
                _stretch.Add(i);
        return _stretch;
    }

    private bool IsTight(int before, int task) => graph.Head[before] + graph.Duration[before] == graph.Head[task];

    /// <summary>One of the longest paths, chosen at random where it forks, from its first task to its last.</summary>
    private void FindCriticalPath()
    {
        _path.Clear();
        var at = Pick(
            Enumerable
                .Range(0, model.Count)
                .Where(i => graph.Head[i] + graph.Duration[i] + model.Offset[i] == graph.Length)
        );
        while (at != ShopGraph.None)
        {
            _path.Add(at);
            var (next, count) = (ShopGraph.None, 0);
            if (graph.Before[at] is var before and not ShopGraph.None && IsTight(before, at))
                (next, count) = (before, 1);
            foreach (var awaited in model.After[at])
                if (IsTight(awaited, at) && random.NextInt32(++count) == 0)
                    next = awaited;
            at = next;
        }
        _path.Reverse();
    }

    private int Pick(IEnumerable<int> tasks)
    {
        var (picked, count) = (ShopGraph.None, 0);
        foreach (var task in tasks)
            if (random.NextInt32(++count) == 0)
                picked = task;
        return picked;
    }

    private void AddWithin(List<ShopMove> moves, int from, int to)
    {
        var (first, last) = (_path[from], _path[to]);
        for (var k = from; k < to; k++)
        {
            AddBehind(moves, _path[k], last);
            AddBefore(moves, _path[k + 1], first);
            // The two ends go inside; next to each other all four are one swap.
            if (k > from)
            {
                AddBehind(moves, first, _path[k]);
                AddBefore(moves, last, _path[k]);
            }
        }
    }

    private void AddBehind(List<ShopMove> moves, int task, int other)
    {
        if (!graph.IsFreeOfFollowers(task, other))
            return;
        var move = new ShopMove(ShopMoveKind.Behind, task, other, 0, 0);
        var order = Passed(move);
        var before = graph.Before[task];
        order.Add(task);
        moves.Add(move with { Estimate = Estimate(order, before, graph.Behind[other]) });
    }

    private void AddBefore(List<ShopMove> moves, int task, int other)
    {
        if (!graph.IsFreeOfPredecessors(task, other))
            return;
        var move = new ShopMove(ShopMoveKind.Before, task, other, 0, 0);
        var order = Passed(move);
        order.Insert(0, task);
        moves.Add(move with { Estimate = Estimate(order, graph.Before[other], graph.Behind[task]) });
    }

    /// <summary>The longest path through a stretch of a machine in a new order between two tasks that stay.</summary>
    private long Estimate(List<int> order, int before, int behind)
    {
        if (_heads.Length < order.Count)
            _heads = new long[2 * order.Count];
        var ready = before == ShopGraph.None ? 0 : graph.Head[before] + graph.Duration[before];
        for (var k = 0; k < order.Count; k++)
        {
            _heads[k] = Math.Max(ready, graph.JobHead(order[k]));
            ready = _heads[k] + graph.Duration[order[k]];
        }
        var tail = behind == ShopGraph.None ? DispatchModel.Nowhere : graph.Tail[behind] + graph.Duration[behind];
        var longest = long.MinValue;
        for (var k = order.Count - 1; k >= 0; k--)
        {
            tail = Math.Max(tail, graph.JobTail(order[k]));
            longest = Math.Max(longest, _heads[k] + graph.Duration[order[k]] + tail);
            tail += graph.Duration[order[k]];
        }
        return longest;
    }

    /// <summary>
    /// Every place on every other machine between what must stay before and what must stay behind: no path leads from a
    /// follower to a task that starts before the first of them ends, nor from a task to what is awaited if it ends after
    /// the last of that has begun.
    /// </summary>
    private void AddReassignments(List<ShopMove> moves, int task)
    {
        var (soonest, latest) = (long.MaxValue, long.MinValue);
        foreach (var next in model.Followers[task])
            soonest = Math.Min(soonest, graph.Head[next] + graph.Duration[next]);
        foreach (var awaited in model.After[task])
            latest = Math.Max(latest, graph.Head[awaited]);
        var (head, tail) = (graph.JobHead(task), graph.JobTail(task));
        for (var way = 0; way < model.Ways[task].Length; way++)
        {
            if (way == graph.Way[task])
                continue;
            long duration = model.Ways[task][way].Duration;
            if (model.Ways[task][way].Uses is not [var use])
            {
                moves.Add(new(ShopMoveKind.Reassign, task, ShopGraph.None, way, head + duration + tail));
                continue;
            }
            if (use.Resource == graph.Machine[task])
            {
                // The same machine at another speed: it keeps its place.
                var here = Math.Max(head, EndOf(graph.Before[task])) + duration;
                moves.Add(
                    new(
                        ShopMoveKind.Reassign,
                        task,
                        graph.Before[task],
                        way,
                        here + Math.Max(tail, TailTo(graph.Behind[task]))
                    )
                );
                continue;
            }
            for (var before = ShopGraph.None; ; )
            {
                var behind = before == ShopGraph.None ? graph.First[use.Resource] : graph.Behind[before];
                if (behind == ShopGraph.None || (EndOf(behind) > latest && !Waits(task, behind)))
                {
                    var start = Math.Max(head, EndOf(before));
                    moves.Add(
                        new(ShopMoveKind.Reassign, task, before, way, start + duration + Math.Max(tail, TailTo(behind)))
                    );
                }
                if (behind == ShopGraph.None || graph.Head[behind] >= soonest || Waits(behind, task))
                    break;
                before = behind;
            }
        }
    }

    /// <summary>Jobs may come to a machine twice, so that even neighbours there may wait for each other.</summary>
    private bool Waits(int task, int before) => Array.BinarySearch(model.After[task], before) >= 0;

    private long EndOf(int task) => task == ShopGraph.None ? 0 : graph.Head[task] + graph.Duration[task];

    private long TailTo(int task) =>
        task == ShopGraph.None ? DispatchModel.Nowhere : graph.Tail[task] + graph.Duration[task];
}
