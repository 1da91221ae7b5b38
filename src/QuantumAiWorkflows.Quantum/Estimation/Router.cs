using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Estimation;

/// <summary>
/// Brings qubits together by swaps, greedily: whatever may come next and is on coupled qubits is run; then the swap is made
/// that gains most, where a pair at distance d is worth 2^-d. The idea is that of SABRE (Li, Ding and Xie, "Tackling the
/// qubit mapping problem for NISQ-era quantum devices", 2019), with diagonal gates taken in any order, which QAOA's cost
/// layers allow. No random numbers: one circuit, one answer. A good compiler needs fewer swaps, so what comes out is an
/// estimate from above.
/// </summary>
internal sealed class Router
{
    /// <summary>Pairs beyond this distance do not count, so that a swap changes what its neighbourhood gains and nothing else.</summary>
    private const int Radius = 5;

    /// <summary>Places looked at before routing is given up: about a second.</summary>
    private const long MaxWork = 300_000_000;

    /// <summary>What it is worth that a swap costs one CZ instead of three: less than any pair within the radius.</summary>
    private const double CheaperSwap = 1e-3;

    /// <summary>
    /// How much less a swap is worth for each layer that it begins later than another. Against none, dense problems of 16
    /// to 100 qubits come out 30 to 60 % less deep with up to a tenth more swaps; 0.5 costs a fifth more of them.
    /// </summary>
    private const double Haste = 0.1;

    private readonly CouplingGraph _graph;
    private readonly PendingGates _pending;
    private readonly NativeSchedule _schedule;
    private readonly int _qubits;
    private readonly int[] _at;
    private readonly int[] _on;

    /// <summary>Pairs that may come next and are not coupled, shape [qubits, qubits], both halves.</summary>
    private readonly bool[] _waits;
    private readonly (int A, int B)[] _edges;
    private readonly double[] _gains;

    /// <summary>Places within the radius of each place, without itself.</summary>
    private readonly int[][] _near;

    /// <summary>Edges at each place, and edges whose gain a change at each place touches.</summary>
    private readonly int[][] _edgesAt;
    private readonly int[][] _edgesNear;
    private readonly HashSet<int> _stale = [];
    private long _work;

    private Router(IReadOnlyList<QirGate> gates, int qubits, CouplingGraph graph, NativeSchedule schedule)
    {
        (_graph, _schedule, _qubits) = (graph, schedule, qubits);
        _pending = new(gates, qubits);
        _at = Layout.Of(gates, qubits, graph);
        _on = [.. Enumerable.Repeat(-1, graph.Qubits)];
        for (var q = 0; q < qubits; q++)
            _on[_at[q]] = q;
        _waits = new bool[qubits * qubits];
        var places = Enumerable.Range(0, graph.Qubits).ToArray();
        _edges = [.. places.SelectMany(a => graph.Neighbours(a).Where(b => b > a).Select(b => (a, b)))];
        _gains = new double[_edges.Length];
        _near = [.. places.Select(p => places.Where(o => o != p && graph.Distance(p, o) <= Radius).ToArray())];
        var edges = Enumerable.Range(0, _edges.Length).ToArray();
        _edgesAt = [.. places.Select(p => edges.Where(e => _edges[e].A == p || _edges[e].B == p).ToArray())];
        _edgesNear = [.. places.Select(p => _near[p].Append(p).SelectMany(o => _edgesAt[o]).Distinct().ToArray())];
    }

    /// <summary>Routes the circuit into <paramref name="schedule"/>.</summary>
    /// <returns>Where each qubit ends; null when the circuit is too large to be routed in reasonable time.</returns>
    public static int[]? Route(IReadOnlyList<QirGate> gates, int qubits, CouplingGraph graph, NativeSchedule schedule)
    {
        var router = new Router(gates, qubits, graph, schedule);
        return router.Run() ? router._at : null;
    }

