using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.DispatchingRules;

/// <summary>A feasible schedule: start and way of each task.</summary>
internal sealed record Candidate(long Score, int[] Starts, int[] Ways)
{
    public static Candidate Of(long score, int[] starts, int[] ways) => new(score, [.. starts], [.. ways]);
}

/// <summary>Tabu search from a schedule: one round of it, until patience or the budget ends.</summary>
internal abstract class ScheduleSearch
{
    /// <summary>The best schedule of the round; never worse than <paramref name="start"/>.</summary>
    public abstract Candidate Run(Candidate start);

    /// <summary>A schedule some random moves away, to begin another round from.</summary>
    public abstract Candidate Disturb(Candidate start);

    public static ScheduleSearch For(
        DispatchModel model,
        DispatchingRulesOptions options,
        BestSchedule best,
        Xoshiro256 random
    ) => model.IsShop ? new ShopTabu(model, options, best, random) : new ListTabu(model, options, best, random);
}

/// <summary>The best few schedules of different rounds.</summary>
internal sealed class EliteSchedules(int capacity)
{
    private readonly List<Candidate> _items = [];

    public int Count => _items.Count;

    public Candidate Any(Xoshiro256 random) => _items[random.NextInt32(_items.Count)];

    public void Add(Candidate candidate)
    {
        if (_items.Exists(c => c.Score == candidate.Score && c.Starts.AsSpan().SequenceEqual(candidate.Starts)))
            return;
        _items.Add(candidate);
        if (_items.Count > capacity)
            _items.Remove(_items.MaxBy(c => c.Score)!);
    }
}
