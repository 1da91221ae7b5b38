using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Noise;

/// <summary>
/// A circuit at given angles and the places where errors may happen in it. Pauli errors are never applied to a state: a
/// Pauli moved to the end of the circuit turns the sign of every rotation about an axis that it does not commute with, and
/// what is left of it there turns bits of the result. So a noisy shot is a shot of the same circuit with some angles
/// negated, and errors cost nothing to apply (Knill, "Quantum computing with realistically noisy devices", 2005, keeps
/// such frames for Clifford circuits).
/// </summary>
internal sealed class NoisyCircuit
{
    private readonly QirGate[] _gates;
    private readonly int _qubits;
    private readonly NoiseModel _noise;
    private readonly List<ErrorSite> _sites = [];

    /// <summary>Logarithm of the probability of no error at the sites up to each one.</summary>
    private readonly double[] _survival;

    /// <param name="gates">In program order, with the angles that they run with; measurements at the end.</param>
    public NoisyCircuit(IReadOnlyList<QirGate> gates, int qubits, NoiseModel noise)
    {
        (_gates, _qubits, _noise) = ([.. gates], qubits, noise);
        AddSites(qubits, noise);
        _survival = new double[_sites.Count];
        var sum = 0.0;
        for (var k = 0; k < _sites.Count; k++)
            _survival[k] = sum += Math.Log(1 - _sites[k].Probability);
    }

    public IReadOnlyList<QirGate> Gates => _gates;

    public IReadOnlyList<ErrorSite> Sites => _sites;

    /// <summary>Probability that a shot meets no error at any site.</summary>
    public double ErrorFree => _survival.Length == 0 ? 1 : Math.Exp(_survival[^1]);

    /// <summary>How often a qubit is at risk of being lost in one shot: at each gate that it takes part in.</summary>
    public int Touches =>
        _gates.Sum(g =>
            g.IsOnTwoQubits ? 2
            : IsVirtual(g) ? 0
            : 1
        );

    /// <summary>Probability that a shot loses no qubit, and that every gate of chance comes off.</summary>
    public double Kept =>
        Math.Pow(1 - _noise.Loss, Touches)
        * Math.Pow(1 - _noise.LossPerShot, _qubits)
        * Math.Pow(_noise.TwoQubitGateSuccess, _gates.Count(g => g.IsOnTwoQubits));

    /// <summary>
    /// Draws a set of errors, given that there is at least one: the place of the first from its distribution, the others
    /// one after the other, each by one search along the survival probabilities.
    /// </summary>
    /// <param name="turned">Set to true for every gate whose angle the errors negate, shape [gates].</param>
    /// <returns>The bits of the result that the errors turn.</returns>
    public uint DrawErrors(Xoshiro256 random, Span<bool> turned)
    {
        var frame = new PauliFrame();
        var applied = 0;
        turned.Clear();
        // Uniform over the share of shots that meet an error.
        var level = Math.Log(1 - random.NextDouble() * -double.ExpM1(_survival[^1]));
        while (Next(level) is var k && k < _sites.Count)
        {
            applied = Advance(ref frame, applied, _sites[k].Gate, turned);
            Hit(ref frame, _sites[k], random);
            level = _survival[k] + Math.Log(1 - random.NextDouble());
        }
        Advance(ref frame, applied, _gates.Length, turned);
        return frame.X;
    }

