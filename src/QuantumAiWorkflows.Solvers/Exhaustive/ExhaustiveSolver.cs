using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Exhaustive;

/// <summary>
/// Looks at all 2^n assignments, block by block in the order of F. Gray's code (1953, see <see cref="GrayCodeScan"/>). The yardstick
/// of every other solver on small problems.
/// </summary>
public sealed class ExhaustiveSolver : QuboSolver<ExhaustiveOptions>
{
    /// <summary>2^30 states end within seconds; memory is no limit, time doubles with each variable.</summary>
    public const int MaxVariables = 30;

    /// <summary>
    /// What a state is assumed to cost when a budget is checked. Measured 0.1 to 0.4 with AVX2; the rest is for slower and
    /// busy machines.
    /// </summary>
    public const double NanosecondsPerState = 1.0;

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "exhaustive",
            Version = "1.0.0",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Search,
            Summary = "Scores all 2^n assignments, so its answer is the optimum and its bound is that optimum.",
            Deterministic = true,
            IgnoresSeed = true,
            Exact = true,
            DeterministicWhen = "always when it ends; when stopped early, under an evaluations budget",
            Evaluation = "one assignment scored; an evaluations budget is met exactly",
            Limits =
                $"at most {MaxVariables} variables; refused when 2^n states at {NanosecondsPerState} ns each do not fit the time or CPU budget; one thread, more are not used",
            Complexity =
                "O(2^n): assignments in Gray code order, O(1) amortized each by blocks of eight low variables; O(n + m) at every change of a high one",
            Strengths =
            [
                "proves optimality to the last bit of the problem's own objective",
                "20 variables in about a millisecond, 30 in less than a second",
            ],
            Weaknesses =
            [
                "time doubles with every variable",
                "coefficients that are not exact in binary and tie in very many assignments make it rescore each tie",
            ],
            Sources =
            [
                "F. Gray, Pulse code communication, US patent 2632058, 1953",
                "D. E. Knuth, The Art of Computer Programming 4A, section 7.2.1.1, Addison-Wesley, 2011",
            ],
        };

    protected override Applicability Check(QuboProblem problem, ExhaustiveOptions options, SolveBudget budget)
    {
        if (problem.NumVariables > MaxVariables)
            return new Applicability.Unsupported(
                $"exhaustive takes at most {MaxVariables} variables, the problem has {problem.NumVariables}.",
                problem.NumVariables,
                MaxVariables,
                "variables"
            );
        var states = Math.Min(1L << problem.NumVariables, budget.Evaluations ?? long.MaxValue);
        var needed = states * NanosecondsPerState * 1e-9;
        var allowed = Math.Min(budget.TimeSeconds ?? double.MaxValue, budget.CpuSeconds ?? double.MaxValue);
        return needed <= allowed
            ? Applicability.Yes
            : new Applicability.Unsupported(
                FormattableString.Invariant(
                    $"exhaustive needs about {needed:0.###} s for {states} assignments, the budget allows {allowed:0.###} s."
                ),
                needed,
                allowed,
                "seconds"
            );
    }

    protected override SolveOutcome Solve(QuboProblem problem, ExhaustiveOptions options, SolveContext context)
    {
        var incumbent = new Incumbent(problem, context);
        var isComplete = new GrayCodeScan(problem, context, incumbent).Run();
        return isComplete && incumbent.TryGet(out var best)
            ? new SolveOutcome.Found(best, problem.ToOwnSense(incumbent.Minimized), IsProven: true)
            : incumbent.ToOutcome();
    }
}
