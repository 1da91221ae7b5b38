using System.Diagnostics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.QSharp;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>
/// Noise of Q#'s own simulator: the same Pauli errors and the same loss at every gate. It runs the circuit once for each
/// shot, and what is known of the distribution is what the shots show.
/// </summary>
internal sealed class QSharpNoise(
    QaoaExpressions expressions,
    double[] costs,
    SearchSpace space,
    NoiseModel noise,
    string cacheDirectory,
    Func<bool> isOver
) : NoisySampler(space)
{
    private double _secondsPerShot;

    public override double SecondsFor(long shots) => shots * _secondsPerShot;

    public override NoisyShots? Draw(QaoaAngles angles, Xoshiro256 random, int shots, bool isFirst)
    {
        var drawn = new SortedDictionary<int, int>();
        var lost = 0;
        var began = Stopwatch.GetTimestamp();
        using (var qsharp = new QSharpInstance(cacheDirectory, random))
            try
            {
                qsharp.RunWithNoise(
                    QSharpProgram.ForSimulator(),
                    expressions.Sample(angles),
                    shots,
                    noise.Pauli,
                    noise.Loss,
                    bits =>
                    {
                        if (bits.Contains("Loss", StringComparison.Ordinal))
                            lost++;
                        else
                        {
                            var index = QSharpEngine.ReadBits(bits);
                            drawn[index] = drawn.GetValueOrDefault(index) + 1;
                        }
                    },
                    isOver
                );
            }
            catch (QSharpInterruptedException)
            {
                // The shots that came before count.
            }
        var (counts, outside) = Split(drawn.Select(c => (c.Key, c.Value)));
        var kept = counts.Sum(c => c.Occurrences);
        if (lost + outside + kept == 0)
            return null;
        // The compilation is in it: a little too much is kept for the shots to come.
        _secondsPerShot = Stopwatch.GetElapsedTime(began).TotalSeconds / (lost + outside + kept);
        var mean = kept == 0 ? 0 : counts.Sum(c => costs[c.Index] * c.Occurrences) / kept;
        var variance = kept < 2 ? 0 : counts.Sum(c => Square(costs[c.Index] - mean) * c.Occurrences) / (kept - 1.0);
        var (lowest, highest) = Space.Range(costs);
        return new(
            counts,
            lost,
            outside,
            new(
                z => Space.Contains(z) && kept > 0 ? (double)drawn.GetValueOrDefault(z) / kept : 0,
                mean,
                kept < 2 ? highest - lowest : Math.Sqrt(variance / kept),
                null,
                null
            )
        );
    }

    private static double Square(double x) => x * x;
}
