using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// The time that a client gave. A method may go by it; a server's stop clock alone is a safeguard, which must not change
/// what a request means, or a run that a count ends would not be the same every time.
/// </summary>
internal static class ClientClock
{
    /// <summary>Seconds until the first clock of the run stops it; null when the client set none.</summary>
    public static double? SecondsLeft(SolveContext context) =>
        context.Budget is { TimeSeconds: null, CpuSeconds: null, DeadlineSeconds: null, MaxCost: null }
            ? null
            : Math.Min(
                context.StopTimeSeconds - context.ElapsedSeconds ?? double.PositiveInfinity,
                context.StopCpuSeconds - context.CpuSeconds ?? double.PositiveInfinity
            );
}
