using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.ClosedForm;

/// <summary>
/// QAOA with one layer in closed form: the expected cost, every ⟨Z_i⟩ and every ⟨Z_i Z_j⟩ of interacting pairs, for any
/// number of qubits and without a state (Ozaeta, van Dam and McMahon, "Expectation values from the single-layer quantum
/// approximate optimization algorithm on Ising problems", Quantum Sci. Technol. 7, 045036, 2022).
/// </summary>
/// <remarks>
/// With |ψ⟩ = exp(-iβ ΣX) exp(-iγC) |+…+⟩, a = 2γ·field and b = 2γ·weight:
/// <list type="bullet">
/// <item>⟨Z_i⟩ = sin 2β · sin a_i · Π_k cos b_ik</item>
/// <item>⟨Z_i Z_j⟩ = ½ sin 4β · sin b_ij · (cos a_i · Π_{k≠j} cos b_ik + cos a_j · Π_{k≠i} cos b_jk)
/// + ½ sin² 2β · (cos(a_i - a_j) · Π_{k≠i,j} cos(b_ik - b_jk) - cos(a_i + a_j) · Π_{k≠i,j} cos(b_ik + b_jk))</item>
/// </list>
/// Products are multiplied out: cosines may be 0, so none is divided by, and no logarithm is taken. One gamma costs
/// O(Σ over pairs of both degrees) on sparse graphs and O(n·pairs), vectorized, on dense ones; every beta is then free.
/// </remarks>
internal sealed class OneLayer
{
    /// <summary>
    /// From this density on whole rows are multiplied: a factor of a row takes a seventh of the time of a merged neighbour.
    /// </summary>
    private const double DenseFrom = 0.04;

    private const long MaxMatrixBytes = 256_000_000;

    /// <summary>From this density on rows take less than the entries of the lists do, however large they are.</summary>
    private const double AlwaysDenseFrom = 0.4;

    /// <summary>Rows that stay in the second-level cache while all others pass by.</summary>
    private const int Tile = 8;

    private IsingGraph _graph = new([], [0], [], []);
    private double[] _cos = [];
    private double[] _sin = [];

    /// <summary>Product of a row's other cosines, for each entry, [2m].</summary>
    private double[] _others = [];
    private double[] _fieldCos = [];
    private double[] _fieldSin = [];

    /// <summary>⟨Z_i⟩ over sin 2β, [n].</summary>
    private double[] _single = [];

    /// <summary>What ½ sin 4β multiplies in ⟨Z_i Z_j⟩, at the entry of the pair in the smaller variable's row, [2m].</summary>
    private double[] _edge = [];

    /// <summary>What ½ sin² 2β multiplies, likewise.</summary>
    private double[] _pair = [];

    private bool _isDense;
    private int _padded;
    private double[] _cosRows = [];
    private double[] _sinRows = [];

    /// <summary>Takes a problem; arrays are kept for one that is not larger.</summary>
    /// <param name="isDense">Null: chosen by density and size.</param>
    public OneLayer Load(IsingGraph graph, bool? isDense = null)
    {
        _graph = graph;
        var (n, entries) = (graph.Count, graph.Column.Length);
        if (_cos.Length < entries)
        {
            (_cos, _sin, _others) = (new double[entries], new double[entries], new double[entries]);
            (_edge, _pair) = (new double[entries], new double[entries]);
        }
        if (_single.Length < n)
            (_fieldCos, _fieldSin, _single) = (new double[n], new double[n], new double[n]);

        _padded = (n + PairProducts.Lanes - 1) / PairProducts.Lanes * PairProducts.Lanes;
        var size = (long)n * _padded;
        _isDense = isDense ?? IsDense(n, entries);
        Work = WorkOf([.. Enumerable.Range(0, n).Select(i => graph.Start[i + 1] - graph.Start[i])]);
        if (!_isDense)
            return this;
        if (_cosRows.Length < size)
            (_cosRows, _sinRows) = (new double[size], new double[size]);
        _cosRows.AsSpan(0, (int)size).Fill(1);
        _sinRows.AsSpan(0, (int)size).Clear();
        return this;
    }

