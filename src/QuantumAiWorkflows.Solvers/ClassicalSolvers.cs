using QuantumAiWorkflows.Solvers.CpSat;
using QuantumAiWorkflows.Solvers.CpSat.Routing;
using QuantumAiWorkflows.Solvers.Exhaustive;
using QuantumAiWorkflows.Solvers.HybridGeneticSearch;
using QuantumAiWorkflows.Solvers.LocalSearchRouting;
using QuantumAiWorkflows.Solvers.NearestNeighbour;
using QuantumAiWorkflows.Solvers.RandomSampling;
using QuantumAiWorkflows.Solvers.SimulatedAnnealing;
using QuantumAiWorkflows.Solvers.SimulatedQuantumAnnealing;
using QuantumAiWorkflows.Solvers.Tabu;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>Every classical solver. A new one is a folder beside this file and a line here.</summary>
public static class ClassicalSolvers
{
    public static IReadOnlyList<ISolver> All { get; } =
    [
        new ExhaustiveSolver(),
        new RandomSolver(),
        new SimulatedAnnealingSolver(),
        new SimulatedQuantumAnnealingSolver(),
        new TabuSolver(),
        new HybridGeneticSearchSolver(),
        new LocalSearchRoutingSolver(),
        new NearestNeighbourSolver(),
        // One id over all families that it has a model for: a folder and a name in this list each.
        new SolverOfFamilies(CpSatSolver.About, [new CpSatSolver(), new CpSatRoutingSolver()]),
    ];
}
