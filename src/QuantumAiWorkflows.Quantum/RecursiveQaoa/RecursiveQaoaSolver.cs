using QuantumAiWorkflows.Estimates;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.ClosedForm;
using QuantumAiWorkflows.Quantum.QSharp;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// Recursive QAOA: the strongest correlation of a QAOA state decides one variable at a time (Bravyi, Kliesch, Koenig and
/// Tang, "Obstacles to variational quantum optimization from symmetry protection", Phys. Rev. Lett. 125, 260505, 2020).
/// The answer comes from the classical core, so a run is quantum-inspired, however its correlations were made.
/// </summary>
public sealed class RecursiveQaoaSolver : Solver<QuboProblem, RecursiveQaoaOptions>
{
    /// <summary>Measured at 12.5 million interactions: 260.</summary>
    private const int BytesPerInteraction = 300;

    /// <summary>Measured 2 ns; the rest is for slower and busy machines.</summary>
    private const double SecondsPerWork = 4e-9;

    public override IReadOnlyList<string> Families { get; } = [QuboFamily.Instance.Id];

    public override SolverInfo Info { get; } =
        new()
        {
            Id = "rqaoa",
            Version = "1.0.0",
            Paradigm = Paradigm.QuantumInspired,
            Task = SolverTask.Optimization,
            Summary =
                "Recursive QAOA: expectation values of a one-layer QAOA state, in closed form for any size, decide the variables one by one down to a core that is solved exactly.",
            Deterministic = true,
            DeterministicWhen =
                "The run ends by itself or by budget.evaluations; not by cpuSeconds or timeSeconds, which also set how many variables a round eliminates.",
            Evaluation =
                "one expectation of the cost with all its correlations, at one set of angles; the exact core at the end is one more",
            Limits =
                "in closed form about 300 bytes per interaction, and refused when one expectation takes over 30 % of the time or CPU budget (4 s at 4000 variables that all interact); states, with more layers or the circuit, of at most maxQubits qubits; one thread, more are not used",
            Complexity =
                "a round optimizes the angles of QAOA on the variables left (O(p·n·2^n) an evaluation; closed form of one layer: O(n + m) times a degree) and removes one variable; n minus cut-off rounds",
            Strengths =
            [
                "QAOA far beyond any simulator: thousands of variables, sparse or dense",
                "shows what the correlations of a shallow circuit are worth when a classical recursion uses them",
            ],
            Weaknesses =
            [
                "one greedy pass: annealing and tabu find better answers in less time on large problems",
                "with linear terms, going by the largest coefficient instead was better on the QUBO problems measured",
                "each round costs an expectation of the whole problem: dense ones of thousands take many eliminations per round",
            ],
            Sources =
            [
                "S. Bravyi, A. Kliesch, R. Koenig, E. Tang, Obstacles to variational quantum optimization from symmetry protection, Physical Review Letters 125, 260505, 2020",
                "A. Ozaeta, W. van Dam, P. L. McMahon, Expectation values from the single-layer quantum approximate optimization algorithm on Ising problems, Quantum Science and Technology 7, 045036, 2022",
                "R. P. Brent, Algorithms for Minimization without Derivatives, Prentice-Hall, 1973",
            ],
            Ablations =
            [
                new(
                    "random",
                    "random numbers instead of the correlations, in less time",
                    new() { ["correlations"] = "random" }
                ),
                new(
                    "coefficients",
                    "the largest coefficient instead of the strongest correlation, in less time",
                    new() { ["correlations"] = "coefficients" }
                ),
            ],
        };

    protected override Applicability Check(QuboProblem problem, RecursiveQaoaOptions options, SolveBudget budget)
    {
        if (options is { Correlations: CorrelationSource.ClosedForm, Layers: > 1 })
            return new Applicability.Unsupported(
                $"rqaoa has a closed form for 1 layer only, {options.Layers} were asked for; correlations auto or circuit simulates them.",
                options.Layers,
                1,
                "layers"
            );
        if (DoesNotFit(problem, options, budget) is { } refusal)
            return refusal;
        return UsesCircuit(options) && QSharpToolchain.Availability(null) is QSharpAvailability.Missing missing
            ? new Applicability.Unsupported(missing.Reason)
            : Applicability.Yes;
    }

