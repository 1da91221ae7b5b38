using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Solvers.FeatureSelection;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat;

/// <summary>CP-SAT on feature selection: small sets, with bound and, for scores that are whole after scaling, proof.</summary>
public sealed class FeatureCpSatSolver : FeatureSolver<CpSatOptions>
{
    /// <summary>Beyond it the relaxation bounds hardly anything within minutes, and a local search finds the better answers.</summary>
    public const int MaxPairs = 20_000;

    public override SolverInfo Info => CpSatSolver.About;

    protected override bool CountsDeterministicSeconds => true;

    protected override Applicability Check(FeatureSelectionProblem problem, CpSatOptions options, SolveBudget budget)
    {
        var free = problem.NumVariables - problem.Constraints.Excluded.Count(e => e);
        var pairs =
            problem.PairWeight == 0 ? 0
            : problem.Table is null ? problem.NumInteractions
            : free * (free - 1L) / 2;
        if (pairs > MaxPairs)
            return new Applicability.Unsupported(
                FormattableString.Invariant(
                    $"cp-sat does not fit: {pairs} pairs of features have a redundancy, it takes {MaxPairs} at most."
                ),
                pairs,
                MaxPairs,
                "pairs"
            );
        return CpSatSolver.CheckBuild(pairs + problem.NumVariables, budget);
    }

    protected override SolveOutcome Solve(FeatureSelectionProblem problem, CpSatOptions options, SolveContext context)
    {
        var subset = new Subset(problem, new RedundancyRows(problem, context));
        var incumbent = new SubsetIncumbent(subset, context);
        if (context.ShouldStop())
            return incumbent.ToOutcome();
        SelectionModel selection;
        CpModel model;
        using (context.Stage("encode"))
        {
            selection = new(problem);
            model = selection.Build();
        }

        // CP-SAT's own first answers are poor: it starts from the best that a descent from greedy mRMR comes to.
        context.CountEvaluations(1);
        ForwardSelection.Run(subset, context);
        Neighbourhood.Descend(subset, context);
        incumbent.Offer(subset);
        PosiformModel.Hint(model, Bits(incumbent.Best!, problem.NumVariables));
        var bound = double.NegativeInfinity;
        var search = new CpSatSearch(model, problem.NumVariables, CpSatSolver.Parameters(options, context));
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
                    subset.Set(Enumerable.Range(0, bits.Length).Where(i => bits[i] == 1));
                    incumbent.Offer(subset, selection.ToOwnBound(bound));
                }
                else if (isTighter && incumbent.BestObjective > double.NegativeInfinity)
                    context.Report(incumbent.Best!, selection.ToOwnBound(bound));
            }
        );
        if (search.Failure is { } failure)
            throw new InvalidOperationException("CP-SAT failed.", failure);
        // Costs, groups and sizes are whole numbers in the model as in the problem.
        if (status == CpSolverStatus.Infeasible)
            return new SolveOutcome.Infeasible();
        return Outcome(
            problem,
            selection,
            incumbent,
            status,
            bound,
            context,
            () => MeetMore(model, subset, incumbent, options, context)
        );
    }

    /// <summary>
    /// The next best subsets, each from a search without those before, until there are enough candidates or no more subsets. Constraints
    /// may leave no neighbour of the best one, although there are others.
    /// </summary>
    private static void MeetMore(
        CpModel model,
        Subset subset,
        SubsetIncumbent incumbent,
        CpSatOptions options,
        SolveContext context
    )
    {
        incumbent.OfferNeighbours(subset);
        // Another search would be given the whole deterministic time again.
        if (context.Budget.DeterministicSeconds is not null)
            return;
        var forbidden = new HashSet<Solution>();
        var n = subset.Problem.NumVariables;
        while (!incumbent.HasCandidates && context.EvaluationsLeft > 0 && !context.ShouldStop())
        {
            foreach (var known in incumbent.Samples.Select(s => s.Solution).Where(forbidden.Add))
                SelectionModel.Forbid(model, ((FeatureSelectionSolution)known).Features, n);
            var before = forbidden.Count;
            var search = new CpSatSearch(model, n, CpSatSolver.Parameters(options, context));
            search.Run(
                context,
                news =>
                {
                    if (news.Bits is not { } bits || context.EvaluationsLeft == 0)
                        return;
                    context.CountEvaluations(1);
                    subset.Set(Enumerable.Range(0, n).Where(i => bits[i] == 1));
                    incumbent.Offer(subset);
                }
            );
            if (search.Failure is { } failure)
                throw new InvalidOperationException("CP-SAT failed.", failure);
            // Nothing new: there are no more, or the budget is spent.
            if (incumbent.Samples.Count == before)
                return;
        }
    }

    private static SolveOutcome.Found Outcome(
        FeatureSelectionProblem problem,
        SelectionModel selection,
        SubsetIncumbent incumbent,
        CpSolverStatus status,
        double bound,
        SolveContext context,
        Action meetMore
    )
    {
        // Neither a proof nor a stop of ours: the only other limit it knows is its own deterministic time.
        if (status != CpSolverStatus.Optimal && context.Budget.DeterministicSeconds is not null)
            context.RequestStop(StoppedBy.Time);
        var best = incumbent.Best!;
        var isProven =
            status == CpSolverStatus.Optimal
            && selection.IsExact
            && incumbent.BestObjective > double.NegativeInfinity
            && context.StoppedBy != StoppedBy.Evaluations
            && selection.Energy(best.Features) == Math.Round(bound);
        if (context.StoppedBy is null)
            meetMore();
        // Another one is better by less than what rounding hid, if at all: never where the model is exact.
        best = incumbent.Best!;
        return isProven
            ? new SolveOutcome.Found(best, problem.Evaluate(best).Objective, IsProven: true)
            {
                Scale = selection.Scale,
                Samples = incumbent.Samples,
            }
            : new SolveOutcome.Found(best, selection.ToOwnBound(bound))
            {
                Scale = selection.Scale,
                Samples = incumbent.Samples,
            };
    }

    private static sbyte[] Bits(FeatureSelectionSolution subset, int count)
    {
        var bits = new sbyte[count];
        foreach (var feature in subset.Features)
            bits[feature] = 1;
        return bits;
    }
}
