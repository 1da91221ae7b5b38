using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Routing;

namespace QuantumAiWorkflows.Solvers.OrToolsRouting;

/// <summary>Times of a routing problem in whole numbers: durations up, ends of windows and shifts down.</summary>
internal sealed class TimeScale
{
    private readonly WholeScale _scale;

    public TimeScale(RoutingProblem problem)
    {
        var windows = problem.Stops.SelectMany(s => s.Windows);
        IsNeeded = windows.Any() || problem.Vehicles.Any(v => double.IsFinite(v.Latest));
        var starts = windows.Select(w => w.Earliest).Concat(problem.Vehicles.Select(v => v.Earliest));
        var places = DecimalPlaces.None;
        places.Add(starts);
        places.Add(problem.Stops.Select(s => s.ServiceTime));
        int? decimals =
            IsNeeded && places.Count is { } a && problem.Durations.Decimals is { } b ? Math.Max(a, b) : null;
        // Nothing that makes sense happens later: everything driven, served and waited for once.
        var end =
            starts.Max()
            + problem.Stops.Sum(s => s.ServiceTime)
            + (IsNeeded ? (2.0 * problem.Stops.Count + 1) * problem.Durations.Largest : 0)
            + 1;
        _scale = WholeScale.For(decimals, end);
        Horizon = _scale.Up(end);
    }

    /// <summary>False where lateness cannot be: no windows, and no shift that ends.</summary>
    public bool IsNeeded { get; }

    public long Horizon { get; }

    public long Up(double duration) => _scale.Up(duration);

    /// <summary>Null when rounding leaves nothing of it.</summary>
    public (long Earliest, long Latest)? Shift(RoutingVehicle kind) => Between(kind.Earliest, kind.Latest);

    /// <summary>When service may start; empty: at any time. Null when rounding and the end of the last shift leave nothing.</summary>
    public (long Earliest, long Latest)[]? Windows(RoutingStop stop, long end)
    {
        var windows = stop
            .Windows.Select(w => Between(w.Earliest, w.Latest))
            .OfType<(long Earliest, long Latest)>()
            .Where(w => w.Earliest <= end)
            .Select(w => (w.Earliest, Math.Min(w.Latest, end)))
            .ToArray();
        return windows.Length == 0 && stop.Windows.Length > 0 ? null : windows;
    }

    private (long Earliest, long Latest)? Between(double earliest, double latest)
    {
        var (from, to) = (Up(earliest), Math.Min(Horizon, _scale.Down(latest)));
        return from <= to ? (from, to) : null;
    }
}
