using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Economics;

/// <summary>
/// A sheet of what each option costs and brings over a horizon: one schema for the classical, the cloud and the quantum
/// option, so that they stand side by side. Amounts are the user's; runs and business value may come from a benchmark.
/// </summary>
public sealed record CostOfOwnership
{
    [Description("ISO 4217, of every amount.")]
    [Length(3, 3)]
    public required string Currency { get; init; }

    [Description("How long the comparison looks ahead.")]
    [Range(1, 600)]
    public required int HorizonMonths { get; init; }

    [Description("What money of a year later is worth less: 0.08 for 8 % a year.")]
    [Range(0, 10)]
    public double DiscountRatePerYear { get; init; } = 0.08;

    [Description("What is solved how often.")]
    public required TcoWorkload Workload { get; init; }

    [Description("Each input is changed by this much, one at a time, to see what the answer hangs on.")]
    [Range(0, 100, MinimumIsExclusive = true)]
    public double SensitivityPercent { get; init; } = 20;

    [Description("At least two; the first of kind classical is what the others are compared with.")]
    [Length(2, 10)]
    public required IReadOnlyList<TcoOption> Options { get; init; }

    /// <summary>Reads a sheet that stands alone, without runs of a benchmark; null when a fault was added.</summary>
    public static CostOfOwnership? Read(JsonElement element, FaultList faults)
    {
        if (StrictJson.Read<CostOfOwnership>(element, "", faults) is not { } sheet)
            return null;
        var before = faults.Count;
        TcoRules.Check(sheet, "", faults);
        TcoRules.CheckAlone(sheet, faults);
        return faults.Count == before ? sheet : null;
    }
}

public sealed record TcoWorkload
{
    [Description("How many problems are solved in a month.")]
    [Range(0, 1e9)]
    public required double SolvesPerMonth { get; init; }

    [Description(
        "Shares of the solves by size, for runtimes from a benchmark; all its instances count the same without."
    )]
    [Length(1, 20)]
    public IReadOnlyList<SizeShare>? SizeMix { get; init; }
}

public sealed record SizeShare
{
    [Description("Sizes above the previous entry's and up to this many variables.")]
    [Range(1, 1e9)]
    public required int UpToVariables { get; init; }

    [Description("Of all solves; the shares add up to 1.")]
    [Range(0, 1)]
    public required double Share { get; init; }
}

public sealed record TcoOption
{
    [Description("Unique in the sheet.")]
    [Length(1, 100)]
    public required string Name { get; init; }

    [Description("What kind of option it is.")]
    public required TcoKind Kind { get; init; }

    [Description("Name of an entrant of the suite: its recorded runs are the runtime line. Only in a suite.")]
    [Length(1, 100)]
    public string? Entrant { get; init; }

    [Description("Takes the entrant's modelled usage of a quantum processor instead of what its simulation used.")]
    public bool AsHardware { get; init; }

    [Description("At least one for each of the nine items; 0 with its source where there is no cost.")]
    [Length(1, 100)]
    public required IReadOnlyList<TcoLine> Lines { get; init; }

    [Description("What it brings, in operational terms: hours, penalties, goods.")]
    [Length(0, 50)]
    public IReadOnlyList<TcoBenefit> Benefits { get; init; } = [];

    /// <summary>The item that the recorded runs of <see cref="Entrant"/> stand under; null without one.</summary>
    internal TcoItem? RecordedItem =>
        Entrant is null ? null
        : AsHardware || Kind == TcoKind.CloudAi ? TcoItem.CloudUsage
        : TcoItem.SimulatorRuntime;
}

public enum TcoKind
{
    Classical,
    CloudAi,
    Quantum,
}

/// <summary>The nine items of cost (requirements I-01 and I-02): a sheet that leaves one out flatters its option.</summary>
public enum TcoItem
{
    /// <summary>People who can do it: hiring, training, a share of their time.</summary>
    SpecialisedSkills,

    /// <summary>Machine time of the solves, on a solver or a simulator.</summary>
    SimulatorRuntime,

    /// <summary>Building and keeping the connection to what is there.</summary>
    IntegrationOverhead,

    /// <summary>Rented machines and processors.</summary>
    CloudUsage,

    /// <summary>Approvals, audits, security, records.</summary>
    Governance,

    /// <summary>Trying out what might work, before and after it does.</summary>
    Experimentation,

    /// <summary>Checking answers and models.</summary>
    Validation,

    /// <summary>What leaving would cost at the end.</summary>
    VendorLockIn,

    /// <summary>Adapting to new data: models, angles, penalties.</summary>
    Retraining,
}

/// <summary>How often an amount falls due.</summary>
public enum TcoTiming
{
    /// <summary>At the start.</summary>
    Once,
    Month,
    Solve,

    /// <summary>At the end of the horizon, such as leaving a vendor.</summary>
    End,
}

public sealed record TcoLine
{
    [Description("Which of the nine items of cost it belongs to.")]
    public required TcoItem Item { get; init; }

    [Description("How many units.")]
    [Range(0, 1e9)]
    public double Quantity { get; init; } = 1;

    [Description("What a unit is, such as \"person-days\".")]
    [Length(1, 100)]
    public string? Unit { get; init; }

    [Description("Money per unit.")]
    [Range(0, 1e12)]
    public required double UnitPrice { get; init; }

    [Description("once at the start, each month, with each solve, or at the end of the horizon.")]
    public TcoTiming Per { get; init; } = TcoTiming.Month;

    [Description("Where the figures are from.")]
    [Length(1, 1000)]
    public required string Source { get; init; }
}

public sealed record TcoBenefit
{
    [Description("What it is.")]
    [Length(1, 100)]
    public required string Name { get; init; }

    [Description("How many units.")]
    [Range(0, 1e9)]
    public double Quantity { get; init; } = 1;

    [Description("What a unit is, such as \"hours\".")]
    [Length(1, 100)]
    public string? Unit { get; init; }

    [Description("Money per unit.")]
    [Range(0, 1e12)]
    public required double UnitPrice { get; init; }

    [Description("once at the start, each month, with each solve, or at the end of the horizon.")]
    public TcoTiming Per { get; init; } = TcoTiming.Month;

    [Description("Where the figures are from: something that was measured. What is hoped for is not entered.")]
    [Length(1, 1000)]
    public required string Source { get; init; }
}
