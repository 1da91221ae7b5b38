using System.Globalization;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Estimation;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>What a recursion would take: its model, and where rounds are simulated the circuit of the largest of them.</summary>
internal static class RecursiveQaoaEstimator
{
    /// <param name="modelBytes">Of the recursion, without states.</param>
    /// <param name="usesCircuit">False for a closed form and for the ablations.</param>
    public static ResourceEstimate Of(
        QuboProblem problem,
        RecursiveQaoaOptions options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory,
        long modelBytes,
        bool usesCircuit
    )
    {
        var own = ResourceEstimate.OfClassical(modelBytes, budget);
        if (!usesCircuit)
            return own with
            {
                Note = options.Correlations is CorrelationSource.Random or CorrelationSource.Coefficients
                    ? "no correlations of a state are asked for, so there is no circuit"
                    : "the correlations of one layer have a closed form: no circuit is run, and none would need a quantum processor",
            };

        var isWhole = problem.NumVariables <= options.MaxQubits;
        var round = isWhole ? problem : Densest(options.MaxQubits);
        var one = QaoaEstimator.Of(
            round,
            new()
            {
                Layers = options.Layers,
                MaxQubits = options.MaxQubits,
                MaxEvaluations = CircuitCorrelations.EvaluationsPerRound,
            },
            budget,
            wishes,
            cacheDirectory
        );
        var what = isWhole
            ? "the first round, the largest"
            : "the first round that is simulated, where all pairs of its variables interact, as they may by then";
        return one with
        {
            Machine = own.Machine with
            {
                MemoryBytes = own.Machine.MemoryBytes + one.Machine.MemoryBytes,
                MemoryBasis = $"the recursion's model, and for the state of a round {one.Machine.MemoryBasis}",
                SecondsBasis = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{own.Machine.SecondsBasis}; the round takes about {one.Machine.Seconds:G3} CPU seconds"
                ),
            },
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"circuit, hardware and faultTolerant are of {what}: {round.NumVariables} variables; each round has a circuit of its own, and larger ones a closed form"
            ),
        };
    }

    /// <summary>A problem with all couplings and fields. Their values change no count.</summary>
    private static QuboProblem Densest(int variables)
    {
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < variables; i++)
        for (var j = i + 1; j < variables; j++)
            builder.Add(i, j, 1, 0);
        return builder.Build(variables, new FaultList())!;
    }
}
