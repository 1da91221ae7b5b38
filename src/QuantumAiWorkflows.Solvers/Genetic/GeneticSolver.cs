using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Genetic;

/// <summary>
/// A memetic algorithm: a population of local minima, of which two at a time have a child that keeps what they agree on,
/// takes each other bit from either, and is grown up by a short tabu search.
/// </summary>
/// <remarks>
/// <para>
/// After P. Merz and B. Freisleben, "Genetic algorithms for binary quadratic programming", GECCO 1999, who cross
/// uniformly and improve by descent, and P. Merz and K. Katayama, "Memetic algorithms for the unconstrained binary quadratic
/// programming problem", BioSystems 78, 2004, who improve by longer chains of best flips; here that is tabu search with a patience,
/// see <see cref="Upbringing{T}"/>. A child replaces a worse one that it is near to, else the worst of all, and finds no place
/// beside a better one: the population keeps its distances (compare I. Borgulya, "An evolutionary algorithm for the binary
/// quadratic problems", 2005). When many children in a row found no place, all but the best begin anew.
/// </para>
/// <para>
/// In problems without fields, such as Max-Cut, an assignment and its complement are the same answer. Two good answers may then look
/// as different as can be, and a child of them would be noise: so the second parent is complemented where that brings it
/// nearer, and distances are to the nearer of the two.
/// </para>
/// <para>Parents that hardly differ lead back to one of them: their child has up to a quarter of its bits flipped at random.</para>
/// <para>
/// Measured on published instances, gap to the best known value after 5 CPU seconds, one seed: 0 on dense and random QUBOs of 200 to
/// 1000 variables (each within 0.04 s), a random graph of 800 nodes and a ±1 torus of 800; 0.01 % on a random graph of 2000,
/// 0.1 % on a ±1 torus of 2000, 0.2 % on a sparse planar-like ±1 graph of 800.
/// </para>
/// <para>
/// At 1 CPU second, one seed: plain descent instead of tabu search (patience 0) is worse everywhere but on dense QUBOs, by 0.1 % on a
/// random graph of 800 and by 0.4 to 1 % on sparse graphs of 2000; a patience of 10,000 better on the random graph of 2000 and worse
/// on ±1 graphs. A population of 40 reached the best known values of two of the graphs that 16 missed, and was 0.6 % worse on the ±1
/// torus of 2000; 8 the other way round. No least distance makes little difference. Not yet settled: a size that grows.
/// </para>
/// </remarks>
public sealed class GeneticSolver : QuboSolver<GeneticOptions>
{
    public override SolverInfo Info { get; } =
        new()
        {
            Id = "genetic",
            Version = "1.0.1",
            Paradigm = Paradigm.Classical,
            Task = SolverTask.Optimization,
            Summary =
                "A memetic algorithm: uniform crossover of two answers, a short tabu search for every child, and a population that keeps its distances; begun afresh around its best when children find no place any more.",
            Deterministic = true,
            DeterministicWhen = "under children or evaluations; not under time or CPU budgets",
            Evaluation =
                "one single-variable energy change looked at (a step of a child's search is n of them), or one child scored; an evaluations budget is never exceeded, and up to n may be left",
            Limits =
                "memory only: a byte per variable and answer, and n² numbers where density is at least 0.08 (0.4 beyond 8 MB), else about 30 bytes per interaction; one thread, more are not used",
            AcceptsInitialSolution = true,
            Complexity =
                "a child costs O(n + m) to begin and O(n) for each step of its search, plus the degree of the variable on sparse problems",
            Strengths =
            [
                "dense QUBO problems of some hundred to two thousand variables: what good answers agree on is mostly right",
                "Max-Cut: parents are compared modulo the flip of all spins",
            ],
            Weaknesses =
            [
                "large sparse problems, where every step of a child's search costs O(n) and annealing is quicker",
                "shows little before its first population is grown; proves nothing",
            ],
            Sources =
            [
                "P. Merz, B. Freisleben, Genetic algorithms for binary quadratic programming, GECCO 1999",
                "P. Merz, K. Katayama, Memetic algorithms for the unconstrained binary quadratic programming problem, BioSystems 78, 2004",
                "I. Borgulya, An evolutionary algorithm for the binary quadratic problems, Advances in Soft Computing 2, 2005",
            ],
        };

    protected override SolveOutcome Solve(QuboProblem problem, GeneticOptions options, SolveContext context) =>
        context.ShouldStop() ? new Incumbent(problem, context).ToOutcome()
        : LocalFields.Whole(problem, context.Budget.MemoryMegabytes) is { } whole
            ? new Generations<int>(problem, options, context, whole).Run(EndsByBudget(context.Budget))
        : new Generations<double>(
            problem,
            options,
            context,
            LocalFields.Real(problem, context.Budget.MemoryMegabytes)
        ).Run(EndsByBudget(context.Budget));
}
