using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>
/// A shop's schedule as its disjunctive graph: the precedences of the problem and an order of the tasks on each machine. Heads
/// are earliest starts, tails the longest way from a task's end to the objective; the objective is the longest path.
/// </summary>
internal sealed class ShopGraph
{
    public const int None = -1;

    private readonly DispatchModel _model;
    private readonly int[] _waiting;
    private readonly int[] _order;

    public ShopGraph(DispatchModel model)
    {
        _model = model;
        var n = model.Count;
        (Way, Duration, Machine, Before, Behind) = (new int[n], new int[n], new int[n], new int[n], new int[n]);
        (_waiting, _order) = (new int[n], new int[n]);
        (Head, Tail, Starts) = (new long[n], new long[n], new int[n]);
        First = new int[model.Problem.Resources.Count];
    }

    /// <summary>Chosen way of each task.</summary>
    public int[] Way { get; }

    public int[] Duration { get; }

    /// <summary>Or <see cref="None"/> for a task that needs none.</summary>
    public int[] Machine { get; }

    /// <summary>The task before it on its machine, or <see cref="None"/>.</summary>
    public int[] Before { get; }

    public int[] Behind { get; }

    /// <summary>Of each machine.</summary>
    public int[] First { get; }

    public long[] Head { get; }

    public long[] Tail { get; }

    /// <summary><see cref="Head"/> once more, as schedules have it.</summary>
    public int[] Starts { get; }

    /// <summary>The longest path: makespan or largest lateness.</summary>
    public long Length { get; private set; }

    /// <summary>Takes over a feasible schedule: the order on each machine is that of the starts.</summary>
    public void Load(int[] starts, int[] ways)
    {
        First.AsSpan().Fill(None);
        Before.AsSpan().Fill(None);
        Behind.AsSpan().Fill(None);
        var last = new int[First.Length];
        last.AsSpan().Fill(None);
        for (var i = 0; i < _model.Count; i++)
            SetWay(i, ways[i]);
        foreach (var i in Enumerable.Range(0, _model.Count).OrderBy(i => starts[i]))
            if (Machine[i] is var machine and not None)
            {
                Link(i, last[machine], machine);
                last[machine] = i;
            }
        if (!Time())
            throw new InvalidOperationException("A feasible schedule has a cycle.");
    }

    public void CopyFrom(ShopGraph other)
    {
        other.Way.CopyTo(Way, 0);
        other.Duration.CopyTo(Duration, 0);
        other.Machine.CopyTo(Machine, 0);
        other.Before.CopyTo(Before, 0);
        other.Behind.CopyTo(Behind, 0);
        other.First.CopyTo(First, 0);
        other.Head.CopyTo(Head, 0);
        other.Tail.CopyTo(Tail, 0);
        other.Starts.CopyTo(Starts, 0);
        Length = other.Length;
    }

    public void SetWay(int task, int way)
    {
        Way[task] = way;
        Duration[task] = _model.Ways[task][way].Duration;
        Machine[task] = _model.Ways[task][way].Uses is [var use] ? use.Resource : None;
    }

    /// <summary>Puts a task behind another on a machine, or first where that is <see cref="None"/>.</summary>
    public void Link(int task, int before, int machine)
    {
        var behind = before == None ? First[machine] : Behind[before];
        (Before[task], Behind[task]) = (before, behind);
        if (before == None)
            First[machine] = task;
        else
            Behind[before] = task;
        if (behind != None)
            Before[behind] = task;
    }

    public void Unlink(int task)
    {
        var (before, behind) = (Before[task], Behind[task]);
        if (before != None)
            Behind[before] = behind;
        else if (Machine[task] != None)
            First[Machine[task]] = behind;
        if (behind != None)
            Before[behind] = before;
        (Before[task], Behind[task]) = (None, None);
    }

    /// <summary>Heads, tails and length. False when the orders contradict the precedences. O(n + precedences).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Time()
    {
        var n = _model.Count;
        var count = 0;
        for (var i = 0; i < n; i++)
        {
            _waiting[i] = _model.After[i].Length + (Before[i] == None ? 0 : 1);
            if (_waiting[i] == 0)
                _order[count++] = i;
        }
        for (var at = 0; at < count; at++)
        {
            var i = _order[at];
            var start = JobHead(i);
            if (Before[i] is var before and not None)
                start = Math.Max(start, Head[before] + Duration[before]);
            Head[i] = start;
            Starts[i] = (int)start;
            foreach (var next in _model.Followers[i])
                if (--_waiting[next] == 0)
                    _order[count++] = next;
            if (Behind[i] is var behind and not None && --_waiting[behind] == 0)
                _order[count++] = behind;
        }
        if (count < n)
            return false;
        Length = long.MinValue;
        for (var at = n - 1; at >= 0; at--)
        {
            var i = _order[at];
            var tail = JobTail(i);
            if (Behind[i] is var behind and not None)
                tail = Math.Max(tail, Duration[behind] + Tail[behind]);
            Tail[i] = tail;
            Length = Math.Max(Length, Head[i] + Duration[i] + tail);
        }
        return true;
    }

    /// <summary>Earliest start by release and precedences, at the heads of the last timing.</summary>
    public long JobHead(int task)
    {
        long head = _model.Release[task];
        foreach (var before in _model.After[task])
            head = Math.Max(head, Head[before] + Duration[before]);
        return head;
    }

    /// <summary>Way from the end to the objective by precedences, at the tails of the last timing.</summary>
    public long JobTail(int task)
    {
        var tail = _model.Offset[task];
        foreach (var next in _model.Followers[task])
            tail = Math.Max(tail, Duration[next] + Tail[next]);
        return tail;
    }

    /// <summary>True where no path can lead from a follower of <paramref name="task"/> to <paramref name="to"/>: such a path would make the follower's tail the longer one.</summary>
    public bool IsFreeOfFollowers(int task, int to)
    {
        var reach = Tail[to] + Duration[to];
        foreach (var next in _model.Followers[task])
        {
            var tail = Tail[next] + Duration[next];
            if (next == to || tail > reach || (tail == reach && Duration[next] == 0))
                return false;
        }
        return true;
    }

    /// <summary>True where no path can lead from <paramref name="from"/> to something that <paramref name="task"/> waits for.</summary>
    public bool IsFreeOfPredecessors(int task, int from)
    {
        var reach = Head[from] + Duration[from];
        foreach (var before in _model.After[task])
        {
            var head = Head[before] + Duration[before];
            if (before == from || head > reach || (head == reach && Duration[before] == 0))
                return false;
        }
        return true;
    }
}
