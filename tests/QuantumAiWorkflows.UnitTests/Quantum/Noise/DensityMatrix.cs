using System.Numerics;
using QuantumAiWorkflows.Quantum.Noise;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.UnitTests.Quantum.Noise;

/// <summary>
/// The reference for noise: a density matrix of a few qubits, every gate and every channel written out as matrices on it.
/// Nothing of it is shared with the trajectories but the gates and the rates.
/// </summary>
internal sealed class DensityMatrix
{
    private static readonly Complex[,] Identity = Matrix(1, 0, 0, 1);
    private static readonly Complex[,] X = Matrix(0, 1, 1, 0);
    private static readonly Complex[,] Y = Matrix(0, -Complex.ImaginaryOne, Complex.ImaginaryOne, 0);
    private static readonly Complex[,] Z = Matrix(1, 0, 0, -1);
    private static readonly Complex[][,] Paulis = [Identity, X, Y, Z];

    private readonly int _qubits;
    private Complex[,] _rho;

    private DensityMatrix(int qubits)
    {
        _qubits = qubits;
        _rho = new Complex[1 << qubits, 1 << qubits];
        _rho[0, 0] = 1;
    }

    /// <summary>Probabilities of all results of a circuit with noise.</summary>
    public static double[] Run(IReadOnlyList<QirGate> gates, int qubits, NoiseModel noise)
    {
        var state = new DensityMatrix(qubits);
        // The last one is when the last pair ended.
        var free = new double[qubits + 1];
        foreach (var gate in gates)
            state.Apply(gate, noise, free);
        var results = Enumerable.Range(0, 1 << qubits).Select(z => state._rho[z, z].Real).ToArray();
        return
        [
            .. results.Select(
                (_, read) =>
                    results
                        .Select(
                            (p, z) =>
                            {
                                var wrong = BitOperations.PopCount((uint)(z ^ read));
                                return p * Math.Pow(noise.Readout, wrong) * Math.Pow(1 - noise.Readout, qubits - wrong);
                            }
                        )
                        .Sum()
            ),
        ];
    }

    private void Apply(QirGate gate, NoiseModel noise, double[] free)
    {
        if (gate.Kind == QirGateKind.M)
        {
            Wait(gate.First, free.Max(), noise, free);
            Channel(gate.First, noise.Pauli);
            return;
        }
        if (gate.IsOnTwoQubits)
        {
            var begin = Math.Max(free[gate.First], free[gate.Second]);
            Wait(gate.First, noise.Idle is { PairsOneByOne: true } ? Math.Max(begin, free[^1]) : begin, noise, free);
            Wait(gate.Second, free[gate.First], noise, free);
            Conjugate(Operator(gate));
            free[gate.First] = free[gate.Second] = free[gate.First] + (noise.Idle?.SecondsPerTwoQubitGate ?? 0);
            free[^1] = free[gate.First];
            DepolarizePair(gate.First, gate.Second, noise.TwoQubit);
            Channel(gate.First, noise.Pauli);
            Channel(gate.Second, noise.Pauli);
            return;
        }
        Conjugate(Operator(gate));
        if (gate.Kind != QirGateKind.Rz || !noise.HasVirtualZ)
        {
            free[gate.First] += noise.Idle?.SecondsPerOneQubitGate ?? 0;
            var each = noise.OneQubit / 3;
            Channel(
                gate.First,
                new()
                {
                    X = each,
                    Y = each,
                    Z = each,
                }
            );
        }
        Channel(gate.First, noise.Pauli);
    }

