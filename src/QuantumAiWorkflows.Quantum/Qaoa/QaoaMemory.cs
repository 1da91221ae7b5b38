using System.Globalization;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Noise;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// What the states of a run take on this machine, known before it starts, to the byte for the engine of the standard
/// circuit; and the whole process with them.
/// </summary>
internal static class QaoaMemory
{
    /// <summary>From here on the leading factor says all: a state that nobody has.</summary>
    private const int MostExactQubits = 48;

    /// <summary>
    /// A process that has solved before, and the small change of a run. Measured at the start of runs: 105 to 190 MB.
    /// </summary>
    private const double ProcessBytes = 210e6;

    /// <summary>
    /// What Q# works in: to compile, before there is a state, and beside the small ones that it checks. Measured: 50 MB for
    /// small circuits, 125 MB for 4,000 gates or a dump of 12 qubits.
    /// </summary>
    private const double QSharpBytes = 130e6;

    /// <summary>Of a distinct shot in lists and tables, which double as they grow. Measured: 37 where most of 10 million differed.</summary>
    private const double BytesPerShot = 64;

    /// <summary>Peak of the process that runs it, from above: Q#, or the states with the shots drawn from them.</summary>
    /// <returns>Infinity beyond a double's range, which 1,000 qubits are.</returns>
    public static double OfProcess(QuboProblem problem, QaoaOptions options, SolveBudget budget)
    {
        var distinct = Math.Min(budget.Shots ?? QaoaOptions.DefaultShots, Math.ScaleB(1, problem.NumVariables));
        return ProcessBytes + Math.Max(QSharpBytes, Bytes(problem, options, budget) + BytesPerShot * distinct);
    }

    /// <summary>Of states and costs, which a run adds to its process.</summary>
    /// <returns>Infinity beyond a double's range, which 1,000 qubits are.</returns>
    public static double Bytes(QuboProblem problem, QaoaOptions options, SolveBudget budget)
    {
        var n = problem.NumVariables;
        return n < MostExactQubits ? Exact(problem, options, budget) : Math.ScaleB(BytesPerString(problem, options), n);
    }

    /// <summary>The same in digits, or as a multiple of a power of two where there would be too many.</summary>
    public static string Text(QuboProblem problem, QaoaOptions options, SolveBudget budget)
    {
        var n = problem.NumVariables;
        return n < MostExactQubits
            ? Exact(problem, options, budget).ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{BytesPerString(problem, options)} * 2^{n}");
    }

    /// <summary>Of the 2^n strings each: amplitudes of one state or two, its cost, and what noise is averaged in.</summary>
    public static double BytesPerString(QuboProblem problem, QaoaOptions options)
    {
        var noise = options.Noise is null ? 0 : TrajectorySampler.BytesNeeded(0, options.Variant);
        if (options.ExecutionPath == QaoaExecutionPath.QSharpSimulator)
            return QSharpEngine.BytesNeeded(0);
        if (options.Variant != QaoaVariant.Standard)
            return GateEngine.BytesNeeded(0, options.Variant) + noise;
        var state = options.Precision == QaoaPrecision.Double ? 2 * sizeof(double) : 2 * sizeof(float);
        var states = (HasGradient(options) ? 2 : 1) * (IsHalved(problem, options) ? 0.5 : 1);
        return sizeof(double) + state * states + noise;
    }

    private static long Exact(QuboProblem problem, QaoaOptions options, SolveBudget budget)
    {
        var n = problem.NumVariables;
        if (options.ExecutionPath == QaoaExecutionPath.QSharpSimulator)
            return QSharpEngine.BytesNeeded(n);
        var noise = options.Noise is null ? 0 : TrajectorySampler.BytesNeeded(n, options.Variant);
        return noise
            + (
                options.Variant == QaoaVariant.Standard
                    ? QirEngine.BytesNeeded(
                        n,
                        options.Precision,
                        IsHalved(problem, options),
                        HasGradient(options),
                        budget.Threads
                    )
                    : GateEngine.BytesNeeded(n, options.Variant)
            );
    }

    private static bool HasGradient(QaoaOptions options) =>
        options.Optimizer is QaoaOptimizer.Auto or QaoaOptimizer.Bfgs;

    /// <summary>Whether half of the state is kept, as without linear terms a string and its complement have one amplitude.</summary>
    public static bool IsHalved(QuboProblem problem, QaoaOptions options) =>
        options.Variant == QaoaVariant.Standard
        && options.Symmetry == QaoaSymmetry.Auto
        && problem.NumVariables > 1
        && problem.Model.ToIsing().Linear.All(field => field == 0);
}