    /// <summary>Of the last gamma evaluated.</summary>
    public MixerCurve Curve { get; private set; }

    /// <summary>What the time of one evaluation is proportional to: see <see cref="WorkOf"/>.</summary>
    public double Work { get; private set; }

    /// <summary>
    /// Eight factors of a dense row, or the time that they take: about 2 ns. Merging a neighbour of a sparse list takes 2.5
    /// times as long.
    /// </summary>
    /// <param name="degrees">Of all variables.</param>
    public static double WorkOf(IReadOnlyCollection<int> degrees)
    {
        var (n, entries) = (degrees.Count, degrees.Sum(d => (double)d));
        return IsDense(n, entries) ? entries / 2 * (n / 8.0 + 4) : 2.5 * degrees.Sum(d => (double)d * d);
    }

    /// <summary>Computes <see cref="Curve"/> and all correlations for a gamma.</summary>
    /// <param name="isOver">Asked after every few rows; true ends the computation.</param>
    /// <returns>False when it was interrupted: nothing of this gamma can then be used.</returns>
    public bool Evaluate(double gamma, Func<bool> isOver)
    {
        VectorSinCos.Fill(_graph.Weight, 2 * gamma, _cos, _sin);
        VectorSinCos.Fill(_graph.Fields, 2 * gamma, _fieldCos, _fieldSin);
        var field = 0.0;
        for (var i = 0; i < _graph.Count; i++)
        {
            _single[i] = _fieldSin[i] * MultiplyOthers(i);
            field += _graph.Fields[i] * _single[i];
        }
        if (!(_isDense ? PairsOfRows(isOver) : PairsOfLists(isOver)))
            return false;

        var (edge, pair) = (0.0, 0.0);
        for (var i = 0; i < _graph.Count; i++)
        for (var e = _graph.Start[i]; e < _graph.Start[i + 1]; e++)
            if (_graph.Column[e] > i)
            {
                edge += _graph.Weight[e] * _edge[e];
                pair += _graph.Weight[e] * _pair[e];
            }
        Curve = new(field, edge, pair);
        return true;
    }

    /// <summary>The best beta at a gamma and its cost; null when the evaluation was interrupted.</summary>
    public OneLayerAngles? Lowest(double gamma, Func<bool> isOver)
    {
        if (!Evaluate(gamma, isOver))
            return null;
        var (beta, cost) = Curve.Lowest();
        return new(gamma, beta, cost);
    }

    /// <summary>
    /// ⟨Z_i⟩, [n], and ⟨Z_i Z_j⟩ beside the graph's columns, [2m], set where the column is larger than the row; at the last
    /// gamma.
    /// </summary>
    public (double[] Single, double[] Pair) Correlations(double beta)
    {
        var (sin, cos) = Math.SinCos(2 * beta);
        var (single, pair) = (new double[_graph.Count], new double[_graph.Column.Length]);
        for (var i = 0; i < single.Length; i++)
        {
            single[i] = sin * _single[i];
            for (var e = _graph.Start[i]; e < _graph.Start[i + 1]; e++)
                if (_graph.Column[e] > i)
                    pair[e] = sin * (cos * _edge[e] + sin / 2 * _pair[e]);
        }
        return (single, pair);
    }

    private static bool IsDense(int n, double entries)
    {
        var (density, size) = (entries / n / n, (double)n * (n + PairProducts.Lanes));
        return size <= Array.MaxLength
            && (density >= AlwaysDenseFrom || (density >= DenseFrom && 2 * sizeof(double) * size <= MaxMatrixBytes));
    }

    /// <summary>Products of a row's cosines without each one of them, from both ends; returns the product of all.</summary>
    private double MultiplyOthers(int i)
    {
        var (start, end) = (_graph.Start[i], _graph.Start[i + 1]);
        var product = 1.0;
        for (var e = start; e < end; e++)
        {
            _others[e] = product;
            product *= _cos[e];
        }
        var after = 1.0;
        for (var e = end - 1; e >= start; e--)
        {
            _others[e] *= after;
            after *= _cos[e];
        }
        return product;
    }

