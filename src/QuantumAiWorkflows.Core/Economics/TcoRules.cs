using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Economics;

/// <summary>What the schema of a cost sheet cannot say. Every fault has its pointer; all are 422.</summary>
internal static class TcoRules
{
    public static void Check(CostOfOwnership sheet, string at, FaultList faults)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < sheet.Options.Count; i++)
        {
            if (!first.TryAdd(sheet.Options[i].Name, i))
                faults.Add(
                    FaultCode.DuplicateEntry,
                    $"{at}/options/{i}/name",
                    $"The option \"{sheet.Options[i].Name}\" stands at positions {first[sheet.Options[i].Name]} and {i}; each must be unique."
                );
            CheckOption(sheet.Options[i], $"{at}/options/{i}", faults);
        }
        if (!sheet.Options.Any(o => o.Kind == TcoKind.Classical))
            faults.Add(
                FaultCode.Empty,
                $"{at}/options",
                "No option is of kind \"classical\": there is nothing to compare the others with."
            );
        CheckMix(sheet.Workload.SizeMix, $"{at}/workload/sizeMix", faults);
    }

    /// <summary>A sheet without a benchmark has no runs to take anything from.</summary>
    public static void CheckAlone(CostOfOwnership sheet, FaultList faults)
    {
        for (var i = 0; i < sheet.Options.Count; i++)
            if (sheet.Options[i].Entrant is not null)
                faults.Add(
                    FaultCode.NotApplicable,
                    $"/options/{i}/entrant",
                    "\"entrant\" belongs to a suite, whose runs it names; here, give a line of simulatorRuntime or cloudUsage per solve."
                );
        if (sheet.Workload.SizeMix is not null)
            faults.Add(
                FaultCode.NotApplicable,
                "/workload/sizeMix",
                "\"sizeMix\" weighs the runs of a benchmark; there are none here."
            );
    }

    /// <param name="entrants">Names of the suite's solvers.</param>
    /// <param name="candidates">Those with role candidate: each needs an option, or its costs would go unseen.</param>
    public static void CheckEntrants(
        CostOfOwnership sheet,
        IReadOnlyCollection<string> entrants,
        IReadOnlyCollection<string> candidates,
        string at,
        FaultList faults
    )
    {
        for (var i = 0; i < sheet.Options.Count; i++)
            if (sheet.Options[i].Entrant is { } entrant && !entrants.Contains(entrant))
                faults.Add(
                    FaultCode.NotApplicable,
                    $"{at}/options/{i}/entrant",
                    $"No solver of this suite enters as \"{entrant}\"; its entrants are {string.Join(", ", entrants)}."
                );
        var reference = sheet.Options.ToList().FindIndex(o => o.Kind == TcoKind.Classical);
        if (reference >= 0 && sheet.Options[reference].Entrant is { } own && candidates.Contains(own))
            faults.Add(
                FaultCode.Conflict,
                $"{at}/options/{reference}/entrant",
                $"The first classical option is what the others are compared with, and \"{own}\" is a candidate: nothing would be asked of its costs. Put a classical option of another entrant, or of none, before it."
            );
        foreach (var candidate in candidates.Where(c => !sheet.Options.Any(o => o.Entrant == c)))
            faults.Add(
                FaultCode.Empty,
                $"{at}/options",
                $"No option has the candidate \"{candidate}\" as its entrant: what it costs to have would be left out."
            );
    }

    private static void CheckOption(TcoOption option, string at, FaultList faults)
    {
        if (option is { AsHardware: true, Entrant: null })
            faults.Add(
                FaultCode.NotApplicable,
                $"{at}/asHardware",
                "\"asHardware\" is about the runs of an entrant; there is none here."
            );
        foreach (var item in Enum.GetValues<TcoItem>())
        {
            var line = Enumerable.Range(0, option.Lines.Count).FirstOrDefault(k => option.Lines[k].Item == item, -1);
            if (item == option.RecordedItem && line >= 0)
                faults.Add(
                    FaultCode.Conflict,
                    $"{at}/lines/{line}/item",
                    $"\"{JsonNames.Of(item)}\" is worked out from the runs of \"{option.Entrant}\"; a line of it would count it twice."
                );
            else if (item != option.RecordedItem && line < 0)
                faults.Add(
                    FaultCode.Empty,
                    $"{at}/lines",
                    $"There is no line of \"{JsonNames.Of(item)}\"; where it costs nothing, give unitPrice 0 and say why in source."
                );
        }
    }

    private static void CheckMix(IReadOnlyList<SizeShare>? mix, string at, FaultList faults)
    {
        if (mix is null)
            return;
        for (var i = 1; i < mix.Count; i++)
            if (mix[i].UpToVariables <= mix[i - 1].UpToVariables)
                faults.Add(
                    FaultCode.Conflict,
                    $"{at}/{i}/upToVariables",
                    $"Expected more than the entry before it ({mix[i - 1].UpToVariables}), got {mix[i].UpToVariables}.",
                    mix[i].UpToVariables,
                    mix[i - 1].UpToVariables
                );
        var sum = mix.Sum(m => m.Share);
        if (Math.Abs(sum - 1) > 1e-9)
            faults.Add(FaultCode.Conflict, at, FormattableString.Invariant($"The shares add up to {sum:G6}, not 1."));
    }
}
