using System.Globalization;
using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat;

/// <summary>Google's CP-SAT on the posiform of a QUBO: the exact method beyond the reach of enumeration.</summary>
/// <remarks>
/// The posiform, a constant and nonnegative multiples of products of literals, is that of E. Boros and P. L. Hammer, "Pseudo-Boolean
/// optimization", 2002: its constant is a bound already, and every product needs one clause. The relaxation is tightened by
/// M. Padberg's triangle inequalities, 1989. Measured frontier and model: docs/solvers/exact.md.
/// </remarks>
public sealed class CpSatSolver : QuboSolver<CpSatOptions>
{
    /// <summary>Assumed when a budget is checked: building one pair and handing it to CP-SAT. Measured 0.5 to 2.4.</summary>
    public const double MicrosecondsPerPair = 4;

    /// <summary>Assumed when a memory budget is checked: one pair in the model, its copies and CP-SAT's presolve.</summary>
    public const double BytesPerPair = 2500;

    public override SolverInfo Info => About;

    /// <summary>Of the id over all of its families.</summary>
    public static SolverInfo About { get; } =
        new()
        {
            Id = "cp-sat",
            Version = "1.1.1",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "OR-Tools CP-SAT, the exact method of every family: answers, bounds and proofs. QUBO: the posiform with triangle inequalities and a strong linear relaxation. Routing: circuits over arcs. Scheduling: intervals. Roster: shifts of people over days, and for a roster without an answer the constraints that conflict. Feature subsets: products of pairs, bound together by the size.",
            Deterministic = true,
            Exact = true,
            DeterministicWhen =
                "on one thread, and under deterministicSeconds or evaluations with any fixed thread count, as long as neither time nor CPU ends it first",
            Evaluation =
                "one answer: the one it starts from (the best of some local minima, or the initial solution if that is better), then each one that the search found; an evaluations budget takes the first so many of them",
            Limits = FormattableString.Invariant(
                $"refused when building the model, {MicrosecondsPerPair} µs per interaction and variable, would take over {ModelSize.BuildShare:P0} of the time or CPU budget, or {BytesPerPair} bytes each over the memory budget; routing: one kind of vehicle without windows, at most 250 stops; feature subsets: at most 20,000 pairs; one worker per thread"
            ),
            AcceptsInitialSolution = true,
            Complexity =
                "exponential in the worst case: a branch and bound on propagated clauses and a linear relaxation; building the model is O(n + m)",
            Strengths =
            [
                "proves optimality: about 120 variables at density 0.1, 80 at 0.25, 60 at 0.5, 45 at 1 within some seconds",
                "gives a bound, hence a gap, where it cannot prove",
                "proves job shops of 10 by 5 tasks, projects of 30 tasks and rosters of 10 people over 14 days within some seconds",
            ],
            Weaknesses =
            [
                "dense problems beyond 50 variables: tabu and annealing find better answers in less time",
                "routing beyond 30 customers: hybrid-genetic-search finds better plans in less time; rosters beyond 20 people have weak bounds",
                "coefficients that are not whole, not even after scaling by a power of two or ten, are rounded: then it claims a bound, not optimality",
            ],
            Sources =
            [
                "L. Perron, F. Didier, CP-SAT, OR-Tools 9.15, Google, 2025",
                "E. Boros, P. L. Hammer, Pseudo-Boolean optimization, Discrete Applied Mathematics 123, 2002",
                "M. Padberg, The Boolean quadric polytope: some characteristics, facets and relatives, Mathematical Programming 45, 1989 (triangle inequalities)",
            ],
        };

    protected override bool CountsDeterministicSeconds => true;

    protected override Applicability Check(QuboProblem problem, CpSatOptions options, SolveBudget budget) =>
        CheckBuild(problem.NumInteractions + problem.NumVariables, budget);

    /// <summary>Whether building a model with so many pairs and variables leaves time and memory for the search.</summary>
    internal static Applicability CheckBuild(long pairs, SolveBudget budget) =>
        new ModelSize(pairs, "terms", MicrosecondsPerPair, BytesPerPair).Within(budget);

