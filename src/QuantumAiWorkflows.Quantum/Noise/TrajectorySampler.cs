using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>
/// Noise on our engine. The distribution of results is P₀ times the ideal one, which is exact, plus 1 - P₀ times the mean
/// over random sets of errors, each given that there is at least one; readout errors are applied to the whole exactly.
/// Then the shots are drawn from it. Memory: 8 bytes per amplitude beside the <see cref="TrajectoryState"/>.
/// </summary>
/// <param name="gates">The circuit's gates at given angles.</param>
/// <param name="isOver">True when there is no time for another trajectory. A count budget never asks a clock.</param>
internal sealed class TrajectorySampler(
    IQaoaEngine engine,
    Func<QaoaAngles, IReadOnlyList<QirGate>> gates,
    NoiseModel noise,
    int? trajectories,
    SolveContext context,
    Func<bool> isOver
) : NoisySampler
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
    public static long BytesNeeded(int qubits) => 4L * sizeof(double) << qubits;

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
                new(engine.Probability, Cost(engine.Probability), 0, 0, 1)
            );

        var wanted = circuit.Sites.Count == 0 ? 0 : trajectories ?? DefaultTrajectories(engine.Qubits);
        var began = context.ElapsedSeconds;
        if (
            Average(circuit, errors, isFirst ? Math.Min(wanted, FirstLook) : wanted)
            is not var (probabilities, error, done)
        )
            return null;
        _seconds = (context.ElapsedSeconds - began) * wanted / Math.Max(1, done);
        TrajectoryKernels.TurnBits(probabilities, noise.Readout);
        return new(
            Draw(probabilities, random, kept),
            shots - kept,
            new(z => probabilities[z], Cost(z => probabilities[z]), error, done, circuit.ErrorFree)
        );
    }

    /// <summary>
    /// The distribution of results before readout, the standard error of its mean cost after it, and the number of
    /// trajectories; null when there was no time for one.
    /// </summary>
    private (double[] Probabilities, double CostError, int Trajectories)? Average(
        NoisyCircuit circuit,
        Xoshiro256 random,
        int wanted
    )
    {
        var size = engine.Costs.Length;
        var sum = new double[size];
        var seen = CostsAsRead();
        var turned = new bool[circuit.Gates.Count];
        _state ??= new(engine.Qubits);
        var (done, mean, squares) = (0, 0.0, 0.0);
        while (done < wanted && !isOver())
        {
            var flips = (int)circuit.DrawErrors(random, turned);
            // Errors late in the circuit turn bits of the result and no angle: then the state is the ideal one.
            var isIdeal = !turned.AsSpan().Contains(true);
            if (!isIdeal)
                _state.Run(circuit.Gates, turned);
            var cost = 0.0;
            for (var z = 0; z < size; z++)
            {
                var p = isIdeal ? engine.Probability(z) : _state.Probability(z);
                sum[z ^ flips] += p;
                cost += p * seen[z ^ flips];
            }
            // Welford's sums: the mean and the squared deviations from it.
            done++;
            var delta = cost - mean;
            mean += delta / done;
            squares += delta * (cost - mean);
        }
        if (done == 0 && wanted > 0)
            return null;

        var ideal = wanted == 0 ? 1 : circuit.ErrorFree;
        for (var z = 0; z < size; z++)
            sum[z] = ideal * engine.Probability(z) + (done == 0 ? 0 : (1 - ideal) * sum[z] / done);
        // One trajectory says nothing of how much they differ: then the error is that of the whole range.
        var error =
            done == 0 ? 0
            : done == 1 ? (1 - ideal) * (seen.Max() - seen.Min())
            : (1 - ideal) * Math.Sqrt(squares / (done - 1) / done);
        return (sum, error, done);
    }

    /// <summary>Mean cost of what is read where a result really is each bit string.</summary>
    private double[] CostsAsRead()
    {
        // The channel is symmetric: averaging costs over wrong readings is the same map as averaging probabilities.
        var costs = (double[])engine.Costs.Clone();
        TrajectoryKernels.TurnBits(costs, noise.Readout);
        return costs;
    }

    private double Cost(Func<int, double> probability)
    {
        var sum = 0.0;
        for (var z = 0; z < engine.Costs.Length; z++)
            sum += probability(z) * engine.Costs[z];
        return sum;
    }

    /// <summary>Measures by one walk along the cumulative probabilities with the sorted uniform numbers.</summary>
    private static List<(int Index, int Occurrences)> Draw(double[] probabilities, Xoshiro256 random, int shots)
    {
        var total = probabilities.Sum();
        var positions = new double[shots];
        for (var k = 0; k < shots; k++)
            positions[k] = total * random.NextDouble();
        Array.Sort(positions);
        var counts = new List<(int, int)>();
        var (drawn, cumulative, last) = (0, 0.0, 0);
        for (var z = 0; z < probabilities.Length && drawn < shots; z++)
        {
            if (probabilities[z] <= 0)
                continue;
            last = z;
            cumulative += probabilities[z];
            var before = drawn;
            while (drawn < shots && positions[drawn] < cumulative)
                drawn++;
            if (drawn > before)
                counts.Add((z, drawn - before));
        }
        // Rounding may leave the sum a little short of the total.
        if (drawn < shots)
            counts.Add((last, shots - drawn));
        return counts;
    }
}
