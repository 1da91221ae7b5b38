using System.Runtime.ExceptionServices;
using Google.OrTools.ConstraintSolver;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

/// <summary>One search of OR-Tools.</summary>
internal sealed class PlanRound(
    WholeRouting routing,
    RoutingSearchParameters parameters,
    SolveContext context,
    RoutingIncumbent incumbent
)
{
    private ExceptionDispatchInfo? _failure;
    private long _least = long.MaxValue;

    public long Built { get; private set; }

    /// <summary>Null when nothing was built.</summary>
    public RoutingSolution? Best { get; private set; }

    public RoutingSolution? Last { get; private set; }

    public void Run(RoutingSolution? start)
    {
        using var library = new RoutingLibraryModel(routing);
        var model = library.Model;
        // An exception that left a callback would end the process.
        VoidToVoid onPlan = () =>
        {
            try
            {
                Take(library);
            }
            catch (Exception e)
            {
                _failure ??= ExceptionDispatchInfo.Capture(e);
            }
        };
        model.AddAtSolutionCallback(onPlan);
        model.CloseModelWithParameters(parameters);
        if (start is not null)
            library.BeginWith(routing.ToRoutes(start));
        using (model.SolveWithIteratedLocalSearch(parameters)) { }
        // The delegate must live as long as native code may call it.
        GC.KeepAlive(onPlan);
        _failure?.Throw();
    }

    /// <summary>Called for every plan; what the budget does not cover any more is not taken.</summary>
    private void Take(RoutingLibraryModel library)
    {
        if (Built >= parameters.SolutionLimit || _failure is not null)
            return;
        Built++;
        context.CountEvaluations(1);
        var cost = library.Cost;
        var isBetter = cost < _least;
        if (!isBetter && Built < parameters.SolutionLimit)
            return;
        Last = routing.ToSolution(library.Routes());
        if (!isBetter)
            return;
        (Best, _least) = (Last, cost);
        incumbent.Offer(Last);
    }
}
