using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Input;

internal static class DenseForm
{
    public static QuboForm? Read(double[][] matrix, MatrixForm form, string pointer, FaultList faults)
    {
        var before = faults.Count;
        var n = matrix.Length;
        for (var i = 0; i < n; i++)
            if (matrix[i].Length != n)
                faults.Add(
                    FaultCode.Ragged,
                    $"{pointer}/matrix/{i}",
                    $"Expected {n} columns, as many as there are rows, got {matrix[i].Length}.",
                    matrix[i].Length,
                    n
                );
        if (faults.Count > before)
            return null;

        var builder = new QuboBuilder(_ => new($"{pointer}/matrix"));
        for (var i = 0; i < n && !faults.IsFull; i++)
        {
            if (matrix[i][i] != 0)
                builder.Add(i, i, matrix[i][i], QuboBuilder.Whole);
            for (var j = i + 1; j < n; j++)
            {
                var (above, below) = (matrix[i][j], matrix[j][i]);
                if (form == MatrixForm.Symmetric ? above != below : below != 0)
                    faults.Add(
                        FaultCode.Conflict,
                        $"{pointer}/matrix/{j}/{i}",
                        form == MatrixForm.Symmetric
                            ? $"Row {j}, column {i} must equal row {i}, column {j} in a symmetric matrix."
                            : "Must be 0: below the diagonal of an upper triangular matrix.",
                        below,
                        form == MatrixForm.Symmetric ? above : 0
                    );
                else if (above != 0)
                    builder.Add(i, j, form == MatrixForm.Symmetric ? above + below : above, QuboBuilder.Whole);
            }
        }
        return faults.Count > before ? null : new(builder, n);
    }
}
