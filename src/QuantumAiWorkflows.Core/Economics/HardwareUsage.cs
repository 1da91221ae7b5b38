using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Economics;

/// <summary>
/// What a quantum run would have consumed on a processor instead of a simulator. A model, never a measurement: the angle
/// search reads an expectation from the simulator's state, while hardware has to sample it, so that every evaluation is a
/// submitted circuit with shots of its own, and one more draws the answer. Left out, so the figure is a lower bound: gates
/// that move qubits together where not every pair is coupled, repetitions that mend errors, queueing, and the classical
/// part of the loop.
/// </summary>
public static class HardwareUsage
{
    /// <summary>The model in words, for replies.</summary>
    public const string Model =
        "tasks = circuit evaluations + 1; shots = tasks x shots of the run; "
        + "qpuSecond = tasks x secondsPerTask + shots x (depth x secondsPerLayer + secondsPerReadout + secondsBetweenShots)";

    /// <summary>Null for a run without a circuit or without a shot.</summary>
    public static Usage? Of(RunRecord run, HardwareProfile profile)
    {
        if (run is not { Quantum.CircuitDepth: { } depth, Metrics.Shots: { } shotsPerTask and > 0 })
            return null;
        var tasks = run.Metrics.Evaluations + 1;
        var shots = tasks * shotsPerTask;
        var secondsPerShot = depth * profile.SecondsPerLayer + profile.SecondsPerReadout + profile.SecondsBetweenShots;
        return new()
        {
            QpuTask = tasks,
            Shot = shots,
            QpuSecond = tasks * profile.SecondsPerTask + shots * secondsPerShot,
        };
    }
}
