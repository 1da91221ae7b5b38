using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Qaoa;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>
/// Measures a circuit as a machine with errors would. A circuit that keeps to a part of the bit strings, such as those with
/// one-hot groups, leaves it by errors; whoever reads such a string knows that it is wrong, so those shots are thrown away
/// (McArdle, Yuan and Benjamin, "Error-mitigated digital quantum simulation", Phys. Rev. Lett. 122, 180501, 2019), and
/// what is said of the noisy state is said of the others.
/// </summary>
internal abstract class NoisySampler(SearchSpace space)
{
    protected SearchSpace Space { get; } = space;

    /// <summary>What a call of <see cref="Draw"/> would take, by what the last one took; 0 before it.</summary>
    public abstract double SecondsFor(long shots);

    /// <summary>
    /// Measures the state at these angles, which the ideal engine has prepared. Null when there was no time for it.
    /// </summary>
    /// <param name="isFirst">A few shots early in a run, for which less effort is enough.</param>
    public abstract NoisyShots? Draw(QaoaAngles angles, Xoshiro256 random, int shots, bool isFirst);

    /// <summary>The shots whose strings the ideal circuit could give too, and how many others there were.</summary>
    protected (List<(int Index, int Occurrences)> Inside, int Outside) Split(
        IEnumerable<(int Index, int Occurrences)> drawn
    )
    {
        var inside = new List<(int, int)>();
        var outside = 0;
        foreach (var (index, occurrences) in drawn)
            if (Space.Contains(index))
                inside.Add((index, occurrences));
            else
                outside += occurrences;
        return (inside, outside);
    }

    /// <summary>How many of the shots keep all their qubits.</summary>
    protected static int CountKept(Xoshiro256 random, int shots, double probability)
    {
        if (probability >= 1)
            return shots;
        var kept = 0;
        for (var k = 0; k < shots; k++)
            if (random.NextDouble() < probability)
                kept++;
        return kept;
    }
}

/// <summary>The shots of one noisy measurement.</summary>
/// <param name="Counts">Of the shots that were kept.</param>
/// <param name="Lost">Shots that were thrown away, because a qubit was lost.</param>
/// <param name="Outside">Shots that were thrown away, because the ideal circuit never gives such a string.</param>
internal sealed record NoisyShots(
    IReadOnlyList<(int Index, int Occurrences)> Counts,
    int Lost,
    int Outside,
    NoisyDistribution Distribution
);

/// <summary>What is known of the distribution of results with noise, of those that are kept.</summary>
/// <param name="Probability">Of one bit string; 0 for those that are thrown away.</param>
/// <param name="Cost">Expected cost, without the model's offset.</param>
/// <param name="CostError">Standard error of <paramref name="Cost"/>; 0 where it is exact.</param>
/// <param name="Trajectories">Sets of errors that were averaged over; null on Q#'s simulator, where every shot is one.</param>
/// <param name="ErrorFree">Probability that a shot meets no error in its gates or while waiting; null where it is not known.</param>
internal sealed record NoisyDistribution(
    Func<int, double> Probability,
    double Cost,
    double CostError,
    int? Trajectories,
    double? ErrorFree
);
