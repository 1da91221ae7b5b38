using System.Globalization;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Noise;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// What the states of a run take on this machine, known before it starts. To the byte for the engine of the standard
/// circuit; Q#'s module and the runtime, some 100 MB, come on top.
/// </summary>
internal static class QaoaMemory
{
    /// <summary>From here on the leading factor says all: a state that nobody has.</summary>
    private const int MostExactQubits = 48;

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
