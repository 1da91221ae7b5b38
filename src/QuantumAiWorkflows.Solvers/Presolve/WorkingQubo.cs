using System.Diagnostics;

namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// A QUBO that shrinks: minimize Constant + Σ Linear·x + Σ weight·x·y in whole numbers. Variables are fixed or eliminated
/// one by one; every step keeps an optimum and is noted, so that an assignment of what is left can be taken back to all
/// variables.
/// </summary>
/// <remarks>
/// Interactions are linked lists of half-edges: 2k lies in the list of one end and 2k + 1 in that of the other, each
/// naming the opposite end. Removing one is O(1), and no step adds more of them than it removes, so nothing grows.
/// Magnitudes never sum to more than <see cref="IntegerModel.Limit"/>: no sum here overflows, and every energy of
/// what is left is exact in doubles, too.
/// </remarks>
internal sealed class WorkingQubo
{
    private readonly int[] _first;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly int[] _end;
    private readonly long[] _weight;
    private readonly long[] _low;
    private readonly long[] _high;
    private readonly bool[] _isLeft;
    private readonly Stack<Step> _steps = [];
    private readonly Queue<int> _changed = [];
    private readonly bool[] _isQueued;
    private Dictionary<long, int>? _pairs;
    private long _magnitude;

    /// <summary>A variable's value by those of up to two others: bit y + 2z of Values for (y, z); -1 for no such variable.</summary>
    private readonly record struct Step(int Variable, int First, int Second, int Values);

    public WorkingQubo(IntegerModel model)
    {
        var n = model.Linear.Length;
        Constant = model.Constant;
        Linear = [.. model.Linear];
        Degree = new int[n];
        _first = new int[n];
        Array.Fill(_first, -1);
        _low = new long[n];
        _high = new long[n];
        _isLeft = new bool[n];
        Array.Fill(_isLeft, true);
        _isQueued = new bool[n];
        NumLeft = n;
        NumPairs = model.Value.Length;
        _next = new int[2 * NumPairs];
        _previous = new int[2 * NumPairs];
        _end = new int[2 * NumPairs];
        _weight = [.. model.Value];
        _magnitude = Math.Abs(Constant);
        foreach (var coefficient in Linear)
            _magnitude += Math.Abs(coefficient);
        for (var k = 0; k < NumPairs; k++)
        {
            var (i, j, w) = (model.Row[k], model.Column[k], model.Value[k]);
            Link(2 * k, i, j);
            Link(2 * k + 1, j, i);
            Account(i, j, w, 1);
        }
        for (var i = 0; i < n; i++)
            Touch(i);
    }

    public long Constant { get; private set; }

    public long[] Linear { get; }

    public int[] Degree { get; }

    public int NumVariables => Linear.Length;

    /// <summary>Variables neither fixed nor eliminated.</summary>
    public int NumLeft { get; private set; }

    /// <summary>Interactions among them.</summary>
    public int NumPairs { get; private set; }

    public bool IsLeft(int i) => _isLeft[i];

    /// <summary>The least change that setting i to 1 makes, over all values of its neighbours.</summary>
    public long Least(int i) => Linear[i] + _low[i];

    /// <summary>The largest.</summary>
    public long Most(int i) => Linear[i] + _high[i];

    /// <summary>First half-edge of i, or -1; the others follow by <see cref="Next"/>.</summary>
    public int First(int i) => _first[i];

    public int Next(int half) => _next[half];

    /// <summary>The neighbour that a half-edge leads to.</summary>
    public int End(int half) => _end[half];

    /// <summary>The interaction's number: that of the model, for one that was there from the start.</summary>
    public static int Pair(int half) => half >> 1;

    public long Weight(int half) => _weight[half >> 1];

    /// <summary>The next variable whose coefficients have changed since it was last handed out; all of them at first.</summary>
    public bool TryNextChanged(out int variable)
    {
        while (_changed.TryDequeue(out variable))
        {
            _isQueued[variable] = false;
            if (_isLeft[variable])
                return true;
        }
        return false;
    }

    public void Fix(int i, bool isOne)
    {
        if (isOne)
        {
            for (var half = _first[i]; half >= 0; half = _next[half])
                AddLinear(_end[half], Weight(half));
            AddConstant(Linear[i]);
        }
        Leave(new(i, -1, -1, isOne ? 1 : 0));
    }

    /// <summary>Replaces a variable with one neighbour y by min over x of a·x + w·x·y, a linear function of y.</summary>
    public void EliminateDegreeOne(int i)
    {
        Debug.Assert(Degree[i] == 1, "exactly one neighbour");
        var (y, a, w) = (_end[_first[i]], Linear[i], Weight(_first[i]));
        AddLinear(y, Math.Min(0, a + w) - Math.Min(0, a));
        AddConstant(Math.Min(0, a));
        Leave(new(i, y, -1, (a < 0 ? 1 : 0) | (a + w < 0 ? 2 : 0)));
    }

