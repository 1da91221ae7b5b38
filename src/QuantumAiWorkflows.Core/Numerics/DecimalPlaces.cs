namespace QuantumAiWorkflows.Numerics;

/// <summary>
/// The fewest decimals that all of some doubles have. A value has k decimals when it is the double nearest to a whole number
/// over 10^k: 18.6 has one although no double is 18.6. Such values are added exactly as whole numbers of 10^-k.
/// </summary>
public struct DecimalPlaces
{
    /// <summary>More than this is taken for a measurement, not for decimals.</summary>
    public const int Most = 3;

    private static readonly double[] Powers = [1, 10, 100, 1000, 1e4, 1e5, 1e6];

    private int _count;

    /// <summary>Of no values: 0 decimals.</summary>
    public static DecimalPlaces None => default;

    /// <summary>Null when some value has more than <see cref="Most"/>.</summary>
    public readonly int? Count => _count <= Most ? _count : null;

    /// <param name="value">Infinities have no decimals.</param>
    public void Add(double value)
    {
        while (_count <= Most && double.IsFinite(value) && Math.Round(value * Powers[_count]) / Powers[_count] != value)
            _count++;
    }

    public void Add(IEnumerable<double> values)
    {
        foreach (var value in values)
            Add(value);
    }

    /// <summary>10^places, for places from 0 to 6.</summary>
    public static double Power(int places) => Powers[places];
}
