using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Input;

/// <summary>
/// Brings any of the forms of <see cref="QuboInput"/> to the one problem that they mean. O(m log m) for m entries; a
/// fault has the pointer of the entry, also among a million.
/// </summary>
internal static class QuboReader
{
    public static QuboProblem? Read(QuboInput input, string pointer, FaultList faults)
    {
        var before = faults.Count;
        CheckMembers(input, pointer, faults);
        var labels = input.Labels is { } given ? VariableLabels.Read(given, $"{pointer}/labels", faults) : null;
        if (faults.Count > before || ReadForm(input, pointer, faults) is not var (builder, numVariables))
            return null;

        if (labels is not null)
        {
            if (!VariableLabels.CheckCount(labels, numVariables, $"{pointer}/labels", faults))
                return null;
            builder.Labels = labels;
        }
        builder.Offset += input.Offset;
        builder.Sense = input.Sense;
        builder.Duplicates = input.Duplicates;
        return builder.Build(numVariables, faults);
    }

    private static QuboForm? ReadForm(QuboInput input, string pointer, FaultList faults)
    {
        if (input.Coo is { } coo)
            return CooForm.Read(coo, pointer, faults);
        if (input.Bqm is { } bqm)
            return BqmForm.Read(bqm, $"{pointer}/bqm", faults);
        if (input.Ising is { } ising)
            return PairForms.Read(ising, pointer, faults);
        if (input.Matrix is { } matrix)
            return DenseForm.Read(matrix, input.Form!.Value, pointer, faults);
        return PairForms.Read(input, pointer, faults);
    }

    private static void CheckMembers(QuboInput input, string pointer, FaultList faults)
    {
        (string Name, object? Value)[] forms =
        [
            ("coo", input.Coo),
            ("bqm", input.Bqm),
            ("qubo", input.Qubo),
            ("ising", input.Ising),
            ("matrix", input.Matrix),
            ("terms", input.Terms),
        ];
        var known = string.Join(", ", forms.Select(f => f.Name));
        var given = forms.Where(f => f.Value is not null).Select(f => f.Name).ToList();
        if (given.Count == 0)
            faults.Add(FaultCode.MissingMember, pointer, $"Expected exactly one of {known}; none is given.");
        foreach (var second in given.Skip(1))
            faults.Add(
                FaultCode.Conflict,
                $"{pointer}/{second}",
                $"Expected exactly one of {known}; \"{given[0]}\" is given already."
            );

        if (input.Matrix is not null && input.Form is null)
            faults.Add(
                FaultCode.MissingMember,
                $"{pointer}/form",
                "A matrix needs a form: \"upperTriangular\" or \"symmetric\"."
            );
        if (input.Matrix is null && input.Form is not null)
            faults.Add(FaultCode.Conflict, $"{pointer}/form", "Only a matrix has a form.");
        if (input.NumVariables is not null && input.Qubo is null && input.Terms is null)
            faults.Add(
                FaultCode.Conflict,
                $"{pointer}/numVariables",
                "Goes with qubo or terms only; the other forms have their own size."
            );
        if (input.Bqm is not null && input.Offset != 0)
            faults.Add(FaultCode.Conflict, $"{pointer}/offset", "A bqm has an offset of its own.", input.Offset);
        if (input.Bqm is not null && input.Labels is not null)
            faults.Add(FaultCode.Conflict, $"{pointer}/labels", "A bqm has its labels in variable_labels.");
    }
}

/// <summary>What a form gives: its entries, and how many variables they are over. Checked further when it is built.</summary>
internal sealed record QuboForm(QuboBuilder Builder, int NumVariables);
