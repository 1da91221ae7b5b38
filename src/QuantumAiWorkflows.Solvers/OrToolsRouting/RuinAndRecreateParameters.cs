using Google.OrTools.ConstraintSolver;
using Google.Protobuf.WellKnownTypes;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

/// <summary>
/// Ruin and recreate by slack induction (SISR) under simulated annealing, without a local search after it: of OR-Tools' ways to
/// improve a plan the one that came nearest to the best known ones.
/// </summary>
internal static class RuinAndRecreateParameters
{
    /// <summary>Chance that a ruin leaves a stretch in the middle of what it takes out.</summary>
    private const double Bypass = 0.01;

    /// <summary>Neighbours of a visit among which ruins find the next routes.</summary>
    private const int MinNeighbours = 10;

    private const int MaxNeighbours = 100;

    /// <summary>
    /// Of wall time, after which a search that builds nothing ends. One that builds is over long before: its plans are few.
    /// </summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromSeconds(30);

    /// <param name="plans">How many are built, the first one among them.</param>
    /// <param name="temperature">In units of the model's cost, above 0; the same from the first plan to the last.</param>
    public static RoutingSearchParameters Of(OrToolsRoutingOptions options, long plans, double temperature)
    {
        var parameters = operations_research_constraint_solver.DefaultRoutingSearchParameters();
        parameters.FirstSolutionStrategy = FirstSolutionStrategy.Types.Value.ParallelCheapestInsertion;
        parameters.LocalSearchMetaheuristic = LocalSearchMetaheuristic.Types.Value.GreedyDescent;
        parameters.SolutionLimit = plans;
        parameters.TimeLimit = Duration.FromTimeSpan(Stuck);
        parameters.UseIteratedLocalSearch = true;
        var recreate = new RuinRecreateParameters
        {
            RuinCompositionStrategy = RuinCompositionStrategy.Types.Value.Unset,
            RecreateStrategy = new() { Heuristic = FirstSolutionStrategy.Types.Value.LocalCheapestInsertion },
            RouteSelectionNeighborsRatio = 1.0,
            RouteSelectionMinNeighbors = MinNeighbours,
            RouteSelectionMaxNeighbors = MaxNeighbours,
        };
        recreate.RuinStrategies.Add(
            new RuinStrategy
            {
                Sisr = new()
                {
                    MaxRemovedSequenceSize = (uint)options.LongestSequence,
                    AvgNumRemovedVisits = (uint)options.Removals,
                    BypassFactor = Bypass,
                },
            }
        );
        parameters.IteratedLocalSearchParameters = new()
        {
            PerturbationStrategy = PerturbationStrategy.Types.Value.RuinAndRecreate,
            RuinRecreateParameters = recreate,
            ImprovePerturbedSolution = false,
            ReferenceSolutionAcceptanceStrategy = new()
            {
                SimulatedAnnealing = new()
                {
                    CoolingScheduleStrategy = CoolingScheduleStrategy.Types.Value.Exponential,
                    InitialTemperature = temperature,
                    FinalTemperature = temperature,
                },
            },
            BestSolutionAcceptanceStrategy = new() { GreedyDescent = new() },
        };
        return parameters;
    }
}
