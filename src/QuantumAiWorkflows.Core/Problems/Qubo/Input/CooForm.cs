using System.Globalization;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Input;

internal static class CooForm
{
    public static QuboForm? Read(CooInput coo, string pointer, FaultList faults)
    {
        var before = faults.Count;
        var at = $"{pointer}/coo";
        CheckLength(coo.Row.Length, coo.Value.Length, $"{at}/row", "value", faults);
        CheckLength(coo.Col.Length, coo.Value.Length, $"{at}/col", "value", faults);
        CheckIndices(coo.Row, coo.NumVariables, $"{at}/row", faults);
        CheckIndices(coo.Col, coo.NumVariables, $"{at}/col", faults);
        if (faults.Count > before)
            return null;

        var builder = new QuboBuilder(k =>
            new(
                k switch
                {
                    QuboBuilder.Whole => at,
                    QuboBuilder.Size => $"{at}/numVariables",
                    _ => $"{at}/value/{k.ToString(CultureInfo.InvariantCulture)}",
                }
            )
        );
        for (var k = 0; k < coo.Value.Length; k++)
            builder.Add(coo.Row[k], coo.Col[k], coo.Value[k], k);
        return new(builder, coo.NumVariables);
    }

    /// <summary>Parallel arrays that differ in length, or differ from a length stated beside them.</summary>
    public static void CheckLength(int length, int expected, string pointer, string stated, FaultList faults)
    {
        if (length != expected)
            faults.Add(
                FaultCode.LengthMismatch,
                pointer,
                $"Expected {expected} items, as many as \"{stated}\" says, got {length}.",
                length,
                expected
            );
    }

    /// <summary>Indices beside a size that is itself acceptable; the builder refuses one that is not.</summary>
    public static void CheckIndices(int[] indices, int numVariables, string pointer, FaultList faults)
    {
        if (numVariables is <= 0 or > QuboProblem.MaxVariables)
            return;
        for (var k = 0; k < indices.Length && !faults.IsFull; k++)
            if ((uint)indices[k] >= (uint)numVariables)
                faults.Add(
                    FaultCode.IndexOutOfRange,
                    $"{pointer}/{k.ToString(CultureInfo.InvariantCulture)}",
                    $"Expected an index from 0 to {numVariables - 1}, got {indices[k]}.",
                    indices[k],
                    indices[k] < 0 ? 0 : numVariables - 1
                );
    }
}
