using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Greedy;

/// <summary>
/// Always the flip that lowers the energy most, until none does. After a flip the neighbours' gains are brought up to
/// date in a <see cref="Tournament{T}"/>: one by one where they are few, all of them where they are many.
/// </summary>
internal sealed class SteepestDescent<T>(LocalFields<T> fields, SolveContext context, Xoshiro256 random)
    where T : unmanaged, INumber<T>
{
    private readonly Tournament<T> _gains = new(fields.Count);

    /// <summary>From where the fields are. An evaluation is one gain brought up to date; one is left for the score.</summary>
    public void Run()
    {
        if (context.EvaluationsLeft <= fields.Count)
            return;
        _gains.Shuffle(random);
        UpdateAll();
        for (var k = 0; _gains.Key[_gains.Winner] > LocalFields<T>.Drift; k++)
        {
            var i = _gains.Winner;
            if (
                context.EvaluationsLeft <= Gains.Cost(fields, _gains, i)
                || (k % Gains.PollChanges == 0 && context.ShouldStop())
            )
                return;
            fields.Flip(i);
            if (Gains.AreMany(fields, _gains, i))
                UpdateAll();
            else
                UpdateAround(i);
        }
    }

    private void UpdateAll()
    {
        var key = _gains.Key;
        for (var j = 0; j < key.Length; j++)
            key[j] = -fields.Delta(j);
        _gains.Play();
        context.CountEvaluations(key.Length);
    }

    private void UpdateAround(int i)
    {
        Update(i);
        for (var k = fields.Start[i]; k < fields.Start[i + 1]; k++)
            Update(fields.Column[k]);
        context.CountEvaluations(Gains.Cost(fields, _gains, i));
    }

    private void Update(int j)
    {
        _gains.Key[j] = -fields.Delta(j);
        _gains.Changed(j);
    }
}

/// <summary>Whether to bring gains up to date one by one.</summary>
internal static class Gains
{
    /// <summary>Changes between two looks at the budget: at most some hundred microseconds at n = 5000, less on sparse problems.</summary>
    public const int PollChanges = 16;

    /// <summary>True where the neighbours of i, at the price of the tree's levels each, cost more than all matches afresh.</summary>
    public static bool AreMany<T>(LocalFields<T> fields, Tournament<T> gains, int i)
        where T : unmanaged, INumber<T> =>
        (fields.Start[i + 1] - fields.Start[i]) * (long)gains.Levels > 2L * fields.Count;

    /// <summary>Gains brought up to date when i changes.</summary>
    public static int Cost<T>(LocalFields<T> fields, Tournament<T> gains, int i)
        where T : unmanaged, INumber<T> =>
        AreMany(fields, gains, i) ? fields.Count : fields.Start[i + 1] - fields.Start[i] + 1;
}
