using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Simultaneous perturbation stochastic approximation: two evaluations a step, whatever the number of angles, and content
/// with noisy ones (Spall, "Implementation of the simultaneous perturbation algorithm for stochastic optimization", IEEE
/// Transactions on Aerospace and Electronic Systems 34, 1998; gains and their choice are his).
/// </summary>
internal static class Spsa
{
    /// <summary>Decay of the steps and of the perturbations: the smallest exponents that the theory allows.</summary>
    private const double StepDecay = 0.602;
    private const double PerturbationDecay = 0.101;

    /// <summary>In units of the scales: the first perturbation, the first step along each axis, and a bound on all steps.</summary>
    private const double FirstPerturbation = 0.2;
    private const double FirstStep = 0.3;
    private const double LongestStep = 1;

    /// <summary>Share of all steps after which the step size has begun to fall.</summary>
    private const double Stability = 0.1;

    /// <summary>Pairs of evaluations that measure how steep the function is, before the first step.</summary>
    private const int Probes = 3;

    /// <summary>
    /// Walks from <paramref name="start"/> for <paramref name="evaluations"/> evaluations, of which the last is that of the
    /// point where it ends, or until <paramref name="evaluate"/> gives null.
    /// </summary>
    /// <param name="scales">Length along each axis over which the function changes; the first steps are a part of it.</param>
    public static void Minimize(
        double[] start,
        double[] scales,
        long evaluations,
        Xoshiro256 random,
        Func<double[], double?> evaluate
    )
    {
        var n = start.Length;
        var point = (double[])start.Clone();
        var steps = (evaluations - 1) / 2 - Probes;
        if (steps < 1)
            return;

        // All in units of the scales, so that one gain does for gammas and betas.
        var steepness = 0.0;
        for (var probe = 0; probe < Probes; probe++)
        {
            if (Slope(FirstPerturbation, out _) is not { } slope)
                return;
            steepness += Math.Abs(slope) / Probes;
        }
        if (steepness == 0)
            return;
        var shift = Stability * steps;
        var gain = FirstStep / steepness * Math.Pow(shift + 1, StepDecay);

        for (var step = 0L; step < steps; step++)
        {
            var size = FirstPerturbation / Math.Pow(step + 1, PerturbationDecay);
            if (Slope(size, out var signs) is not { } slope)
                return;
            // Noise may measure a slope far beyond any real one.
            var length = gain / Math.Pow(shift + step + 1, StepDecay) * slope;
            length = Math.Clamp(length, -LongestStep, LongestStep);
            for (var i = 0; i < n; i++)
                point[i] -= length * signs[i] * scales[i];
        }
        evaluate(point);

        // Difference quotient along a random diagonal of the scaled axes; null when evaluations ran out.
        double? Slope(double size, out int[] signs)
        {
            var drawn = new int[n];
            for (var i = 0; i < n; i++)
                drawn[i] = random.NextBoolean() ? 1 : -1;
            signs = drawn;
            double[] Moved(double by) => [.. point.Select((x, i) => x + by * drawn[i] * scales[i])];
            return evaluate(Moved(size)) is { } above && evaluate(Moved(-size)) is { } below
                ? (above - below) / (2 * size)
                : null;
        }
    }
}
