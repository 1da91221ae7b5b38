using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// QAOA without its quantum step: the same number of shots, drawn as the circuit's start state would give them, and the
/// same choice of the best. What a candidate is better than this, its circuit is worth: all classical work around it is
/// here, too. There are no angles to search for, because a start has none.
/// </summary>
internal static class UniformAblation
{
    /// <summary>Shots between two looks at the clock.</summary>
    private const int Block = 4096;

    /// <param name="space">The strings that the circuit could give.</param>
    /// <param name="starts">Start angles of a warm start; null where all strings of the space are equally likely.</param>
    public static SolveOutcome Solve(
        QuboProblem problem,
        QuboTerms ising,
        SearchSpace space,
        IReadOnlyList<double>? starts,
        SolveContext context
    )
    {
        var n = problem.NumVariables;
        var terms = Diagonal.TermsOf(ising);
        var counts = new ShotCounts(
            problem,
            Diagonal.Of(n, terms),
            tolerance: 1e-12 * terms.Sum(t => Math.Abs(t.Weight))
        );

        var random = context.CreateRandom("uniform shots");
        var shots = context.Budget.Shots ?? QaoaOptions.DefaultShots;
        while (counts.Total < shots && (counts.Total == 0 || !context.ShouldStop()))
        {
            var count = (int)Math.Min(Block, shots - counts.Total);
            if (counts.Add(Enumerable.Range(0, count).Select(_ => (Draw(), 1))))
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

        int Draw()
        {
            if (starts is null)
                return space.Draw(random);
            var index = 0;
            for (var q = 0; q < n; q++)
                if (random.NextDouble() < Math.Pow(Math.Sin(starts[q] / 2), 2))
                    index |= 1 << q;
            return index;
        }
    }
}
