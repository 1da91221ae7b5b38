using System.Numerics;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.HybridDecomposition;

/// <summary>
/// Solves a QUBO of any size by sub-problems that fit another solver: some variables are free, all others are held, the
/// other solver's answer is taken over when it is not worse.
/// </summary>
public sealed class HybridDecompositionSolver : QuboSolver<HybridDecompositionOptions>
{
    public override SolverInfo Info { get; } =
        new()
        {
            Id = "hybrid-decomposition",
            Version = "1.0.0",
            // By default; a run takes that of the solver it calls.
            Paradigm = Paradigm.Quantum,
            Task = SolverTask.Optimization,
            Summary =
                "Frees some variables at a time, chosen by their energy impact, and has any registered QUBO solver (qaoa by default) solve for them while the others are held.",
            Deterministic = true,
            CountsShots = true,
            DeterministicWhen =
                "under rounds, evaluations or shots where the sub-solver is deterministic; not under time or CPU budgets, nor with subBudget.fraction",
            Evaluation =
                "what the sub-solver counts, and one for each start and for each of its answers scored; a pass of polishing looks at n or more. Choosing variables is not counted. An evaluations budget is never exceeded",
            Limits =
                "a sub-problem is at most what the sub-solver takes (qaoa: 22 variables); memory about 30 bytes per interaction, or n² numbers on dense problems; one thread, the sub-solver may use more",
            SubSolver = "qaoa",
            AcceptsInitialSolution = true,
            Complexity =
                "a step is one sub-problem at its solver's cost, plus O(n + m) for choosing and clamping its variables",
            Strengths =
            [
                "takes a quantum solver to problems of any size, with a trace of every sub-problem",
                "shows what the quantum step is worth: the same loop runs with any other sub-solver",
            ],
            Weaknesses =
            [
                "a local search with large neighbourhoods: tabu or simulated-annealing on the whole problem are quicker and better",
                "with qaoa every sub-problem is a search for angles on a simulator of its own",
            ],
            Sources =
            [
                "M. Booth, S. P. Reinhardt, A. Roy, Partitioning optimization problems for hybrid classical/quantum execution, D-Wave technical report 14-1006A, 2017 (qbsolv)",
                "D-Wave Systems, dwave-hybrid: EnergyImpactDecomposer, 2018",
                "R. Shaydulin, H. Ushijima-Mwesigwa, I. Safro, S. Mniszewski, Y. Alexeev, Network community detection on small quantum computers, Advanced Quantum Technologies 2, 2019 (quantum local search)",
            ],
            Ablations =
            [
                Instead(
                    "random",
                    "as many uniform random samples of every sub-problem, in the same loop and budget, instead of its sub-solver"
                ),
                Instead(
                    "tabu",
                    "tabu search on every sub-problem, in the same loop and at the same sub-budget, instead of its sub-solver"
                ),
            ],
        };

    protected override SubSolverUse? SubSolver(QuboProblem problem, HybridDecompositionOptions options)
    {
        int[] some = [.. Enumerable.Range(0, Math.Min(options.SubProblemSize, problem.NumVariables))];
        var model = problem.Model;
        var zeros = new sbyte[problem.NumVariables];
        return new(
            options.SubSolver,
            options.SubOptions,
            ClampedQubo.Of(model, some, zeros, model.Terms.Offset).ToProblem(model),
            new() { Evaluations = options.SubBudget.Evaluations, Shots = options.SubBudget.Shots }
        );
    }

    protected override SolveOutcome Solve(
        QuboProblem problem,
        HybridDecompositionOptions options,
        SolveContext context
    ) =>
        context.ShouldStop() ? new Incumbent(problem, context).ToOutcome() with { Ran = Paradigm.Classical }
        : LocalFields.Whole(problem, context.Budget.MemoryMegabytes) is { } whole
            ? Decompose(problem, options, context, whole)
        : Decompose(problem, options, context, LocalFields.Real(problem, context.Budget.MemoryMegabytes));

    private static SolveOutcome Decompose<T>(
        QuboProblem problem,
        HybridDecompositionOptions options,
        SolveContext context,
        LocalFields<T> fields
    )
        where T : unmanaged, INumber<T>
    {
        var countsShots = context.Budget.Shots is not null && context.InfoOf(options.SubSolver)?.CountsShots == true;
        var rounds = options.Rounds ?? (EndsByBudget(context.Budget) || countsShots ? int.MaxValue : 1);
        return new DecompositionRun<T>(problem, options, context, fields).Execute(rounds);
    }

    private static Ablation Instead(string subSolver, string summary) =>
        new(
            subSolver,
            summary,
            new JsonObject { [SubSolverUse.SolverMember] = subSolver, [SubSolverUse.OptionsMember] = null }
        );
}
