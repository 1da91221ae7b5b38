using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Solvers.NearestNeighbour;
using QuantumAiWorkflows.Solvers.Routing;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.CpSat.Routing;

/// <summary>Exact tours and small capacitated plans by <see cref="CircuitModel"/>, with bound and proof.</summary>
public sealed class CpSatRoutingSolver : RoutingSolver<CpSatOptions>
{
    /// <summary>Beyond it the arcs alone, n² literals, take a short budget to load.</summary>
    public const int MaxStops = 250;

    public override SolverInfo Info => CpSatSolver.About;

    protected override bool CountsDeterministicSeconds => true;

    protected override Applicability Check(RoutingProblem problem, CpSatOptions options, SolveBudget budget)
    {
        if (VrpModelReader.Refusal(problem) is { } refusal)
            return new Applicability.Unsupported(
                $"{Info.Id} takes routing with one kind of vehicle and at most one capacity, and no {refusal}; this problem has that."
            );
        if (VrpModelReader.HasTimes(problem))
            return new Applicability.Unsupported($"{Info.Id} takes no routing with time windows or shifts that end.");
        return problem.Stops.Count > MaxStops
            ? new Applicability.Unsupported(
                $"{Info.Id} takes routing of at most {MaxStops} stops; this problem has {problem.Stops.Count}.",
                problem.Stops.Count,
                MaxStops,
                "stops"
            )
            : Applicability.Yes;
    }

    protected override SolveOutcome Solve(RoutingProblem problem, CpSatOptions options, SolveContext context)
    {
        var incumbent = new RoutingIncumbent(problem, context);
        if (problem.Stops.Count == 0)
            incumbent.Offer(new RoutingSolution([]));
        if (problem.Stops.Count == 0 || context.ShouldStop())
            return incumbent.ToOutcome();
        var reader = VrpModelReader.Read(problem, wholeFleet: true);
        CircuitModel circuits;
        using (context.Stage("encode"))
            circuits = new(reader.Model);
        context.CountEvaluations(1);
        incumbent.Offer(new NearestNeighbourPlan(problem, context).Build());
        if (reader.ToPlan(incumbent.Best!) is { } first)
            PosiformModel.Hint(circuits.Model, circuits.BitsOf(first));

        var bound = double.NegativeInfinity;
        var search = new CpSatSearch(circuits.Model, circuits.NumArcs, CpSatSolver.Parameters(options, context));
        var status = search.Run(
            context,
            news =>
            {
                // As for qubo: answers beyond the last one that the budget allows are not taken.
                if (context.EvaluationsLeft == 0)
                    return;
                var isTighter = news.Bound > bound;
                bound = Math.Max(bound, news.Bound);
                if (news.Bits is { } bits)
                {
                    context.CountEvaluations(1);
                    incumbent.Offer(reader.ToSolution(circuits.RoutesOf(bits)), ToOwn(reader, bound));
                }
                else if (isTighter)
                    context.Report(incumbent.Best!, ToOwn(reader, bound));
            }
        );
        if (search.Failure is { } failure)
            throw new InvalidOperationException("CP-SAT failed.", failure);
        if (status == CpSolverStatus.Infeasible && reader.HasExactLoads)
            return new SolveOutcome.Infeasible();
        var scale = reader.CostScale == 1 ? (double?)null : reader.CostScale;
        // The proof is checked where that costs nothing: the plan's cost, in whole numbers, must be the bound.
        var isProven =
            status == CpSolverStatus.Optimal
            && incumbent.IsFeasible
            && reader is { HasExactCosts: true, HasExactLoads: true }
            && context.StoppedBy != StoppedBy.Evaluations
            && reader.ToPlan(incumbent.Best!)?.Cost == (long)Math.Round(bound);
        if (!isProven && status != CpSolverStatus.Optimal && context.Budget.DeterministicSeconds is not null)
            context.RequestStop(StoppedBy.Time);
        return new SolveOutcome.Found(incumbent.Best!, ToOwn(reader, bound), isProven) { Scale = scale };
    }

    /// <summary>
    /// Null where loads were rounded: then the model forbids what the problem may allow. Rounded costs widen it by half a unit
    /// an arc, of which there are at most two for each stop.
    /// </summary>
    private static double? ToOwn(VrpModelReader reader, double bound)
    {
        if (!reader.HasExactLoads || !double.IsFinite(bound))
            return null;
        var whole = WholeBound.Of(bound);
        return (reader.HasExactCosts ? whole : whole - reader.Model.Customers) / reader.CostScale;
    }
}
