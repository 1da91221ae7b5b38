using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Input;

/// <summary>Reads as dimod does, and more strictly where dimod would fail later or guess.</summary>
internal static class BqmForm
{
    public static QuboForm? Read(BqmInput bqm, string at, FaultList faults)
    {
        var before = faults.Count;
        CheckVersion(bqm, at, faults);
        var labels = VariableLabels.Read(bqm.VariableLabels, $"{at}/variable_labels", faults);
        if (labels is not null)
            VariableLabels.CheckCount(labels, bqm.NumVariables, $"{at}/variable_labels", faults);
        CooForm.CheckLength(bqm.LinearBiases.Length, bqm.NumVariables, $"{at}/linear_biases", "num_variables", faults);
        CheckPairs(bqm, at, faults);
        if (faults.Count > before)
            return null;

        var builder = new QuboBuilder(k =>
            new(
                k switch
                {
                    QuboBuilder.Whole => at,
                    QuboBuilder.Size => $"{at}/num_variables",
                    _ => $"{at}/quadratic_biases/{k.ToString(CultureInfo.InvariantCulture)}",
                }
            )
        )
        {
            Vartype = bqm.VariableType == BqmVartype.Binary ? Vartype.Binary : Vartype.Spin,
            Offset = bqm.Offset,
            Labels = labels,
        };
        for (var i = 0; i < bqm.LinearBiases.Length; i++)
            builder.Add(i, i, bqm.LinearBiases[i], QuboBuilder.Whole);
        for (var k = 0; k < bqm.QuadraticBiases.Length; k++)
            builder.Add(bqm.QuadraticHead[k], bqm.QuadraticTail[k], bqm.QuadraticBiases[k], k);
        return new(builder, bqm.NumVariables);
    }

    private static void CheckPairs(BqmInput bqm, string at, FaultList faults)
    {
        var count = bqm.NumInteractions;
        CooForm.CheckLength(bqm.QuadraticBiases.Length, count, $"{at}/quadratic_biases", "num_interactions", faults);
        CooForm.CheckLength(bqm.QuadraticHead.Length, count, $"{at}/quadratic_head", "num_interactions", faults);
        CooForm.CheckLength(bqm.QuadraticTail.Length, count, $"{at}/quadratic_tail", "num_interactions", faults);
        CooForm.CheckIndices(bqm.QuadraticHead, bqm.NumVariables, $"{at}/quadratic_head", faults);
        CooForm.CheckIndices(bqm.QuadraticTail, bqm.NumVariables, $"{at}/quadratic_tail", faults);
        for (var k = 0; k < Math.Min(bqm.QuadraticHead.Length, bqm.QuadraticTail.Length) && !faults.IsFull; k++)
            if (bqm.QuadraticHead[k] == bqm.QuadraticTail[k])
                faults.Add(
                    FaultCode.Conflict,
                    $"{at}/quadratic_tail/{k.ToString(CultureInfo.InvariantCulture)}",
                    $"An interaction joins variable {bqm.QuadraticTail[k]} with itself; a BQM has it in linear_biases.",
                    bqm.QuadraticTail[k]
                );
    }

    /// <summary>
    /// dimod refuses schemas before 2.0.0, takes a missing version for 1.0.0 (here a missing member), and refuses 2.x with
    /// bytes. Bytes of any version are BSON, not JSON.
    /// </summary>
    private static void CheckVersion(BqmInput bqm, string at, FaultList faults)
    {
        var given = bqm.Version.BqmSchema;
        if (!Version.TryParse(given, out var version) || version.Major is < 2 or > 3)
            faults.Add(
                FaultCode.UnknownValue,
                $"{at}/version/bqm_schema",
                "Expected bqm_schema 2.x or 3.x, such as \"3.0.0\".",
                given.Length <= 20 ? given : null
            );
        if (bqm.UseBytes)
            faults.Add(
                FaultCode.UnknownValue,
                $"{at}/use_bytes",
                "A BQM with use_bytes is BSON; write it with use_bytes=False.",
                true
            );
    }
}
