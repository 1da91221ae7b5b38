using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Descent;

/// <summary>Flips single bits while that improves, from several random starts.</summary>
public sealed class DescentSolver : QuboSolver<DescentOptions>
{
    public override SolverInfo Info { get; } =
        new()
        {
            Id = "descent",
            Version = "1.0.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary = "One-flip descent from random starts.",
            Deterministic = true,
            DeterministicWhen = "under starts or evaluations; not under time or CPU budgets",
            Evaluation = "one assignment scored; an evaluations budget is met exactly",
            Limits = "none of its own; a pass costs O(n(n + m)); one thread, more are not used",
            Complexity = "a flip looked at costs O(n + m): the whole objective again",
            Strengths = ["short enough to read in a minute"],
            Weaknesses = ["stops at the first local minimum of every start"],
            Sources =
            [
                "P. Merz, B. Freisleben, Greedy and local search heuristics for unconstrained binary quadratic programming, Journal of Heuristics 8, 2002",
            ],
        };

    protected override SolveOutcome Solve(QuboProblem problem, DescentOptions options, SolveContext context)
    {
        var random = context.CreateRandom("starts");
        var incumbent = new Incumbent(problem, context);
        var bits = new sbyte[problem.NumVariables];
        for (var start = 0; start < options.Starts && !context.ShouldStop(); start++)
        {
            random.FillBits(bits);
            context.CountEvaluations(1);
            Descend(bits, incumbent.Offer(bits), incumbent, context);
        }
        return incumbent.ToOutcome();
    }

    private static void Descend(sbyte[] bits, double score, Incumbent incumbent, SolveContext context)
    {
        for (var (i, since) = (0, 0); since < bits.Length && !context.ShouldStop(); i = (i + 1) % bits.Length, since++)
        {
            bits[i] ^= 1;
            context.CountEvaluations(1);
            var flipped = incumbent.Offer(bits);
            if (flipped < score)
                (score, since) = (flipped, -1);
            else
                bits[i] ^= 1;
        }
    }
}
