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
                    var availability = services.Solvers.AvailabilityOf(solver, services.CacheDirectory);
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
        var problem = ProblemFamily.ReadAnyCanonical(request.Problem.Element);
        var applicability = services.Solvers.Check(
            solver,
            problem,
            request.Options,
            request.OptionsPointer,
            request.Budget,
            faults
        );
        return applicability switch
        {
            null => new(request.RequestId, faults.Items, null, null, null, null),
            Applicability.Unsupported no => new(request.RequestId, [], no.Reason, no.Needed, no.Limit, no.Unit),
            _ => new(request.RequestId, [], null, null, null, null),
        };
    }
}
