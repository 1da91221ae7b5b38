using QuantumAiWorkflows.Gateway.Hosting;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>What came of a submission.</summary>
internal sealed record Admitted
{
    public Admitted(string id, bool Replayed) => (Id, this.Replayed) = (id, Replayed);

    public Admitted(Refusal refusal) => Refusal = refusal;

    /// <summary>Of the job or the benchmark.</summary>
    public string? Id { get; }

    /// <summary>True when the idempotency key had been used for it before.</summary>
    public bool Replayed { get; }

    public Refusal? Refusal { get; }
}
