using QuantumAiWorkflows.Economics;

namespace QuantumAiWorkflows.Advice;

/// <summary>
/// What a quantum step promises by use case, before anything is measured: data, in decision-table.json. What was measured on a
/// problem goes before it.
/// </summary>
public sealed record DecisionTable
{
    public static DecisionTable Current { get; } = EmbeddedJson.All<DecisionTable>("Advice").Single();

    public required int Version { get; init; }

    public required IReadOnlyList<DecisionRow> Rows { get; init; }

    /// <summary>Null where the table has no row for a family: qubo is a form, no use.</summary>
    public DecisionRow? Of(string family) => Rows.SingleOrDefault(r => r.Families.Contains(family));
}

/// <param name="Families">Ids of the problem families that serve the use; empty where none does yet.</param>
public sealed record DecisionRow(
    string UseCase,
    string BestFitToday,
    string Why,
    string ValuePotential,
    string RiskLevel,
    IReadOnlyList<string> Families
);
