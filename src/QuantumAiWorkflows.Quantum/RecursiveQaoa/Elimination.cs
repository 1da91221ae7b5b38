using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.ClosedForm;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>One decision of a round, in original variable numbers.</summary>
/// <param name="Second">Null: <paramref name="First"/> alone gets a spin.</param>
/// <param name="Correlation">Its sign is the spin, or the product of both.</param>
internal readonly record struct Elimination(int First, int? Second, double Correlation);

/// <summary>Carries out what correlations say, the strongest first.</summary>
internal sealed class Eliminator(Xoshiro256 random)
{
    /// <summary>Correlations that agree to this are equally strong: the generator decides, not rounding.</summary>
    private const double Tie = 1e-9;

    /// <summary>
    /// Eliminates up to <paramref name="count"/> variables of a model. One that took part already is not touched again in
    /// the same round unless <paramref name="chains"/>: its correlations are no longer those that were computed.
    /// </summary>
    /// <param name="graph">Of the model, as it is now, with its <paramref name="variables"/>.</param>
    /// <returns>What was eliminated; less than asked for when there was nothing more to decide by.</returns>
    public List<Elimination> Eliminate(
        ReducedIsing model,
        IsingGraph graph,
        int[] variables,
        Correlations correlations,
        int count,
        bool chains
    )
    {
        var done = new List<Elimination>(count);
        var touched = new HashSet<int>();
        // Several candidates for every elimination, as many of them are spent on variables already touched.
        foreach (var candidate in Strongest(graph, correlations, 4 * (long)count + 16))
        {
            if (done.Count == count)
                break;
            var first = variables[candidate.First];
            var second = candidate.Second is { } j ? variables[j] : (int?)null;
            if (!chains && (touched.Contains(first) || (second is { } other && touched.Contains(other))))
                continue;
            if (!Apply(model, first, second, Math.Sign(candidate.Correlation)))
                continue;
            touched.Add(first);
            if (second is { } partner)
                touched.Add(partner);
            done.Add(new(first, second, candidate.Correlation));
        }
        return done;
    }

    /// <summary>False when the two follow each other already.</summary>
    private static bool Apply(ReducedIsing model, int first, int? second, int sign)
    {
        var (a, signA) = model.Resolve(first);
        if (second is not { } other)
        {
            if (a is not { } alone)
                return false;
            model.Fix(alone, sign * signA);
            return true;
        }
        var (b, signB) = model.Resolve(other);
        sign *= signA * signB;
        switch (a, b)
        {
            case (null, null):
                return false;
            case (null, { } free):
                model.Fix(free, sign);
                return true;
            case ({ } free, null):
                model.Fix(free, sign);
                return true;
            case ({ } x, { } y) when x == y:
                return false;
            case ({ } x, { } y):
                // The one with fewer neighbours goes: less to rewrite.
                var (kept, gone) = model.Degree(x) >= model.Degree(y) ? (x, y) : (y, x);
                model.Substitute(gone, kept, sign);
                return true;
        }
    }

    /// <summary>The strongest candidates, best first, ties in random order. O(m log capacity) at worst.</summary>
    private List<Elimination> Strongest(IsingGraph graph, Correlations correlations, long capacity)
    {
        var heap = new PriorityQueue<Elimination, (double Strength, ulong Tie)>();
        for (var i = 0; i < graph.Count; i++)
        {
            Offer(new(i, null, correlations.Single[i]));
            for (var e = graph.Start[i]; e < graph.Start[i + 1]; e++)
                if (graph.Column[e] > i)
                    // A correlation of exactly 0 decides nothing; the coupling's sign does.
                    Offer(
                        new(
                            i,
                            graph.Column[e],
                            correlations.Pair[e] != 0 ? correlations.Pair[e] : Math.CopySign(1e-300, -graph.Weight[e])
                        )
                    );
        }
        var ascending = new List<Elimination>(heap.Count);
        while (heap.TryDequeue(out var candidate, out _))
            ascending.Add(candidate);
        ascending.Reverse();
        return ascending;

        void Offer(Elimination candidate)
        {
            if (candidate.Correlation == 0)
                return;
            var priority = (Math.Round(Math.Abs(candidate.Correlation) / Tie), random.NextUInt64());
            if (heap.Count < capacity)
                heap.Enqueue(candidate, priority);
            else if (heap.TryPeek(out _, out var weakest) && priority.CompareTo(weakest) > 0)
                heap.EnqueueDequeue(candidate, priority);
        }
    }
}
