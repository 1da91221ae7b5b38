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
        return solver.Check(problem, options, request.Budget) switch
        {
            Applicability.Unsupported no => new(request.RequestId, [], no.Reason, no.Needed, no.Limit, no.Unit),
            Applicability.BadOptions bad => new(
                request.RequestId,
                [.. bad.Faults.Select(f => f with { Pointer = request.OptionsPointer + f.Pointer })],
                null,
                null,
                null,
                null
            ),
            _ => new(request.RequestId, [], null, null, null, null),
        };
    }
}
