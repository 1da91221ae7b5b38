using System.Globalization;
using System.Text.Json;

namespace QuantumAiWorkflows.Problems.FeatureSelection.Validation;

/// <summary>Columns as points in time.</summary>
internal static class Moments
{
    private static readonly string[] IsoFormats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
    ];

    /// <summary>Numbers as they are, dates as seconds; NaN where missing. Null when a value is neither.</summary>
    public static double[]? Of(TableColumn column) => column.Numbers ?? DatesOf(column);

    /// <summary>Seconds since the year 1; a date without an offset is UTC. Null when the column is numeric or a value is no date.</summary>
    public static double[]? DatesOf(TableColumn column)
    {
        if (column.Codes is not { } codes || column.Levels.Count == 0)
            return null;
        var seconds = new double[column.Levels.Count];
        for (var level = 0; level < seconds.Length; level++)
        {
            if (Parse(column.Levels[level]) is not { } moment)
                return null;
            seconds[level] = moment;
        }
        return Array.ConvertAll(codes, code => code < 0 ? double.NaN : seconds[code]);
    }

    /// <param name="level">Canonical JSON of a value.</param>
    private static double? Parse(string level) =>
        level.Length is > 11 and < 40
        && level[0] == '"'
        && DateTimeOffset.TryParseExact(
            JsonSerializer.Deserialize<string>(level),
            IsoFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment
        )
            ? (double)moment.UtcTicks / TimeSpan.TicksPerSecond
            : null;
}
