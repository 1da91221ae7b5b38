namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// Persistent variables by roof duality: values that some optimum has (weak), or all optima have (strong), read off a maximum
/// flow in the implication network.
/// </summary>
/// <remarks>
/// <para>
/// The objective is written as a constant plus positive weights on products of two literals, one of which may be the
/// constant true. A product c·u·v is a pair of arcs u → not v and v → not u of capacity c: with u true, v must be false or c
/// is paid. Source is true, sink is false. Flow along both arcs of a pair rewrites the function without changing it, so
/// after a maximum flow the residual arcs are a posiform again, with a larger constant: the roof dual bound.
/// </para>
/// <para>
/// A set of true literals that is consistent and closed under residual arcs satisfies every product that it touches, so
/// giving its variables these values never costs anything, whatever the others are. What the source reaches is such a
/// set. The largest is found by strong components of the residual network, as in 2-satisfiability: a literal is true when its component
/// comes after that of its negation, and variables whose two literals share a component stay. The flow found
/// need not treat the two arcs of a pair alike; the mean of it and its mirror image does, and is maximum, too: so an arc counts as
/// residual when it or its mirror has room.
/// </para>
/// E. Boros, P. L. Hammer, Pseudo-Boolean optimization, Discrete Applied Mathematics 123, 2002; E. Boros, P. L. Hammer,
/// R. Sun, G. Tavares, A max-flow approach to improved lower bounds for quadratic unconstrained binary optimization, Discrete
/// Optimization 5(2), 2008; A. Billionnet, B. Jaumard, A decomposition method for minimizing quadratic pseudo-Boolean
/// functions, Operations Research Letters 8(3), 1989.
/// </remarks>
internal sealed class RoofDuality(WorkingQubo qubo, PresolveLimits limits)
{
    private long _scans;

    public int Strong { get; private set; }
    public int Weak { get; private set; }

    /// <summary>Why it was not run, or not to its end; null when it was.</summary>
    public string? Skipped { get; private set; }

    /// <summary>Fixes what is persistent; true when that was anything.</summary>
    public bool Run(Func<bool> shouldStop)
    {
        var terms = (long)qubo.NumLeft + qubo.NumPairs;
        if (terms > limits.MaxFlowTerms)
        {
            Skipped = $"{terms} variables and interactions, the limit is {limits.MaxFlowTerms}";
            return false;
        }
        var network = ImplicationNetwork.Of(qubo);
        var flow = network.ToFlow();
        var value = flow.Run(network.Source, network.Sink, limits.MaxFlowScans - _scans, shouldStop);
        _scans += flow.Scans;
        if (value is null)
        {
            Skipped = _scans > limits.MaxFlowScans ? $"more than {limits.MaxFlowScans} arcs looked at" : "stopped";
            return false;
        }
        return Fix(network, flow);
    }

    private bool Fix(ImplicationNetwork network, MaximumFlow flow)
    {
        var isForced = Reached(network, flow);
        var component = StrongComponents.Of(network.StartWithFalsehood(flow.Start), k => network.ResidualHead(flow, k));
        var before = Strong + Weak;
        for (var v = 0; v < network.Variables.Length; v++)
        {
            var (one, zero) = (component[2 * v], component[2 * v + 1]);
            if (one == zero)
                continue;
            if (isForced[2 * v] || isForced[2 * v + 1])
                Strong++;
            else
                Weak++;
            // Later in the order of implications is a smaller number.
            qubo.Fix(network.Variables[v], isOne: one < zero);
        }
        return Strong + Weak > before;
    }

    /// <summary>Literals that the constant true implies.</summary>
    private static bool[] Reached(ImplicationNetwork network, MaximumFlow flow)
    {
        var isReached = new bool[network.NumNodes];
        var open = new Stack<int>([network.Source]);
        isReached[network.Source] = true;
        while (open.TryPop(out var v))
            for (var k = flow.Start[v]; k < flow.Start[v + 1]; k++)
                if (network.ResidualHead(flow, k) is >= 0 and var w && !isReached[w])
                {
                    isReached[w] = true;
                    open.Push(w);
                }
        return isReached;
    }
}

/// <summary>
/// Node 2v is variable v, 2v + 1 its negation, the last two are true and false: x ^ 1 negates. Slots 4t to 4t + 3 are a
/// product's arc, its reverse, the mirrored arc and the reverse of that: s ^ 2 mirrors.
/// </summary>
internal sealed class ImplicationNetwork
{
    private readonly int[] _tail;
    private readonly long[] _capacity;

    private ImplicationNetwork(int[] variables, int[] tail, long[] capacity) =>
        (Variables, _tail, _capacity) = (variables, tail, capacity);

    /// <summary>Of the working problem, ascending; their places are the variables of the network.</summary>
    public int[] Variables { get; }

    public int NumNodes => 2 * Variables.Length + 2;

    public int Source => 2 * Variables.Length;

    public int Sink => Source + 1;

    public MaximumFlow ToFlow() => new(NumNodes, _tail, _capacity);

    public static ImplicationNetwork Of(WorkingQubo qubo)
    {
        var place = new int[qubo.NumVariables];
        var variables = new int[qubo.NumLeft];
        for (var (i, v) = (0, 0); i < place.Length; i++)
            if (qubo.IsLeft(i))
                (variables[v], place[i]) = (i, v++);

        var linear = Array.ConvertAll(variables, i => qubo.Linear[i]);
        var slots = 4 * (variables.Length + qubo.NumPairs);
        var (tail, capacity, used) = (new int[slots], new long[slots], 0);
        for (var v = 0; v < variables.Length; v++)
        for (var half = qubo.First(variables[v]); half >= 0; half = qubo.Next(half))
        {
            var w = place[qubo.End(half)];
            if (w < v)
                continue;
            var weight = qubo.Weight(half);
            if (weight > 0)
            {
                Add(2 * v, 2 * w, weight);
                continue;
            }
            // -|c|·x·y = |c|·(not x)·y - |c|·y
            Add(2 * v + 1, 2 * w, -weight);
            linear[w] += weight;
        }
        var source = 2 * variables.Length;
        for (var v = 0; v < linear.Length; v++)
            if (linear[v] != 0)
                Add(source, linear[v] > 0 ? 2 * v : 2 * v + 1, Math.Abs(linear[v]));
        return new(variables, tail[..used], capacity[..used]);

        // The product of literals u and v: u → not v, v → not u.
        void Add(int u, int v, long weight)
        {
            (tail[used], tail[used + 1]) = (u, v ^ 1);
            (tail[used + 2], tail[used + 3]) = (v, u ^ 1);
            capacity[used] = capacity[used + 2] = weight;
            used += 4;
        }
    }

    /// <summary>Arc places as in a flow, and one more for the last node: false implies true.</summary>
    public int[] StartWithFalsehood(int[] start)
    {
        var extended = (int[])start.Clone();
        extended[^1]++;
        return extended;
    }

    /// <summary>Where arc place k leads, once both arcs of a pair are treated alike; -1 when there is no room.</summary>
    public int ResidualHead(MaximumFlow flow, int k)
    {
        if (k == flow.Slot.Length)
            return Source;
        var slot = flow.Slot[k];
        return _capacity[slot] + _capacity[slot ^ 2] > 0 ? flow.Head(slot) : -1;
    }
}
