using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solvers.FeatureSelection;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>Metropolis proposals on one subset while the temperature falls geometrically.</summary>
internal sealed class SubsetAnneal(Subset subset, SolveContext context, Xoshiro256 random)
{
    private const int Probes = 200;

    /// <summary>Proposals between two looks at the budget.</summary>
    private const int Poll = 64;

    private readonly int[] _movable = [.. subset.Movable];
    private double _hot;
    private double _cold;
    private double _penalty;

    /// <summary>
    /// Null: hot as twice the mean change of exchanges around the subset as it stands, cold as a thousandth of that. The weight of
    /// one feature too many is ten times the largest change seen.
    /// </summary>
    public void SetTemperatures(BetaRange? given)
    {
        var (sum, most, seen) = (0.0, 0.0, 0);
        for (; seen < Probes && context.EvaluationsLeft > 1; seen++)
        {
            if (Propose() is not var (removed, added))
                break;
            context.CountEvaluations(1);
            var size = Math.Abs(Gain(removed, added));
            (sum, most) = (sum + size, Math.Max(most, size));
        }
        var mean = seen == 0 || sum == 0 ? 1 : sum / seen;
        _penalty = 10 * Math.Max(most, mean);
        (_hot, _cold) = given is null ? (2 * mean, 2e-3 * mean) : (1 / given.Hot, 1 / given.Cold);
    }

    public void Cool(int sweeps)
    {
        var perSweep = Math.Max(1, subset.Problem.Constraints.Size);
        for (var sweep = 0; sweep < sweeps; sweep++)
        {
            var temperature = _hot * Math.Pow(_cold / _hot, sweeps < 2 ? 1 : sweep / (sweeps - 1.0));
            for (var k = 0; k < perSweep; k++)
            {
                if (context.EvaluationsLeft == 0 || (k % Poll == 0 && context.ShouldStop()))
                    return;
                if (Propose() is not var (removed, added))
                    return;
                context.CountEvaluations(1);
                var change =
                    Gain(removed, added) - _penalty * (subset.ViolationAfter(removed, added) - subset.Violation);
                if (change >= 0 || random.NextDouble() < Math.Exp(change / temperature))
                    subset.Exchange(removed, added);
            }
        }
    }

    private double Gain(int removed, int added) =>
        removed < 0 ? subset.GainOfAdding(added)
        : added < 0 ? subset.GainOfRemoving(removed)
        : subset.GainOfExchanging(removed, added);

    /// <summary>Null when nothing can move. A random movable feature is taken out if it is a member, else put in.</summary>
    private (int Removed, int Added)? Propose()
    {
        if (_movable.Length == 0)
            return null;
        if (!subset.Problem.Constraints.IsExact && random.NextBoolean())
        {
            var feature = _movable[random.NextInt32(_movable.Length)];
            return subset.Contains(feature) ? (feature, -1) : (-1, feature);
        }
        if (Draw(wanted: true) is not { } removed || Draw(wanted: false) is not { } added)
            // All or nothing is chosen: only another size moves it.
            return subset.Problem.Constraints.IsExact ? null : Propose();
        return (removed, added);
    }

    /// <summary>A movable member, or a movable feature that is none; null when there is none.</summary>
    private int? Draw(bool wanted)
    {
        if (wanted)
        {
            // Members are few among many features, so they are drawn from their own list.
            var free = subset.Members.Count - subset.CountFixed;
            if (free == 0)
                return null;
            while (true)
                if (subset.Members[random.NextInt32(subset.Members.Count)] is var member && subset.CanLeave(member))
                    return member;
        }
        if (_movable.Length == subset.Members.Count - subset.CountFixed)
            return null;
        while (true)
            if (_movable[random.NextInt32(_movable.Length)] is var feature && !subset.Contains(feature))
                return feature;
    }
}
