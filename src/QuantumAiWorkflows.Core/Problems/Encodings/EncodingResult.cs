using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>What came of an encoding. Closed: the only cases are the ones nested here.</summary>
public abstract record EncodingResult
{
    private EncodingResult() { }

    public sealed record Encoded(QuboEncoding Encoding) : EncodingResult;

    /// <summary>This problem has no such encoding.</summary>
    /// <param name="Reason">Shown to the client, with the numbers.</param>
    public sealed record Refused(string Reason, double? Needed = null, double? Limit = null, string? Unit = null)
        : EncodingResult;

    /// <summary>A request that reads well but does not fit the problem.</summary>
    /// <param name="Faults">At least one; their pointers begin at the encoding.</param>
    public sealed record BadRequest(IReadOnlyList<Fault> Faults) : EncodingResult;
}
