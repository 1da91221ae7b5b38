using System.Globalization;
using QuantumAiWorkflows.Benchmarks.Metrics;

namespace QuantumAiWorkflows.Benchmarks.Reports.Html;

/// <summary>Values as a reader sees them; a dash where there is none.</summary>
internal static class Shown
{
    public const string None = "–";

    /// <summary>Four digits; an exponent only where plain digits would be long.</summary>
    public static string Number(double? value) => value?.ToString("G4", CultureInfo.InvariantCulture) ?? None;

    public static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Percent(double? share) => Number(100 * share);

    /// <summary>A share in percent with its Wilson interval.</summary>
    public static string Share(Measurement share)
    {
        var wilson = share.Intervals.FirstOrDefault(i => i.Method == "wilson");
        return wilson is null
            ? Percent(share.Value)
            : $"{Percent(share.Value)} [{Percent(wilson.Low)}, {Percent(wilson.High)}]";
    }

    /// <summary>Six digits: enough for a picture, and half the size of a page that holds thousands of them.</summary>
    public static double Drawn(double value) =>
        double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
