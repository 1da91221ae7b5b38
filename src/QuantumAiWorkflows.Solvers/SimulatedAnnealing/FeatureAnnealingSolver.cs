using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Solvers.FeatureSelection;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>
/// Annealing over feature subsets: a member is exchanged for a feature at random; where the size may vary, half of the proposals add or
/// remove one. A feature too many or too few costs more than any feature brings.
/// </summary>
public sealed class FeatureAnnealingSolver : FeatureSolver<SimulatedAnnealingOptions>
{
    private const int DefaultReads = 20;

    public override SolverInfo Info => SimulatedAnnealingSolver.About;

    protected override SolveOutcome Solve(
        FeatureSelectionProblem problem,
        SimulatedAnnealingOptions options,
        SolveContext context
    )
    {
        var subset = new Subset(problem, new RedundancyRows(problem, context));
        var incumbent = new SubsetIncumbent(subset, context);
        if (context.ShouldStop())
            return incumbent.ToOutcome();
        var starts = context.CreateRandom("starts");
        var shots = context.Budget.Shots;
        var untilBudget = options.Reads is null && shots is null && EndsByBudget(context.Budget);
        var reads = Math.Min(
            options.Reads ?? int.MaxValue,
            shots ?? (options.Reads is null && !untilBudget ? DefaultReads : int.MaxValue)
        );
        var anneal = new SubsetAnneal(subset, context, context.CreateRandom("metropolis"));
        for (var read = 0; read < reads && !context.ShouldStop(); read++)
        {
            // Too little left for a sweep: another start would only be a random subset.
            if (read > 0 && context.EvaluationsLeft <= problem.Constraints.Size)
            {
                context.RequestStop(StoppedBy.Evaluations);
                break;
            }
            if (read == 0 && incumbent.Best is { } initial)
                subset.Set(initial.Features);
            else
                RandomSubset.Draw(subset, starts);
            context.CountEvaluations(1);
            if (read == 0)
                anneal.SetTemperatures(options.BetaRange);
            // What a stop leaves of the first read is an answer, too.
            if (incumbent.Best is null)
                incumbent.Offer(subset);
            var length = untilBudget ? options.Sweeps * (long)Luby.Term(read + 1) : options.Sweeps;
            anneal.Cool((int)Math.Min(length, int.MaxValue));
            Neighbourhood.Descend(subset, context);
            incumbent.Offer(subset);
            // Reads may all end at one subset, and a budget may end the run: candidates beside it are looked for early.
            if (read == 0)
                incumbent.OfferNeighbours(subset);
            if (shots is not null)
                context.CountShots(1);
        }
        if (context.Shots is { } drawn && drawn == shots)
            context.RequestStop(StoppedBy.Shots);
        if (context.StoppedBy is null)
            incumbent.OfferNeighbours(subset);
        return incumbent.ToOutcome();
    }
}