    protected override SolveOutcome Solve(QuboProblem problem, CpSatOptions options, SolveContext context)
    {
        var incumbent = new Incumbent(problem, context);
        if (context.ShouldStop())
            return incumbent.ToOutcome();
        var qubo = IntegerModel.Exact(problem) ?? IntegerModel.Rounded(problem);
        CpModel model;
        using (context.Stage("encode"))
            model = PosiformModel.Build(qubo);

        context.CountEvaluations(1);
        incumbent.Offer(LocalOptimum.Of(problem, context));
        var start = problem.ToBits(incumbent.Best!);
        PosiformModel.Hint(model, start);
        if (SpinSymmetry.VariableToFix(qubo) is { } fixedBit)
            PosiformModel.Fix(model, fixedBit, start[fixedBit]);
        var bound = double.NegativeInfinity;
        // Told to stop while it presolves, it still loads what it has made of the model: as slow as building it was.
        var lastSeconds = 1e-6 * MicrosecondsPerPair * (problem.NumInteractions + problem.NumVariables);
        var search = new CpSatSearch(model, problem.NumVariables, SearchParameters(options, context), lastSeconds);
        var status = search.Run(
            context,
            news =>
            {
                // Answers may arrive after the last one that the budget allows; taking no news keeps runs repeatable.
                if (context.EvaluationsLeft == 0)
                    return;
                var isTighter = news.Bound > bound;
                bound = Math.Max(bound, news.Bound);
                if (news.Bits is { } bits)
                {
                    context.CountEvaluations(1);
                    incumbent.Offer(bits, ToOwnBound(qubo, bound));
                }
                else if (isTighter && incumbent.Best is { } standing)
                    context.Report(standing, ToOwnBound(qubo, bound));
            }
        );
        if (search.Failure is { } failure)
            throw new InvalidOperationException("CP-SAT failed.", failure);

        var best = incumbent.Best!;
        var scale = qubo.Scale == 1 ? (double?)null : qubo.Scale;
        // The proof is checked where that costs nothing: the answer's energy, in whole numbers, must be the bound.
        var isProven =
            status == CpSolverStatus.Optimal
            && qubo.IsExact
            && context.StoppedBy != StoppedBy.Evaluations
            && qubo.Energy(problem.ToBits(best)) - qubo.Constant == Math.Round(bound);
        if (isProven)
            return new SolveOutcome.Found(best, problem.ToOwnSense(incumbent.Minimized), IsProven: true)
            {
                Scale = scale,
            };
        // Neither a proof nor a stop of ours: the only other limit it knows is its own deterministic time.
        if (status != CpSolverStatus.Optimal && context.Budget.DeterministicSeconds is not null)
            context.RequestStop(StoppedBy.Time);
        return new SolveOutcome.Found(best, ToOwnBound(qubo, bound)) { Scale = scale };
    }

    /// <summary>A bound on the posiform, taken to the problem: widened by what rounding the coefficients may have cost.</summary>
    private static double? ToOwnBound(IntegerModel qubo, double bound)
    {
        var minimized = qubo.ToMinimized(qubo.Constant + WholeBound.Of(bound)) - qubo.RoundingError;
        return double.IsFinite(minimized) ? qubo.Problem.ToOwnSense(minimized) : null;
    }

    /// <summary>
    /// One worker follows the linear relaxation: within 10 deterministic seconds it proved two of three problems of 45
    /// variables at density 1, and of 100 at 0.25, where its usual search proved none and one. Several workers each have a
    /// way of their own already.
    /// </summary>
    private static string SearchParameters(CpSatOptions options, SolveContext context) =>
        Parameters(options, context)
        + (context.Budget.Threads == 1 && options.LinearizationLevel > 0 ? " search_branching:LP_SEARCH" : "");

    internal static string Parameters(CpSatOptions options, SolveContext context)
    {
        var parameters = string.Create(
            CultureInfo.InvariantCulture,
            $"num_workers:{context.Budget.Threads} random_seed:{context.Seed % int.MaxValue} linearization_level:{options.LinearizationLevel}"
        );
        if (context.Budget.DeterministicSeconds is { } seconds)
            parameters += string.Create(CultureInfo.InvariantCulture, $" max_deterministic_time:{seconds:R}");
        // Several workers race, unless their turns are fixed: slower, and what a client who counts has asked for.
        if (context.Budget is { Threads: > 1 } and ({ DeterministicSeconds: not null } or { Evaluations: not null }))
            parameters += " interleave_search:true";
        return parameters;
    }
}
