using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Qir;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// The path <c>qsharp-qir</c> for every circuit shape: the gates of the compiled circuit on a state, step by step, with
/// one angle per layer or as many as the circuit has. Its phases come from the gates' own angles, not from the problem.
/// </summary>
internal sealed class GateEngine : IQaoaEngine
{
    private readonly QaoaCircuit _circuit;
    private readonly IReadOnlyList<double>? _starts;
    private readonly GateProgram _program;
    private readonly GateState _state;
    private readonly double[] _costs;
    private readonly double[]? _diagonal;
    private GateState? _adjoint;
    private double[]? _sums;

    /// <param name="starts">Start angles of a warm start, shape [n]; null for other shapes.</param>
    public GateEngine(QaoaCircuit circuit, IReadOnlyList<double>? starts = null)
    {
        _circuit = circuit;
        _starts = starts;
        _program = GateProgram.Of(circuit);
        _state = new(circuit.Qubits);
        _costs = new double[1 << circuit.Qubits];
        Diagonal.Fill(_costs, circuit.Qubits, circuit.Cost);
        if (circuit.Shape.Variant == QaoaVariant.MultiAngle)
            _diagonal = new double[_costs.Length];
    }

    public int Qubits => _circuit.Qubits;

    public int BatchSize => 1;

    public bool IsInterruptible => false;

    public double SecondsPerShot => 0;

    public double[] Costs => _costs;

    /// <summary>What an engine takes that gives gradients: two states, costs, sums and the phases of several angles per layer.</summary>
    public static long BytesNeeded(int qubits, QaoaVariant variant) =>
        (variant == QaoaVariant.MultiAngle ? 7L : 6L) * sizeof(double) << qubits;

    public double[] Expectations(IReadOnlyList<QaoaAngles> angles) => [.. angles.Select(Prepare)];

    public double Prepare(QaoaAngles angles)
    {
        Run(_circuit.Parameters(angles, _starts));
        return _state.Expectation(_costs);
    }

    public double Probability(int index) => _state.Probability(index);

    public Complex Amplitude(int index) => _state.Amplitude(index);

