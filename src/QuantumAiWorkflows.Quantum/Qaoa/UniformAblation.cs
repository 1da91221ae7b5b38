using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// QAOA without its quantum step: the same number of shots, drawn uniformly from all bit strings, and the same choice of
/// the best. What a candidate is better than this, its circuit is worth; there are no angles to search for, because a
/// uniform distribution has none.
/// </summary>
internal static class UniformAblation
{
    /// <summary>Shots between two looks at the clock.</summary>
    private const int Block = 4096;

    public static SolveOutcome Solve(QuboProblem problem, QuboTerms ising, SolveContext context)
    {
        var n = problem.NumVariables;
        DiagonalTerm[] terms =
        [
            .. ising.Linear.Select((field, i) => new DiagonalTerm(i, -1, field)),
            .. ising.Value.Select((coupling, k) => new DiagonalTerm(ising.Row[k], ising.Column[k], coupling)),
        ];
        var costs = new double[1 << n];
        Diagonal.Fill(costs, n, terms);
        var counts = new ShotCounts(problem, costs, tolerance: 1e-12 * terms.Sum(t => Math.Abs(t.Weight)));

        var random = context.CreateRandom("uniform shots");
        var shots = context.Budget.Shots ?? QaoaOptions.DefaultShots;
        while (counts.Total < shots && (counts.Total == 0 || !context.ShouldStop()))
        {
            var count = (int)Math.Min(Block, shots - counts.Total);
            if (counts.Add(Enumerable.Range(0, count).Select(_ => (random.NextInt32(1 << n), 1))))
                context.Report(counts.BestSolution);
            context.CountShots(count);
        }
        if (counts.Total == context.Budget.Shots)
            context.RequestStop(StoppedBy.Shots);
        return new SolveOutcome.Found(counts.BestSolution)
        {
            Samples = counts.Samples(QaoaRun.MaxSamples),
            Ran = Paradigm.Classical,
        };
    }
}
