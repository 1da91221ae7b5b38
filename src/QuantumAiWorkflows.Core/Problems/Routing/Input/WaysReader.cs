using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing.Input;

/// <summary>Reads how far and how long the ways between locations are.</summary>
internal sealed class WaysReader(RoutingInput input, string pointer, FaultList faults)
{
    /// <summary>Null when a fault was added.</summary>
    public Ways? Read()
    {
        var before = faults.Count;
        var metric = input.Distance.Metric;
        CheckCoordinates(metric);
        double[]? distances = null;
        double[]? durations = null;
        var at = $"{pointer}/distance/matrix";
        if (metric == DistanceMetric.Matrix && input.Distance.Matrix is null)
            faults.Add(FaultCode.MissingMember, at, "The metric matrix needs a matrix.");
        else if (metric != DistanceMetric.Matrix && input.Distance.Matrix is not null)
            faults.Add(
                FaultCode.Conflict,
                at,
                $"Only the metric matrix has a matrix; {JsonNames.Of(metric)} computes one."
            );
        else if (input.Distance.Matrix is { } matrix)
            distances = Square(matrix, at);

        at = $"{pointer}/duration";
        if (input.Duration is { Matrix: null, Speed: null })
            faults.Add(FaultCode.MissingMember, at, "Expected a matrix or a speed; leave duration out for neither.");
        if (input.Duration is { Matrix: not null, Speed: not null })
            faults.Add(FaultCode.Conflict, $"{at}/speed", "A matrix says all; a speed beside it has no use.");
        if (input.Duration?.Matrix is { } times)
            durations = Square(times, $"{at}/matrix");
        if (faults.Count > before)
            return null;
        // Equal functions, equal ids: what says nothing beyond the distances is left out.
        var speed = input.Duration?.Speed is { } given && given != 1 ? given : (double?)null;
        if (distances is not null && durations is not null && distances.AsSpan().SequenceEqual(durations))
            durations = null;
        return new(metric, distances, durations, speed);
    }

    private void CheckCoordinates(DistanceMetric metric)
    {
        for (var i = 0; i < input.Locations.Length && !faults.IsFull; i++)
        {
            var location = input.Locations[i];
            var at = $"{pointer}/locations/{i}";
            CheckPair(location.X, location.Y, "x", "y", at);
            CheckPair(location.Latitude, location.Longitude, "latitude", "longitude", at);
            if (location.X is not null && location.Latitude is not null)
                faults.Add(
                    FaultCode.Conflict,
                    $"{at}/latitude",
                    "Expected x and y, or latitude and longitude; both are given."
                );
            else if (metric == DistanceMetric.Haversine && location.Latitude is null)
                faults.Add(
                    FaultCode.MissingMember,
                    $"{at}/latitude",
                    "haversine needs latitude and longitude of every location."
                );
            else if (metric is not (DistanceMetric.Haversine or DistanceMetric.Matrix) && location.X is null)
                faults.Add(
                    FaultCode.MissingMember,
                    $"{at}/x",
                    $"{JsonNames.Of(metric)} needs x and y of every location."
                );
            else if (metric == DistanceMetric.TsplibGeo && location.Y is { } longitude)
            {
                CheckDegrees(location.X!.Value, 90, $"{at}/x");
                CheckDegrees(longitude, 180, $"{at}/y");
            }
        }
    }

    /// <summary>x and y of tsplibGeo are degrees.</summary>
    private void CheckDegrees(double value, double most, string at)
    {
        if (Math.Abs(value) > most)
            faults.Add(
                FaultCode.OutOfRange,
                at,
                $"Expected degrees from {-most} to {most}, got {CanonicalJson.Number(value)}.",
                value,
                value < 0 ? -most : most
            );
    }

    private void CheckPair(double? first, double? second, string firstName, string secondName, string at)
    {
        if (first is null != second is null)
            faults.Add(
                FaultCode.MissingMember,
                $"{at}/{(first is null ? firstName : secondName)}",
                $"{firstName} and {secondName} belong together; one of them is missing."
            );
    }

    /// <summary>Row by row; null when a fault was added.</summary>
    private double[]? Square(double[][] rows, string at)
    {
        var before = faults.Count;
        var size = input.Locations.Length;
        if (rows.Length != size)
        {
            faults.Add(
                FaultCode.LengthMismatch,
                at,
                $"Expected {size} rows, one for each location, got {rows.Length}.",
                rows.Length,
                size
            );
            return null;
        }
        for (var i = 0; i < size && !faults.IsFull; i++)
            CheckRow(rows[i], i, size, at);
        if (faults.Count > before)
            return null;
        var values = new double[size * size];
        for (var i = 0; i < size; i++)
            rows[i].CopyTo(values, i * size);
        return values;
    }

    private void CheckRow(double[] row, int i, int size, string at)
    {
        if (row.Length != size)
            faults.Add(
                FaultCode.Ragged,
                $"{at}/{i}",
                $"Expected {size} numbers, one for each location, got {row.Length}.",
                row.Length,
                size
            );
        else
            for (var j = 0; j < size; j++)
                if (i == j && row[j] != 0)
                    faults.Add(
                        FaultCode.OutOfRange,
                        $"{at}/{i}/{j}",
                        $"Expected 0 from a location to itself, got {CanonicalJson.Number(row[j])}.",
                        row[j],
                        0
                    );
                else if (row[j] is < 0 or > RoutingInput.MaxNumber)
                    faults.Add(
                        FaultCode.OutOfRange,
                        $"{at}/{i}/{j}",
                        $"Expected 0 to {CanonicalJson.Number(RoutingInput.MaxNumber)}, got {CanonicalJson.Number(row[j])}.",
                        row[j],
                        row[j] < 0 ? 0 : RoutingInput.MaxNumber
                    );
    }
}

/// <summary>How far and how long: what was given, normalized.</summary>
/// <param name="Matrix">Row by row, where the metric is one.</param>
/// <param name="Durations">Row by row, where they are given and differ from the distances.</param>
/// <param name="Speed">Where given and not 1.</param>
internal sealed record Ways(DistanceMetric Metric, double[]? Matrix, double[]? Durations, double? Speed)
{
    public RoutingProblem ToProblem(RoutingLocation[] locations, RoutingVehicle[] vehicles, RoutingStop[] stops)
    {
        var size = locations.Length;
        var distances = Matrix is null
            ? TravelTable.OfLocations(locations, Metric)
            : TravelTable.OfMatrix(size, Matrix);
        var durations =
            Durations is not null ? TravelTable.OfMatrix(size, Durations)
            : Speed is { } speed ? TravelTable.AtSpeed(distances, speed)
            : distances;
        return new(locations, Metric, distances, durations, Speed, vehicles, stops);
    }
}
