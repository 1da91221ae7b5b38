using QuantumAiWorkflows.Problems.FeatureSelection.Formats;
using QuantumAiWorkflows.Problems.Qubo.Formats;
using QuantumAiWorkflows.Problems.Roster.Formats;
using QuantumAiWorkflows.Problems.Routing.Formats;
using QuantumAiWorkflows.Problems.Scheduling.Formats;

namespace QuantumAiWorkflows.Formats;

/// <summary>THE list of formats: to add one, a file in its family's Formats folder and a line here.</summary>
public static class ProblemFormats
{
    public static IReadOnlyList<ProblemFormat> All { get; } =
    [
        new BqmFormat(),
        new CooFormat(),
        new QbsolvFormat(),
        new QsFormat(),
        new BiqMacFormat(),
        new GsetFormat(),
        new CsvFormat(),
        new TsplibFormat(),
        new CvrplibFormat(),
        new SolomonFormat(),
        new RosterFormat(),
        new JobShopFormat(),
        new FlexibleJobShopFormat(),
        new PsplibFormat(),
    ];

    public static ProblemFormat? Find(string id) =>
        All.FirstOrDefault(f => string.Equals(f.Id, id, StringComparison.Ordinal));
}