    /// <summary>The first site by which the probability of no error has fallen below exp(level).</summary>
    private int Next(double level)
    {
        var (low, high) = (0, _survival.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_survival[middle] < level)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    /// <summary>Moves the frame across the gates from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    private int Advance(ref PauliFrame frame, int from, int to, Span<bool> turned)
    {
        for (var i = from; i < to; i++)
        {
            var (kind, _, a, b) = _gates[i];
            switch (kind)
            {
                case QirGateKind.H:
                    var swap = ((frame.X ^ frame.Z) >> a) & 1;
                    frame = new(frame.X ^ (swap << a), frame.Z ^ (swap << a));
                    break;
                case QirGateKind.Cx:
                    // X of the control spreads to the target, Z of the target to the control.
                    frame = new(frame.X ^ (frame.HasX(a) << b), frame.Z ^ (frame.HasZ(b) << a));
                    break;
                case QirGateKind.Cz:
                    frame = frame with { Z = frame.Z ^ (frame.HasX(a) << b) ^ (frame.HasX(b) << a) };
                    break;
                // Rotations turn where the frame does not commute with their axis.
                case QirGateKind.Rx:
                    turned[i] = frame.HasZ(a) != 0;
                    break;
                case QirGateKind.Ry:
                    turned[i] = (frame.HasX(a) ^ frame.HasZ(a)) != 0;
                    break;
                case QirGateKind.Rz:
                    turned[i] = frame.HasX(a) != 0;
                    break;
                case QirGateKind.Rxx:
                    turned[i] = (frame.HasZ(a) ^ frame.HasZ(b)) != 0;
                    break;
                case QirGateKind.Ryy:
                    turned[i] = (frame.HasX(a) ^ frame.HasZ(a) ^ frame.HasX(b) ^ frame.HasZ(b)) != 0;
                    break;
                case QirGateKind.Rzz:
                    turned[i] = (frame.HasX(a) ^ frame.HasX(b)) != 0;
                    break;
                // X changes a frame's phase at most, which nobody sees.
                case QirGateKind.X or QirGateKind.M:
                    break;
                default:
                    throw new QirException($"There is no noise model for the gate {_gates[i].Name}.");
            }
        }
        return to;
    }

    private static void Hit(ref PauliFrame frame, ErrorSite site, Xoshiro256 random)
    {
        if (site.Second < 0)
        {
            var draw = random.NextDouble() * site.Probability;
            frame.Multiply(
                site.First,
                draw < site.X ? 1
                    : draw < site.X + site.Y ? 3
                    : 2
            );
            return;
        }
        var pair = 1 + random.NextInt32(15);
        frame.Multiply(site.First, pair & 3);
        frame.Multiply(site.Second, pair >> 2);
    }

    private void AddSites(int qubits, NoiseModel noise)
    {
        // Seconds at which each qubit is free, when every gate starts as soon as its qubits are.
        var free = new double[qubits];
        var pairsFree = 0.0;
        for (var i = 0; i < _gates.Length; i++)
        {
            var gate = _gates[i];
            if (gate.Kind == QirGateKind.M)
            {
                // All qubits are read together, when the last of them is done.
                AddIdle(i, gate.First, free.Max() - free[gate.First], noise);
                AddPauli(i, gate.First, noise.Pauli);
            }
            else if (gate.IsOnTwoQubits)
            {
                var start = Math.Max(free[gate.First], free[gate.Second]);
                if (noise.Idle is { PairsOneByOne: true })
                    start = Math.Max(start, pairsFree);
                AddIdle(i, gate.First, start - free[gate.First], noise);
                AddIdle(i, gate.Second, start - free[gate.Second], noise);
                pairsFree = start + (noise.Idle?.SecondsPerTwoQubitGate ?? 0);
                free[gate.First] = free[gate.Second] = pairsFree;
                Add(new(i + 1, gate.First, gate.Second, 0, 0, noise.TwoQubit));
                AddPauli(i + 1, gate.First, noise.Pauli);
                AddPauli(i + 1, gate.Second, noise.Pauli);
            }
            else
            {
                if (!IsVirtual(gate))
                {
                    free[gate.First] += noise.Idle?.SecondsPerOneQubitGate ?? 0;
                    Add(new(i + 1, gate.First, -1, noise.OneQubit / 3, noise.OneQubit / 3, noise.OneQubit));
                }
                AddPauli(i + 1, gate.First, noise.Pauli);
            }
        }
    }

    private bool IsVirtual(QirGate gate) => gate.Kind == QirGateKind.Rz && _noise.HasVirtualZ;

    private void AddIdle(int gate, int qubit, double seconds, NoiseModel noise)
    {
        if (noise.Idle is { } decay && seconds > 0)
            AddPauli(gate, qubit, decay.After(seconds));
    }

    private void AddPauli(int gate, int qubit, PauliRates rates) =>
        Add(new(gate, qubit, -1, rates.X, rates.Y, rates.X + rates.Y + rates.Z));

    private void Add(ErrorSite site)
    {
        if (site.Probability > 0)
            _sites.Add(site);
    }
}
