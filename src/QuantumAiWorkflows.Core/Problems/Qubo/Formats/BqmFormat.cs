using System.Globalization;
using System.Text;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo.Input;

namespace QuantumAiWorkflows.Problems.Qubo.Formats;

/// <summary>dimod's BinaryQuadraticModel as JSON, bqm_schema 3.0.0. Minimized. Faults have pointers, as the file is JSON.</summary>
public sealed class BqmFormat : QuboFormat
{
    public override string Id => "bqm";

    public override string Title => "dimod BQM JSON";

    public override string MediaType => "application/json";

    public override string Extension => ".json";

    protected override bool HoldsSpins => true;

    protected override bool HoldsOffset => true;

    protected override bool HoldsLabels => true;

    private protected override QuboProblem? ReadQubo(
        ReadOnlyMemory<byte> content,
        QuboFileSettings settings,
        FaultList faults
    )
    {
        using var document = StrictJson.Parse(content, faults);
        if (
            document is null
            || StrictJson.Read<BqmInput>(document.RootElement, "", faults) is not { } bqm
            || BqmForm.Read(bqm, "", faults) is not var (builder, numVariables)
        )
            return null;
        builder.Sense = settings.Sense ?? Sense.Minimize;
        builder.Duplicates = settings.Duplicates;
        return builder.Build(numVariables, faults);
    }

    /// <summary>The members in dimod's own order; index_type and bias_type are what a reader without bytes ignores.</summary>
    private protected override string WriteText(QuboProblem problem)
    {
        var terms = problem.Terms;
        var labels = problem.Labels ?? [.. Enumerable.Range(0, terms.NumVariables).Select(Index)];
        return new StringBuilder(
            """{"type":"BinaryQuadraticModel","version":{"bqm_schema":"3.0.0"},"use_bytes":false,"""
        )
            .Append("\"index_type\":\"int32\",\"bias_type\":\"float64\",")
            .Append(CultureInfo.InvariantCulture, $"\"num_variables\":{terms.NumVariables},")
            .Append(CultureInfo.InvariantCulture, $"\"num_interactions\":{terms.Value.Length},")
            .Append(CultureInfo.InvariantCulture, $"\"variable_labels\":[{string.Join(',', labels)}],")
            .Append(problem.Vartype == Vartype.Spin ? "\"variable_type\":\"SPIN\"," : "\"variable_type\":\"BINARY\",")
            .Append(CultureInfo.InvariantCulture, $"\"offset\":{CanonicalJson.Number(terms.Offset)},\"info\":{{}},")
            .Append("\"linear_biases\":[")
            .AppendJoin(',', terms.Linear.Select(CanonicalJson.Number))
            .Append("],\"quadratic_biases\":[")
            .AppendJoin(',', terms.Value.Select(CanonicalJson.Number))
            .Append("],\"quadratic_head\":[")
            .AppendJoin(',', terms.Row.Select(Index))
            .Append("],\"quadratic_tail\":[")
            .AppendJoin(',', terms.Column.Select(Index))
            .Append("]}")
            .ToString();
    }
}
