using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>What the candidate subsets of a job do not show. An order by objective must not pass for one by quality.</summary>
internal static class CandidateLimits
{
    /// <summary>Null where there is nothing to say.</summary>
    public static IReadOnlyList<string>? Of(RunRecord run, ValidationPlan? plan, int samples)
    {
        var said = new List<string>();
        if (run.Validation?.Report is not { } report)
        {
            if (run.Solution is not null)
                said.Add(
                    "The order of the subsets is by the objective alone, which is no evidence of a model's quality: "
                        + (
                            run.Validation?.NotDone is { } reason ? $"the validation was not done. {reason}"
                            : plan is not null ? "the validation was not done."
                            : "\"validate\" trains models and ranks the subsets by that."
                        )
                );
            AddFewer(said, run.Samples.Count(s => s.Feasible), plan?.Candidates ?? samples);
        }
        else
        {
            AddFewer(said, report.Subsets.Count, plan!.Candidates);
            if (plan.SearchCost && SearchAdvantage.Of(run.Validation.SearchCost) is null)
                said.Add(
                    "The comparison of search costs did not come to its end: a limit of the validation, a cancel, an error or the loss of its process ended it."
                );
            if (report.Leakage.Findings.Count > 0)
                said.Add(
                    $"{report.Leakage.Findings.Count} signs of leakage were found in the data (validation.leakage): scores may be too good."
                );
        }
        return said.Count > 0 ? said : null;
    }

    private static void AddFewer(List<string> said, int found, int wanted)
    {
        if (found > 0 && found < wanted)
            said.Add($"{wanted} candidate subsets were asked for; the search met {found} that the constraints allow.");
    }
}
