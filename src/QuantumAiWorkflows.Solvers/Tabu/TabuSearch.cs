using System.Numerics;
using System.Runtime.CompilerServices;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>One run of one-flip tabu search from a given assignment: always the best admissible flip, even if it is uphill.</summary>
internal sealed class TabuSearch<T>(LocalFields<T> fields, TabuOptions options, SolveContext context, Xoshiro256 random)
    where T : unmanaged, INumber<T>
{
    /// <summary>Variables looked at between two looks at the budget: some tens of microseconds.</summary>
    private const int PollWork = 1 << 17;

    /// <summary>Spread of the random part of a tenure.</summary>
    private const int TenureSpread = 10;

    private readonly T[] _tabu = new T[fields.Padded];
    private readonly T[] _scores = new T[fields.Padded];
    private readonly sbyte[] _best = new sbyte[fields.Count];
    private readonly int _tenure = Math.Min(options.Tenure ?? Math.Max(10, fields.Count / 100), fields.Count / 4);
    private readonly int _spread = Math.Min(TenureSpread, fields.Count / 4) + 1;
    private readonly int _patience = options.Patience ?? Math.Clamp(20 * fields.Count, 1000, 50_000);

    /// <summary>The best assignment of the last round.</summary>
    public ReadOnlySpan<sbyte> Best => _best;

    /// <summary>Searches from <paramref name="start"/> until patience or the budget ends. An evaluation is one variable's change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(ReadOnlySpan<sbyte> start)
    {
        fields.Reset(start);
        start.CopyTo(_best);
        _tabu.AsSpan().Clear();
        // Energies count from the start; T holds them only one flip at a time.
        var (energy, best, isBestCopied) = (0.0, 0.0, true);
        var next = random.NextInt32(fields.Count);
        var change = fields.Delta(next);
        var period = Math.Clamp(PollWork / fields.Count, 1, 4096);
        for (int step = 1, since = 0; since < _patience; step++, since++)
        {
            if (context.EvaluationsLeft < fields.Count || (step % period == 0 && context.ShouldStop()))
                break;
            // A new best is copied only when the search is about to leave it upward: the descent to it costs no copies.
            if (!isBestCopied && change >= T.Zero)
                isBestCopied = CopyBest();

            energy += double.CreateTruncating(change);
            _tabu[next] = T.CreateTruncating(step + _tenure + random.NextInt32(_spread));
            if (energy < best - double.CreateTruncating(LocalFields<T>.Drift))
                (best, isBestCopied, since) = (energy, false, 0);

            var aspiration = T.CreateSaturating(best - energy - double.CreateTruncating(LocalFields<T>.Drift));
            change = TabuStep.Flip(fields, next, _tabu, T.CreateTruncating(step), aspiration, _scores);
            context.CountEvaluations(fields.Count);
            if (change < LocalFields<T>.Wall)
                next = TabuStep.Pick(_scores, change, random);
            else
                change = fields.Delta(next = random.NextInt32(fields.Count)); // everything is tabu
        }
        if (!isBestCopied)
            CopyBest();
    }

    private bool CopyBest()
    {
        fields.CopyBits(_best);
        return true;
    }
}
