using QuantumAiWorkflows.Problems.Roster;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat.Roster;

/// <summary>CP-SAT on rosters: answers with bounds, proofs, and for a roster that has no answer the constraints that conflict.</summary>
public sealed class CpSatRosterSolver : Solver<RosterProblem, CpSatOptions>
{
    /// <summary>Assumed when a budget is checked: one literal of a constraint, built and handed to CP-SAT.</summary>
    public const double MicrosecondsPerTerm = 1;

    /// <summary>Assumed when a memory budget is checked: one literal in the model, its copies and CP-SAT's presolve.</summary>
    public const double BytesPerTerm = 500;

    /// <summary>Some gigabytes; beyond it the model is not built at all.</summary>
    private const long MaxTerms = 30_000_000;

    private const double LeastBuildSeconds = 0.01;

    public override SolverInfo Info => CpSatSolver.About;

    public override IReadOnlyList<string> Families { get; } = [RosterFamily.Instance.Id];

    protected override bool CountsDeterministicSeconds => true;

    protected override Applicability Check(RosterProblem problem, CpSatOptions options, SolveBudget budget)
    {
        var terms = RosterModel.CountTerms(problem);
        if (terms > MaxTerms)
            return new Applicability.Unsupported(
                $"cp-sat does not fit: the model has about {terms} literals, the limit is {MaxTerms}.",
                terms,
                MaxTerms,
                "literals"
            );
        return new ModelSize(terms, "literals", MicrosecondsPerTerm, BytesPerTerm).Within(budget, LeastBuildSeconds);
    }

    protected override SolveOutcome Solve(RosterProblem problem, CpSatOptions options, SolveContext context) =>
        new RosterSearch(problem, new RosterQuestions(options, context), context).Run();
}
