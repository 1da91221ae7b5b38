using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>Answers about solvers that start nothing.</summary>
internal static class Registry
{
    public static DescribeReply Describe(SolverHostServices services, long requestId) =>
        new(
            requestId,
            [
                .. services.Solvers.All.Select(solver =>
                {
                    var availability = solver.Availability(services.CacheDirectory);
                    return new SolverDescription(
                        solver.Info,
                        solver.Families,
                        solver.OptionsSchema,
                        availability.Missing,
                        availability.IsComing
                    );
                }),
            ]
        );

    public static CheckReply Check(SolverHostServices services, CheckRequest request)
    {
        var faults = new FaultList();
        if (!services.Solvers.TryGet(request.Solver, out var solver))
            throw new InvalidOperationException($"No solver {request.Solver} in this build.");
        var options = solver.ReadOptions(request.Options, request.OptionsPointer, faults);
        if (options is null)
            return new(request.RequestId, faults.Items, null, null, null, null);

        var problem = ProblemFamily.ReadAnyCanonical(request.Problem.Element);
        return solver.Check(problem, options, request.Budget) is Applicability.Unsupported no
            ? new(request.RequestId, [], no.Reason, no.Needed, no.Limit, no.Unit)
            : new(request.RequestId, [], null, null, null, null);
    }

    public static EstimateReply Estimate(SolverHostServices services, EstimateRequest request)
    {
        if (!services.Solvers.TryGet(request.Solver, out var solver))
            throw new InvalidOperationException($"No solver {request.Solver} in this build.");
        var faults = new FaultList();
        var options =
            solver.ReadOptions(request.Options, "/options", faults)
            ?? throw new InvalidOperationException("Options that passed a check do not read any more.");
        var problem = ProblemFamily.ReadAnyCanonical(request.Problem.Element);
        return new(
            request.RequestId,
            solver.Estimate(problem, options, request.Budget, request.Wishes, services.CacheDirectory)
        );
    }
}
