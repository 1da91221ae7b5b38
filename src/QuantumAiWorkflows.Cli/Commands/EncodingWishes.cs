using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary>
/// What <c>--encoding NAME=VALUE</c> says, as a job's member <c>encoding</c>: <c>policy</c> is that of its penalties,
/// <c>penalty.NAME</c> the penalty of one constraint or kind, every other name a member. The service judges names and values.
/// </summary>
internal static class EncodingWishes
{
    private const string Policy = "policy";
    private const string OfConstraint = "penalty.";

    /// <summary>Null without any.</summary>
    public static JsonObject? Read(IReadOnlyList<string> wishes)
    {
        if (wishes.Count == 0)
            return null;
        var (encoding, penalty, values) = (new JsonObject(), new JsonObject(), new JsonObject());
        foreach (var (name, value) in wishes.Select(w => NameValue.Parse("--encoding", w)))
            if (name == Policy)
                penalty["policy"] = value;
            else if (name.StartsWith(OfConstraint, StringComparison.Ordinal))
                values[name[OfConstraint.Length..]] = value;
            else
                encoding[name] = value;
        if (values.Count > 0)
            penalty["values"] = values;
        if (penalty.Count > 0)
            encoding["penalty"] = penalty;
        return encoding;
    }
}
