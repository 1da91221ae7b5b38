using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace QuantumAiWorkflows.Input;

/// <summary>One thing wrong with what a client sent, in the client's own terms.</summary>
/// <param name="Code">From the closed list in docs/errors.md.</param>
/// <param name="Detail">A sentence that names the value and the limit.</param>
public sealed record Fault(FaultCode Code, string Detail)
{
    /// <summary>RFC 6901 pointer into the request body; null for a fault in a file, the query or a header.</summary>
    public string? Pointer { get; init; }

    /// <summary>1-based line of an uploaded file or of a body that is not JSON.</summary>
    public long? Line { get; init; }

    /// <summary>1-based column within <see cref="Line"/>.</summary>
    public long? Column { get; init; }

    /// <summary>What was sent, where repeating it helps and it is short.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>The bound that was crossed.</summary>
    public JsonNode? Limit { get; init; }
}

/// <summary>The closed list of fault codes. Schema codes answer 400, the others 422 (docs/errors.md).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultCode>))]
public enum FaultCode
{
    // Not the schema: 400.
    [JsonStringEnumMemberName("syntax")]
    Syntax,

    [JsonStringEnumMemberName("unknownMember")]
    UnknownMember,

    [JsonStringEnumMemberName("duplicateMember")]
    DuplicateMember,

    [JsonStringEnumMemberName("missingMember")]
    MissingMember,

    [JsonStringEnumMemberName("wrongType")]
    WrongType,

    [JsonStringEnumMemberName("unknownValue")]
    UnknownValue,

    [JsonStringEnumMemberName("unknownFamily")]
    UnknownFamily,

    [JsonStringEnumMemberName("tooDeep")]
    TooDeep,

    [JsonStringEnumMemberName("badQuery")]
    BadQuery,

    [JsonStringEnumMemberName("badHeader")]
    BadHeader,

    // Well-formed, but not acceptable: 422.
    [JsonStringEnumMemberName("outOfRange")]
    OutOfRange,

    [JsonStringEnumMemberName("notFinite")]
    NotFinite,

    [JsonStringEnumMemberName("overflow")]
    Overflow,

    [JsonStringEnumMemberName("ragged")]
    Ragged,

    [JsonStringEnumMemberName("duplicateEntry")]
    DuplicateEntry,

    [JsonStringEnumMemberName("indexOutOfRange")]
    IndexOutOfRange,

    [JsonStringEnumMemberName("empty")]
    Empty,

    [JsonStringEnumMemberName("lengthMismatch")]
    LengthMismatch,

    [JsonStringEnumMemberName("conflict")]
    Conflict,

    [JsonStringEnumMemberName("fileContent")]
    FileContent,

    [JsonStringEnumMemberName("overLimit")]
    OverLimit,

    [JsonStringEnumMemberName("doesNotFit")]
    DoesNotFit,

    [JsonStringEnumMemberName("notApplicable")]
    NotApplicable,

    [JsonStringEnumMemberName("unknownSolver")]
    UnknownSolver,

    [JsonStringEnumMemberName("unknownGenerator")]
    UnknownGenerator,

    [JsonStringEnumMemberName("keyReused")]
    KeyReused,

    [JsonStringEnumMemberName("baselineRequired")]
    BaselineRequired,
}

/// <summary>Collects faults while a request is read; reading goes on, so that a client sees all of them at once.</summary>
public sealed class FaultList
{
    /// <summary>More than this tells nobody anything, and a hostile body could hold millions.</summary>
    public const int Capacity = 100;

    private readonly List<Fault> _faults = [];

    public IReadOnlyList<Fault> Items => _faults;

    /// <summary>How many were added, those beyond <see cref="Capacity"/> included: grows with every fault.</summary>
    public int Count { get; private set; }

    public bool IsEmpty => _faults.Count == 0;

    public bool IsFull => _faults.Count >= Capacity;

    /// <summary>True when some fault is one of form, which makes the reply a 400.</summary>
    public bool HasSchemaFault => _faults.Exists(f => f.Code <= FaultCode.BadHeader);

    public void Add(Fault fault)
    {
        Count++;
        if (!IsFull)
            _faults.Add(fault);
    }

    public void Add(FaultCode code, string pointer, string detail, JsonNode? value = null, JsonNode? limit = null) =>
        Add(
            new Fault(code, detail)
            {
                Pointer = pointer,
                Value = value,
                Limit = limit,
            }
        );
}