    protected override ResourceEstimate Estimate(
        QuboProblem problem,
        RecursiveQaoaOptions options,
        SolveBudget budget,
        EstimateWishes wishes,
        string? cacheDirectory
    ) =>
        RecursiveQaoaEstimator.Of(
            problem,
            options,
            budget,
            wishes,
            cacheDirectory,
            BytesPerInteraction * problem.NumInteractions,
            UsesCircuit(options)
        );

    protected override SolveOutcome Solve(QuboProblem problem, RecursiveQaoaOptions options, SolveContext context)
    {
        if (UsesCircuit(options))
            switch (QSharpToolchain.Availability(context.CacheDirectory))
            {
                case QSharpAvailability.Missing missing:
                    return new SolveOutcome.NothingFound(missing.Reason);
                case QSharpAvailability.NotCompiledYet:
                    return new SolveOutcome.NothingFound("The Q# module has not been compiled for this machine yet.");
            }
        ICorrelationSource source = options.Correlations switch
        {
            CorrelationSource.Random => new RandomCorrelations(context.CreateRandom("correlations")),
            CorrelationSource.Coefficients => new CoefficientCorrelations(),
            _ when UsesCircuit(options) => new CircuitCorrelations(
                options.Layers,
                options.MaxQubits,
                new(context),
                context
            ),
            _ => new ClosedFormCorrelations(context),
        };
        try
        {
            return new RecursiveQaoaRun(problem, options, source, context).Execute();
        }
        catch (StateTooLargeException refused)
        {
            return new SolveOutcome.NothingFound(refused.Message);
        }
    }

    /// <summary>
    /// Refuses what could not even compute one expectation: memory, and 30 % of the time, as for solvers that build models.
    /// </summary>
    private static Applicability.Unsupported? DoesNotFit(
        QuboProblem problem,
        RecursiveQaoaOptions options,
        SolveBudget budget
    )
    {
        var qubits = UsesCircuit(options) ? Math.Min(problem.NumVariables, options.MaxQubits) : 0;
        var states = qubits > 0 ? CircuitCorrelations.BytesNeeded(qubits) : 0;
        var bytes = BytesPerInteraction * (double)problem.NumInteractions + states;
        if (budget.MemoryMegabytes is { } megabytes && bytes > megabytes * 1e6)
            return new(
                $"rqaoa needs about {bytes:0} bytes for {problem.NumInteractions} interactions{(states > 0 ? $" and states of {qubits} qubits" : "")}; the budget allows {megabytes} MB.",
                bytes,
                megabytes * 1e6,
                "bytes"
            );
        var rows = problem.Model.Neighbours.Start;
        var isClassical = options.Correlations is CorrelationSource.Random or CorrelationSource.Coefficients;
        var needed = isClassical
            ? 0
            : SecondsPerWork * OneLayer.WorkOf([.. rows.Skip(1).Zip(rows, (end, start) => end - start)]);
        var allowed = 0.3 * Math.Min(budget.TimeSeconds ?? double.MaxValue, budget.CpuSeconds ?? double.MaxValue);
        return needed <= allowed
            ? null
            : new(
                FormattableString.Invariant(
                    $"rqaoa needs about {needed:0.###} s for one expectation value of this problem; 30 % of the budget are {allowed:0.###} s."
                ),
                needed,
                allowed,
                "seconds"
            );
    }

    private static bool UsesCircuit(RecursiveQaoaOptions options) =>
        options.Correlations == CorrelationSource.Circuit
        || options is { Correlations: CorrelationSource.Auto, Layers: > 1 };
}
