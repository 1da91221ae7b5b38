using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo.Generators;
using QuantumAiWorkflows.Problems.Roster.Generators;
using QuantumAiWorkflows.Problems.Routing.Generators;
using QuantumAiWorkflows.Problems.Scheduling.Generators;

namespace QuantumAiWorkflows.Problems;

/// <summary>Makes problems of a kind at random: equal parameters and seed give an equal problem id, on every machine.</summary>
public abstract class ProblemGenerator
{
    /// <summary>Stable kebab-case id.</summary>
    public abstract string Id { get; }

    public abstract string Title { get; }

    public abstract ProblemFamily Family { get; }

    public abstract JsonObject ParametersSchema { get; }

    /// <summary>Null when a fault was added: the parameters are not as <see cref="ParametersSchema"/> says, or no such problem exists.</summary>
    /// <param name="seed">0 to 2^53 - 1.</param>
    public abstract Problem? Generate(JsonElement parameters, long seed, string pointer, FaultList faults);
}

/// <summary>Base of generators: reads the parameters strictly.</summary>
public abstract class ProblemGenerator<TParameters> : ProblemGenerator
    where TParameters : class
{
    public sealed override JsonObject ParametersSchema => JsonSchemas.Of(typeof(TParameters));

    public sealed override Problem? Generate(JsonElement parameters, long seed, string pointer, FaultList faults) =>
        StrictJson.Read<TParameters>(parameters, pointer, faults) is { } given
            ? Generate(given, seed, pointer, faults)
            : null;

    protected abstract Problem? Generate(TParameters parameters, long seed, string pointer, FaultList faults);
}

/// <summary>THE list of generators: to add one, a file in its family's Generators folder and a line here.</summary>
public static class ProblemGenerators
{
    public static IReadOnlyList<ProblemGenerator> All { get; } =
    [
        new RandomQuboGenerator(),
        new PalubeckisQuboGenerator(),
        new BeasleyQuboGenerator(),
        new RandomMaxCutGenerator(),
        new RegularMaxCutGenerator(),
        new RandomRoutingGenerator(),
        new RandomRosterGenerator(),
        new JobShopGenerator(),
    ];

    public static ProblemGenerator? Find(string id) =>
        All.FirstOrDefault(g => string.Equals(g.Id, id, StringComparison.Ordinal));
}
