using System.Collections;
using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Scheduling.Encodings;

/// <summary>
/// Every task starts once, after what it waits for, and no resource is used beyond its capacity. Where any two users of a
/// resource are too many, as on a machine, that is a matter of pairs and needs no slack; else there is a row for each moment at
/// which it could happen.
/// </summary>
internal sealed class ScheduleConstraints
{
    private readonly SchedulingProblem _problem;
    private readonly StartVariables _starts;
    private readonly BitArray[] _precedes;
    private readonly List<(StartBlock Block, int Amount)>[] _users;

    public ScheduleConstraints(SchedulingProblem problem, StartVariables starts)
    {
        (_problem, _starts) = (problem, starts);
        _precedes = Precedes(problem);
        _users = [.. problem.Resources.Select(_ => new List<(StartBlock, int)>())];
        foreach (var block in starts.Blocks)
            if (block.Duration > 0)
                foreach (var use in problem.Tasks[block.Task].Modes[block.Mode].Uses)
                    _users[use.Resource].Add((block, use.Amount));
    }

    /// <summary>Of all constraints, before any is written; counts no further once there are too many.</summary>
    public long CountProducts()
    {
        var count = 0L;
        foreach (var part in CountParts())
            if ((count += part) > EncodingLimits.MaxProducts)
                break;
        return count;
    }

    private IEnumerable<long> CountParts()
    {
        for (var i = 0; i < _problem.Tasks.Count; i++)
        {
            var own = 0L;
            foreach (var block in _starts.Of(i))
                own += block.To - block.From + 1;
            yield return own * (own - 1) / 2;
            foreach (var before in _problem.Tasks[i].After)
            foreach (var range in Ranges(before, i))
                yield return range.To - range.From + 1;
        }
        for (var r = 0; r < _users.Length; r++)
            if (IsPairwise(r))
                foreach (var range in Overlaps(r))
                    yield return range.To - range.From + 1;
            else
                foreach (var (moment, active) in Moments(r))
                {
                    var terms = active.Sum(u => Length(Running(u.Block, moment)));
                    yield return terms * (terms - 1) / 2;
                }
    }

    public void AddTo(ConstrainedModel model)
    {
        for (var i = 0; i < _problem.Tasks.Count; i++)
        {
            var task = _problem.Tasks[i];
            var own = new List<int>();
            foreach (var block in _starts.Of(i))
                for (var start = block.From; start <= block.To; start++)
                    own.Add(block.At(start));
            model.AddOneHot("start", $"start[{task.Id}]", _problem.PointerTo(i), own);
            for (var k = 0; k < task.After.Length; k++)
                model.AddPairs(
                    "precedence",
                    $"precedence[{task.Id},{k}]",
                    $"{_problem.PointerTo(i)}/after/{k}",
                    Pairs(Ranges(task.After[k], i))
                );
        }
        for (var r = 0; r < _users.Length; r++)
            if (IsPairwise(r))
                model.AddPairs(
                    "capacity",
                    $"capacity[{_problem.Resources[r].Id}]",
                    $"/resources/{r}",
                    Pairs(Overlaps(r))
                );
            else
                foreach (var (moment, active) in Moments(r))
                    AddMoment(r, moment, active, model);
    }

    private void AddMoment(int r, long moment, List<(StartBlock Block, int Amount)> active, ConstrainedModel model)
    {
        var terms = new List<(int, double)>();
        foreach (var (block, amount) in active)
        {
            var (from, to) = Running(block, moment);
            for (var start = from; start <= to; start++)
                terms.Add((block.At(start), amount));
        }
        model.AddConstraint(
            "capacity",
            $"capacity[{_problem.Resources[r].Id}] at {moment}",
            $"/resources/{r}",
            terms,
            Relation.AtMost,
            _problem.Resources[r].Capacity
        );
    }

    /// <summary>Whether any two tasks on it, in any modes, are too many.</summary>
    private bool IsPairwise(int r)
    {
        var least = _users[r].GroupBy(u => u.Block.Task, (_, own) => (long)own.Min(u => u.Amount)).Order().Take(2);
        return least.Sum() > _problem.Resources[r].Capacity || least.Count() < 2;
    }

