using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// The best distinct answers of a sampler, at most <see cref="Capacity"/>, with how often each was drawn. The counts are
/// exact: an answer that is among the best at the end was so from its first draw, and one pushed out never comes back.
/// </summary>
internal sealed class SampleSet(QuboProblem problem)
{
    public const int Capacity = 1000;

    private readonly Dictionary<QuboSolution, long> _occurrences = [];
    private readonly SortedSet<(double Score, QuboSolution Solution)> _ranked = [];

    /// <param name="score">Of <paramref name="bits"/>, as a minimization.</param>
    /// <param name="occurrences">How often it was drawn.</param>
    public void Add(ReadOnlySpan<sbyte> bits, double score, long occurrences = 1)
    {
        var isFull = _ranked.Count == Capacity;
        if (isFull && score > _ranked.Max.Score)
            return;
        var solution = problem.FromBits(bits);
        if (_occurrences.TryGetValue(solution, out var seen))
        {
            _occurrences[solution] = seen + occurrences;
            return;
        }
        if (isFull)
        {
            var worst = _ranked.Max;
            if ((score, solution).CompareTo(worst) > 0)
                return;
            _ranked.Remove(worst);
            _occurrences.Remove(worst.Solution);
        }
        _ranked.Add((score, solution));
        _occurrences.Add(solution, occurrences);
    }

    /// <summary>Best first; equal ones in the order of their values.</summary>
    public IReadOnlyList<Sample> ToList() => [.. _ranked.Select(r => new Sample(r.Solution, _occurrences[r.Solution]))];
}
