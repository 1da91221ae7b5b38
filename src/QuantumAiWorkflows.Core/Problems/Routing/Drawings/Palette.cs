namespace QuantumAiWorkflows.Problems.Routing.Drawings;

/// <summary>Colours of routes from Paul Tol's schemes, which people with colour blindness can tell apart as far as ten can be.</summary>
internal static class Palette
{
    private static readonly string[] Colors =
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

    public static string Of(int route) => Colors[route % Colors.Length];

    /// <summary>Routes beyond the colours have other dashes.</summary>
    public static string Dashes(int route) =>
        (route / Colors.Length % 4) switch
        {
            0 => "none",
            1 => "6 3",
            2 => "2 3",
            _ => "8 3 2 3",
        };
}
