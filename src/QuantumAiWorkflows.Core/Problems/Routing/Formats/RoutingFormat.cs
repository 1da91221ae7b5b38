using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Routing.Formats;

/// <summary>A text file that holds one routing problem.</summary>
public abstract class RoutingFormat : ProblemFormat
{
    public override string MediaType => "text/plain";

    public sealed override ProblemFamily Family => RoutingFamily.Instance;

    public sealed override Type SettingsType => typeof(RoutingFileSettings);

    /// <summary>True where a file has a fleet of alike vehicles, whose number the settings may say.</summary>
    protected virtual bool HoldsFleet => true;

    protected sealed override string? WriteContent(Problem problem, out string? refusal) =>
        (refusal = Refusal((RoutingProblem)problem)) is null ? WriteText((RoutingProblem)problem) : null;

    protected sealed override IReadOnlyList<Problem>? ReadContent(
        ReadOnlyMemory<byte> content,
        object settings,
        string settingsPointer,
        FaultList faults
    )
    {
        var before = faults.Count;
        var given = (RoutingFileSettings)settings;
        if (given.Vehicles is not null && !HoldsFleet)
            faults.Add(
                FaultCode.NotApplicable,
                $"{settingsPointer}/vehicles",
                $"A file of the format {Id} is for one vehicle."
            );
        if (given.Metric is DistanceMetric.Matrix or DistanceMetric.Haversine)
            faults.Add(
                FaultCode.NotApplicable,
                $"{settingsPointer}/metric",
                $"A file of the format {Id} has x and y; this metric needs something else."
            );
        if (faults.Count > before || ReadFile(content, given, faults) is not { } file)
            return null;
        if (given.Metric is not null && file.Matrix is not null)
        {
            faults.Add(FaultCode.NotApplicable, $"{settingsPointer}/metric", "The file has its distances as numbers.");
            return null;
        }
        return [file.ToProblem(given)];
    }

    /// <summary>Null when a fault was added.</summary>
    private protected abstract RoutingFile? ReadFile(
        ReadOnlyMemory<byte> content,
        RoutingFileSettings settings,
        FaultList faults
    );

    /// <summary>Why the format cannot hold the problem, as the end of a sentence; null when it can.</summary>
    protected abstract string? Refusal(RoutingProblem problem);

    /// <summary>Only for what <see cref="Refusal"/> lets through.</summary>
    private protected abstract string WriteText(RoutingProblem problem);

    private protected static string Number(double value) => CanonicalJson.Number(value);
}

/// <summary>What a file leaves open.</summary>
public sealed record RoutingFileSettings : IFileSettings
{
    [Description("Need not be given; \"routing\".")]
    public string? Family { get; init; }

    [Description(
        "How many vehicles there are. Else as many as the file says in a line of its own, or as many as there are customers: the number in a name is no limit."
    )]
    [Range(1, 100_000)]
    public int? Vehicles { get; init; }

    [Description(
        "How distances follow from x and y, where not as the file says; files with time windows: truncatedOneDecimal unless given."
    )]
    public DistanceMetric? Metric { get; init; }
}
