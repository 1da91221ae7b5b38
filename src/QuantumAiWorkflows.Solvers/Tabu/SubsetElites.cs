using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.FeatureSelection;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>The best distinct subsets of finished rounds, at most <paramref name="capacity"/>.</summary>
internal sealed class SubsetElites(int capacity)
{
    private readonly List<(double Violation, double Objective, int[] Features)> _elites = [];

    public void Add(int[] features, double violation, double objective)
    {
        if (_elites.Exists(e => e.Features.AsSpan().SequenceEqual(features)))
            return;
        _elites.Add((violation, objective, features));
        if (_elites.Count > capacity)
            _elites.Remove(_elites.OrderByDescending(e => e.Violation).ThenBy(e => e.Objective).First());
    }

    /// <summary>A random elite with up to a quarter of its features, at least one, exchanged for others.</summary>
    public void Perturb(Subset subset, Xoshiro256 random)
    {
        subset.Set(_elites[random.NextInt32(_elites.Count)].Features);
        int[] inside = [.. subset.Members.Where(subset.CanLeave).Order()];
        int[] outside = [.. subset.Movable.Where(f => !subset.Contains(f))];
        random.Shuffle<int>(inside);
        random.Shuffle<int>(outside);
        var most = Math.Min(inside.Length, outside.Length);
        var exchanges = most == 0 ? 0 : Math.Min(most, 1 + random.NextInt32(Math.Max(1, most / 4)));
        for (var k = 0; k < exchanges; k++)
            subset.Exchange(inside[k], outside[k]);
    }
}