    private bool Run()
    {
        for (var q = 0; q < _qubits; q++)
            RunAt(q);
        _stale.UnionWith(Enumerable.Range(0, _edges.Length));
        // A greedy step can go round in circles; then one pair is walked together, which always ends.
        var patience = 2 * Math.Sqrt(_graph.Qubits) + 4;
        var (inVain, last) = (0, -1);
        while (_pending.Count > 0)
        {
            if (_work > MaxWork)
                return false;
            var before = _pending.Count;
            if (inVain <= patience && Best(last) is >= 0 and var best)
            {
                Swap(_edges[best].A, _edges[best].B);
                last = best;
            }
            else
                (inVain, last) = (Walk(), -1);
            inVain = _pending.Count < before ? 0 : inVain + 1;
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
                _work++;
                if (!_pending.IsNext(index))
                    continue;
                var gate = _pending[index];
                if (gate.IsOnTwoQubits)
                {
                    var isCoupled = _graph.Distance(_at[gate.First], _at[gate.Second]) == 1;
                    SetWaits(gate.First, gate.Second, !isCoupled);
                    if (!isCoupled)
                        continue;
                    queue.Enqueue(gate.Second);
                }
                _schedule.Run(gate.Kind, _at[gate.First], gate.IsOnTwoQubits ? _at[gate.Second] : -1);
                _pending.Done(index);
                queue.Enqueue(gate.First);
            }
    }

    private void SetWaits(int first, int second, bool waits)
    {
        if (_waits[first * _qubits + second] == waits)
            return;
        _waits[first * _qubits + second] = _waits[second * _qubits + first] = waits;
        _stale.UnionWith(_edgesAt[_at[first]]);
        _stale.UnionWith(_edgesAt[_at[second]]);
    }

    /// <summary>The swap that gains most, the first of several; -1 when none gains anything. Not the last one again.</summary>
    private int Best(int last)
    {
        foreach (var edge in _stale)
            _gains[edge] = Gain(_edges[edge].A, _edges[edge].B) + Gain(_edges[edge].B, _edges[edge].A);
        _stale.Clear();
        // A swap that must wait for others makes the circuit deeper: of equal ones the first that can begin is taken.
        var earliest = long.MaxValue;
        for (var edge = 0; edge < _edges.Length; edge++)
            if (_gains[edge] > 0 && edge != last)
                earliest = Math.Min(earliest, _schedule.Begins(_edges[edge].A, _edges[edge].B));
        var (best, most) = (-1, 0.0);
        for (var edge = 0; edge < _edges.Length; edge++)
        {
            _work++;
            if (_gains[edge] <= 0 || edge == last)
                continue;
            var (a, b) = _edges[edge];
            var gain = _gains[edge] + (_schedule.IsMergeable(a, b) ? CheaperSwap : 0);
            gain /= 1 + Haste * (_schedule.Begins(a, b) - earliest);
            if (gain > most)
                (best, most) = (edge, gain);
        }
        return best;
    }

    /// <summary>What the pairs of the qubit at one place gain when it moves to the next.</summary>
    private double Gain(int from, int to)
    {
        if (_on[from] is not (>= 0 and var qubit))
            return 0;
        return Worth(qubit, to, from) - Worth(qubit, from, to);
    }

    /// <summary>What the pairs of a qubit would be worth if it were at a place; a partner at the other place stays coupled.</summary>
    private double Worth(int qubit, int place, int other)
    {
        var sum = 0.0;
        foreach (var near in _near[place])
            if (near != other && _on[near] >= 0 && _waits[qubit * _qubits + _on[near]])
                sum += Math.ScaleB(1, -_graph.Distance(place, near));
        _work += _near[place].Length;
        return sum;
    }

    /// <summary>Walks the nearest pair that may come next together. Always 0: nothing was in vain.</summary>
    private int Walk()
    {
        var (first, second, distance) = (-1, -1, int.MaxValue);
        for (var q = 0; q < _qubits; q++)
        for (var r = q + 1; r < _qubits; r++)
            if (_waits[q * _qubits + r] && _graph.Distance(_at[q], _at[r]) < distance)
                (first, second, distance) = (q, r, _graph.Distance(_at[q], _at[r]));
        _work += (long)_qubits * _qubits;
        while (_graph.Distance(_at[first], _at[second]) > 1)
        {
            var from = _at[first];
            Swap(from, _graph.Neighbours(from).MinBy(n => _graph.Distance(n, _at[second])));
        }
        return 0;
    }

    private void Swap(int a, int b)
    {
        _schedule.Swap(a, b);
        (_on[a], _on[b]) = (_on[b], _on[a]);
        if (_on[a] >= 0)
            _at[_on[a]] = a;
        if (_on[b] >= 0)
            _at[_on[b]] = b;
        _stale.UnionWith(_edgesNear[a]);
        _stale.UnionWith(_edgesNear[b]);
        if (_on[a] >= 0)
            RunAt(_on[a]);
        if (_on[b] >= 0)
            RunAt(_on[b]);
    }
}
