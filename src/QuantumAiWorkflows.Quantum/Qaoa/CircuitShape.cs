using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>What a QAOA circuit is besides its cost function and its angles.</summary>
/// <param name="Groups">Qubits that are one-hot together; empty but for <see cref="QaoaVariant.XyRing"/>.</param>
internal sealed record CircuitShape(QaoaVariant Variant, int Layers, IReadOnlyList<int[]> Groups)
{
    public static CircuitShape Standard(int layers) => new(QaoaVariant.Standard, layers, []);

    public static CircuitShape From(QaoaOptions options, QuboProblem problem) =>
        new(
            options.Variant,
            options.Layers,
            options.Variant == QaoaVariant.XyRing ? options.Groups ?? EncodedGroups.Of(options, problem) : []
        );

    /// <summary>The angles to compile with: each 1.</summary>
    /// <param name="terms">Terms of the cost function with a coefficient.</param>
    public QaoaAngles Unit(int qubits, int terms) =>
        Variant == QaoaVariant.MultiAngle
            ? new(Ones(Layers * terms), Ones(Layers * qubits))
            : new(Ones(Layers), Ones(Layers));

    private static double[] Ones(int count)
    {
        var ones = new double[count];
        ones.AsSpan().Fill(1);
        return ones;
    }
}
