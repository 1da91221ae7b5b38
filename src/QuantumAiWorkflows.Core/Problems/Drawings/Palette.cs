namespace QuantumAiWorkflows.Problems.Drawings;

/// <summary>The colours of drawings: few that are far apart for lines and bars, and as many as asked for areas that carry text.</summary>
internal static class Palette
{
    public const string Ink = "#222";
    public const string Faint = "#ddd";
    public const string Good = "#2e7d32";
    public const string Warning = "#b26a00";
    public const string Bad = "#c62828";

    /// <summary>From Paul Tol's schemes, which people with colour blindness can tell apart as far as ten can be.</summary>
    private static readonly string[] Lines =
    [
        "#4477aa",
        "#ee6677",
        "#228833",
        "#aa3377",
        "#ccbb44",
        "#66ccee",
        "#ee7733",
        "#009988",
        "#cc3311",
        "#332288",
    ];

    /// <summary>Strong colours; they repeat after ten.</summary>
    public static string Of(int index) => Lines[index % Lines.Length];

    /// <summary>Lines beyond the colours have other dashes.</summary>
    public static string Dashes(int index) =>
        (index / Lines.Length % 4) switch
        {
            0 => "none",
            1 => "6 3",
            2 => "2 3",
            _ => "8 3 2 3",
        };

    /// <summary>
    /// Light enough for black text. Hues a golden angle apart, so that neighbours differ, in lightness too, and no two of the
    /// first hundred are the same; blue first, so that the first two, all that many drawings have, are not red and green.
    /// </summary>
    public static string Area(int index) =>
        FormattableString.Invariant(
            $"hsl({(210 + index * 137.508) % 360:0} {(index / 12 % 2 == 0 ? 65 : 40)}% {(index % 2 == 0 ? 68 : 78)}%)"
        );
}
