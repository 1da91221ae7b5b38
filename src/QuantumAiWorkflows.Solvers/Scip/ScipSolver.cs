using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Scip;

/// <summary>
/// SCIP on the linearized posiform of a QUBO: branch and cut, with a product variable and one inequality for every
/// interaction (S. Bolusani et al., "The SCIP Optimization Suite 9.0", arXiv:2402.17702, 2024, for the program).
/// </summary>
/// <remarks>
/// SCIP computes in floating point. What it claims as a bound is lowered by its tolerance in every variable and then
/// rounded up to the next whole number, which an energy of whole coefficients is; only where that meets the best answer
/// is optimality claimed. Models whose coefficients sum to more than <see cref="LargestMagnitude"/> are rounded first,
/// so that the tolerances stay below one unit: these get a bound, no proof.
/// </remarks>
public sealed class ScipSolver : QuboSolver<ScipOptions>
{
    /// <summary>
    /// Assumed when a budget is checked: building one product and its inequality and handing both to SCIP. Measured 3.5 to 7
    /// of CPU time at 25,000 to 100,000 products, of which 1 to 2 build the model of OR-Tools.
    /// </summary>
    public const double MicrosecondsPerProduct = 10;

    /// <summary>
    /// Assumed when a memory budget is checked: one product in the model, in SCIP and in its presolved copy. Measured 4400
    /// when presolving begins.
    /// </summary>
    public const double BytesPerProduct = 8000;

    private const int RoundedBits = 27;

    /// <summary>2^28: twice what rounding aims at, and a sum of tolerances of half a unit.</summary>
    private const double LargestMagnitude = 1L << (RoundedBits + 1);

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "scip",
            Version = "1.0.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "SCIP, a branch-and-cut solver of mixed integer programs, on the linearized QUBO with triangle inequalities: answers, bounds and proofs.",
            Deterministic = false,
            Exact = true,
            DeterministicWhen =
                "never promised: the slices in which it reports its bounds, and the answers that they end with, depend on the clock; a run that ends with a proof has the same objective every time",
            Evaluation =
                "one answer: the one it starts from (the best of some local minima, or the initial solution if that is better), then each better one that a slice of the search ended with",
            Limits = FormattableString.Invariant(
                $"refused when building the model, {MicrosecondsPerProduct} µs per interaction and variable, would take over {ModelSize.BuildShare:P0} of the time or CPU budget, or {BytesPerProduct} bytes each over the memory budget; coefficients that sum to more than 2^28 after scaling are rounded; one thread, more are not used"
            ),
            AcceptsInitialSolution = true,
            Complexity =
                "exponential in the worst case: a node of the tree solves a linear program of n + m variables; building the model is O(n + m)",
            Strengths =
            [
                "sparse problems, where the triangle inequalities make the relaxation nearly tight: often proven at the root",
                "bounds by other means than cp-sat: two exact solvers that agree",
            ],
            Weaknesses =
            [
                "dense problems beyond 60 variables at density 0.5 or 45 at 1: the linear programs are large and their bounds weak",
                "large coefficients, or such as are not whole even after scaling: it claims a bound, not optimality",
            ],
            Sources =
            [
                "R. Fortet, Applications de l'algèbre de Boole en recherche opérationnelle, Revue Française de Recherche Opérationnelle 4, 1960",
                "S. Bolusani et al., The SCIP Optimization Suite 9.0, arXiv:2402.17702, 2024 (run through OR-Tools 9.15)",
                "M. Padberg, The Boolean quadric polytope: some characteristics, facets and relatives, Mathematical Programming 45, 1989 (triangle inequalities)",
            ],
        };

    protected override Applicability Check(QuboProblem problem, ScipOptions options, SolveBudget budget) =>
        new ModelSize(
            problem.NumInteractions + problem.NumVariables,
            "terms",
            MicrosecondsPerProduct,
            BytesPerProduct,
            Info.Id
        ).Within(budget);

    protected override SolveOutcome Solve(QuboProblem problem, ScipOptions options, SolveContext context)
    {
        var incumbent = new Incumbent(problem, context);
        if (context.ShouldStop())
            return incumbent.ToOutcome();
        context.CountEvaluations(1);
        incumbent.Offer(LocalOptimum.Of(problem, context));

        var (qubo, posiform) = Model(problem);
        LinearizedModel model;
        using (context.Stage("encode"))
            model = new(posiform, options.Triangles);
        using var scope = model;
        var start = problem.ToBits(incumbent.Best!);
        model.Hint(posiform, start);
        if (SpinSymmetry.VariableToFix(qubo) is { } fixedBit)
            model.Fix(fixedBit, start[fixedBit]);

        var slack = ScipRun.Tolerance * posiform.Magnitude + 1e-6;
        var bound = double.NegativeInfinity;
        // The objective is whole: once the bound is less than a unit away, rounding it up closes the gap.
        var lastSeconds = 1e-6 * MicrosecondsPerProduct * posiform.Terms.Length;
        var run = new ScipRun(model, context.Seed, 0.99 - slack, context.Budget.MemoryMegabytes, lastSeconds);
        run.Run(
            context,
            news =>
            {
                // Answers may arrive after the last one that the budget allows.
                if (context.EvaluationsLeft == 0)
                    return;
                var isTighter = Math.Ceiling(news.Bound - slack) > bound;
                bound = Math.Max(bound, Math.Ceiling(news.Bound - slack));
                var before = incumbent.Minimized;
                if (news.Bits is { } bits && incumbent.Score(bits) is var score && score < before)
                {
                    context.CountEvaluations(1);
                    incumbent.Keep(bits, score, ToOwnBound(qubo, bound));
                }
                else if (isTighter)
                    context.Report(incumbent.Best!, ToOwnBound(qubo, bound));
            }
        );
        if (run.Failure is { } failure)
            throw new InvalidOperationException("SCIP failed.", failure);

        var best = incumbent.Best!;
        var scale = qubo.Scale == 1 ? (double?)null : qubo.Scale;
        // The proof is checked in whole numbers: no energy below the bound, and the answer's is not above it.
        var isProven = qubo.IsExact && qubo.Energy(problem.ToBits(best)) - qubo.Constant <= bound;
        return isProven
            ? new SolveOutcome.Found(best, problem.ToOwnSense(incumbent.Minimized), IsProven: true) { Scale = scale }
            : new SolveOutcome.Found(best, ToOwnBound(qubo, bound)) { Scale = scale };
    }

    private static (IntegerModel Qubo, Posiform Posiform) Model(QuboProblem problem)
    {
        if (IntegerModel.Exact(problem) is { } exact)
        {
            var posiform = Posiform.Of(exact);
            if (posiform.Magnitude <= LargestMagnitude)
                return (exact, posiform);
        }
        var rounded = IntegerModel.Rounded(problem, RoundedBits);
        return (rounded, Posiform.Of(rounded));
    }

    /// <summary>A bound on the posiform, taken to the problem: widened by what rounding the coefficients may have cost.</summary>
    private static double? ToOwnBound(IntegerModel qubo, double bound)
    {
        var minimized = qubo.ToMinimized(qubo.Constant + bound) - qubo.RoundingError;
        return double.IsFinite(minimized) ? qubo.Problem.ToOwnSense(minimized) : null;
    }
}
