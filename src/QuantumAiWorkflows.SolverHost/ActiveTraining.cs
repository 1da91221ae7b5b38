using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Learning;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.SolverHost;

/// <summary>One training and validation of candidates from its request to its reply.</summary>
internal sealed class ActiveTraining(TrainRequest request, SolverHostServices services, Pipes pipes)
    : ActiveWork(request.RequestId)
{
    public TrainReply Run()
    {
        MemoryMarks.Reset();
        var problem = (FeatureSelectionProblem)ProblemFamily.ReadAnyCanonical(request.Problem.Element);
        var selection = new RepeatedSelection(request, services);
        var costs = new SearchCosts(problem, request, selection, Tell);
        ValidationReport? report = null;
        try
        {
            report = SubsetValidator.Validate(
                problem,
                [.. request.Candidates.Select(c => ReadCandidate(problem, c))],
                request.Plan,
                request.Seed,
                selection.Select,
                Tell,
                Cancellation
            );
            if (request.Plan.SearchCost)
            {
                pipes.Send(FrameKind.Scores, Reply(null));
                costs.Compare(
                    report.Subsets.Single(s => s.ProposedRank == 1).Validation.Score,
                    () => pipes.Send(FrameKind.Scores, Reply(null)),
                    Cancellation
                );
            }
            return Reply(null);
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            // A stop in the comparison costs what is left of that, not the scores.
            return Reply(StopRequested);
        }

        TrainReply Reply(StoppedBy? stoppedBy) =>
            new(request.RequestId, report, stoppedBy, selection.Evaluations, costs.Rows, costs.CpuSeconds);
    }

    private void Tell(ValidationProgress progress) =>
        pipes.Send(
            FrameKind.Progress,
            new ProgressMessage(request.RequestId, progress.Stage, progress.Done, progress.Total)
        );

    private static FeatureSelectionSolution ReadCandidate(
        FeatureSelectionProblem problem,
        System.Text.Json.Nodes.JsonObject json
    )
    {
        var faults = new FaultList();
        return problem.ReadSolution(JsonSerializer.SerializeToElement(json), "", faults) as FeatureSelectionSolution
            ?? throw new InvalidOperationException(
                $"A refereed candidate does not read any more: {faults.Items[0].Detail}"
            );
    }
}
