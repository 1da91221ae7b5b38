namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>
/// The betas of a circuit as tangents of at most 1 in magnitude: a turn by π/2 of every qubit is an X on every qubit, which
/// renames each string to its complement; it commutes with mixers, so that all of them are put after the last layer, and
/// a phase between sees the complements' costs. A turn by π is a sign.
/// </summary>
internal sealed class MixerAngles
{
    private readonly double[] _angles;
    private readonly bool[] _isComplement;

    public MixerAngles(ReadOnlySpan<double> betas, int qubits)
    {
        Qubits = qubits;
        _angles = new double[betas.Length];
        _isComplement = new bool[betas.Length + 1];
        var (signs, reversals) = (0L, 0L);
        for (var layer = 0; layer < betas.Length; layer++)
        {
            var halfTurns = Math.Round(betas[layer] / Math.PI);
            var angle = betas[layer] - Math.PI * halfTurns;
            signs += (long)Math.IEEERemainder(halfTurns, 2);
            if (Math.Abs(angle) > Math.PI / 4)
            {
                // The turn by -π/2 is the one by π/2 and a sign per qubit.
                signs += angle < 0 ? 1 : 0;
                angle -= Math.CopySign(Math.PI / 2, angle);
                reversals++;
            }
            _angles[layer] = angle;
            _isComplement[layer + 1] = (reversals & 1) != 0;
        }
        // Two reversals are a sign per qubit.
        signs += reversals / 2;
        IsNegative = ((signs & 1) != 0) && (qubits & 1) != 0;
    }

    public int Qubits { get; }

    public int Layers => _angles.Length;

    /// <summary>The whole state's sign.</summary>
    public bool IsNegative { get; }

    public double Tangent(int layer) => Math.Tan(_angles[layer]);

    /// <summary>What the tangents of <paramref name="qubits"/> qubits left out, cos^qubits.</summary>
    public double Scale(int layer, int qubits) => Math.Pow(Math.Cos(_angles[layer]), qubits);

    public double Scale(int layer) => Scale(layer, Qubits);

    /// <summary>Whether a layer's phase, or at the number of layers the final state, is stored at the complements.</summary>
    public bool IsComplement(int layer) => _isComplement[layer];
}
