using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.ClosedForm;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// An Ising model from which variables are eliminated one by one: fixed to a spin, or made equal or opposite to another
/// variable. Energies stay exact: <see cref="Offset"/> takes what becomes constant. Remembers how every variable follows
/// from those that are left.
/// </summary>
internal sealed class ReducedIsing
{
    private const int Root = -1;
    private const int Fixed = -2;

    private readonly double[] _fields;
    private readonly SortedRow?[] _rows;

    /// <summary>The variable that each one follows; <see cref="Root"/> while it is left, <see cref="Fixed"/> for a spin.</summary>
    private readonly int[] _leader;

    /// <summary>+1 or -1 times the leader, or the spin itself.</summary>
    private readonly sbyte[] _sign;

    private ReducedIsing(double[] fields, SortedRow?[] rows, int[] leader, sbyte[] sign)
    {
        (_fields, _rows, _leader, _sign) = (fields, rows, leader, sign);
        Count = leader.Count(l => l == Root);
    }

    /// <param name="ising">Its offset is left aside.</param>
    public static ReducedIsing From(QuboTerms ising)
    {
        var rows = Adjacency.Of(ising);
        var n = ising.NumVariables;
        var leader = new int[n];
        leader.AsSpan().Fill(Root);
        return new(
            (double[])ising.Linear.Clone(),
            [
                .. Enumerable
                    .Range(0, n)
                    .Select(i =>
                    {
                        var (start, length) = (rows.Start[i], rows.Start[i + 1] - rows.Start[i]);
                        return new SortedRow(rows.Column.AsSpan(start, length), rows.Weight.AsSpan(start, length));
                    }),
            ],
            leader,
            new sbyte[n]
        );
    }

    /// <summary>Variables left.</summary>
    public int Count { get; private set; }

    /// <summary>The energy that every assignment of the variables left has in common.</summary>
    public double Offset { get; private set; }

    public ReducedIsing Clone() =>
        new(
            (double[])_fields.Clone(),
            Array.ConvertAll(_rows, r => r?.Clone()),
            (int[])_leader.Clone(),
            (sbyte[])_sign.Clone()
        )
        {
            Offset = Offset,
        };

    /// <summary>The variable left that i follows and its sign, or <c>null</c> and the spin of i.</summary>
    public (int? Variable, int Sign) Resolve(int i)
    {
        var sign = 1;
        while (_leader[i] != Root)
        {
            sign *= _sign[i];
            if (_leader[i] == Fixed)
                return (null, sign);
            i = _leader[i];
        }
        return (i, sign);
    }

    /// <summary>Gives a variable that is left a spin. O(degree).</summary>
    public void Fix(int i, int spin)
    {
        Offset += _fields[i] * spin;
        var row = _rows[i]!;
        for (var e = 0; e < row.Count; e++)
        {
            var k = row.Columns[e];
            if (IsLeft(k))
                _fields[k] += row.Weights[e] * spin;
        }
        Drop(i, Fixed, spin);
    }

    /// <summary>Makes j equal to sign times i; both are left, and differ. O(degree · log n) where most stay neighbours.</summary>
    public void Substitute(int j, int i, int sign)
    {
        _fields[i] += _fields[j] * sign;
        var (row, target) = (_rows[j]!, _rows[i]!);
        Offset += target.Find(j) * sign;
        for (var e = 0; e < row.Count; e++)
        {
            var (k, weight) = (row.Columns[e], row.Weights[e]);
            if (k == i || !IsLeft(k))
                continue;
            _rows[k]!.Add(i, weight * sign);
            target.Add(k, weight * sign);
        }
        Drop(j, i, sign);
    }

    /// <summary>How many variables a variable that is left interacts with; some of them may be gone.</summary>
    public int Degree(int i) => _rows[i]!.Count;

    /// <summary>The model as it stands; <c>Variables</c> has the original number of each of its variables, ascending.</summary>
    public (IsingGraph Graph, int[] Variables) ToGraph()
    {
        var variables = new int[Count];
        var place = new int[_leader.Length];
        var (next, entries) = (0, 0);
        for (var i = 0; i < _leader.Length; i++)
            if (IsLeft(i))
            {
                (variables[next], place[i]) = (i, next);
                _rows[i]!.Keep(IsLeft);
                entries += _rows[i]!.Count;
                next++;
            }

        var fields = new double[Count];
        var (start, column, weight) = (new int[Count + 1], new int[entries], new double[entries]);
        for (var v = 0; v < Count; v++)
        {
            var row = _rows[variables[v]]!;
            fields[v] = _fields[variables[v]];
            start[v + 1] = start[v] + row.Count;
            for (var e = 0; e < row.Count; e++)
                column[start[v] + e] = place[row.Columns[e]];
            row.Weights.CopyTo(weight.AsSpan(start[v]));
        }
        return (new(fields, start, column, weight), variables);
    }

    /// <summary>Bits of all original variables for spins of those left, in the order of <see cref="ToGraph"/>.</summary>
    public sbyte[] ToBits(ReadOnlySpan<sbyte> spins)
    {
        var place = new int[_leader.Length];
        for (var (i, next) = (0, 0); i < _leader.Length; i++)
            if (IsLeft(i))
                place[i] = next++;
        var bits = new sbyte[_leader.Length];
        for (var i = 0; i < bits.Length; i++)
        {
            var (variable, sign) = Resolve(i);
            var spin = variable is { } v ? sign * spins[place[v]] : sign;
            bits[i] = (sbyte)((1 - spin) / 2);
        }
        return bits;
    }

    private bool IsLeft(int i) => _leader[i] == Root;

    private void Drop(int i, int leader, int sign)
    {
        (_leader[i], _sign[i], _rows[i], _fields[i]) = (leader, (sbyte)sign, null, 0);
        Count--;
    }
}
