using System.Diagnostics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>One solve from its request to its reply.</summary>
internal sealed class ActiveSolve(SolveRequest request, SolverHostServices services, Pipes pipes)
    : ActiveWork(request.RequestId)
{
    public SolveReply Run()
    {
        MemoryMarks.Reset();
        var began = Stopwatch.GetTimestamp();
        using var incumbents = new IncumbentStream(request.RequestId, pipes);
        Problem? problem = null;
        var context = new SolveContext(request.Budget, request.Seed, Cancellation)
        {
            CacheDirectory = services.CacheDirectory,
            Solvers = services.Solvers,
            StopCpuSeconds = request.Stop.CpuSeconds,
            StopTimeSeconds = request.Stop.TimeSeconds,
            OnIncumbent = (best, bound) => incumbents.Add(problem!.SolutionToJson(best), bound),
            OnStage = (stage, seconds) =>
                pipes.Send(FrameKind.Stage, new StageMessage(request.RequestId, stage, seconds)),
        };
        StopWith(context);

        using (context.Stage("parse"))
        {
            problem = ProblemFamily.ReadAnyCanonical(request.Problem.Element);
            context.InitialSolution = ReadInitialSolution(problem);
        }
        var solver = services.Solvers.TryGet(request.Solver, out var found)
            ? ViaQubo.For(found, problem.Family, request.Encoding)
            : throw new InvalidOperationException($"No solver {request.Solver} in this build.");
        var options = ReadOptions(solver);

        SolveOutcome outcome;
        using (context.Stage("solve"))
            outcome = solver.Solve(problem, options, context);
        incumbents.Flush();
        return Reply(problem, outcome, context, Stopwatch.GetElapsedTime(began).TotalSeconds);
    }

    private object ReadOptions(ISolver solver)
    {
        var faults = new FaultList();
        return solver.ReadOptions(request.Options, "/options", faults) ?? throw NoLongerReads("Options", faults);
    }

    private Solution? ReadInitialSolution(Problem problem)
    {
        if (request.InitialSolution is not { } given)
            return null;
        var faults = new FaultList();
        return problem.ReadSolution(given, "/initialSolution", faults)
            ?? throw NoLongerReads("An initial solution", faults);
    }

    private static InvalidOperationException NoLongerReads(string what, FaultList faults) =>
        new($"{what} that passed admission does not read any more: {faults.Items[0].Detail}");

    private SolveReply Reply(Problem problem, SolveOutcome outcome, SolveContext context, double wallSeconds)
    {
        var reply = new SolveReply(
            request.RequestId,
            outcome switch
            {
                SolveOutcome.Found => OutcomeKind.Found,
                SolveOutcome.Infeasible => OutcomeKind.Infeasible,
                _ => OutcomeKind.NothingFound,
            },
            outcome is SolveOutcome.Infeasible or SolveOutcome.Found { IsProven: true }
                ? StoppedBy.Proof
                : context.StoppedBy ?? StoppedBy.Solver,
            context.Evaluations,
            context.Shots,
            wallSeconds
        )
        {
            Samples = TopSamples(problem, outcome),
            Quantum = outcome.Quantum,
            Ran = outcome.Ran,
            Scale = outcome.Scale,
            Decomposition = outcome.Decomposition,
            SubProblems = outcome.SubProblems,
            Presolve = outcome.Presolve,
            Encoding = outcome.Encoding,
            Auto = outcome.Auto,
            Conflict = (outcome as SolveOutcome.Infeasible)?.Conflict,
            Reason = (outcome as SolveOutcome.NothingFound)?.Reason,
        };
        return outcome is SolveOutcome.Found answer
            ? reply with
            {
                Best = problem.SolutionToJson(answer.Best),
                Bound = answer.Bound is { } bound && double.IsFinite(bound) ? bound : null,
                IsProven = answer.IsProven,
            }
            : reply;
    }

    /// <summary>
    /// The best distinct samples asked for, by (objective, values), so that their order is part of the answer. Only those
    /// are scored: a thousand samples of a million terms would cost more than the run's margin.
    /// </summary>
    private List<SampleMessage> TopSamples(Problem problem, SolveOutcome outcome)
    {
        if (request.Samples == 0 || outcome.Samples.Count == 0)
            return [];
        var sign = problem.Sense == Sense.Minimize ? 1 : -1;
        return
        [
            .. outcome
                .Samples.Take(request.Samples)
                .OrderBy(s => sign * problem.Evaluate(s.Solution).Objective)
                .ThenBy(s => s.Solution)
                .Select(s => new SampleMessage(problem.SolutionToJson(s.Solution), s.Occurrences)),
        ];
    }
}
