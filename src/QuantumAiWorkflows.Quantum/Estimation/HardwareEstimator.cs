using System.Globalization;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Noise;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>One circuit on one kind of processor: does it fit, how often would it come out right, how long would it take.</summary>
/// <param name="gates">The circuit as written; null when it has too many gates to be listed.</param>
/// <param name="gateCount">How many gates it has.</param>
internal sealed class HardwareEstimator(
    QuboTerms ising,
    IReadOnlyList<QirGate>? gates,
    long gateCount,
    CircuitEstimate circuit
)
{
    /// <summary>Fewer shots without an error than this, and what is sampled is noise.</summary>
    private const double FewestGoodShots = 1;

    public HardwareFit Of(HardwareProfile profile) =>
        profile.Modality == HardwareModality.Annealer ? OnAnnealer(profile) : OnGates(profile);

    private HardwareFit OnGates(HardwareProfile profile)
    {
        var n = ising.NumVariables;
        var reasons = new List<Misfit>();
        if (n > profile.Qubits)
            reasons.Add(
                new(
                    "qubits",
                    Text($"The circuit needs {n} qubits, one per variable; {profile.Id} has {profile.Qubits}."),
                    n,
                    profile.Qubits.Value
                )
            );
        var schedule = reasons.Count == 0 ? Schedule(profile) : null;
        var routed = schedule is null
            ? null
            : new RoutedEstimate(
                profile.Connectivity.Kind == ConnectivityKind.AllToAll ? "every pair coupled" : "greedy swaps",
                schedule.Schedule.Swaps,
                schedule.Schedule.TwoQubitGates,
                schedule.Schedule.OneQubitGates,
                schedule.Schedule.Depth,
                schedule.Schedule.TwoQubitDepth,
                schedule.Schedule.Seconds
            );
        if (routed?.TwoQubitDepth > profile.DepthLimit)
            reasons.Add(
                new(
                    "depth",
                    Text(
                        $"The routed circuit is {routed.TwoQubitDepth} layers of two-qubit gates deep; {profile.Id} allows {profile.DepthLimit}."
                    ),
                    routed.TwoQubitDepth,
                    profile.DepthLimit.Value
                )
            );
        if (reasons.Count == 0 && routed is null)
            reasons.Add(
                new(
                    "size",
                    Text(
                        $"The circuit of {gateCount} gates is too large to be routed here, so nothing is said of its errors."
                    ),
                    gateCount,
                    QaoaEstimator.MostGates
                )
            );
        var success = schedule is null ? null : Success(profile, schedule);
        if (success is not null && success.Total * circuit.Shots < FewestGoodShots)
            reasons.Add(
                new(
                    "noise",
                    Text(
                        $"Of {circuit.Shots} shots, {success.Total * circuit.Shots:G3} would meet no error; where that is fewer than one, what comes back is noise."
                    ),
                    FewestGoodShots,
                    success.Total * circuit.Shots
                )
            );
        // The simulator's seconds are this machine's, and stand under machine.
        var perShot =
            routed is null || !profile.RunsCircuits
                ? null
                : routed.Seconds + profile.SecondsPerReadout + profile.SecondsBetweenShots as double?;
        return Common(profile, reasons, n) with
        {
            Routed = routed,
            Success = success,
            OneCircuit = Work(profile, perShot, 1),
            Search = Work(profile, perShot, circuit.Evaluations + 1),
        };
    }

    private HardwareFit OnAnnealer(HardwareProfile profile)
    {
        var embedding = Embedding.Of(ising, profile);
        var reasons = new List<Misfit>();
        if (embedding.QubitsAtLeast > profile.Qubits)
            reasons.Add(
                new(
                    "embedding",
                    Text(
                        $"Chains that are long enough for every coupling take at least {embedding.QubitsAtLeast:F0} qubits; {profile.Id} has {profile.Qubits}."
                    ),
                    embedding.QubitsAtLeast,
                    profile.Qubits!.Value
                )
            );
        return Common(profile, reasons, embedding.QubitsAtLeast) with
        {
            Embedding = embedding,
            OneCircuit = Work(
                profile,
                profile.SecondsPerLayer + profile.SecondsPerReadout + profile.SecondsBetweenShots,
                1
            ),
        };
    }

    private static HardwareFit Common(HardwareProfile profile, IReadOnlyList<Misfit> reasons, double qubits) =>
        new()
        {
            Profile = profile.Id,
            ProfileVersion = profile.Version,
            Modality = profile.Modality,
            Reasons = reasons,
            QubitsNeeded = qubits,
            QubitsAvailable = profile.Qubits,
        };

    private sealed record Scheduled(NativeSchedule Schedule, int[] EndsAt);

    /// <summary>Null when the circuit is too large to be routed.</summary>
    private Scheduled? Schedule(HardwareProfile profile)
    {
        if (gates is null)
            return null;
        var n = ising.NumVariables;
        if (CouplingGraph.Of(profile.Connectivity.Kind, profile.Qubits ?? n) is { } graph)
        {
            var routed = new NativeSchedule(profile, graph.Qubits);
            return Router.Route(gates, n, graph, routed) is { } at ? new(routed, at) : null;
        }
        var schedule = new NativeSchedule(profile, n);
        foreach (var gate in gates)
            schedule.Run(gate.Kind, gate.First, gate.Second);
        return new(schedule, [.. Enumerable.Range(0, n)]);
    }

    private SuccessEstimate? Success(HardwareProfile profile, Scheduled scheduled)
    {
        if (profile is not { OneQubitError: { } one, TwoQubitError: { } two, ReadoutError: { } readout })
            return null;
        var n = ising.NumVariables;
        var schedule = scheduled.Schedule;
        var idle = 1.0;
        if (profile is { T1Seconds: { } t1, T2Seconds: { } t2 })
        {
            var decay = new Decay(t1, t2, 0, 0);
            foreach (var seconds in schedule.Idle(scheduled.EndsAt))
            {
                var rates = decay.After(seconds);
                idle *= 1 - rates.X - rates.Y - rates.Z;
            }
        }
        var touches = schedule.OneQubitGates + 2.0 * schedule.TwoQubitGates + n;
        return new(
            Math.Pow(1 - one, schedule.OneQubitGates) * Math.Pow(1 - two, schedule.TwoQubitGates),
            Math.Pow(1 - readout, n),
            idle,
            Math.Pow(1 - (profile.LossPerGate ?? 0), touches)
                * Math.Pow(1 - (profile.LossPerShot ?? 0), n)
                * Math.Pow(profile.TwoQubitGateSuccess ?? 1, schedule.TwoQubitGates)
        );
    }

    private HardwareWork? Work(HardwareProfile profile, double? secondsPerShot, long tasks) =>
        secondsPerShot is { } seconds
            ? new(tasks, (double)tasks * circuit.Shots, tasks * (profile.SecondsPerTask + circuit.Shots * seconds))
            : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
