using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Solvers.Scheduling;

/// <summary>
/// The optimum of a tiny problem by trying every way of every task and every start up to the horizon, judged by the referee
/// alone: no schedule generation is trusted.
/// </summary>
internal static class EverySchedule
{
    public static double BestObjective(SchedulingProblem problem)
    {
        var best = double.PositiveInfinity;
        Try(0, []);
        return best;

        void Try(int task, List<Placement> placed)
        {
            if (task == problem.Tasks.Count)
            {
                var evaluation = problem.Evaluate(new SchedulingSolution(placed));
                if (evaluation.IsFeasible)
                    best = Math.Min(best, evaluation.Objective);
                return;
            }
            for (var mode = 0; mode < problem.Tasks[task].Modes.Length; mode++)
            for (var start = 0; start <= problem.Horizon - problem.Tasks[task].Modes[mode].Duration; start++)
            {
                placed.Add(new(task, start, mode));
                Try(task + 1, placed);
                placed.RemoveAt(placed.Count - 1);
            }
        }
    }
}
