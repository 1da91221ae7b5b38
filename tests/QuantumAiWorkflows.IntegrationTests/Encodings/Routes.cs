namespace QuantumAiWorkflows.IntegrationTests.Encodings;

/// <summary>Routing problems that are small as QUBOs.</summary>
internal static class Routes
{
    /// <summary>One van through three stops on a line from the depot: 9 variables, best length 6.</summary>
    public static string Tour { get; } = Line("""[{"id":"van","start":"depot","end":"depot","capacities":[9]}]""");

    /// <summary>Two vans of which each takes two stops: best length 8.</summary>
    public static string TwoVans { get; } =
        Line("""[{"id":"van","count":2,"start":"depot","end":"depot","capacities":[2]}]""");

    /// <summary>With a time window, which the encoding does not have.</summary>
    public static string Window { get; } =
        Tour.Replace(
            "\"id\":\"c\"",
            "\"windows\":[{\"earliest\":0,\"latest\":99}],\"id\":\"c\"",
            StringComparison.Ordinal
        );

    /// <summary>Forty stops: 1,600 variables.</summary>
    public static string Large { get; } =
        $$"""
            {"family":"routing","locations":[{"id":"d","x":0,"y":0}],"distance":{"metric":"tsplibEuc2d"},
             "vehicles":[{"id":"van","start":"d","end":"d","capacities":[]}],
             "stops":[{{string.Join(
                ',',
                Enumerable.Range(0, 40).Select(s => $$"""{"id":"s{{s}}","location":"d","demands":[]}""")
            )}}]}
            """;

    private static string Line(string vehicles) =>
        $$"""
            {"family":"routing",
             "locations":[{"id":"depot","x":0,"y":0},{"id":"A","x":1,"y":0},{"id":"B","x":2,"y":0},{"id":"C","x":3,"y":0}],
             "distance":{"metric":"tsplibEuc2d"},
             "vehicles":{{vehicles}},
             "stops":[{"id":"a","location":"A","demands":[1]},{"id":"b","location":"B","demands":[1]},{"id":"c","location":"C","demands":[1]}]}
            """;
}
