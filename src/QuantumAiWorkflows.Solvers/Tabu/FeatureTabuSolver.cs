using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Solvers.FeatureSelection;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>Iterated tabu search over feature subsets: exchanges of two features, from greedy mRMR and from elite answers.</summary>
public sealed class FeatureTabuSolver : FeatureSolver<TabuOptions>
{
    private const int DefaultRounds = 100;

    public override SolverInfo Info => TabuSolver.About;

    protected override SolveOutcome Solve(FeatureSelectionProblem problem, TabuOptions options, SolveContext context)
    {
        var random = context.CreateRandom("tabu");
        var subset = new Subset(problem, new RedundancyRows(problem, context));
        var incumbent = new SubsetIncumbent(subset, context);
        var search = new FeatureTabuSearch(subset, options, incumbent, context, random);
        var elites = new SubsetElites(options.Elites);
        var rounds = options.Rounds ?? (EndsByBudget(context.Budget) ? int.MaxValue : DefaultRounds);
        for (var round = 0; round < rounds && !context.ShouldStop(); round++)
        {
            // Too little left for a step: another start would only be a random subset.
            if (round > 0 && context.EvaluationsLeft <= Neighbourhood.Size(subset))
            {
                context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            context.CountEvaluations(1);
            if (round == 0 && incumbent.Best is null)
                ForwardSelection.Run(subset, context);
            else if (round == 0)
                subset.Set(incumbent.Best!.Features);
            else if (round < options.Elites || random.NextBoolean())
                RandomSubset.Draw(subset, random);
            else
                elites.Perturb(subset, random);
            incumbent.Offer(subset);
            search.Run();
            elites.Add(search.Best, search.BestViolation, search.BestObjective);
        }
        if (context.StoppedBy is null)
            incumbent.OfferNeighbours(subset);
        return incumbent.ToOutcome();
    }
}
