namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>A place in a circuit where an error may happen.</summary>
/// <param name="Gate">It happens just before the gate with this index; the number of gates is after the last one.</param>
/// <param name="Second">-1 for an error of one qubit.</param>
/// <param name="X">Probability of X on the first qubit, for an error of one qubit.</param>
/// <param name="Probability">Of any error here; below 1.</param>
internal readonly record struct ErrorSite(int Gate, int First, int Second, double X, double Y, double Probability);

/// <summary>A Pauli on a register as two masks of qubits, without its phase: Y is a bit in both.</summary>
internal record struct PauliFrame(uint X, uint Z)
{
    /// <summary>1 where it has X or Y on a qubit, else 0.</summary>
    public readonly uint HasX(int qubit) => (X >> qubit) & 1;

    /// <summary>1 where it has Z or Y on a qubit, else 0.</summary>
    public readonly uint HasZ(int qubit) => (Z >> qubit) & 1;

    /// <summary>Multiplies a Pauli on one qubit into it: 1 for X, 2 for Z, 3 for Y.</summary>
    public void Multiply(int qubit, int pauli)
    {
        X ^= (uint)(pauli & 1) << qubit;
        Z ^= (uint)(pauli >> 1) << qubit;
    }
}
