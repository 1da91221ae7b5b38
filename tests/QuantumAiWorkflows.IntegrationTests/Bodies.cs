using System.Globalization;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.IntegrationTests;

/// <summary>Request bodies whose details a test does not care about.</summary>
public static class Bodies
{
    /// <summary>Three variables; its one minimum is -3 at (0, 1, 1).</summary>
    public const string Small = """
        {"family":"qubo","coo":{"numVariables":3,"row":[0,0,1],"col":[0,1,2],"value":[-1,2,-3]}}
        """;

    /// <summary>Whole coefficients from -9 to 9 on every pair.</summary>
    public static string Dense(int numVariables, ulong seed = 1)
    {
        var random = Xoshiro256.FromSeed(seed, "integration");
        var terms = new JsonArray();
        for (var i = 0; i < numVariables; i++)
        for (var j = i; j < numVariables; j++)
            terms.Add(new JsonArray(i, j, random.NextInt32(19) - 9));
        return new JsonObject { ["family"] = "qubo", ["terms"] = terms }.ToJsonString();
    }

    /// <summary>A job from its problem, solver and further members: <c>"seed":7,"budget":{...}</c>.</summary>
    public static string Job(string problem, string solver, string more = "") =>
        $$"""{"problem":{{problem}},"solver":"{{solver}}"{{(more.Length > 0 ? "," : "")}}{{more}}}""";

    /// <summary>Works until it is told to stop.</summary>
    public static string LongJob(double seconds = 300, string more = "") =>
        Job(
            Dense(200),
            "tabu",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                "budget":{"timeSeconds":{{seconds}}}{{(more.Length > 0 ? "," : "")}}{{more}}
                """
            )
        );

    /// <summary>
    /// A qaoa job whose circuit, of thousands of gates with an angle each, takes Q# some tenths of a second to compile, and
    /// whose first state takes more than one.
    /// </summary>
    /// <param name="seed">Another one is another circuit, which is in no cache.</param>
    /// <param name="budget">Its members.</param>
    public static string LongCompilation(ulong seed, string budget) =>
        Job(
            Dense(22, seed),
            "qaoa",
            $$"""
            "options":{"layers":16,"variant":"multiAngle","crossCheckQubits":0},"seed":1,"budget":{{{budget}}}
            """
        );
}