    private Complex[,] Operator(QirGate gate)
    {
        var (kind, angle, a, b) = gate;
        var root = Math.Sqrt(0.5);
        return kind switch
        {
            QirGateKind.H => On(a, Matrix(root, root, root, -root)),
            QirGateKind.X => On(a, X),
            QirGateKind.Rx => Rotation(angle, On(a, X)),
            QirGateKind.Ry => Rotation(angle, On(a, Y)),
            QirGateKind.Rz => Rotation(angle, On(a, Z)),
            // |0⟩⟨0| and nothing, |1⟩⟨1| and the Pauli.
            QirGateKind.Cx => Sum(On(a, Matrix(1, 0, 0, 0)), Product(On(a, Matrix(0, 0, 0, 1)), On(b, X))),
            QirGateKind.Cz => Sum(On(a, Matrix(1, 0, 0, 0)), Product(On(a, Matrix(0, 0, 0, 1)), On(b, Z))),
            QirGateKind.Rxx => Rotation(angle, Product(On(a, X), On(b, X))),
            QirGateKind.Ryy => Rotation(angle, Product(On(a, Y), On(b, Y))),
            QirGateKind.Rzz => Rotation(angle, Product(On(a, Z), On(b, Z))),
            _ => throw new ArgumentException($"{kind} is no unitary gate.", nameof(gate)),
        };
    }

    private void Wait(int qubit, double until, NoiseModel noise, double[] free)
    {
        if (noise.Idle is { } decay && until > free[qubit])
            Channel(qubit, decay.After(until - free[qubit]));
        free[qubit] = until;
    }

    private void Channel(int qubit, PauliRates rates) =>
        Mix([
            (1 - rates.X - rates.Y - rates.Z, On(qubit, Identity)),
            (rates.X, On(qubit, X)),
            (rates.Y, On(qubit, Y)),
            (rates.Z, On(qubit, Z)),
        ]);

    private void DepolarizePair(int first, int second, double probability) =>
        Mix(
            Enumerable
                .Range(0, 16)
                .Select(k =>
                    (
                        k == 0 ? 1 - probability : probability / 15,
                        Product(On(first, Paulis[k % 4]), On(second, Paulis[k / 4]))
                    )
                )
        );

    private void Mix(IEnumerable<(double Weight, Complex[,] Operator)> terms)
    {
        var size = 1 << _qubits;
        var sum = new Complex[size, size];
        var before = _rho;
        foreach (var (weight, op) in terms)
        {
            _rho = before;
            Conjugate(op);
            for (var i = 0; i < size; i++)
            for (var j = 0; j < size; j++)
                sum[i, j] += weight * _rho[i, j];
        }
        _rho = sum;
    }

    private void Conjugate(Complex[,] op)
    {
        var size = 1 << _qubits;
        var adjoint = new Complex[size, size];
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
            adjoint[i, j] = Complex.Conjugate(op[j, i]);
        _rho = Product(Product(op, _rho), adjoint);
    }

    /// <summary>exp(-i·angle/2·P) for a P with P² = 1.</summary>
    private static Complex[,] Rotation(double angle, Complex[,] p)
    {
        var size = p.GetLength(0);
        var rotation = new Complex[size, size];
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
            rotation[i, j] = (i == j ? Math.Cos(angle / 2) : 0) - Complex.ImaginaryOne * Math.Sin(angle / 2) * p[i, j];
        return rotation;
    }

    /// <summary>A one-qubit matrix on one qubit of the register; bit q of an index is qubit q.</summary>
    private Complex[,] On(int qubit, Complex[,] small)
    {
        var size = 1 << _qubits;
        var large = new Complex[size, size];
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
            if (((i ^ j) & ~(1 << qubit)) == 0)
                large[i, j] = small[(i >> qubit) & 1, (j >> qubit) & 1];
        return large;
    }

    private static Complex[,] Sum(Complex[,] a, Complex[,] b)
    {
        var size = a.GetLength(0);
        var sum = new Complex[size, size];
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
            sum[i, j] = a[i, j] + b[i, j];
        return sum;
    }

    private static Complex[,] Product(Complex[,] a, Complex[,] b)
    {
        var size = a.GetLength(0);
        var product = new Complex[size, size];
        for (var i = 0; i < size; i++)
        for (var j = 0; j < size; j++)
        for (var k = 0; k < size; k++)
            product[i, j] += a[i, k] * b[k, j];
        return product;
    }

    private static Complex[,] Matrix(Complex a, Complex b, Complex c, Complex d) =>
        new[,]
        {
            { a, b },
            { c, d },
        };
}
