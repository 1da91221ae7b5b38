using System.Collections.Frozen;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Auto;

/// <summary>
/// Picks the solver of a QUBO by what the problem is like, lets the likely ones race, and gives the winner the rest of the
/// budget; what is small or sparse enough ends with a proof.
/// </summary>
/// <remarks>
/// 1. The problem falls into parts (connected components of what a presolve leaves); each has its share of the budget.
/// 2. A part of at most 24 variables is enumerated. One with few interactions has a short run of the rule's first solver, and
/// then cp-sat, which begins with that answer, for up to four fifths of what is left.
/// 3. Everything else: features (<see cref="FeatureReading"/>) choose a row of <see cref="AutoRules"/>, whose solvers race by
/// <see cref="RacePlan"/>; the winner goes on from the best answer of all, if it can begin with one.
/// The idea of choosing by features is J. R. Rice's ("The algorithm selection problem", 1976), racing by successive halving that of
/// K. Jamieson and A. Talwalkar ("Non-stochastic best arm identification and hyperparameter optimization", 2016). Nothing is
/// trained: the table is short, and its lines can be checked by the suites in docs/solvers.md, the first by docs/annealing.md.
/// </remarks>
public sealed class AutoSolver : QuboSolver<AutoOptions>
{
    private readonly FrozenDictionary<string, ISolver> _members;

    /// <param name="solvers">Those that the table of rules names, and any others.</param>
    /// <exception cref="ArgumentException">The table names one that is missing.</exception>
    public AutoSolver(IEnumerable<ISolver> solvers)
    {
        _members = solvers
            .Where(s => AutoRules.Solvers.Contains(s.Info.Id))
            .ToFrozenDictionary(s => s.Info.Id, StringComparer.Ordinal);
        if (AutoRules.Solvers.FirstOrDefault(id => !_members.ContainsKey(id)) is { } missing)
            throw new ArgumentException($"The rules of auto name {missing}, which is not there.", nameof(solvers));
    }

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "auto",
            Version = "1.0.1",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "QUBO: presolves, picks solvers by what is left (size, density, degrees, coefficients), lets them race by counts and gives the winner the rest; small and sparse parts end with a proof. metrics.auto says who ran and why. Every other family: the first of its classicalSolvers that takes the problem, named in the reply.",
            Deterministic = true,
            AcceptsInitialSolution = true,
            DeterministicWhen = "under evaluations; not under time or CPU budgets",
            Evaluation =
                "what the solvers that run count, added up, and one for the first answer; a budget is never exceeded, and a proof leaves the rest",
            Limits = FormattableString.Invariant(
                $"none of its own: what a solver refuses another one takes; enumerates up to {AutoRules.EnumeratedVariables} variables, asks for proofs up to {AutoRules.ProvableInteractions} interactions of a part; one thread, more are not used"
            ),
            Complexity =
                "O(n + m) for the features; a race within a tenth of the budget, by successive halving; then that of the solver chosen",
            Strengths =
            [
                "no knowledge of solvers is needed: dense and sparse, small and large problems go to those that do best there",
                "proves what can be proven quickly, and spends no budget beyond the proof",
            ],
            Weaknesses =
            [
                "whoever knows the best solver for a kind of problem saves the race, about a tenth of the budget",
                "a race is short: a solver that is slow to start and best in the end may lose it",
            ],
            Sources =
            [
                "J. R. Rice, The algorithm selection problem, Advances in Computers 15, 1976",
                "K. Jamieson, A. Talwalkar, Non-stochastic best arm identification and hyperparameter optimization, AISTATS 2016",
                "I. Dunning, S. Gupta, J. Silberholz, What works best when? A systematic evaluation of heuristics for Max-Cut and QUBO, INFORMS Journal on Computing 30(3), 2018",
            ],
        };

    protected override SolveOutcome Solve(QuboProblem problem, AutoOptions options, SolveContext context)
    {
        var incumbent = new Incumbent(problem, context);
        return context.ShouldStop()
            ? incumbent.ToOutcome()
            : new AutoRun(_members, problem, options, context, incumbent, SecondsLeft(context)).Execute();
    }

    /// <summary>
    /// Until the clock that ends first. Null where the client set none: a server's stop clock is a safeguard, and must not
    /// change what a request means.
    /// </summary>
    internal static double? SecondsLeft(SolveContext context)
    {
        if (context.Budget is { TimeSeconds: null, CpuSeconds: null, MaxCost: null, DeadlineSeconds: null })
            return null;
        var (cpu, time) = (
            context.StopCpuSeconds - context.CpuSeconds,
            context.StopTimeSeconds - context.ElapsedSeconds
        );
        return (cpu ?? time) is { } one ? Math.Max(0, Math.Min(one, time ?? one)) : null;
    }
}
