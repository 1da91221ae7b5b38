using System.Numerics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// Passes over the variables in order that flip whatever strictly lowers the energy, until a pass flips none: the cheap
/// way from an answer that is nearly a local minimum to one. O(n) a pass beside the flips.
/// </summary>
internal static class OneFlipDescent
{
    /// <summary>Variables looked at between two looks at the budget: some tens of microseconds, flips apart.</summary>
    private const int PollWork = 1 << 14;

    /// <summary>
    /// An evaluation is one variable looked at. Ends early where the budget does; at least <paramref name="reserve"/>
    /// evaluations are left for whoever scores the answer, as long as there were as many.
    /// </summary>
    public static void Run<T>(LocalFields<T> fields, SolveContext context, long reserve = 1)
        where T : unmanaged, INumber<T>
    {
        // Each flip lowers the energy, so a pass that flips nothing comes at last.
        for (var (i, still) = (0, 0); still < fields.Count; )
        {
            var block = (int)Math.Min(Math.Min(PollWork, fields.Count - i), context.EvaluationsLeft - reserve);
            if (block <= 0)
                return;
            for (var end = i + block; i < end; i++)
                if (fields.Delta(i) <= fields.Below[i])
                {
                    fields.Flip(i);
                    still = 0;
                }
                else
                    still++;
            context.CountEvaluations(block);
            if (i == fields.Count)
                i = 0;
            if (context.ShouldStop())
                return;
        }
    }
}
