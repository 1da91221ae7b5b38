using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.UnitTests.Benchmarks;

namespace QuantumAiWorkflows.UnitTests.Economics;

public static class SomeRun
{
    /// <summary>A tenth of a CPU second on an ideal simulator.</summary>
    public static RunRecord Quantum(long evaluations, long shots, int depth) =>
        AsCircuit(
            SomeBenchmark.Run(SomeBenchmark.Instance(), SomeBenchmark.Candidate(), 1, new()),
            evaluations,
            shots,
            depth
        );

    public static RunRecord AsCircuit(RunRecord run, long evaluations, long shots, int depth) =>
        run with
        {
            Metrics = run.Metrics with { Evaluations = evaluations, Shots = shots },
            Usage = run.Usage with { Shot = shots },
            Quantum = new()
            {
                ExecutionPath = "qsharp-qir",
                EvidenceLevel = EvidenceLevel.IdealSimulator,
                Qubits = 8,
                CircuitDepth = depth,
                TwoQubitGates = depth,
                GateCounts = new Dictionary<string, int>(),
                Expectation = 0,
                Angles = new([], []),
                BestSampleProbability = 0.1,
                HitRate = 0.1,
                CompileCached = true,
            },
        };
}