    /// <summary>
    /// When a task may start while others run that together may be too much, with all that may run then; a list that is good
    /// until the next moment is asked for.
    /// </summary>
    private IEnumerable<(long Moment, List<(StartBlock Block, int Amount)> Active)> Moments(int r)
    {
        var users = _users[r].OrderBy(u => u.Block.From).ToList();
        // What may run changes only where the first or the last moment of a block is.
        var edges = users
            .SelectMany(u => (long[])[u.Block.From, u.Block.To + u.Block.Duration])
            .Distinct()
            .Order()
            .ToList();
        var (active, next) = (new List<(StartBlock Block, int Amount)>(), 0);
        foreach (var (from, to) in edges.Zip(edges.Skip(1)))
        {
            for (; next < users.Count && users[next].Block.From <= from; next++)
                active.Add(users[next]);
            active.RemoveAll(u => u.Block.To + u.Block.Duration <= from);
            if (
                active.GroupBy(u => u.Block.Task, (_, own) => (long)own.Max(u => u.Amount)).Sum()
                <= _problem.Resources[r].Capacity
            )
                continue;
            var moments = new SortedSet<long>();
            foreach (var (block, _) in active)
                for (var start = Math.Max(block.From, from); start <= Math.Min(block.To, to - 1); start++)
                    moments.Add(start);
            foreach (var moment in moments)
                yield return (moment, active);
        }
    }

    private static long Length((long From, long To) range) => range.To - range.From + 1;

    /// <summary>Starts of a block that may run at a moment with which it does.</summary>
    private static (long From, long To) Running(StartBlock block, long moment) =>
        (Math.Max(block.From, moment - block.Duration + 1), Math.Min(block.To, moment));

    /// <summary>Starts that a precedence forbids: a variable of the first task, and a range of variables of the second.</summary>
    private IEnumerable<(int First, int From, int To)> Ranges(int before, int after) =>
        from first in _starts.Of(before).ToArray()
        from next in _starts.Of(after).ToArray()
        from range in Ranges(first, next, first.NotAfter)
        select range;

    /// <summary>Two tasks on a resource at once, but for such as wait for each other anyway.</summary>
    private IEnumerable<(int First, int From, int To)> Overlaps(int r)
    {
        var users = _users[r];
        for (var a = 0; a < users.Count; a++)
        for (var b = a + 1; b < users.Count; b++)
        {
            var (first, other) = (users[a].Block, users[b].Block);
            if (
                first.Task != other.Task
                && first.From < other.To + other.Duration
                && other.From < first.To + first.Duration
                && !_precedes[first.Task][other.Task]
                && !_precedes[other.Task][first.Task]
            )
                foreach (var range in Ranges(first, other, first.Overlapping))
                    yield return range;
        }
    }

    private static IEnumerable<(int First, int From, int To)> Ranges(
        StartBlock first,
        StartBlock other,
        Func<long, StartBlock, (long From, long To)> forbidden
    )
    {
        for (var start = first.From; start <= first.To; start++)
            if (forbidden(start, other) is var (from, to) && from <= to)
                yield return (first.At(start), other.At(from), other.At(to));
    }

    private static List<(int, int)> Pairs(IEnumerable<(int First, int From, int To)> ranges)
    {
        var pairs = new List<(int, int)>();
        foreach (var (first, from, to) in ranges)
            for (var other = from; other <= to; other++)
                pairs.Add((first, other));
        return pairs;
    }

    /// <summary>[i][j]: j waits for i, perhaps over others. n² bits.</summary>
    private static BitArray[] Precedes(SchedulingProblem problem)
    {
        var n = problem.Tasks.Count;
        var precedes = new BitArray[n];
        foreach (var i in PrecedenceOrder.Of(problem).Reverse())
        {
            precedes[i] = new(n);
            foreach (var next in problem.Followers[i])
            {
                precedes[i].Or(precedes[next]);
                precedes[i][next] = true;
            }
        }
        return precedes;
    }
}
