using QuantumAiWorkflows.Solvers.Auto;
using QuantumAiWorkflows.Solvers.CpSat;
using QuantumAiWorkflows.Solvers.CpSat.Roster;
using QuantumAiWorkflows.Solvers.CpSat.Routing;
using QuantumAiWorkflows.Solvers.CpSat.Scheduling;
using QuantumAiWorkflows.Solvers.DispatchingRules;
using QuantumAiWorkflows.Solvers.Exhaustive;
using QuantumAiWorkflows.Solvers.Genetic;
using QuantumAiWorkflows.Solvers.Greedy;
using QuantumAiWorkflows.Solvers.GreedyMrmr;
using QuantumAiWorkflows.Solvers.HybridGeneticSearch;
using QuantumAiWorkflows.Solvers.LocalSearchRouting;
using QuantumAiWorkflows.Solvers.MeanField;
using QuantumAiWorkflows.Solvers.NearestNeighbour;
using QuantumAiWorkflows.Solvers.OrToolsRouting;
using QuantumAiWorkflows.Solvers.PathRelinking;
using QuantumAiWorkflows.Solvers.ParallelTempering;
using QuantumAiWorkflows.Solvers.RandomSampling;
using QuantumAiWorkflows.Solvers.Scip;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solvers.SimulatedBifurcation;
using QuantumAiWorkflows.Solvers.SimulatedQuantumAnnealing;
using QuantumAiWorkflows.Solvers.Tabu;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>Every classical solver. A new one is a folder beside this file and a line here.</summary>
public static class ClassicalSolvers
{
    private static IReadOnlyList<ISolver> Members { get; } =
    [
        new ExhaustiveSolver(),
        new RandomSolver(),
        new GreedySolver(),
        new GeneticSolver(),
        new MeanFieldSolver(),
        new SimulatedBifurcationSolver(),
        new GreedyMrmrSolver(),
        new SimulatedQuantumAnnealingSolver(),
        new PathRelinkingSolver(),
        new ParallelTemperingSolver(),
        new HybridGeneticSearchSolver(),
        new LocalSearchRoutingSolver(),
        new NearestNeighbourSolver(),
        new OrToolsRoutingSolver(),
        new DispatchingRulesSolver(),
        new ScipSolver(),
        // One id over all families that it has a model for: a folder and a name in this list each.
        new SolverOfFamilies(
            CpSatSolver.About,
            [
                new CpSatSolver(),
                new CpSatRoutingSolver(),
                new CpSatSchedulingSolver(),
                new CpSatRosterSolver(),
                new FeatureCpSatSolver(),
            ]
        ),
        new SolverOfFamilies(
            SimulatedAnnealingSolver.About,
            [new SimulatedAnnealingSolver(), new FeatureAnnealingSolver(), new RosterAnnealingSolver()]
        ),
        new SolverOfFamilies(TabuSolver.About, [new TabuSolver(), new FeatureTabuSolver()]),
    ];

    /// <summary>With the one that chooses among them.</summary>
    public static IReadOnlyList<ISolver> All { get; } = [.. Members, new AutoSolver(Members)];
}
