using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>Indices of the chosen features, ascending.</summary>
public sealed record FeatureSelectionSolution : Solution
{
    public FeatureSelectionSolution(IEnumerable<int> features) => Features = [.. features.Order()];

    public IReadOnlyList<int> Features { get; }

    public override int CompareTo(Solution? other)
    {
        if (other is not FeatureSelectionSolution o)
            return 1;
        for (var i = 0; i < Math.Min(Features.Count, o.Features.Count); i++)
            if (Features[i] != o.Features[i])
                return Features[i].CompareTo(o.Features[i]);
        return Features.Count.CompareTo(o.Features.Count);
    }

    public bool Equals(FeatureSelectionSolution? other) => other is not null && Features.SequenceEqual(other.Features);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var feature in Features)
            hash.Add(feature);
        return hash.ToHashCode();
    }

    internal static FeatureSelectionSolution? Read(
        JsonElement element,
        FeatureSelectionProblem problem,
        string pointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        if (StrictJson.Read<Wire>(element, pointer, faults) is not { } wire)
            return null;
        var features = new HashSet<int>();
        for (var i = 0; i < wire.Features.Count; i++)
            if (problem.IndexOf(wire.Features[i]) is not { } index)
                faults.Add(
                    FaultCode.IndexOutOfRange,
                    $"{pointer}/features/{i}",
                    $"The problem has no feature \"{NameReader.Short(wire.Features[i])}\"."
                );
            else if (!features.Add(index))
                faults.Add(
                    FaultCode.DuplicateEntry,
                    $"{pointer}/features/{i}",
                    $"Feature \"{NameReader.Short(wire.Features[i])}\" is given twice."
                );
        return faults.Count == before ? new(features) : null;
    }

    internal JsonObject ToJson(FeatureSelectionProblem problem) =>
        new() { ["features"] = new JsonArray([.. Features.Select(f => (JsonNode)problem.Names[f])]) };

    private sealed record Wire
    {
        [Length(0, FeatureTable.MaxChosen)]
        public required IReadOnlyList<string> Features { get; init; }
    }
}
