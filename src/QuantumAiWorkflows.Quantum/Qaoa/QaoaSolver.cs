using System.Text.Json;
using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Estimation;
using QuantumAiWorkflows.Quantum.Noise;
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
            Version = "1.1.0",
            Paradigm = Paradigm.Quantum,
            Task = SolverTask.Optimization,
            Summary =
                "QAOA on an ideal quantum computer's simulation: Q# circuit of p layers, quasi-Newton over its angles with "
                + "exact gradients, then seeded shots, of which the best is the answer.",
            Deterministic = true,
            CountsShots = true,
            DeterministicWhen =
                "The run ends by itself, or by budget.evaluations or budget.shots; not by cpuSeconds or timeSeconds.",
            Evaluation =
                "one value in the angle search, which is one state of 2^n amplitudes walked through the circuit; a gradient of "
                + "all angles with its value walks three and counts 3; the relaxation of warmStart counts 1",
            Limits =
                "at most 22 variables, with maxQubits 30 (40 bytes per string: 170 MB and 43 GB; 24 in single precision; less by "
                + "symmetry and without gradients; other variants 48, multiAngle 56); 12 on the path qsharp-simulator, with "
                + "maxSimulatorQubits 16; budget.threads share the passes over the standard variant's state on qsharp-qir",
            Complexity =
                "an evaluation is p layers over a state of 2^n amplitudes, O(p·n·2^n), half of it where the problem has no linear terms; a shot of the final circuit O(log 2^n)",
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
                "Hadfield et al., \"From the Quantum Approximate Optimization Algorithm to a Quantum Alternating Operator Ansatz\", Algorithms 12, 2019 (xyRing)",
                "Wang, Rubin, Dominy, Rieffel, \"XY mixers: Analytical and numerical results for the quantum alternating operator ansatz\", Physical Review A 101, 2020 (xyRing)",
                "Egger, Marecek, Woerner, \"Warm-starting quantum optimization\", Quantum 5, 2021 (warmStart)",
                "Herrman, Lotshaw, Ostrowski, Humble, Siopsis, \"Multi-angle quantum approximate optimization algorithm\", Scientific Reports 12, 2022 (multiAngle)",
                "Sureshbabu et al., \"Parameter setting in quantum approximate optimization of weighted problems\", Quantum 8, 2024",
                "Zhou, Wang, Choi, Pichler, Lukin, \"Quantum approximate optimization algorithm: performance, mechanism, and implementation on near-term devices\", Physical Review X 10, 2020",
                "Jones, Gacon, \"Efficient calculation of gradients in classical simulations of variational quantum algorithms\", arXiv:2009.02823, 2020",
                "Barkoutsos, Nannicini, Robert, Tavernelli, Woerner, \"Improving variational quantum optimization using CVaR\", Quantum 4, 2020",
                "Li, Fan, Coram, Riley, Leichenauer, \"Quantum optimization with a novel Gibbs objective function and ansatz architecture search\", Physical Review Research 2, 2020",
                "Spall, \"Implementation of the simultaneous perturbation algorithm for stochastic optimization\", IEEE Transactions on Aerospace and Electronic Systems 34, 1998",
                "Svore et al., \"Q#: Enabling scalable quantum computing and development with a high-level DSL\", RWDSL 2018 (here: Microsoft's npm package qsharp-lang)",
            ],
            CompilesPerProblem = true,
            OptionsAsSubSolver = new() { ["crossCheckQubits"] = 0 },
            Ablations =
            [
                new(
                    "uniform",
                    "as many random bit strings, as the circuit's start state gives them, instead of its shots",
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

    public override object? ReadOptions(JsonElement? element, string pointer, FaultList faults)
    {
        if (base.ReadOptions(element, pointer, faults) is not QaoaOptions options)
            return null;
        var before = faults.Count;
        if (options.Noise is { } noise)
            NoiseRules.Check(
                noise,
                options.ExecutionPath == QaoaExecutionPath.QSharpSimulator,
                $"{pointer}/noise",
                faults
            );
        return faults.Count == before ? options : null;
    }

    protected override Applicability Check(QuboProblem problem, QaoaOptions options, SolveBudget budget)
    {
        var n = problem.NumVariables;
        if (VariantChecks.Check(options, problem) is { } bad)
            return bad;
        var (limit, option) =
            options.ExecutionPath == QaoaExecutionPath.QSharpSimulator
                ? (options.MaxSimulatorQubits, "maxSimulatorQubits")
                : (options.MaxQubits, "maxQubits");
        if (n > limit)
            return new Applicability.Unsupported(
                $"qaoa needs {n} qubits, one per variable, and {QaoaMemory.Text(problem, options, budget)} bytes; the limit is {limit} qubits (option {option}).",
                n,
                limit,
                "qubits"
            );
        var bytes = QaoaMemory.Bytes(problem, options, budget);
        if (budget.MemoryMegabytes is { } megabytes && bytes > megabytes * 1e6)
            return new Applicability.Unsupported(
                $"qaoa needs {QaoaMemory.Text(problem, options, budget)} bytes for {n} qubits; the budget allows {megabytes} MB.",
                bytes,
                megabytes * 1e6,
                "bytes"
            );
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (bytes > available)
            return new Applicability.Unsupported(
                $"qaoa needs {QaoaMemory.Text(problem, options, budget)} bytes for {n} qubits; this machine has {available}.",
                bytes,
                available,
                "bytes"
            );
        var hasPairs = problem.NumInteractions > 0 || options.Variant == QaoaVariant.XyRing;
        if (
            options.Noise?.Profile is { } profile
            && NoiseRules.Misfit(profile, n, options.Layers, hasPairs) is { } misfit
        )
            return misfit;
        return QSharpToolchain.Availability(null) is QSharpAvailability.Missing missing
            ? new Applicability.Unsupported(missing.Reason)
            : Applicability.Yes;
    }

    protected override ResourceEstimate Estimate(
        QuboProblem problem,
        QaoaOptions options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    ) => QaoaEstimator.Of(problem, options, budget, wishes, cacheDirectory);

    protected override SolveOutcome Solve(QuboProblem problem, QaoaOptions options, SolveContext context)
    {
        var ising = problem.Model.ToIsing();
        var shape = CircuitShape.From(options, problem);
        var starts = WarmStart(problem, options, context);
        if (options.Sampler == QaoaSampler.Uniform)
            return UniformAblation.Solve(problem, ising, new(problem.NumVariables, shape.Groups), starts, context);
        switch (QSharpToolchain.Availability(context.CacheDirectory))
        {
            case QSharpAvailability.Missing missing:
                return new SolveOutcome.NothingFound(missing.Reason);
            case QSharpAvailability.NotCompiledYet:
                return new SolveOutcome.NothingFound("The Q# module has not been compiled for this machine yet.");
        }

        var clock = new QaoaClock(context);
        var expressions = new QaoaExpressions(ising, shape, starts);
        // Smaller states take milliseconds: not worth a look at the clock between their gates. A sub-problem's share of
        // the time has no kill behind it: a first state a little late still gives an answer.
        Func<bool>? isStateOver =
            problem.NumVariables < 16 ? null
            : context.IsSubProblem ? () => context.Cancellation.IsCancellationRequested
            : () => clock.IsOver;
        var isOnQSharp = options.ExecutionPath == QaoaExecutionPath.QSharpSimulator;
        try
        {
            QaoaCircuit circuit;
            bool isCached;
            using (context.Stage("compile"))
                (circuit, isCached) = QaoaCompiler.Compile(
                    expressions,
                    options.Layers,
                    context.CacheDirectory!,
                    clock.IsSearchOver,
                    keepsFile: !context.IsSubProblem
                );

            using IQaoaEngine engine =
                isOnQSharp
                    ? new QSharpEngine(expressions, context.CacheDirectory!, clock.IsSearchOver, () => clock.IsOver)
                : options.Variant == QaoaVariant.Standard
                    ? new QirEngine(circuit, options.Precision, options.Symmetry, context.Budget.Threads, isStateOver)
                : new GateEngine(circuit, starts, isStateOver);
            return new QaoaRun(
                problem,
                ising,
                options,
                context,
                clock,
                circuit,
                expressions,
                isCached,
                engine
            ).Execute();
        }
        catch (QSharpInterruptedException)
        {
            return new SolveOutcome.NothingFound("The budget was spent while Q# compiled the circuit.");
        }
        catch (StateTooLargeException refused)
        {
            return new SolveOutcome.NothingFound(refused.Message);
        }
        catch (OutOfMemoryException)
        {
            return new SolveOutcome.NothingFound(
                $"The system refused a part of the {QaoaMemory.Text(problem, options, context.Budget)} bytes that the run needs."
            );
        }
    }

    /// <summary>Start angles from the relaxed problem; null for other circuits. Counts as one evaluation.</summary>
    private static double[]? WarmStart(QuboProblem problem, QaoaOptions options, SolveContext context)
    {
        if (options.Variant != QaoaVariant.WarmStart)
            return null;
        using var stage = context.Stage("relax");
        context.CountEvaluations(1);
        var relaxed = RelaxedSolution.Find(problem.Model, context.CreateRandom("relax"));
        return RelaxedSolution.ToStartAngles(relaxed, options.WarmStartEpsilon);
    }
}