    private bool PairsOfLists(Func<bool> isOver)
    {
        var merged = 0L;
        for (var i = 0; i < _graph.Count; i++)
        {
            for (var e = _graph.Start[i]; e < _graph.Start[i + 1]; e++)
                if (_graph.Column[e] > i)
                    Set(i, e, PairProducts.Sparse(_graph, _cos, _sin, i, _graph.Column[e]));
            merged += (long)(_graph.Start[i + 1] - _graph.Start[i]) * (_graph.Start[i + 1] - _graph.Start[i]);
            if (merged >= PollFactors)
            {
                merged = 0;
                if (isOver())
                    return false;
            }
        }
        return true;
    }

    private bool PairsOfRows(Func<bool> isOver)
    {
        for (var i = 0; i < _graph.Count; i++)
        for (var e = _graph.Start[i]; e < _graph.Start[i + 1]; e++)
        {
            var at = i * _padded + _graph.Column[e];
            (_cosRows[at], _sinRows[at]) = (_cos[e], _sin[e]);
        }

        var multiplied = 0L;
        var next = new int[Tile];
        for (var first = 0; first < _graph.Count; first += Tile)
        {
            var rows = Math.Min(Tile, _graph.Count - first);
            for (var r = 0; r < rows; r++)
                next[r] = FirstAfter(first + r);
            // The tile's rows against every later one that some of them interact with, in ascending order.
            while (true)
            {
                var j = int.MaxValue;
                for (var r = 0; r < rows; r++)
                    if (next[r] < _graph.Start[first + r + 1])
                        j = Math.Min(j, _graph.Column[next[r]]);
                if (j == int.MaxValue)
                    break;
                for (var r = 0; r < rows; r++)
                    if (next[r] < _graph.Start[first + r + 1] && _graph.Column[next[r]] == j)
                    {
                        Set(first + r, next[r], WithoutEachOther(first + r, j, next[r]));
                        next[r]++;
                        multiplied += _padded;
                    }
                if (multiplied >= PollFactors)
                {
                    multiplied = 0;
                    if (isOver())
                        return false;
                }
            }
        }
        return true;
    }

    /// <summary>The first entry of a row whose column is larger.</summary>
    private int FirstAfter(int i)
    {
        var row = _graph.Column.AsSpan(_graph.Start[i], _graph.Start[i + 1] - _graph.Start[i]);
        return _graph.Start[i] + ~row.BinarySearch(i);
    }

    /// <summary>Factors between two looks at the clock: about a tenth of a millisecond.</summary>
    private const int PollFactors = 1 << 17;

    private (double Sum, double Difference) WithoutEachOther(int i, int j, int entry)
    {
        var (rowI, rowJ) = (i * _padded, j * _padded);
        (_cosRows[rowI + j], _cosRows[rowJ + i]) = (1, 1);
        (_sinRows[rowI + j], _sinRows[rowJ + i]) = (0, 0);
        var products = PairProducts.Dense(
            _cosRows.AsSpan(rowI, _padded),
            _sinRows.AsSpan(rowI, _padded),
            _cosRows.AsSpan(rowJ, _padded),
            _sinRows.AsSpan(rowJ, _padded)
        );
        _cosRows[rowI + j] = _cosRows[rowJ + i] = _cos[entry];
        _sinRows[rowI + j] = _sinRows[rowJ + i] = _sin[entry];
        return products;
    }

    private void Set(int i, int entry, (double Sum, double Difference) products)
    {
        var j = _graph.Column[entry];
        var (cos, sin) = (_fieldCos[i] * _fieldCos[j], _fieldSin[i] * _fieldSin[j]);
        _edge[entry] = _sin[entry] * (_fieldCos[i] * _others[entry] + _fieldCos[j] * _others[_graph.Reverse[entry]]);
        _pair[entry] = (cos + sin) * products.Difference - (cos - sin) * products.Sum;
    }
}
