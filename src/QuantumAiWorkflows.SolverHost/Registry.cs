using System.Diagnostics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Circuits;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>Answers about solvers that start nothing.</summary>
internal static class Registry
{
    /// <summary>Less than what the gateway waits for an answer. The largest circuits take some seconds.</summary>
    private static readonly TimeSpan CompilePatience = TimeSpan.FromSeconds(20);

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
                    )
                    {
                        ViaQubo = [.. ProblemFamily.All.Where(f => ViaQubo.Suits(solver, f)).Select(f => f.Id)],
                    };
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
            faults,
            request.Encoding,
            request.EncodingPointer
        );
        return applicability switch
        {
            null => new(request.RequestId, faults.Items, null, null, null, null),
            Applicability.Unsupported no => new(request.RequestId, [], no.Reason, no.Needed, no.Limit, no.Unit),
            _ => new(request.RequestId, [], null, null, null, null),
        };
    }

    public static CircuitReply Circuit(SolverHostServices services, CircuitRequest request)
    {
        if (!services.Solvers.TryGet(request.Solver, out var solver) || solver is not QaoaSolver)
            return Refused($"A run of {request.Solver} has no circuit of its own.");
        if (solver.Availability(services.CacheDirectory).Missing is { } missing)
            return Refused(missing);
        var faults = new FaultList();
        var options = (QaoaOptions?)solver.ReadOptions(request.Options, "/options", faults);
        if (options is null || QuboOf(request) is not { } problem)
            return Refused("The run is of another version of this program, whose circuits this one does not make.");

        var began = Stopwatch.GetTimestamp();
        var circuit = RunCircuit.Of(
            problem,
            options,
            request.Angles,
            request.StartAngles,
            services.CacheDirectory,
            isOver: () => Stopwatch.GetElapsedTime(began) > CompilePatience
        );
        if (RunCircuit.LimitOf(request.Format) is { } limit && circuit.NumGates > limit)
            return new(
                request.RequestId,
                null,
                $"A drawing has at most {limit} gates, this circuit has {circuit.NumGates}; the other formats have no limit.",
                circuit.NumGates,
                limit
            );
        return new(request.RequestId, circuit.Write(request.Format), null, null, null);

        CircuitReply Refused(string reason) => new(request.RequestId, null, reason, null, null);
    }

    /// <summary>The QUBO that the run was of; null when this version makes none of the problem.</summary>
    private static QuboProblem? QuboOf(CircuitRequest request) =>
        ProblemFamily.ReadAnyCanonical(request.Problem.Element).Encode(request.Encoding ?? new())
            is EncodingResult.Encoded { Encoding.Qubo: var qubo }
            ? qubo
            : null;

    public static EstimateReply Estimate(SolverHostServices services, EstimateRequest request)
    {
        if (!services.Solvers.TryGet(request.Solver, out var solver))
            throw new InvalidOperationException($"No solver {request.Solver} in this build.");
        var estimate = services.Solvers.Estimate(
            solver,
            ProblemFamily.ReadAnyCanonical(request.Problem.Element),
            request.Options,
            request.Budget,
            request.Wishes,
            services.CacheDirectory,
            request.Encoding
        );
        return new(request.RequestId, estimate);
    }
}
