using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.QSharp;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// The quantum approximate optimization algorithm (Farhi, Goldstone and Gutmann, arXiv:1411.4028) with the circuit
/// written in Q#. The answer is the best of the measured bit strings; the exact optimum, though at hand for small
/// problems, is looked at for the metrics only.
/// </summary>
public sealed class QaoaSolver : Solver<QuboProblem, QaoaOptions>
{
    public override IReadOnlyList<string> Families { get; } = [QuboFamily.Instance.Id];

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "qaoa",
            Version = "1.0.0",
            Paradigm = Paradigm.Quantum,
            Task = SolverTask.Optimization,
            Summary =
                "QAOA on an ideal quantum computer's simulation: Q# circuit of p layers, Nelder-Mead over its angles, then "
                + "seeded shots, of which the best is the answer.",
            Deterministic = true,
            CountsShots = true,
            DeterministicWhen =
                "The run ends by itself, or by budget.evaluations or budget.shots; not by cpuSeconds or timeSeconds.",
            Evaluation = "one expectation value of the cost in the angle search, which is one state of 2^n amplitudes",
            Limits =
                "at most 22 variables, with maxQubits 26 (24 bytes per amplitude: 100 MB and 1.6 GB); 12 on the path "
                + "qsharp-simulator, with maxSimulatorQubits 16; one thread, more are not used",
            Strengths =
            [
                "shows what a noiseless quantum computer of this size would give",
                "circuit numbers, expectation and probabilities are exact",
            ],
            Weaknesses =
            [
                "time and memory double with every variable; classical solvers are faster at every size it can take",
                "shallow circuits find optima of constrained encodings with large penalties rarely",
            ],
            Sources =
            [
                "Farhi, Goldstone, Gutmann, \"A Quantum Approximate Optimization Algorithm\", arXiv:1411.4028",
                "Sureshbabu et al., \"Parameter setting in quantum approximate optimization of weighted problems\", Quantum 8, 2024",
                "Gao, Han, \"Implementing the Nelder-Mead simplex algorithm with adaptive parameters\", 2012",
                "Svore et al., \"Q#: Enabling scalable quantum computing and development with a high-level DSL\", RWDSL 2018 (here: Microsoft's npm package qsharp-lang)",
            ],
            CompilesPerProblem = true,
            OptionsAsSubSolver = new() { ["crossCheckQubits"] = 0 },
            Ablations =
            [
                new(
                    "uniform",
                    "as many uniform random bit strings instead of the circuit's shots",
                    new() { ["sampler"] = "uniform" }
                ),
            ],
        };

    public override Availability Availability(string? cacheDirectory) =>
        QSharpToolchain.Availability(cacheDirectory) switch
        {
            QSharpAvailability.Missing missing => new(missing.Reason, IsComing: false),
            QSharpAvailability.NotCompiledYet => new(
                "The Q# module is being compiled for this machine; it takes about ten CPU seconds, once.",
                IsComing: true
            ),
            _ => Solving.Availability.Now,
        };

    protected override Applicability Check(QuboProblem problem, QaoaOptions options, SolveBudget budget)
    {
        var n = problem.NumVariables;
        var (limit, option) =
            options.ExecutionPath == QaoaExecutionPath.QSharpSimulator
                ? (options.MaxSimulatorQubits, "maxSimulatorQubits")
                : (options.MaxQubits, "maxQubits");
        if (n > limit)
            return new Applicability.Unsupported(
                $"qaoa needs {n} qubits, one per variable, and {Bytes(n)} bytes; the limit is {limit} qubits (option {option}).",
                n,
                limit,
                "qubits"
            );
        if (budget.MemoryMegabytes is { } megabytes && StateVector.BytesNeeded(n) > megabytes * 1e6)
            return new Applicability.Unsupported(
                $"qaoa needs {Bytes(n)} bytes for {n} qubits; the budget allows {megabytes} MB.",
                StateVector.BytesNeeded(n),
                megabytes * 1e6,
                "bytes"
            );
        return QSharpToolchain.Availability(null) is QSharpAvailability.Missing missing
            ? new Applicability.Unsupported(missing.Reason)
            : Applicability.Yes;
    }

    protected override SolveOutcome Solve(QuboProblem problem, QaoaOptions options, SolveContext context)
    {
        if (options.Sampler == QaoaSampler.Uniform)
            return UniformAblation.Solve(problem, problem.Model.ToIsing(), context);
        switch (QSharpToolchain.Availability(context.CacheDirectory))
        {
            case QSharpAvailability.Missing missing:
                return new SolveOutcome.NothingFound(missing.Reason);
            case QSharpAvailability.NotCompiledYet:
                return new SolveOutcome.NothingFound("The Q# module has not been compiled for this machine yet.");
        }

        var clock = new QaoaClock(context);
        var ising = problem.Model.ToIsing();
        var isOnQSharp = options.ExecutionPath == QaoaExecutionPath.QSharpSimulator;
        try
        {
            QaoaCircuit circuit;
            bool isCached;
            using (context.Stage("compile"))
                (circuit, isCached) = QaoaCompiler.Compile(
                    new(ising),
                    options.Layers,
                    context.CacheDirectory!,
                    clock.IsSearchOver,
                    keepsFile: !context.IsSubProblem
                );

            using IQaoaEngine engine = isOnQSharp
                ? new QSharpEngine(ising, context.CacheDirectory!, clock.IsSearchOver, () => clock.IsOver)
                : new QirEngine(circuit);
            return new QaoaRun(problem, ising, options, context, clock, circuit, isCached, engine).Execute();
        }
        catch (QSharpInterruptedException)
        {
            return new SolveOutcome.NothingFound("The budget was spent while Q# compiled the circuit.");
        }
    }

    private static string Bytes(int qubits) =>
        qubits < 50
            ? StateVector.BytesNeeded(qubits).ToString(System.Globalization.CultureInfo.InvariantCulture)
            : $"24 * 2^{qubits}";
}