    /// <summary>
    /// Replaces a variable with two neighbours y and z by min over x of a·x + b·x·y + c·x·z: a constant, two linear
    /// terms and a coupling of y and z. False, and nothing done, when that would take magnitudes beyond the limit.
    /// </summary>
    public bool TryEliminateDegreeTwo(int i)
    {
        Debug.Assert(Degree[i] == 2, "exactly two neighbours");
        var (one, two) = (_first[i], _next[_first[i]]);
        var (y, z) = (_end[one], _end[two]);
        var (a, b, c) = (Linear[i], Weight(one), Weight(two));
        var none = Math.Min(0, a);
        var (onlyY, onlyZ, both) = (Math.Min(0, a + b), Math.Min(0, a + c), Math.Min(0, a + b + c));
        var coupling = both - onlyY - onlyZ + none;
        var growth = Math.Abs(none) + Math.Abs(onlyY - none) + Math.Abs(onlyZ - none) + Math.Abs(coupling);
        if (_magnitude + growth > IntegerModel.Limit)
            return false;

        var joint = Pairs().TryGetValue(Key(y, z), out var known) ? known : -1;
        AddLinear(y, onlyY - none);
        AddLinear(z, onlyZ - none);
        AddConstant(none);
        Leave(new(i, y, z, (a < 0 ? 1 : 0) | (a + b < 0 ? 2 : 0) | (a + c < 0 ? 4 : 0) | (a + b + c < 0 ? 8 : 0)));
        if (coupling == 0)
            return true;
        if (joint >= 0)
            AddWeight(joint, coupling);
        else
            // In the place of an interaction of i: it has just become free.
            Join(one >> 1, y, z, coupling);
        return true;
    }

    /// <summary>Gives every variable that is not left its value, from those that are. O(n).</summary>
    public void Complete(Span<sbyte> bits)
    {
        // Latest first: a step's neighbours were still there when it was made.
        foreach (var step in _steps)
        {
            var at = (step.First < 0 ? 0 : bits[step.First]) + (step.Second < 0 ? 0 : 2 * bits[step.Second]);
            bits[step.Variable] = (sbyte)((step.Values >> at) & 1);
        }
    }

    private void Leave(Step step)
    {
        var i = step.Variable;
        for (var half = _first[i]; half >= 0; half = _next[half])
            Separate(half >> 1, i, _end[half], half ^ 1);
        _first[i] = -1;
        _magnitude -= Math.Abs(Linear[i]);
        Linear[i] = 0;
        _isLeft[i] = false;
        NumLeft--;
        _steps.Push(step);
    }

    /// <summary>Takes an interaction of i away from its neighbour's list; i's own list is about to go.</summary>
    private void Separate(int pair, int i, int neighbour, int half)
    {
        Account(i, neighbour, _weight[pair], -1);
        Unlink(half, neighbour);
        _pairs?.Remove(Key(i, neighbour));
        NumPairs--;
        Touch(neighbour);
    }

    private void Join(int pair, int y, int z, long weight)
    {
        _weight[pair] = weight;
        Link(2 * pair, y, z);
        Link(2 * pair + 1, z, y);
        Account(y, z, weight, 1);
        Pairs()[Key(y, z)] = pair;
        NumPairs++;
    }

    private void AddWeight(int pair, long by)
    {
        var (y, z) = (_end[2 * pair + 1], _end[2 * pair]);
        Account(y, z, _weight[pair], -1);
        _weight[pair] += by;
        if (_weight[pair] != 0)
        {
            Account(y, z, _weight[pair], 1);
            return;
        }
        Unlink(2 * pair, y);
        Unlink(2 * pair + 1, z);
        Pairs().Remove(Key(y, z));
        NumPairs--;
    }

    private void AddLinear(int i, long by)
    {
        _magnitude -= Math.Abs(Linear[i]);
        Linear[i] += by;
        _magnitude += Math.Abs(Linear[i]);
        Touch(i);
    }

    private void AddConstant(long by)
    {
        _magnitude -= Math.Abs(Constant);
        Constant += by;
        _magnitude += Math.Abs(Constant);
    }

    /// <summary>Adds an interaction to the sums over its two rows, or takes it out (times -1).</summary>
    private void Account(int i, int j, long weight, int times)
    {
        var sums = weight < 0 ? _low : _high;
        sums[i] += times * weight;
        sums[j] += times * weight;
        _magnitude += times * Math.Abs(weight);
    }

    private void Link(int half, int from, int to)
    {
        _end[half] = to;
        _previous[half] = -1;
        _next[half] = _first[from];
        if (_next[half] >= 0)
            _previous[_next[half]] = half;
        _first[from] = half;
        Degree[from]++;
    }

    private void Unlink(int half, int from)
    {
        var (before, after) = (_previous[half], _next[half]);
        if (before >= 0)
            _next[before] = after;
        else
            _first[from] = after;
        if (after >= 0)
            _previous[after] = before;
        Degree[from]--;
    }

    private void Touch(int i)
    {
        if (_isQueued[i])
            return;
        _isQueued[i] = true;
        _changed.Enqueue(i);
    }

    /// <summary>Which interaction joins two variables: made when first asked for, as most problems have no use for it.</summary>
    private Dictionary<long, int> Pairs()
    {
        if (_pairs is not null)
            return _pairs;
        _pairs = new(NumPairs);
        for (var i = 0; i < NumVariables; i++)
        for (var half = _first[i]; half >= 0; half = _next[half])
            if (_end[half] > i)
                _pairs.Add(Key(i, _end[half]), half >> 1);
        return _pairs;
    }

    private static long Key(int i, int j) => i < j ? ((long)i << 32) | (uint)j : ((long)j << 32) | (uint)i;
}