    public IReadOnlyList<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots) =>
        _state.Sample(random, shots);

    /// <summary>
    /// The expectation of an observable at the angles and its slopes by all of them. Leaves no prepared state behind.
    /// </summary>
    /// <remarks>
    /// Adjoint method (Jones and Gacon, "Efficient calculation of gradients in classical simulations of variational
    /// quantum algorithms", arXiv:2009.02823): the state and observable·state are taken back gate by gate. About three
    /// evaluations in time, and one more state in memory, however many angles there are.
    /// </remarks>
    /// <param name="observable">A diagonal, shape [2^n]; null for the cost.</param>
    /// <param name="gammaSlopes">Shape [p], sums over each layer; or one for each gamma of the circuit.</param>
    /// <param name="betaSlopes">Shape [p], sums over each layer; or one for each beta of the circuit.</param>
    public double Gradient(QaoaAngles angles, double[]? observable, double[] gammaSlopes, double[] betaSlopes)
    {
        observable ??= _costs;
        var parameters = _circuit.Parameters(angles, _starts);
        Run(parameters);
        (_adjoint ??= new(Qubits)).SetProduct(observable, _state);
        var expectation = _state.Expectation(observable);

        var slopes = new double[parameters.Length];
        for (var k = _program.Steps.Count - 1; k >= 0; k--)
        {
            AddSlopes(_program.Steps[k], parameters, slopes);
            Apply(_state, _program.Steps[k], parameters, isReversed: true);
            Apply(_adjoint, _program.Steps[k], parameters, isReversed: true);
        }
        var gammas = _circuit.Layers * _circuit.GammasPerLayer;
        Collect(slopes.AsSpan(0, gammas), gammaSlopes);
        Collect(slopes.AsSpan(gammas, _circuit.Layers * _circuit.BetasPerLayer), betaSlopes);
        return expectation;
    }

    public void Dispose() { }

    private static void Collect(ReadOnlySpan<double> all, Span<double> slopes)
    {
        slopes.Clear();
        for (var k = 0; k < all.Length; k++)
            slopes[k * slopes.Length / all.Length] += all[k];
    }

    private void Run(double[] parameters)
    {
        var start = _program.Start;
        var gates = new Unitary2[Qubits];
        for (var q = 0; q < gates.Length; q++)
            gates[q] = GateStep.Matrix(start[q], parameters);
        _state.PrepareProduct(gates);
        foreach (var step in _program.Steps)
            Apply(_state, step, parameters, isReversed: false);
    }

    private void Apply(GateState state, GateStep step, double[] parameters, bool isReversed)
    {
        var sign = isReversed ? -1 : 1;
        switch (step.Kind)
        {
            case GateStepKind.OneQubit:
                var matrix = GateStep.Matrix(step.Gates, parameters);
                state.Apply(step.First, isReversed ? matrix.Adjoint : matrix);
                break;
            case GateStepKind.XyPair:
                state.RotateXy(step.First, step.Second, sign * step.Gates[0].At(parameters).Angle);
                break;
            case GateStepKind.FlipControlled:
                state.FlipControlled(step.First, step.Second);
                break;
            case GateStepKind.NegateBoth:
                state.NegateBoth(step.First, step.Second);
                break;
            case GateStepKind.Diagonal when step.SharedParameter >= 0:
                state.ApplyPhase(_costs, sign * parameters[step.SharedParameter]);
                break;
            case GateStepKind.Diagonal:
                // Undone twice, for the state and its adjoint: filling takes less than a phase does.
                Diagonal.Fill(_diagonal, Qubits, [.. step.Gates.Select(g => Term(g.At(parameters)))]);
                state.ApplyPhase(_diagonal, sign);
                break;
            default:
                throw new QirException($"A step {step.Kind} cannot be run.");
        }
    }

    private static DiagonalTerm Term(QirGate gate) => new(gate.First, gate.Second, gate.Angle / 2);

    /// <summary>Both states are those after the step.</summary>
    private void AddSlopes(GateStep step, double[] parameters, double[] slopes)
    {
        switch (step.Kind)
        {
            case GateStepKind.OneQubit:
                AddOneQubitSlopes(step, parameters, slopes);
                break;
            case GateStepKind.XyPair:
                var gate = step.Gates[0];
                slopes[gate.Parameter] +=
                    2
                    * gate.Unit.Angle
                    * TwoQubitKernel.ImaginaryXy(_adjoint!.Amplitudes, _state.Amplitudes, step.First, step.Second);
                break;
            case GateStepKind.Diagonal:
                AddDiagonalSlopes(step, slopes);
                break;
        }
    }

    /// <summary>d⟨O⟩ = 2 Re⟨λ|dU·U⁻¹|ψ⟩; for exp(-iθG/2) within the step, dU·U⁻¹ is -i/2·G turned by what comes after it.</summary>
    private void AddOneQubitSlopes(GateStep step, double[] parameters, double[] slopes)
    {
        Unitary2? overlaps = null;
        for (var k = 0; k < step.Gates.Count; k++)
        {
            var (unit, parameter) = (step.Gates[k].Unit, step.Gates[k].Parameter);
            if (parameter < 0 || parameter >= _circuit.NumAngles)
                continue;
            var generator = unit.Kind switch
            {
                QirGateKind.Rx => Unitary2.X,
                QirGateKind.Ry => new Unitary2(0, -Complex.ImaginaryOne, Complex.ImaginaryOne, 0),
                _ => new Unitary2(1, 0, 0, -1),
            };
            var after = GateStep.Matrix(step.Gates.Skip(k + 1), parameters);
            overlaps ??= OverlapKernel.Of(_adjoint!.Amplitudes, _state.Amplitudes, step.First);
            slopes[parameter] += unit.Angle * (after * generator * after.Adjoint).Dot(overlaps.Value).Imaginary;
        }
    }

    /// <summary>
    /// 2·w·Im⟨λ|T|ψ⟩ for each term w·T. All of them at once: the sums of Im(λ*ψ) with the signs of every product of spins
    /// are its Walsh-Hadamard transform. O(n 2^n), whatever the number of terms.
    /// </summary>
    private void AddDiagonalSlopes(GateStep step, double[] slopes)
    {
        _sums ??= new double[_costs.Length];
        var bra = _adjoint!.Amplitudes;
        var ket = _state.Amplitudes;
        for (var z = 0; z < _sums.Length; z++)
            _sums[z] = bra.Real[z] * ket.Imaginary[z] - bra.Imaginary[z] * ket.Real[z];
        if (step.SharedParameter >= 0)
        {
            var sum = 0.0;
            for (var z = 0; z < _sums.Length; z++)
                sum += _costs[z] * _sums[z];
            slopes[step.SharedParameter] += 2 * sum;
            return;
        }
        WalshHadamard.Transform(_sums);
        foreach (var gate in step.Gates)
        {
            var spins = (1 << gate.Unit.First) | (gate.Unit.Kind == QirGateKind.Rzz ? 1 << gate.Unit.Second : 0);
            slopes[gate.Parameter] += gate.Unit.Angle * _sums[spins];
        }
    }
}
