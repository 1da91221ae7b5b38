using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>What was understood of a posted QUBO; energies at two known points make a wrong convention visible.</summary>
internal static class QuboSummary
{
    public static JsonObject Of(QuboProblem problem)
    {
        var terms = problem.Terms;
        var coefficients = terms.Linear.Where(v => v != 0).Concat(terms.Value).DefaultIfEmpty(0).ToList();
        var n = problem.NumVariables;
        var values = new sbyte[n];
        values.AsSpan().Fill(problem.Vartype == Vartype.Binary ? (sbyte)0 : (sbyte)-1);
        var allZeros = terms.Evaluate(values);
        values.AsSpan().Fill(1);
        return new()
        {
            ["numVariables"] = n,
            ["numInteractions"] = problem.NumInteractions,
            ["sense"] = problem.Sense == Sense.Minimize ? "minimize" : "maximize",
            ["vartype"] = problem.Vartype == Vartype.Binary ? "binary" : "spin",
            ["offset"] = terms.Offset,
            ["minCoefficient"] = coefficients.Min(),
            ["maxCoefficient"] = coefficients.Max(),
            ["density"] = n < 2 ? 0 : problem.NumInteractions / (0.5 * n * (n - 1.0)),
            // For spins: all at -1, which is x = 0 of the binary form.
            ["energyOfAllZeros"] = allZeros,
            ["energyOfAllOnes"] = terms.Evaluate(values),
        };
    }
}
