using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli.Suites;

/// <summary>
/// The rows of a suite that somebody wants to see again: some of its instances, some of its solvers. To the server that is
/// another suite with a hash of its own, so that a part never passes for the whole.
/// </summary>
/// <param name="Instances">Names of instances; empty: all.</param>
/// <param name="Solvers">Names of entrants, which are their ids by default; empty: all.</param>
internal sealed record SuitePart(IReadOnlyList<string> Instances, IReadOnlyList<string> Solvers)
{
    /// <summary>Takes the rest out of the suite, and says so; what is no suite at all is left for the server to refuse.</summary>
    /// <exception cref="StopException">The suite has no such instance or solver.</exception>
    public void TakeFrom(JsonObject suite, Screen screen)
    {
        if (Instances.Count == 0 && Solvers.Count == 0)
            return;
        var instances = Keep(suite, "instances", "--instance", Instances);
        var solvers = Keep(suite, "solvers", "--solver", Solvers);
        screen.Note($"Part of the suite {suite["name"]}: {instances}, {solvers}. It has a hash of its own.");
    }

    private static string Keep(JsonObject suite, string member, string option, IReadOnlyList<string> wanted)
    {
        if (suite[member] is not JsonArray all)
            return $"no {member}";
        var total = all.Count;
        if (wanted.Count > 0)
        {
            foreach (var name in wanted)
                if (!all.Any(entry => NameOf(entry) == name))
                    throw StopException.Usage(
                        $"{option} {name}: the suite has no such entry; its {member} are {string.Join(", ", all.Select(NameOf))}."
                    );
            all.RemoveAll(entry => !wanted.Contains(NameOf(entry)));
        }
        return $"{all.Count} of {total} {member}";
    }

    private static string? NameOf(JsonNode? entry) =>
        entry is JsonObject named
        && (named["name"] ?? named["id"]) is JsonValue value
        && value.TryGetValue<string>(out var name)
            ? name
            : null;
}
