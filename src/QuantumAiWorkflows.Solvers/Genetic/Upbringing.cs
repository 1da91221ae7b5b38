using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Genetic;

/// <summary>
/// What a child learns in its life: a short one-flip tabu search, always the best admissible flip, until some steps
/// brought nothing new. Without patience, one-flip descent.
/// </summary>
internal sealed class Upbringing<T>(LocalFields<T> fields, int patience, SolveContext context, Xoshiro256 random)
    where T : unmanaged, INumber<T>
{
    /// <summary>Variables looked at between two looks at the budget: some tens of microseconds.</summary>
    private const int PollWork = 1 << 17;

    private readonly T[] _marks = new T[fields.Padded];
    private readonly int _tenure = Math.Min(10 + fields.Count / 100, fields.Count / 4);
    private readonly int _spread = Math.Min(10, fields.Count / 4) + 1;

    /// <summary>Replaces <paramref name="bits"/> by the best assignment met. An evaluation is one variable's change.</summary>
    public void Run(sbyte[] bits)
    {
        fields.Reset(bits);
        if (patience == 0)
        {
            OneFlipDescent.Run(fields, context);
            fields.CopyBits(bits);
            return;
        }
        Array.Clear(_marks);
        // Energies count from the start; T holds them only one flip at a time.
        var (energy, best, isCopied) = (0.0, 0.0, true);
        var drift = double.CreateTruncating(LocalFields<T>.Drift);
        var period = Math.Clamp(PollWork / fields.Count, 1, 4096);
        for (int step = 1, since = 0; since < patience; step++, since++)
        {
            if (context.EvaluationsLeft <= fields.Count || (step % period == 0 && context.ShouldStop()))
                break;
            var aspiration = T.CreateSaturating(best - energy - drift);
            var i = BestFlip.Find(fields, _marks, T.CreateTruncating(step), aspiration, random);
            context.CountEvaluations(fields.Count);
            if (i < 0)
                i = random.NextInt32(fields.Count); // everything is tabu
            var change = double.CreateTruncating(fields.Delta(i));
            // A new best is copied only when the search is about to leave it upward: the descent to it costs no copies.
            if (!isCopied && change >= 0)
            {
                fields.CopyBits(bits);
                isCopied = true;
            }
            fields.Flip(i);
            energy += change;
            _marks[i] = T.CreateTruncating(step + _tenure + random.NextInt32(_spread));
            if (energy < best - drift)
                (best, isCopied, since) = (energy, false, 0);
        }
        if (!isCopied)
            fields.CopyBits(bits);
    }
}
