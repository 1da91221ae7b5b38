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
    private readonly Func<bool>? _isOver;
    private readonly GateProgram _program;
    private readonly GateState _state;
    private readonly double[] _costs;
    private readonly double[]? _diagonal;
    private GateState? _adjoint;
    private double[]? _sums;

    /// <param name="starts">Start angles of a warm start, shape [n]; null for other shapes.</param>
    /// <param name="isOver">Asked while the search has a state made; true leaves it unfinished. Null: never.</param>
    public GateEngine(QaoaCircuit circuit, IReadOnlyList<double>? starts = null, Func<bool>? isOver = null)
    {
        _circuit = circuit;
        _starts = starts;
        _isOver = isOver;
        _program = GateProgram.Of(circuit);
        _state = new(circuit.Qubits);
        _costs = Diagonal.Of(circuit.Qubits, circuit.Cost);
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

    public bool HasGradient => true;

    public double[] Evaluate(IReadOnlyList<QaoaAngles> angles, Func<double, double>? objective = null) =>
        IQaoaEngine.Values(angles, a => Prepare(a, _isOver), objective);

    public double Prepare(QaoaAngles angles) => Prepare(angles, isOver: null);

    private double Prepare(QaoaAngles angles, Func<bool>? isOver)
    {
        Run(Parameters(angles), Steps(angles), isOver);
        return _state.Expectation(_costs);
    }

    public double Probability(int index) => _state.Probability(index);

    public Complex Amplitude(int index) => _state.Amplitude(index);

    public IReadOnlyList<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots) =>
        _state.Sample(random, shots);

    /// <inheritdoc/>
    /// <remarks>
    /// Adjoint method (Jones and Gacon, "Efficient calculation of gradients in classical simulations of variational
    /// quantum algorithms", arXiv:2009.02823): the state and observable·state are taken back gate by gate. About three
    /// evaluations in time, and one more state in memory, however many angles there are.
    /// </remarks>
    /// <param name="gammaSlopes">Shape [p], sums over each layer; or one for each gamma of the circuit.</param>
    /// <param name="betaSlopes">Shape [p], sums over each layer; or one for each beta of the circuit.</param>
    public double Gradient(QaoaAngles angles, DiagonalFunction? observable, double[] gammaSlopes, double[] betaSlopes)
    {
        var (parameters, steps) = (Parameters(angles), Steps(angles));
        Run(parameters, steps, isOver: null);
        var values = _costs;
        if (observable is not null)
        {
            values = _sums ??= new double[_costs.Length];
            _costs.CopyTo(values, 0);
            observable(values);
        }
        (_adjoint ??= new(Qubits)).SetProduct(values, _state);
        var expectation = _state.Expectation(values);

        var slopes = new double[parameters.Length];
        for (var k = steps - 1; k >= 0; k--)
        {
            AddSlopes(_program.Steps[k], parameters, slopes);
            Apply(_state, _program.Steps[k], parameters, isReversed: true);
            Apply(_adjoint, _program.Steps[k], parameters, isReversed: true);
        }
        var gammas = _circuit.Layers * _circuit.GammasPerLayer;
        Collect(slopes.AsSpan(0, gammas), _circuit.GammasPerLayer, gammaSlopes);
        Collect(slopes.AsSpan(gammas), _circuit.BetasPerLayer, betaSlopes);
        return expectation;
    }

    public void Dispose() { }

    /// <summary>Of a circuit with fewer layers the rest are at 0.</summary>
    private double[] Parameters(QaoaAngles angles) =>
        _circuit.Parameters(
            angles.Betas.Length < _circuit.Layers ? angles.WithLayers(_circuit.Layers) : angles,
            _starts
        );

    /// <summary>Those of the layers that the angles are for; a step that reaches into the next does nothing there.</summary>
    private int Steps(QaoaAngles angles) =>
        angles.Betas.Length >= _circuit.Layers
            ? _program.Steps.Count
            : _program.Steps.TakeWhile(s => s.Gates[0].Layer < angles.Betas.Length).Count();

    private void Collect(ReadOnlySpan<double> all, int perLayer, Span<double> slopes)
    {
        var count = Math.Min(slopes.Length, _circuit.Layers) * perLayer;
        slopes.Clear();
        for (var k = 0; k < count; k++)
            slopes[(int)((long)k * slopes.Length / count)] += all[k];
    }

    private void Run(double[] parameters, int steps, Func<bool>? isOver)
    {
        var start = _program.Start;
        var gates = new Unitary2[Qubits];
        for (var q = 0; q < gates.Length; q++)
            gates[q] = GateStep.Matrix(start[q], parameters);
        _state.PrepareProduct(gates);
        for (var k = 0; k < steps; k++)
        {
            if (isOver?.Invoke() == true)
                throw new OperationCanceledException();
            Apply(_state, _program.Steps[k], parameters, isReversed: false);
        }
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
