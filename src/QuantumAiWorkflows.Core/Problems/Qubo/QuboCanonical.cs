using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>
/// The normalized record of interfaces: family, schema 1, sense, vartype, numVariables, labels (omitted when 0..n-1),
/// offset, linear [[i,v]], quadratic [[i,j,v]] with i &lt; j; sorted, zeros dropped. Members in JCS order.
/// </summary>
internal static class QuboCanonical
{
    public static byte[] Write(QuboProblem problem)
    {
        var terms = problem.Terms;
        var buffer = new ArrayBufferWriter<byte>(64 + 16 * (terms.NumVariables + terms.Value.Length));
        buffer.Write("""{"family":"qubo",""");
        if (problem.Labels is { } labels)
            buffer.Write($"\"labels\":[{string.Join(',', labels)}],");
        buffer.Write("\"linear\":[");
        var separator = "";
        for (var i = 0; i < terms.Linear.Length; i++)
        {
            if (terms.Linear[i] == 0)
                continue;
            buffer.Write($"{separator}[{Index(i)},{CanonicalJson.Number(terms.Linear[i])}]");
            separator = ",";
        }
        buffer.Write(
            $"],\"numVariables\":{Index(terms.NumVariables)},\"offset\":{CanonicalJson.Number(terms.Offset)},\"quadratic\":["
        );
        for (var k = 0; k < terms.Value.Length; k++)
            buffer.Write(
                $"{(k == 0 ? "" : ",")}[{Index(terms.Row[k])},{Index(terms.Column[k])},{CanonicalJson.Number(terms.Value[k])}]"
            );
        var sense = problem.Sense == Sense.Minimize ? "minimize" : "maximize";
        var vartype = problem.Vartype == Vartype.Binary ? "binary" : "spin";
        buffer.Write($"],\"schema\":1,\"sense\":\"{sense}\",\"vartype\":\"{vartype}\"}}");
        return buffer.WrittenSpan.ToArray();
    }

    public static QuboProblem Read(JsonElement element)
    {
        if (element.GetProperty("schema").GetInt32() != 1)
            throw new JsonException("Unknown schema of the canonical form.");
        var linear = new double[element.GetProperty("numVariables").GetInt32()];
        foreach (var entry in element.GetProperty("linear").EnumerateArray())
            linear[entry[0].GetInt32()] = entry[1].GetDouble();

        var quadratic = element.GetProperty("quadratic");
        var count = quadratic.GetArrayLength();
        var (row, column, value) = (new int[count], new int[count], new double[count]);
        var k = 0;
        foreach (var entry in quadratic.EnumerateArray())
        {
            (row[k], column[k], value[k]) = (entry[0].GetInt32(), entry[1].GetInt32(), entry[2].GetDouble());
            k++;
        }
        var labels = element.TryGetProperty("labels", out var given)
            ? given.EnumerateArray().Select(CanonicalJson.Value).ToArray()
            : null;
        return new(
            new(element.GetProperty("offset").GetDouble(), linear, row, column, value),
            element.GetProperty("sense").ValueEquals("minimize") ? Sense.Minimize : Sense.Maximize,
            element.GetProperty("vartype").ValueEquals("binary") ? Vartype.Binary : Vartype.Spin,
            labels
        );
    }

    private static string Index(int value) => value.ToString(CultureInfo.InvariantCulture);
}
