using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>
/// Distances or durations between all pairs of locations; finite, at least 0, and 0 on the diagonal. Computed when it is first
/// asked for, then kept: 8 bytes a pair, 200 MB at <see cref="MaxLocations"/>.
/// </summary>
public sealed class TravelTable
{
    public const int MaxLocations = 5_000;

    private readonly Lazy<double[]> _values;
    private readonly Lazy<Traits> _traits;

    private sealed record Traits(bool IsSymmetric, int? Decimals, double Largest);

    private TravelTable(int size, Func<double[]> compute)
    {
        Size = size;
        _values = new(compute);
        _traits = new(Examine);
    }

    /// <summary>Locations.</summary>
    public int Size { get; }

    public double this[int from, int to] => _values.Value[from * Size + to];

    public bool IsSymmetric => _traits.Value.IsSymmetric;

    /// <summary>True when every entry is a whole number.</summary>
    public bool IsWhole => Decimals == 0;

    /// <summary>
    /// The fewest decimals, 0 to 3, that every entry has: times 10^decimals all are whole numbers, so that sums can be exact. Null
    /// when some entry has more.
    /// </summary>
    public int? Decimals => _traits.Value.Decimals;

    public double Largest => _traits.Value.Largest;

    /// <summary>From one location to every other, in their order.</summary>
    public ReadOnlySpan<double> Row(int from) => _values.Value.AsSpan(from * Size, Size);

    /// <param name="values">Row by row, size · size of them; kept as they are.</param>
    internal static TravelTable OfMatrix(int size, double[] values) => new(size, () => values);

    internal static TravelTable OfLocations(IReadOnlyList<RoutingLocation> locations, DistanceMetric metric) =>
        new(locations.Count, () => Compute(locations, metric));

    /// <summary>How long the distances take at a speed, in units of distance per unit of time.</summary>
    internal static TravelTable AtSpeed(TravelTable distances, double speed) =>
        new(distances.Size, () => Array.ConvertAll(distances._values.Value, d => d / speed));

    private static double[] Compute(IReadOnlyList<RoutingLocation> locations, DistanceMetric metric)
    {
        var size = locations.Count;
        var values = new double[size * size];
        var (x, y) = (new double[size], new double[size]);
        for (var i = 0; i < size; i++)
            (x[i], y[i]) =
                metric == DistanceMetric.Haversine
                    ? (locations[i].Latitude!.Value, locations[i].Longitude!.Value)
                    : (locations[i].X!.Value, locations[i].Y!.Value);
        for (var i = 0; i < size; i++)
        for (var j = i + 1; j < size; j++)
            values[i * size + j] = values[j * size + i] = metric.Between(x[i], y[i], x[j], y[j]);
        return values;
    }

    private Traits Examine()
    {
        var values = _values.Value;
        var (symmetric, largest) = (true, 0.0);
        var places = DecimalPlaces.None;
        for (var i = 0; i < Size; i++)
        for (var j = 0; j < Size; j++)
        {
            var value = values[i * Size + j];
            largest = Math.Max(largest, value);
            symmetric &= j >= i || value == values[j * Size + i];
            places.Add(value);
        }
        return new(symmetric, places.Count, largest);
    }
}
