using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>The shots of one run: how often each bit string came.</summary>
/// <param name="costs">Cost of all 2^n bit strings.</param>
/// <param name="tolerance">Costs that differ by no more than this are the same.</param>
internal sealed class ShotCounts(QuboProblem problem, double[] costs, double tolerance)
{
    private readonly Dictionary<int, long> _occurrences = [];

    public double Tolerance { get; } = tolerance;

    public long Total { get; private set; }

    /// <summary>Index of the lowest cost among the shots, the lowest index where several have it.</summary>
    public int Best { get; private set; } = -1;

    /// <summary>True when the best one changed.</summary>
    public bool Add(IEnumerable<(int Index, int Occurrences)> drawn)
    {
        var before = Best;
        foreach (var (index, occurrences) in drawn)
        {
            _occurrences[index] = _occurrences.GetValueOrDefault(index) + occurrences;
            Total += occurrences;
            if (Best < 0 || (costs[index], index).CompareTo((costs[Best], Best)) < 0)
                Best = index;
        }
        return Best != before;
    }

    public bool IsHit(double cost) => cost <= costs[Best] + Tolerance;

    /// <summary>Share of the shots with the best cost among them.</summary>
    public double HitRate => (double)_occurrences.Where(o => IsHit(costs[o.Key])).Sum(o => o.Value) / Total;

    public QuboSolution BestSolution => Solution(Best);

    /// <summary>The distinct answers, best first; at most <paramref name="capacity"/>, as millions of shots may all differ.</summary>
    public IReadOnlyList<Sample> Samples(int capacity)
    {
        // The worst of those kept comes out first. Sorting all of them would take as much memory as counting them did.
        var kept = new PriorityQueue<int, (double Cost, int Index)>(
            Comparer<(double Cost, int Index)>.Create((a, b) => b.CompareTo(a))
        );
        foreach (var index in _occurrences.Keys)
            if (kept.Count < capacity)
                kept.Enqueue(index, (costs[index], index));
            else
                kept.EnqueueDequeue(index, (costs[index], index));
        var best = new Sample[kept.Count];
        for (var k = best.Length - 1; k >= 0; k--)
        {
            var index = kept.Dequeue();
            best[k] = new(Solution(index), _occurrences[index]);
        }
        return best;
    }

    private QuboSolution Solution(int index)
    {
        var bits = new sbyte[problem.NumVariables];
        for (var q = 0; q < bits.Length; q++)
            bits[q] = (sbyte)((index >> q) & 1);
        return problem.FromBits(bits);
    }
}
