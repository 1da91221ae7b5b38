using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Turns numbers of order 1 into angles and gives starting points. Gammas are scaled by the cost's strength: with
/// s² = mean over qubits of (h² + Σ w²), the best gamma at one layer is near 1/(2s) on dense models. Scaling by the root
/// mean square of the coefficients is what makes angles carry over between weighted problems (Sureshbabu et al.,
/// "Parameter setting in quantum approximate optimization of weighted problems", Quantum 8, 2024).
/// </summary>
internal sealed class AngleSchedule
{
    /// <summary>
    /// Strengths of the two ramps; the first pair fits the optimal angles of the Sherrington-Kirkpatrick model for up to
    /// 8 layers (Farhi et al., "The QAOA and the SK model at infinite size", Quantum 6, 2022) to about a tenth.
    /// </summary>
    private static readonly (double Cost, double Mixer)[] Ramps =
    [
        (1.5, 0.66),
        (1.5, 0.45),
        (0.9, 0.66),
        (0.9, 0.45),
        (2.3, 0.66),
        (1.5, 0.9),
        (0.9, 0.9),
        (2.3, 0.45),
        (2.3, 0.9),
    ];

    /// <summary>Weights near a double's smallest would ask for infinite angles, and infinity times 0 for no cost at all.</summary>
    private const double LargestGammaUnit = 1e300;

    private readonly double _gammaUnit;

    public AngleSchedule(int qubits, int layers, IReadOnlyList<DiagonalTerm> cost)
    {
        Layers = layers;
        // Scaled by the largest weight first: squares of weights near a double's range would overflow.
        var largest = cost.Count == 0 ? 0 : cost.Max(t => Math.Abs(t.Weight));
        if (largest == 0)
        {
            _gammaUnit = 1;
            return;
        }
        var strength = Math.Sqrt(cost.Sum(t => (t.Second < 0 ? 1 : 2) * Square(t.Weight)) / qubits);
        _gammaUnit = Math.Min(0.5 / strength / largest, LargestGammaUnit);
        Deviation = largest * Math.Sqrt(cost.Sum(t => Square(t.Weight)));

        double Square(double weight) => weight / largest * (weight / largest);
    }

    /// <summary>Standard deviation of the cost over all bit strings.</summary>
    public double Deviation { get; }

    public int Layers { get; }

    /// <summary>Points to start from, shape [2p] each: gammas that rise and betas that fall to 0, the likeliest first.</summary>
    public IEnumerable<double[]> Starts => Ramps.Select(r => Ramp(r.Cost, r.Mixer));

    /// <summary>First steps of a search along each axis.</summary>
    public double[] Steps => [.. Enumerable.Repeat(0.25, Layers), .. Enumerable.Repeat(0.12, Layers)];

    public QaoaAngles ToAngles(double[] point) =>
        new([.. point.Take(Layers).Select(g => g * _gammaUnit)], [.. point.Skip(Layers)]);

    private double[] Ramp(double cost, double mixer)
    {
        var point = new double[2 * Layers];
        for (var k = 0; k < Layers; k++)
        {
            var progress = (k + 0.5) / Layers;
            point[k] = cost * (0.35 + 0.65 * progress);
            // Below 0: with our signs that is what lowers the cost.
            point[Layers + k] = -mixer * (1 - 0.9 * progress);
        }
        return point;
    }
}
