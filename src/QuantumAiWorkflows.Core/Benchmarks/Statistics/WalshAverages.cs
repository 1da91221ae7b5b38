namespace QuantumAiWorkflows.Benchmarks.Statistics;

/// <summary>
/// All n(n+1)/2 averages (d[i] + d[j]) / 2 with i &lt;= j, sorted: their median estimates the centre of the differences
/// (Hodges and Lehmann, "Estimates of location based on rank tests", Annals of Mathematical Statistics 34, 1963), their
/// ends an interval that keeps its coverage under ties (Noether, JASA 62, 1967).
/// </summary>
public sealed class WalshAverages
{
    private readonly double[] _sorted;
    private readonly int _n;

    /// <param name="differences">At least one.</param>
    public WalshAverages(IReadOnlyList<double> differences)
    {
        _n = differences.Count;
        ArgumentOutOfRangeException.ThrowIfZero(_n, nameof(differences));
        _sorted = new double[_n * (_n + 1) / 2];
        var k = 0;
        for (var i = 0; i < _n; i++)
        for (var j = i; j < _n; j++)
            _sorted[k++] = (differences[i] + differences[j]) / 2;
        Array.Sort(_sorted);
    }

    /// <summary>The Hodges-Lehmann estimate.</summary>
    public double Median
    {
        get
        {
            var middle = _sorted.Length / 2;
            return _sorted.Length % 2 == 1 ? _sorted[middle] : (_sorted[middle - 1] + _sorted[middle]) / 2;
        }
    }

    /// <summary>
    /// Closed interval with coverage of at least 1 - 2 alpha; both ends null where n is too small for any (below 5 at
    /// alpha 0.05).
    /// </summary>
    public (double? Low, double? High) Interval(double alpha)
    {
        var k = SignedRank.CriticalValue(_n, alpha);
        return k < 0 ? (null, null) : (_sorted[k], _sorted[_sorted.Length - 1 - k]);
    }
}
