namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>How distances follow from locations. The tsplib ones are those of Reinelt, "TSPLIB 95", 1995, section 2.</summary>
public enum DistanceMetric
{
    /// <summary>Straight lines between x and y, as doubles.</summary>
    Euclidean,

    /// <summary>EUC_2D: straight lines, each rounded to the nearest whole number.</summary>
    TsplibEuc2d,

    /// <summary>CEIL_2D: straight lines, each rounded up.</summary>
    TsplibCeil2d,

    /// <summary>ATT: straight lines over √10, rounded up in most cases.</summary>
    TsplibAtt,

    /// <summary>GEO: whole kilometres on a sphere; x is the latitude, y the longitude, both as degrees.minutes.</summary>
    TsplibGeo,

    /// <summary>Straight lines, each cut after the first decimal: the convention of the DIMACS challenge for time windows.</summary>
    TruncatedOneDecimal,

    /// <summary>Metres along great circles of the mean Earth, between latitude and longitude in decimal degrees.</summary>
    Haversine,

    /// <summary>Given as numbers.</summary>
    Matrix,
}

internal static class DistanceRules
{
    /// <summary>Mean radius R1 of the Earth, in metres (IUGG; Moritz, "Geodetic Reference System 1980").</summary>
    private const double EarthRadius = 6_371_008.8;

    /// <summary>From a location to itself it is always 0; this is for two of them. Symmetric.</summary>
    /// <param name="x1">Latitude for <see cref="DistanceMetric.Haversine"/>.</param>
    /// <param name="y1">Longitude for <see cref="DistanceMetric.Haversine"/>.</param>
    public static double Between(this DistanceMetric metric, double x1, double y1, double x2, double y2) =>
        metric switch
        {
            DistanceMetric.Euclidean => Line(x1, y1, x2, y2),
            DistanceMetric.TsplibEuc2d => Math.Floor(Line(x1, y1, x2, y2) + 0.5),
            DistanceMetric.TsplibCeil2d => Math.Ceiling(Line(x1, y1, x2, y2)),
            DistanceMetric.TsplibAtt => Att(x1, y1, x2, y2),
            DistanceMetric.TsplibGeo => Geo(x1, y1, x2, y2),
            DistanceMetric.TruncatedOneDecimal => Math.Floor(10 * Line(x1, y1, x2, y2)) / 10,
            DistanceMetric.Haversine => GreatCircle(x1, y1, x2, y2),
            _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Distances of a matrix are given."),
        };

    private static double Line(double x1, double y1, double x2, double y2)
    {
        var (dx, dy) = (x1 - x2, y1 - y2);
        return Math.Sqrt(dx * dx + dy * dy);
    }

    private static double Att(double x1, double y1, double x2, double y2)
    {
        var (dx, dy) = (x1 - x2, y1 - y2);
        var length = Math.Sqrt((dx * dx + dy * dy) / 10);
        var rounded = Math.Floor(length + 0.5);
        return rounded < length ? rounded + 1 : rounded;
    }

    private static double Geo(double x1, double y1, double x2, double y2)
    {
        // TSPLIB's own constants: more digits would give other lengths.
        const double pi = 3.141592;
        const double radius = 6378.388;
        static double Radians(double value)
        {
            var degrees = Math.Truncate(value);
            return pi * (degrees + 5 * (value - degrees) / 3) / 180;
        }
        var q1 = Math.Cos(Radians(y1) - Radians(y2));
        var q2 = Math.Cos(Radians(x1) - Radians(x2));
        var q3 = Math.Cos(Radians(x1) + Radians(x2));
        return Math.Floor(radius * Math.Acos(Math.Clamp(0.5 * ((1 + q1) * q2 - (1 - q1) * q3), -1, 1)) + 1);
    }

    private static double GreatCircle(double latitude1, double longitude1, double latitude2, double longitude2)
    {
        const double degree = Math.PI / 180;
        var sinLatitude = Math.Sin((latitude1 - latitude2) * degree / 2);
        var sinLongitude = Math.Sin((longitude1 - longitude2) * degree / 2);
        var h =
            sinLatitude * sinLatitude
            + Math.Cos(latitude1 * degree) * Math.Cos(latitude2 * degree) * sinLongitude * sinLongitude;
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }
}
