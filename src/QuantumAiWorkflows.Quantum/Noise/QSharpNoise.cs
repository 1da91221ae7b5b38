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
    NoiseModel noise,
    string cacheDirectory,
    Func<bool> isOver
) : NoisySampler
{
    private double _secondsPerShot;

    public override double SecondsFor(long shots) => shots * _secondsPerShot;

    public override NoisyShots? Draw(QaoaAngles angles, Xoshiro256 random, int shots, bool isFirst)
    {
        var counts = new SortedDictionary<int, int>();
        var (lost, kept) = (0, 0);
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
                            counts[index] = counts.GetValueOrDefault(index) + 1;
                            kept++;
                        }
                    },
                    isOver
                );
            }
            catch (QSharpInterruptedException)
            {
                // The shots that came before count.
            }
        if (lost + kept == 0)
            return null;
        // The compilation is in it: a little too much is kept for the shots to come.
        _secondsPerShot = Stopwatch.GetElapsedTime(began).TotalSeconds / (lost + kept);
        var mean = kept == 0 ? 0 : counts.Sum(c => costs[c.Key] * c.Value) / kept;
        var variance = kept < 2 ? 0 : counts.Sum(c => Square(costs[c.Key] - mean) * c.Value) / (kept - 1.0);
        return new(
            [.. counts.Select(c => (c.Key, c.Value))],
            lost,
            new(
                z => kept == 0 ? 0 : (double)counts.GetValueOrDefault(z) / kept,
                mean,
                kept < 2 ? costs.Max() - costs.Min() : Math.Sqrt(variance / kept),
                null,
                null
            )
        );
    }

    private static double Square(double x) => x * x;
}
