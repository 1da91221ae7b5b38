using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>
/// Noise on our engine. The distribution of results is P₀ times the ideal one, which is exact, plus 1 - P₀ times the mean
/// over random sets of errors, each given that there is at least one; readout errors are applied to the whole exactly.
/// Then the shots are drawn from it. Memory: 8 bytes per amplitude for the sums and 8 for costs as they are read, with
/// groups 8 more, beside the <see cref="TrajectoryState"/>.
/// </summary>
/// <param name="gates">The circuit's gates at given angles.</param>
/// <param name="isOver">True when there is no time for another trajectory. A count budget never asks a clock.</param>
internal sealed class TrajectorySampler(
    IQaoaEngine engine,
    Func<QaoaAngles, IReadOnlyList<QirGate>> gates,
    SearchSpace space,
    NoiseModel noise,
    int? trajectories,
    SolveContext context,
    Func<bool> isOver
) : NoisySampler(space)
{
    private const int MostByDefault = 256;
    private const int FewestByDefault = 16;

    /// <summary>Qubits up to which the most trajectories are drawn; beyond, their number halves with every qubit.</summary>
    private const int QubitsOfMost = 14;

    /// <summary>An early look is there to have some answer, and is repeated later with all trajectories.</summary>
    private const int FirstLook = 4;

    private TrajectoryState? _state;
    private int _draws;
    private double _seconds;

    /// <summary>Bytes that it needs beside the ideal engine.</summary>
    public static long BytesNeeded(int qubits, QaoaVariant variant) =>
        (variant == QaoaVariant.XyRing ? 6L : 5L) * sizeof(double) << qubits;

    public static int DefaultTrajectories(int qubits) =>
        Math.Max(FewestByDefault, MostByDefault >> Math.Max(0, qubits - QubitsOfMost));

    public override double SecondsFor(long shots) => _seconds;

    public override NoisyShots? Draw(QaoaAngles angles, Xoshiro256 random, int shots, bool isFirst)
    {
        var circuit = new NoisyCircuit(gates(angles), engine.Qubits, noise);
        var kept = CountKept(context.CreateRandom($"lost qubits {_draws}"), shots, circuit.Kept);
        var errors = context.CreateRandom($"errors {_draws++}");
        // Without a place for an error the circuit is the ideal one, and so are its shots, to the last of them.
        if (circuit.Sites.Count == 0 && noise.Readout == 0)
            return new(
                kept == 0 ? [] : engine.Sample(random, kept),
                shots - kept,
                0,
                new(engine.Probability, Inside(engine.Probability).Cost, 0, 0, 1)
            );

        var wanted = circuit.Sites.Count == 0 ? 0 : trajectories ?? DefaultTrajectories(engine.Qubits);
        var began = context.ElapsedSeconds;
        if (Average(circuit, errors, isFirst ? Math.Min(wanted, FirstLook) : wanted) is not { } average)
            return null;
        var probabilities = average.Probabilities;
        _seconds = (context.ElapsedSeconds - began) * wanted / Math.Max(1, average.Kept.Count);
        Readout.TurnBits(probabilities, noise.Readout);
        var walk = new ShotWalk(random, kept, probabilities.Sum());
        walk.Pass(0, probabilities);
        var (counts, outside) = Split(walk.Counts().Select(c => ((int)c.Index, c.Occurrences)));
        var (share, cost) = Inside(z => probabilities[z]);
        return new(
            counts,
            shots - kept,
            outside,
            new(
                z => Space.Contains(z) ? probabilities[z] / share : 0,
                cost / share,
                Error(circuit, average.Kept, share, cost / share),
                average.Kept.Count,
                circuit.ErrorFree
            )
        );
    }

    /// <summary>
    /// The distribution of results before readout, and of each trajectory what is read of it: the probability of strings
    /// that are kept and its part of their mean cost. Null when there was no time for one.
    /// </summary>
    private (double[] Probabilities, List<(double Share, double Cost)> Kept)? Average(
        NoisyCircuit circuit,
        Xoshiro256 random,
        int wanted
    )
    {
        var size = engine.Costs.Length;
        var sum = new double[size];
        var (shares, costs) = AsRead();
        var turned = new bool[circuit.Gates.Count];
        _state ??= new(engine.Qubits);
        var kept = new List<(double Share, double Cost)>();
        while (kept.Count < wanted && !isOver())
        {
            var flips = (int)circuit.DrawErrors(random, turned);
            // Errors late in the circuit turn bits of the result and no angle: then the state is the ideal one.
            var isIdeal = !turned.AsSpan().Contains(true);
            if (!isIdeal)
                _state.Run(circuit.Gates, turned);
            var (share, cost) = (0.0, 0.0);
            for (var z = 0; z < size; z++)
            {
                var p = isIdeal ? engine.Probability(z) : _state.Probability(z);
                sum[z ^ flips] += p;
                share += shares is null ? p : p * shares[z ^ flips];
                cost += p * costs[z ^ flips];
            }
            kept.Add((share, cost));
        }
        if (kept.Count == 0 && wanted > 0)
            return null;

        var ideal = wanted == 0 ? 1 : circuit.ErrorFree;
        for (var z = 0; z < size; z++)
            sum[z] = ideal * engine.Probability(z) + (kept.Count == 0 ? 0 : (1 - ideal) * sum[z] / kept.Count);
        return (sum, kept);
    }

    /// <summary>
    /// Standard error of the mean cost, which is a ratio of two means over trajectories: that of cost - mean·share, over
    /// the share.
    /// </summary>
    private double Error(NoisyCircuit circuit, List<(double Share, double Cost)> kept, double share, double mean)
    {
        var (lowest, highest) = Space.Range(engine.Costs);
        var weight = (1 - circuit.ErrorFree) / share;
        // One trajectory says nothing of how much they differ: then the error is that of the whole range.
        if (kept.Count < 2)
            return kept.Count == 0 ? 0 : Math.Min(1, weight) * (highest - lowest);
        var residuals = kept.ConvertAll(k => k.Cost - mean * k.Share);
        var middle = residuals.Average();
        var variance = residuals.Sum(r => (r - middle) * (r - middle)) / (residuals.Count - 1);
        return weight * Math.Sqrt(variance / residuals.Count);
    }

    /// <summary>
    /// Where a result really is each bit string: the probability that what is read of it is kept, and its part of the mean
    /// cost. The first is null where all are kept.
    /// </summary>
    private (double[]? Shares, double[] Costs) AsRead()
    {
        var costs = (double[])engine.Costs.Clone();
        double[]? shares = null;
        if (Space.Groups.Count > 0)
        {
            shares = new double[costs.Length];
            for (var z = 0; z < costs.Length; z++)
                (shares[z], costs[z]) = Space.Contains(z) ? (1, costs[z]) : (0, 0);
            Readout.TurnBits(shares, noise.Readout);
        }
        Readout.TurnBits(costs, noise.Readout);
        return (shares, costs);
    }

    /// <summary>Probability of the strings that are kept, and the sum of their costs, each by its probability.</summary>
    private (double Share, double Cost) Inside(Func<int, double> probability)
    {
        var (share, cost) = (0.0, 0.0);
        for (var z = 0; z < engine.Costs.Length; z++)
            if (Space.Contains(z))
            {
                var p = probability(z);
                share += p;
                cost += p * engine.Costs[z];
            }
        return (share, cost);
    }
}
