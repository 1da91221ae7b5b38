using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>
/// Brings qubits together by swaps, greedily: whatever may come next and is on coupled qubits is run; then the swap is made
/// that gains most, where a pair at distance d is worth 2^-d, so that near pairs count and far ones only guide. The idea is
/// that of SABRE (Li, Ding and Xie, "Tackling the qubit mapping problem for NISQ-era quantum devices", 2019), with
/// diagonal gates taken in any order, which QAOA's cost layers allow. No random numbers: one circuit, one answer. A good
/// compiler needs fewer swaps, so what comes out is an estimate from above.
/// </summary>
internal sealed class Router
{
    /// <summary>Pairs looked at before routing is given up; a few seconds.</summary>
    private const long MaxWork = 300_000_000;

    /// <summary>What it is worth that a swap costs one CZ instead of three: as much as a pair some ten couplings away.</summary>
    private const double CheaperSwap = 1e-3;

    private readonly CouplingGraph _graph;
    private readonly PendingGates _pending;
    private readonly NativeSchedule _schedule;
    private readonly int[] _at;
    private readonly int[] _on;
    private long _work;

    private Router(IReadOnlyList<QirGate> gates, int qubits, CouplingGraph graph, NativeSchedule schedule)
    {
        (_graph, _schedule) = (graph, schedule);
        _pending = new(gates, qubits);
        _at = Layout.Of(gates, qubits, graph);
        _on = [.. Enumerable.Repeat(-1, graph.Qubits)];
        for (var q = 0; q < qubits; q++)
            _on[_at[q]] = q;
    }

    /// <summary>Routes the circuit into <paramref name="schedule"/>.</summary>
    /// <returns>Where each qubit ends; null when the circuit is too large to be routed in reasonable time.</returns>
    public static int[]? Route(IReadOnlyList<QirGate> gates, int qubits, CouplingGraph graph, NativeSchedule schedule)
    {
        var router = new Router(gates, qubits, graph, schedule);
        return router.Run(qubits) ? router._at : null;
    }

    private bool Run(int qubits)
    {
        for (var q = 0; q < qubits; q++)
            RunAt(q);
        var (swapsInVain, last) = (0, (First: -1, Second: -1));
        while (_pending.Count > 0)
        {
            if (_work > MaxWork)
                return false;
            // A greedy step can go round in circles; then one pair is walked together, which always ends.
            if (swapsInVain > 2 * Math.Sqrt(_graph.Qubits) + 4)
            {
                Walk();
                (swapsInVain, last) = (0, (-1, -1));
                continue;
            }
            var best = Best(last);
            if (best.First < 0)
            {
                Walk();
                continue;
            }
            var before = _pending.Count;
            Swap(best.First, best.Second);
            (swapsInVain, last) = _pending.Count < before ? (0, (-1, -1)) : (swapsInVain + 1, best);
        }
        return true;
    }

    /// <summary>Runs all that may come next on a qubit and on whatever that sets free.</summary>
    private void RunAt(int start)
    {
        var queue = new Queue<int>([start]);
        while (queue.TryDequeue(out var qubit))
            foreach (var index in _pending.At(qubit).ToArray())
            {
                var gate = _pending[index];
                _work++;
                if (!_pending.IsNext(index))
                    continue;
                if (gate.Kind == QirGateKind.Rzz)
                {
                    if (_graph.Distance(_at[gate.First], _at[gate.Second]) != 1)
                        continue;
                    _schedule.ZzRotation(_at[gate.First], _at[gate.Second]);
                    queue.Enqueue(gate.Second);
                }
                else if (gate.Kind == QirGateKind.Rz)
                    _schedule.ZRotation(_at[gate.First]);
                else
                    _schedule.OneQubit(_at[gate.First]);
                _pending.Done(index);
                queue.Enqueue(gate.First);
            }
    }

    /// <summary>The swap that gains most; ties go to the lower qubits.</summary>
    private (int First, int Second) Best((int, int) last)
    {
        var (best, gain) = ((First: -1, Second: -1), double.NegativeInfinity);
        for (var a = 0; a < _graph.Qubits; a++)
        {
            if (_on[a] < 0 || !HasPair(_on[a]))
                continue;
            foreach (var b in _graph.Neighbours(a))
            {
                // Both ends look for it when both wait; once is enough.
                if ((b < a && _on[b] >= 0 && HasPair(_on[b])) || (a, b) == last || (b, a) == last)
                    continue;
                var value = Gain(a, b) + Gain(b, a) + (_schedule.IsMergeable(a, b) ? CheaperSwap : 0);
                if (value > gain)
                    (best, gain) = ((a, b), value);
            }
        }
        return best;
    }

    private bool HasPair(int qubit)
    {
        foreach (var index in _pending.At(qubit))
            if (_pending[index].Kind == QirGateKind.Rzz && _pending.IsNext(index))
                return true;
        return false;
    }

    /// <summary>What the pairs of the qubit at one place gain when it moves to another.</summary>
    private double Gain(int from, int to)
    {
        if (_on[from] is not (>= 0 and var qubit))
            return 0;
        var gain = 0.0;
        foreach (var index in _pending.At(qubit))
        {
            var gate = _pending[index];
            _work++;
            if (gate.Kind != QirGateKind.Rzz || !_pending.IsNext(index))
                continue;
            var other = _at[gate.First == qubit ? gate.Second : gate.First];
            if (other == to)
                continue;
            gain += Worth(_graph.Distance(to, other)) - Worth(_graph.Distance(from, other));
        }
        return gain;

        static double Worth(int distance) => Math.ScaleB(1, -distance);
    }

    /// <summary>Walks the nearest pair that may come next together.</summary>
    private void Walk()
    {
        var (nearest, distance) = (-1, int.MaxValue);
        for (var q = 0; q < _at.Length; q++)
            foreach (var index in _pending.At(q))
            {
                var gate = _pending[index];
                if (gate.Kind != QirGateKind.Rzz || !_pending.IsNext(index))
                    continue;
                var d = _graph.Distance(_at[gate.First], _at[gate.Second]);
                if (d < distance)
                    (nearest, distance) = (index, d);
            }
        var (first, second) = (_pending[nearest].First, _pending[nearest].Second);
        while (_graph.Distance(_at[first], _at[second]) > 1)
        {
            var from = _at[first];
            Swap(from, _graph.Neighbours(from).MinBy(n => _graph.Distance(n, _at[second])));
        }
    }

    private void Swap(int a, int b)
    {
        _schedule.Swap(a, b);
        (_on[a], _on[b]) = (_on[b], _on[a]);
        if (_on[a] >= 0)
            _at[_on[a]] = a;
        if (_on[b] >= 0)
            _at[_on[b]] = b;
        if (_on[a] >= 0)
            RunAt(_on[a]);
        if (_on[b] >= 0)
            RunAt(_on[b]);
    }
}
