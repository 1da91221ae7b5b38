using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>Turns names of features into indices, with a fault for each that is unknown or given twice.</summary>
internal sealed class NameReader
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    public NameReader(IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
            _indices.TryAdd(names[i], i);
    }

    public int? Find(string name) => _indices.TryGetValue(name, out var index) ? index : null;

    /// <summary>The index, or null with a fault.</summary>
    public int? Find(string name, string pointer, FaultList faults)
    {
        if (Find(name) is { } index)
            return index;
        faults.Add(FaultCode.IndexOutOfRange, pointer, $"No feature is named \"{Short(name)}\".", Short(name));
        return null;
    }

    /// <summary>Ascending and without the names that are wrong, each of which has a fault.</summary>
    public int[] FindAll(IReadOnlyList<string> names, string pointer, FaultList faults)
    {
        var found = new SortedSet<int>();
        for (var i = 0; i < names.Count; i++)
            if (Find(names[i], $"{pointer}/{i}", faults) is { } index && !found.Add(index))
                faults.Add(FaultCode.DuplicateEntry, $"{pointer}/{i}", $"\"{Short(names[i])}\" is given twice.");
        return [.. found];
    }

    public static string Short(string name) => name.Length <= 60 ? name : $"{name[..57]}...";
}
