using System.Globalization;
using System.Text.Json;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Input;

/// <summary>The forms that list pairs: terms, qubo and ising, as rows [i, j, value] or as members "i,j": value.</summary>
internal static class PairForms
{
    public static QuboForm? Read(QuboInput input, string pointer, FaultList faults)
    {
        var size = input.NumVariables is null ? null : $"{pointer}/numVariables";
        return input.Terms is { } rows
            ? new Pairs($"{pointer}/terms", size, input.NumVariables, faults).Read(rows)
            : new Pairs($"{pointer}/qubo", size, input.NumVariables, faults).Read(input.Qubo!);
    }

    public static QuboForm? Read(IsingInput ising, string pointer, FaultList faults)
    {
        var pairs = new Pairs($"{pointer}/ising/j", $"{pointer}/ising/h", ising.H.Length, faults) { OfSpins = true };
        var form =
            ising.J.ValueKind == JsonValueKind.Array
                ? pairs.Read(ising.J.Deserialize<double[][]>(StrictJson.Options)!)
                : pairs.Read(ising.J.Deserialize<Dictionary<string, double>>(StrictJson.Options)!);
        if (form is null)
            return null;
        form.Builder.Vartype = Vartype.Spin;
        for (var i = 0; i < ising.H.Length; i++)
            form.Builder.Add(i, i, ising.H[i], QuboBuilder.Whole);
        return form;
    }

    /// <param name="at">Pointer to the list of pairs.</param>
    /// <param name="size">Pointer to what tells the number of variables; null where the largest index does.</param>
    private sealed class Pairs(string at, string? size, int? numVariables, FaultList faults)
    {
        private readonly int _faultsBefore = faults.Count;
        private int _largest = -1;

        public bool OfSpins { get; init; }

        public QuboForm? Read(double[][] rows)
        {
            string At(int k) => $"{at}/{k.ToString(CultureInfo.InvariantCulture)}";
            var builder = NewBuilder(At);
            for (var k = 0; k < rows.Length && !faults.IsFull; k++)
            {
                var row = rows[k];
                if (row.Length != 3)
                    faults.Add(
                        FaultCode.WrongType,
                        At(k),
                        $"Expected [i, j, value], got {row.Length} items.",
                        row.Length,
                        3
                    );
                else if (IsIndex(row[0], k, 0) & IsIndex(row[1], k, 1))
                    Add(builder, (int)row[0], (int)row[1], row[2], k, At);
            }
            return Result(builder);

            bool IsIndex(double index, int k, int column) =>
                index == Math.Floor(index)
                    ? IsInRange(index) || RefuseIndex(index, $"{At(k)}/{column}")
                    : Refuse(FaultCode.WrongType, $"{At(k)}/{column}", "Expected an index, which is a whole number.");
        }

        public QuboForm? Read(IReadOnlyDictionary<string, double> members)
        {
            var keys = new string[members.Count];
            string At(int k) => StrictJson.Append(at, keys[k]);
            var builder = NewBuilder(At);
            var k = 0;
            foreach (var (key, value) in members)
            {
                if (faults.IsFull)
                    break;
                keys[k] = key;
                if (TryParse(key, out var i, out var j))
                {
                    if ((IsInRange(i) || RefuseIndex(i, At(k))) && (IsInRange(j) || RefuseIndex(j, At(k))))
                        Add(builder, (int)i, (int)j, value, k, At);
                }
                else
                    Refuse(FaultCode.WrongType, At(k), "Expected a name \"i,j\" of two indices, such as \"0,1\".");
                k++;
            }
            return Result(builder);
        }

        private void Add(QuboBuilder builder, int i, int j, double value, int k, Func<int, string> pointer)
        {
            _largest = Math.Max(_largest, Math.Max(i, j));
            if (i == j && OfSpins)
                Refuse(
                    FaultCode.Conflict,
                    pointer(k),
                    $"A coupling joins spin {i} with itself; s·s is 1, so that it belongs into offset."
                );
            else
                builder.Add(i, j, value, k);
        }

        /// <summary>Digits only: no blanks, no plus. A minus is read, to say that the index is out of range.</summary>
        private static bool TryParse(string key, out long i, out long j)
        {
            (i, j) = (0, 0);
            var comma = key.IndexOf(',', StringComparison.Ordinal);
            return comma > 0
                && !key.Contains('+', StringComparison.Ordinal)
                && Parse(key.AsSpan(0, comma), out i)
                && Parse(key.AsSpan(comma + 1), out j);

            static bool Parse(ReadOnlySpan<char> text, out long index) =>
                long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index);
        }

        /// <summary>The number of variables where it is known and acceptable; else the builder refuses it, once.</summary>
        private int? Count { get; } = numVariables is > 0 and <= QuboProblem.MaxVariables ? numVariables : null;

        private bool IsInRange(double index) => index >= 0 && index < (Count ?? QuboProblem.MaxVariables);

        private bool RefuseIndex(double index, string pointer)
        {
            var largest = (Count ?? QuboProblem.MaxVariables) - 1;
            faults.Add(
                index < 0 || Count is not null ? FaultCode.IndexOutOfRange : FaultCode.OverLimit,
                pointer,
                $"Expected an index from 0 to {largest}, got {CanonicalJson.Number(index)}.",
                index,
                index < 0 ? 0 : largest
            );
            return false;
        }

        private bool Refuse(FaultCode code, string pointer, string detail)
        {
            faults.Add(code, pointer, detail);
            return false;
        }

        private QuboBuilder NewBuilder(Func<int, string> pointer) =>
            new(k =>
                new(
                    k switch
                    {
                        QuboBuilder.Whole => at,
                        QuboBuilder.Size => size ?? at,
                        _ => pointer(k),
                    }
                )
            );

        private QuboForm? Result(QuboBuilder builder) =>
            faults.Count > _faultsBefore ? null : new(builder, numVariables ?? _largest + 1);
    }
}
