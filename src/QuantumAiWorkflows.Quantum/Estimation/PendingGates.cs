using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>
/// What is left of a circuit, with what may come next. Gates that are diagonal commute, so a run of them on a qubit is one
/// group, of which any may be next; every other gate is a group of its own.
/// </summary>
internal sealed class PendingGates
{
    private readonly QirGate[] _gates;

    /// <summary>Group of each gate on its first and second qubit.</summary>
    private readonly (int First, int Second)[] _group;

    /// <summary>Gates left in each group, by qubit.</summary>
    private readonly List<int>[] _left;
    private readonly List<int>[][] _members;
    private readonly int[] _current;

    public PendingGates(IReadOnlyList<QirGate> gates, int qubits)
    {
        _gates = [.. gates.Where(g => g.Kind != QirGateKind.M)];
        _group = new (int, int)[_gates.Length];
        _left = [.. Enumerable.Range(0, qubits).Select(_ => new List<int>())];
        _current = new int[qubits];
        var members = Enumerable.Range(0, qubits).Select(_ => new List<List<int>>()).ToArray();
        var isDiagonalRun = new bool[qubits];
        for (var i = 0; i < _gates.Length; i++)
        {
            var gate = _gates[i];
            var isDiagonal = gate.IsDiagonal;
            _group[i] = (Join(gate.First, i), gate.IsOnTwoQubits ? Join(gate.Second, i) : -1);

            int Join(int qubit, int index)
            {
                if (!isDiagonal || !isDiagonalRun[qubit] || _left[qubit].Count == 0)
                {
                    _left[qubit].Add(0);
                    members[qubit].Add([]);
                }
                isDiagonalRun[qubit] = isDiagonal;
                _left[qubit][^1]++;
                members[qubit][^1].Add(index);
                return _left[qubit].Count - 1;
            }
        }
        _members = [.. members.Select(m => m.ToArray())];
        Count = _gates.Length;
    }

    public int Count { get; private set; }

    public QirGate this[int index] => _gates[index];

    /// <summary>Gates of the group that a qubit is in, those among them that wait for their other qubit included.</summary>
    public IReadOnlyList<int> At(int qubit) =>
        _current[qubit] < _members[qubit].Length ? _members[qubit][_current[qubit]] : [];

    public bool IsNext(int index)
    {
        var gate = _gates[index];
        return _group[index].First == _current[gate.First]
            && (_group[index].Second < 0 || _group[index].Second == _current[gate.Second]);
    }

    public void Done(int index)
    {
        Count--;
        Leave(_gates[index].First, _group[index].First, index);
        if (_group[index].Second >= 0)
            Leave(_gates[index].Second, _group[index].Second, index);
    }

    private void Leave(int qubit, int group, int index)
    {
        _members[qubit][group].Remove(index);
        if (--_left[qubit][group] == 0)
            _current[qubit]++;
    }
}
