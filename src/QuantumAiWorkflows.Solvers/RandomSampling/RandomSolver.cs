using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.RandomSampling;

/// <summary>Uniform random assignments: the control that any other sampler has to beat.</summary>
public sealed class RandomSolver : QuboSolver<RandomOptions>
{
    private const int DefaultSamples = 1000;

    /// <summary>Coefficients read between two looks at the budget: some tenths of a millisecond.</summary>
    private const int PollWork = 1 << 18;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "random",
            Version = "1.0.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Sampling,
            Summary = "Draws uniform random assignments and keeps the best. A control, not a method.",
            Deterministic = true,
            CountsShots = true,
            DeterministicWhen = "under samples, shots and evaluations; not under time or CPU budgets",
            Evaluation = "one random assignment scored; an evaluations budget is met exactly",
            Limits = "none of its own; samples lists the best 1000 distinct assignments; one thread, more are not used",
            Complexity = "an assignment is drawn and scored in O(n + m)",
            Strengths = ["says what luck alone reaches: a solver no better than this has found no structure"],
            Weaknesses = ["useless beyond about 20 variables"],
            Sources =
            [
                "S. H. Brooks, A discussion of random methods for seeking maxima, Operations Research 6(2), 1958",
            ],
        };

    protected override SolveOutcome Solve(QuboProblem problem, RandomOptions options, SolveContext context)
    {
        var random = context.CreateRandom("assignments");
        var incumbent = new Incumbent(problem, context);
        var samples = new SampleSet(problem);
        var bits = new sbyte[problem.NumVariables];
        var shots = context.Budget.Shots;
        var wanted = Math.Min(
            options.Samples ?? long.MaxValue,
            shots ?? (options.Samples is null && !EndsByBudget(context.Budget) ? (long)DefaultSamples : long.MaxValue)
        );
        var block = Math.Clamp(PollWork / (problem.NumVariables + problem.NumInteractions), 1, 4096);

        var drawn = 0L;
        while (drawn < wanted && !context.ShouldStop())
        {
            var count = Math.Min(Math.Min(block, wanted - drawn), context.EvaluationsLeft);
            for (var k = 0L; k < count; k++)
            {
                random.FillBits(bits);
                samples.Add(bits, incumbent.Offer(bits));
            }
            drawn += count;
            context.CountEvaluations(count);
            if (shots is not null)
                context.CountShots(count);
        }
        if (drawn == shots)
            context.RequestStop(StoppedBy.Shots);
        return incumbent.ToOutcome() with { Samples = samples.ToList() };
    }
}
