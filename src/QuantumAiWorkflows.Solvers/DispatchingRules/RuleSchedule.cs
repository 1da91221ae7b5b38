using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>Builds one schedule by a rule. O(n) times the tasks that may be placed at once.</summary>
internal sealed class RuleSchedule(DispatchModel model, ScheduleBuilder builder)
{
    /// <summary>How often a random choice replaces the rule's, where one is asked for.</summary>
    private const double Share = 0.15;

    private readonly int[] _waiting = new int[model.Count];

    /// <summary>The schedule is in the builder. False when it was given up half-way.</summary>
    /// <param name="random">Null for the rule as it is.</param>
    public bool Build(DispatchRule rule, ScheduleGeneration generation, Xoshiro256? random, Func<bool> stop)
    {
        for (var i = 0; i < model.Count; i++)
            _waiting[i] = model.After[i].Length;
        var priority = new TaskPriority(model, rule);
        return generation == ScheduleGeneration.Active
            ? BuildActive(priority, random, stop)
            : BuildNonDelay(priority, random, stop);
    }

    private bool BuildActive(TaskPriority priority, Xoshiro256? random, Func<bool> stop)
    {
        builder.Clear();
        var eligible = Enumerable.Range(0, model.Count).Where(i => _waiting[i] == 0).ToList();
        for (var placed = 0; eligible.Count > 0; placed++)
        {
            if (placed % 64 == 63 && stop())
                return false;
            var at = Choose(eligible, priority, i => builder.EarliestStart(i), random);
            var task = eligible[at];
            // Order among the rest only decides ties, and those by index.
            eligible[at] = eligible[^1];
            eligible.RemoveAt(eligible.Count - 1);
            builder.Place(task, -1);
            priority.Started(task);
            foreach (var next in model.Followers[task])
                if (--_waiting[next] == 0)
                    eligible.Add(next);
        }
        return true;
    }

    private bool BuildNonDelay(TaskPriority priority, Xoshiro256? random, Func<bool> stop)
    {
        var free = model.Problem.Resources.Select(r => r.Capacity).ToArray();
        var running = new PriorityQueue<int, (long End, int Task)>();
        var ready = new PriorityQueue<int, (long Time, int Task)>();
        var eligible = new List<int>();
        for (var i = 0; i < model.Count; i++)
            if (_waiting[i] == 0)
                ready.Enqueue(i, (model.Release[i], i));
        for (var (steps, time) = (0, 0L); ready.Count + running.Count + eligible.Count > 0; steps++)
        {
            if (steps % 16 == 15 && stop())
                return false;
            time = Math.Max(time, Next(ready, running, eligible.Count > 0));
            while (running.TryPeek(out var ended, out var at) && at.End <= time)
            {
                running.Dequeue();
                Change(free, ended, +1);
                foreach (var next in model.Followers[ended])
                    if (--_waiting[next] == 0)
                        ready.Enqueue(next, (Math.Max(time, model.Release[next]), next));
            }
            while (ready.TryPeek(out var task, out var from) && from.Time <= time)
                eligible.Add(ready.Dequeue());
            StartWhatFits(eligible, (int)time, free, running, priority, random);
        }
        return true;
    }

    /// <summary>The next moment at which something changes: with tasks left over, only an end can let them start.</summary>
    private static long Next(
        PriorityQueue<int, (long Time, int Task)> ready,
        PriorityQueue<int, (long End, int Task)> running,
        bool isSomeoneLeft
    )
    {
        var next = long.MaxValue;
        if (running.TryPeek(out _, out var end))
            next = end.End;
        if (ready.TryPeek(out _, out var release))
            next = Math.Min(next, release.Time);
        return next == long.MaxValue && isSomeoneLeft
            ? throw new InvalidOperationException("A task fits nowhere though nothing runs.")
            : next;
    }

    private void StartWhatFits(
        List<int> eligible,
        int time,
        int[] free,
        PriorityQueue<int, (long End, int Task)> running,
        TaskPriority priority,
        Xoshiro256? random
    )
    {
        var fitting = eligible.FindAll(i => FittingWay(i, free) >= 0);
        while (fitting.Count > 0)
        {
            var task = fitting[Choose(fitting, priority, _ => time, random)];
            var way = FittingWay(task, free);
            (builder.Starts[task], builder.Ways[task]) = (time, way);
            Change(free, task, -1);
            running.Enqueue(task, (time + (long)model.Ways[task][way].Duration, task));
            priority.Started(task);
            eligible.Remove(task);
            fitting.RemoveAll(i => i == task || FittingWay(i, free) < 0);
        }
    }

    /// <summary>The shortest way that can start now; negative when none can.</summary>
    private int FittingWay(int task, int[] free)
    {
        var (best, shortest) = (-1, int.MaxValue);
        var ways = model.Ways[task];
        for (var w = 0; w < ways.Length; w++)
            if (ways[w].Duration < shortest && Array.TrueForAll(ways[w].Uses, u => u.Amount <= free[u.Resource]))
                (best, shortest) = (w, ways[w].Duration);
        return best;
    }

    private void Change(int[] free, int task, int sign)
    {
        foreach (var use in model.Ways[task][builder.Ways[task]].Uses)
            free[use.Resource] += sign * use.Amount;
    }

    /// <summary>A place in the list: of the smallest priority, ties by index, or now and then of any.</summary>
    private static int Choose(List<int> tasks, TaskPriority priority, Func<int, long> time, Xoshiro256? random)
    {
        if (random is not null && random.NextDouble() < Share)
            return random.NextInt32(tasks.Count);
        var (best, least) = (0, double.PositiveInfinity);
        for (var k = 0; k < tasks.Count; k++)
        {
            var value = priority.Of(tasks[k], time(tasks[k]));
            if (value < least || (value == least && tasks[k] < tasks[best]))
                (best, least) = (k, value);
        }
        return best;
    }
}
