using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>
/// Puts native gates one after the other on physical qubits, each as early as its qubits are free, and counts. On a machine
/// with CZ gates a rotation about ZZ, XX or YY is two of them and a swap is three; rotation and swap together on one pair are
/// three. A pair's XX and YY together would be two as well, so what is counted of ring mixers is from above.
/// </summary>
internal sealed class NativeSchedule(HardwareProfile profile, int qubits)
{
    private const int CzOfRzz = 2;
    private const int CzOfSwap = 3;

    /// <summary>Basis changes around the CZ gates: before, between and after them, merged where two meet.</summary>
    private const int OneQubitOfRzz = 3;
    private const int OneQubitOfSwap = 6;

    /// <summary>
    /// XX is ZZ between Hadamards on both qubits, YY between quarter turns. With CZ, those on one of the qubits merge with
    /// what a rotation has there anyway.
    /// </summary>
    private const int OneQubitOfTurnedAxes = 4;
    private const int OneQubitOfRxx = 5;

    private readonly long[] _depth = new long[qubits];
    private readonly long[] _twoQubitDepth = new long[qubits];
    private readonly double[] _free = new double[qubits];
    private readonly double[] _worked = new double[qubits];

    /// <summary>When the last pair ended, for a machine that runs them one by one.</summary>
    private double _pairsFree;
    private long _pairsDepth;
    private readonly int[] _lastPartner = [.. Enumerable.Repeat(-1, qubits)];
    private readonly double _one = profile.SecondsPerOneQubitGate ?? 0;
    private readonly double _two = profile.SecondsPerTwoQubitGate ?? profile.SecondsPerLayer;

    public long OneQubitGates { get; private set; }

    public long TwoQubitGates { get; private set; }

    public long Swaps { get; private set; }

    public long TwoQubitDepth => _twoQubitDepth.Max();

    /// <summary>With the measurement.</summary>
    public long Depth => _depth.Max() + 1;

    /// <summary>Until the last gate has ended.</summary>
    public double Seconds => _free.Max();

    /// <summary>A gate of the circuit as written, on these physical qubits. Measurements are at the end and no gates.</summary>
    /// <param name="second">Of a gate on two.</param>
    public void Run(QirGateKind kind, int first, int second)
    {
        switch (kind)
        {
            case QirGateKind.M:
                break;
            case QirGateKind.Rz:
                ZRotation(first);
                break;
            case QirGateKind.Rzz or QirGateKind.Rxx or QirGateKind.Ryy:
                Rotation(first, second, isTurned: kind != QirGateKind.Rzz);
                break;
            case QirGateKind.Cz:
                ControlledZ(first, second);
                break;
            case QirGateKind.Cx:
                OneQubit(second);
                ControlledZ(first, second);
                OneQubit(second);
                break;
            default:
                OneQubit(first);
                break;
        }
    }

    private void OneQubit(int qubit)
    {
        OneQubitGates++;
        _depth[qubit]++;
        _free[qubit] += _one;
        _worked[qubit] += _one;
        _lastPartner[qubit] = -1;
    }

    /// <summary>A rotation about Z; nothing where it is a change of phase in the control.</summary>
    private void ZRotation(int qubit)
    {
        if (!profile.HasVirtualZ)
            OneQubit(qubit);
    }

    private void Rotation(int first, int second, bool isTurned)
    {
        if (profile.HasNativeRzz)
            Pair(first, second, 1, isTurned ? OneQubitOfTurnedAxes : 0);
        else
            Pair(first, second, CzOfRzz, isTurned ? OneQubitOfRxx : OneQubitOfRzz);
        (_lastPartner[first], _lastPartner[second]) = (second, first);
    }

    /// <summary>A quarter turn about ZZ is one, but for a turn about Z of each.</summary>
    private void ControlledZ(int first, int second)
    {
        Pair(first, second, 1, 0);
        _lastPartner[first] = _lastPartner[second] = -1;
        if (!profile.HasNativeRzz)
            return;
        ZRotation(first);
        ZRotation(second);
    }

    public void Swap(int first, int second)
    {
        Swaps++;
        // exp(-iθZZ)·SWAP is three CZ like the swap alone: what the rotation before it took is not paid twice.
        if (IsMergeable(first, second))
            Pair(first, second, CzOfSwap - CzOfRzz, OneQubitOfSwap - OneQubitOfRzz);
        else
            Pair(first, second, CzOfSwap, OneQubitOfSwap);
        // The work is a qubit's, wherever it is.
        (_worked[first], _worked[second]) = (_worked[second], _worked[first]);
        _lastPartner[first] = _lastPartner[second] = -1;
    }

    /// <summary>Whether the last that happened to both was a rotation of the pair, which a swap then costs less after.</summary>
    public bool IsMergeable(int first, int second) =>
        !profile.HasNativeRzz && _lastPartner[first] == second && _lastPartner[second] == first;

    /// <summary>The layer of two-qubit gates in which the next one on a pair would be.</summary>
    public long Begins(int first, int second) => Math.Max(_twoQubitDepth[first], _twoQubitDepth[second]);

    /// <summary>Seconds that a qubit has waited, on all its places, when all are measured together.</summary>
    /// <param name="ends">Where each qubit of the circuit ends.</param>
    public IEnumerable<double> Idle(IEnumerable<int> ends) => ends.Select(q => Seconds - _worked[q]);

    private void Pair(int first, int second, int twoQubit, int oneQubit)
    {
        TwoQubitGates += twoQubit;
        OneQubitGates += oneQubit;
        if (profile.RunsPairsOneByOne)
            WaitForAll(first, second);
        // One-qubit gates of a pair stand between its two-qubit gates; those on both qubits run together.
        var steps = twoQubit + (oneQubit + 1) / 2;
        _depth[first] = _depth[second] = Math.Max(_depth[first], _depth[second]) + steps;
        _twoQubitDepth[first] = _twoQubitDepth[second] =
            Math.Max(_twoQubitDepth[first], _twoQubitDepth[second]) + twoQubit;
        var seconds = twoQubit * _two + (oneQubit + 1) / 2 * _one;
        _free[first] = _free[second] = Math.Max(_free[first], _free[second]) + seconds;
        _worked[first] += seconds;
        _worked[second] += seconds;
        (_pairsFree, _pairsDepth) = (_free[first], _depth[first]);
    }

    /// <summary>A pair begins when the pair before it, wherever it was, has ended.</summary>
    private void WaitForAll(int first, int second)
    {
        (_twoQubitDepth[first], _twoQubitDepth[second]) = (_twoQubitDepth.Max(), _twoQubitDepth.Max());
        _free[first] = Math.Max(_free[first], _pairsFree);
        _depth[first] = Math.Max(_depth[first], _pairsDepth);
    }
}
