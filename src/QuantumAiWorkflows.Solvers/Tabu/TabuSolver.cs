using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>Iterated one-flip tabu search: rounds from random starts and from perturbed elite answers, half and half.</summary>
/// <remarks>
/// The search of a round (<see cref="TabuSearch"/>) is that of F. Glover, Z. Lü and J.-K. Hao, "Diversification-driven tabu search for
/// unconstrained binary quadratic problems", 4OR 8, 2010: the best flip that is not barred, even uphill; the flipped variable is
/// barred for n/100 steps, at least 10, and up to 10 more; a flip to a new best is never barred. Going on from disturbed answers is
/// G. Palubeckis' iterated tabu search, Informatica 17(2), 2006, here from several elites. A step costs O(n), see <see cref="FlipMoves"/>.
/// </remarks>
public sealed class TabuSolver : QuboSolver<TabuOptions>
{
    private const int DefaultRounds = 100;

    public override SolverInfo Info => About;

    /// <summary>Of the id over all of its families.</summary>
    public static SolverInfo About { get; } =
        new()
        {
            Id = "tabu",
            Version = "1.1.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "One-flip tabu search with incremental energy changes and unbiased ties, iterated from random starts and perturbed elite answers; for feature subsets, exchanges of two features, at first from greedy mRMR.",
            Deterministic = true,
            DeterministicWhen = "under rounds or evaluations; not under time or CPU budgets",
            Evaluation =
                "one single-variable energy change looked at (a step is n of them), or one start scored; an evaluations budget is never exceeded, and at most n are left. Feature subsets: one changed subset looked at; a step is all exchanges",
            Limits =
                "memory only: n² bytes where couplings are whole, fit a byte and density is at least 0.04 (2n² or 4n² for larger ones, 8n² for real ones from 0.08 on, beyond 8 MB from 0.4 on), else about 30 bytes per interaction; of feature subsets a row of redundancies per feature met, as memory allows; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "a step flips one variable: O(n) on dense problems, in n / 16 vector additions; on sparse ones O(degree + n / 128) vectors; and the n/100 barred variables are looked at",
            Strengths =
            [
                "dense QUBO problems of some hundred to some thousand variables, often to the best known value",
                "feature subsets under any constraints, with thousands of features",
                "few parameters, none of them a temperature: wide ranges of coefficients do no harm",
            ],
            Weaknesses = ["large sparse problems, where annealing gets further", "proves nothing"],
            Sources =
            [
                "F. Glover, Z. Lü, J.-K. Hao, Diversification-driven tabu search for unconstrained binary quadratic problems, 4OR 8, 2010",
                "G. Palubeckis, Iterated tabu search for the unconstrained binary quadratic optimization problem, Informatica 17(2), 2006",
            ],
        };

    protected override SolveOutcome Solve(QuboProblem problem, TabuOptions options, SolveContext context)
    {
        var incumbent = new Incumbent(problem, context);
        if (context.ShouldStop())
            return incumbent.ToOutcome();
        var random = context.CreateRandom("tabu");
        var moves = FlipMoves.Of(problem, context.Budget.MemoryMegabytes);
        var search = new TabuSearch(moves, options.Tenure, context, random);
        var patience = options.Patience ?? Math.Clamp(20 * moves.Count, 1000, 50_000);
        var elites = new EliteSet(options.Elites);
        var start = new sbyte[problem.NumVariables];
        var rounds = options.Rounds ?? (EndsByBudget(context.Budget) ? int.MaxValue : DefaultRounds);
        for (var round = 0; round < rounds && !context.ShouldStop(); round++)
        {
            // Too little left for a step: another start would only be a random assignment.
            if (round > 0 && context.EvaluationsLeft <= moves.Count)
            {
                context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            if (round == 0 && incumbent.TryGet(out var initial))
                problem.ToBits(initial).CopyTo(start);
            // Elites alone end up in one basin and stay there: half of all rounds begin afresh.
            else if (round < options.Elites || random.NextBoolean())
                random.FillBits(start);
            else
                elites.Perturb(start, random);
            context.CountEvaluations(1);
            if (round == 0)
                incumbent.Offer(start);
            search.Run(start, patience);
            elites.Add(search.Best, incumbent.Offer(search.Best));
        }
        return incumbent.ToOutcome();
    }
}
