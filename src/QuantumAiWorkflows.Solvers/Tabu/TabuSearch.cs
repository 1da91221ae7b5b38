using System.Runtime.CompilerServices;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>One run of one-flip tabu search from a given assignment: always the best admissible flip, even if it is uphill.</summary>
/// <param name="moves">Freed of all bars at the end of a run.</param>
/// <param name="tenure">Steps for which a flipped variable stays put, at least; null as <see cref="TabuOptions.Tenure"/> says.</param>
internal sealed class TabuSearch(FlipMoves moves, int? tenure, SolveContext context, Xoshiro256 random)
{
    /// <summary>Variables looked at between two looks at the budget: some tens of microseconds.</summary>
    private const int PollWork = 1 << 17;

    /// <summary>Spread of the random part of a tenure.</summary>
    private const int TenureSpread = 10;

    private readonly sbyte[] _best = new sbyte[moves.Count];
    private readonly int _tenure = Math.Min(tenure ?? Math.Max(10, moves.Count / 100), moves.Count / 4);
    private readonly int _spread = Math.Min(TenureSpread, moves.Count / 4) + 1;
    private readonly int[] _barred = new int[moves.Count];
    private readonly int[] _until = new int[moves.Count];

    /// <summary>The best assignment of the last run.</summary>
    public ReadOnlySpan<sbyte> Best => _best;

    /// <summary>Its energy, as <see cref="FlipMoves.Energy"/>.</summary>
    public double BestEnergy { get; private set; }

    /// <summary>
    /// Searches from <paramref name="start"/>, or from where the moves are, until <paramref name="patience"/> steps found
    /// nothing better, or the budget ends. An evaluation is one variable's change.
    /// </summary>
    public void Run(ReadOnlySpan<sbyte> start, int patience)
    {
        moves.Reset(start);
        Run(patience);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int patience)
    {
        moves.CopyBits(_best);
        BestEnergy = moves.Energy;
        var isBestCopied = true;
        var numBarred = 0;
        var next = random.NextInt32(moves.Count);
        var period = Math.Clamp(PollWork / moves.Count, 1, 4096);
        for (int step = 1, since = 0; since < patience; step++, since++)
        {
            if (context.EvaluationsLeft < moves.Count || (step % period == 0 && context.ShouldStop()))
                break;
            // A new best is copied only when the search is about to leave it upward: the descent to it costs no copies.
            if (!isBestCopied && moves.Delta(next) >= 0)
                isBestCopied = CopyBest();

            for (var k = numBarred - 1; k >= 0; k--)
                if (_until[k] <= step)
                {
                    moves.Free(_barred[k]);
                    numBarred--;
                    (_barred[k], _until[k]) = (_barred[numBarred], _until[numBarred]);
                }
            // One that was picked although it is barred stands in the list already.
            var at = Array.IndexOf(_barred, next, 0, numBarred);
            if (at < 0)
            {
                at = numBarred++;
                _barred[at] = next;
                moves.Bar(next);
            }
            _until[at] = step + _tenure + random.NextInt32(_spread);

            var energy = moves.Energy + moves.Delta(next);
            if (energy < BestEnergy - moves.Drift)
                (BestEnergy, isBestCopied, since) = (energy, false, 0);
            next = moves.Step(next, BestEnergy - energy - moves.Drift, _barred.AsSpan(0, numBarred), random);
            context.CountEvaluations(moves.Count);
            if (next < 0)
                next = random.NextInt32(moves.Count); // everything is barred
        }
        if (!isBestCopied)
            CopyBest();
        foreach (var i in _barred.AsSpan(0, numBarred))
            moves.Free(i);
    }

    private bool CopyBest()
    {
        moves.CopyBits(_best);
        return true;
    }
}
