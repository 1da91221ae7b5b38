using System.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Greedy;

/// <summary>
/// Greedy construction and steepest descent, from many beginnings: the quick and honest floor that any other method
/// must clear, and an answer at once for whoever needs no better one.
/// </summary>
/// <remarks>
/// <para>
/// After P. Merz and B. Freisleben, "Greedy and local search heuristics for unconstrained binary quadratic programming", Journal
/// of Heuristics 8, 2002. A <see cref="Construction{T}"/> begins with every variable at one half and gives, one after another,
/// the most decisive one its better value. There the paper draws between the best 0 and the best 1; here a few variables are
/// set at random first, which tells constructions apart with one key for each variable instead of two. Then
/// <see cref="SteepestDescent{T}"/> flips whatever lowers the energy most until nothing does.
/// </para>
/// <para>
/// Gains live in a <see cref="Tournament{T}"/>: on sparse problems a change costs O(degree · log n) instead of the O(n) of
/// looking at everything, so that a million variables take seconds; on dense ones all gains change anyway, and the tree
/// is played afresh in O(n).
/// </para>
/// <para>
/// Measured after 2 CPU seconds, one seed, gap to the best known value of published instances: 0.2 to 0.3 % on QUBOs of 500 and 1000
/// variables, 0.9 and 1.6 % on random graphs of 800 and 2000 nodes, 3 to 7 % on ±1 graphs. From random assignments the descents
/// are cheaper but end higher: 0.1 % on generated QUBOs of 1000 and 5000 variables.
/// </para>
/// </remarks>
public sealed class GreedySolver : QuboSolver<GreedyOptions>
{
    private const int DefaultStarts = 20;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "greedy",
            Version = "1.0.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "Greedy constructions with a random beginning, each followed by steepest one-flip descent: the floor that every other method must clear.",
            Deterministic = true,
            DeterministicWhen = "under starts or evaluations; not under time or CPU budgets",
            Evaluation =
                "one variable's gain brought up to date after a change (all of them on dense problems, the neighbours' on sparse ones), or one final state scored; an evaluations budget is never exceeded",
            Limits = "memory only: about 40 bytes per variable beside the couplings; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "a construction sets n variables and a descent flips about n / 10; each costs O(n) on dense problems and O(degree · log n) on sparse ones",
            Strengths =
            [
                "an answer at once, at any size: milliseconds for a thousand variables",
                "ends by itself where starts are given: 1 is a single construction and descent",
            ],
            Weaknesses =
            [
                "every descent stops at its first local minimum: more starts help little beyond a hundred variables",
                "proves nothing",
            ],
            Sources =
            [
                "P. Merz, B. Freisleben, Greedy and local search heuristics for unconstrained binary quadratic programming, Journal of Heuristics 8, 2002",
            ],
        };

    protected override SolveOutcome Solve(QuboProblem problem, GreedyOptions options, SolveContext context) =>
        context.ShouldStop() ? new Incumbent(problem, context).ToOutcome()
        : LocalFields.Whole(problem, context.Budget.MemoryMegabytes) is { } whole
            ? Run(problem, options, context, whole)
        : Run(problem, options, context, LocalFields.Real(problem, context.Budget.MemoryMegabytes));

    private static SolveOutcome Run<T>(
        QuboProblem problem,
        GreedyOptions options,
        SolveContext context,
        LocalFields<T> fields
    )
        where T : unmanaged, INumber<T>
    {
        var random = context.CreateRandom("greedy");
        var construction =
            options.Beginning == GreedyBeginning.Constructed ? new Construction<T>(fields, context, random) : null;
        var descent = new SteepestDescent<T>(fields, context, random);
        var incumbent = new Incumbent(problem, context);
        var bits = new sbyte[problem.NumVariables];
        var starts = options.Starts ?? (EndsByBudget(context.Budget) ? int.MaxValue : DefaultStarts);
        for (var start = 0; start < starts && !context.ShouldStop(); start++)
        {
            // Too little left for a descent: another start would only be a random assignment.
            if (start > 0 && context.EvaluationsLeft <= fields.Count)
            {
                context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            if (start == 0 && incumbent.TryGet(out var initial))
                problem.ToBits(initial).CopyTo(bits);
            else if (construction is not null)
                construction.Run(bits, options.RandomShare);
            else
                random.FillBits(bits);
            fields.Reset(bits);
            descent.Run();
            fields.CopyBits(bits);
            context.CountEvaluations(1);
            incumbent.Offer(bits);
        }
        return incumbent.ToOutcome();
    }
}
