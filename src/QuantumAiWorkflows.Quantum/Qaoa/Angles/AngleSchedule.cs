using QuantumAiWorkflows.Numerics;
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

    private const double LargestGamma = 3;

    private readonly double _gammaUnit;

    public AngleSchedule(int qubits, IReadOnlyList<DiagonalTerm> cost)
    {
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

    /// <summary>
    /// False for costs whose products leave a double's range: a derivative is one, however it is scaled afterwards.
    /// </summary>
    public bool HasSlopes => Deviation is > 1e-140 and < 1e140;

    /// <summary>Points to start from, shape [2p] each: gammas that rise and betas that fall to 0, the likeliest first.</summary>
    public static IEnumerable<double[]> Starts(int layers) => Ramps.Select(r => Ramp(layers, r.Cost, r.Mixer));

    /// <summary>Lengths along each axis over which the cost changes: the first steps of a search.</summary>
    public static double[] Steps(int layers) =>
        [.. Enumerable.Repeat(0.25, layers), .. Enumerable.Repeat(0.12, layers)];

    /// <summary>
    /// A point without an idea: gammas up to where dense models lose all contrast, betas over the quarter turn after which
    /// models without fields repeat.
    /// </summary>
    public static double[] Random(int layers, Xoshiro256 random)
    {
        var point = new double[2 * layers];
        for (var k = 0; k < layers; k++)
            (point[k], point[layers + k]) = (
                LargestGamma * random.NextDouble(),
                Math.PI / 2 * (random.NextDouble() - 0.5)
            );
        return point;
    }

    /// <summary>
    /// The point with one more layer whose angles lie on the same curves: linear interpolation, INTERP of Zhou et al.,
    /// "Quantum approximate optimization algorithm: performance, mechanism, and implementation on near-term devices",
    /// Physical Review X 10, 021067, 2020.
    /// </summary>
    public static double[] Interpolate(double[] point)
    {
        var p = point.Length / 2;
        return [.. Curve(point.AsSpan(0, p)), .. Curve(point.AsSpan(p))];

        static double[] Curve(ReadOnlySpan<double> angles)
        {
            var p = angles.Length;
            var longer = new double[p + 1];
            for (var i = 0; i <= p; i++)
                longer[i] = ((i > 0 ? i * angles[i - 1] : 0) + (i < p ? (p - i) * angles[i] : 0)) / p;
            return longer;
        }
    }

    public QaoaAngles ToAngles(double[] point)
    {
        var layers = point.Length / 2;
        return new([.. point.Take(layers).Select(g => g * _gammaUnit)], [.. point.Skip(layers)]);
    }

    /// <summary>Derivatives by a point's coordinates from those by its angles, in a <paramref name="unit"/> of the cost.</summary>
    public void ToSlopes(double[] gammaSlopes, double[] betaSlopes, double unit, double[] slopes)
    {
        for (var k = 0; k < gammaSlopes.Length; k++)
        {
            slopes[k] = gammaSlopes[k] * _gammaUnit / unit;
            slopes[gammaSlopes.Length + k] = betaSlopes[k] / unit;
        }
    }

    private static double[] Ramp(int layers, double cost, double mixer)
    {
        var point = new double[2 * layers];
        for (var k = 0; k < layers; k++)
        {
            var progress = (k + 0.5) / layers;
            point[k] = cost * (0.35 + 0.65 * progress);
            // Below 0: with our signs that is what lowers the cost.
            point[layers + k] = -mixer * (1 - 0.9 * progress);
        }
        return point;
    }
}
