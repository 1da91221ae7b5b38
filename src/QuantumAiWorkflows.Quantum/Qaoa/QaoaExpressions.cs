using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.QSharp;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>Calls of the operations in Qaoa.qs for one Ising model, as Q# expressions.</summary>
internal sealed class QaoaExpressions(QuboTerms ising)
{
    private readonly string _model =
        $"{QSharpProgram.Literal(ising.Linear)}, [{string.Join(", ", Enumerable.Range(0, ising.Value.Length)
            .Select(k => $"({ising.Row[k]}, {ising.Column[k]}, {QSharpProgram.Literal(ising.Value[k])})"))}]";

    public string Sample(QaoaAngles angles) =>
        $"Qaoa.SampleQaoa({QSharpProgram.Literal(angles.Gammas)}, {QSharpProgram.Literal(angles.Betas)}, {_model})";

    public string Dump(IEnumerable<QaoaAngles> angles) =>
        $"Qaoa.DumpQaoaStates([{string.Join(", ", angles.Select(a =>
            $"({QSharpProgram.Literal(a.Gammas)}, {QSharpProgram.Literal(a.Betas)})"))}], {_model})";
}
