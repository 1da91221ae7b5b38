using Microsoft.EntityFrameworkCore;

namespace QuantumAiWorkflows.Gateway.Storage;

/// <summary>
/// A bound is a claim about every answer there is, so each verified answer tests it, in whichever order the two runs
/// ended. A refuted bound is marked on its run, which then counts as a failed run of its solver.
/// </summary>
internal static class BoundChecks
{
    /// <param name="run">The new run, not yet added.</param>
    /// <param name="refutes">Whether an objective of this problem proves a bound wrong.</param>
    public static async Task ApplyAsync(QaiwDbContext db, RunRow run, Func<double, double, bool> refutes)
    {
        var others = db.Runs.Where(r => r.Tenant == run.Tenant && r.ProblemId == run.ProblemId);
        if (run.Bound is { } bound)
        {
            // The best answer is at one end or the other, whatever the sense.
            var objectives = others.Where(r => r.Objective != null);
            var (lowest, highest) = (
                await objectives.MinAsync(r => r.Objective),
                await objectives.MaxAsync(r => r.Objective)
            );
            run.BoundRefuted =
                (lowest is { } low && refutes(low, bound)) || (highest is { } high && refutes(high, bound));
        }
        if (run.Objective is not { } objective)
            return;
        var open = others.Where(r => r.Bound != null && !r.BoundRefuted);
        var bounds = await open.Select(r => r.Bound!.Value).Distinct().ToListAsync();
        var refuted = bounds.Where(b => refutes(objective, b)).ToList();
        if (refuted.Count > 0)
            await open.Where(r => refuted.Contains(r.Bound!.Value))
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.BoundRefuted, true));
    }
}
