using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests;

/// <summary>All 2^n assignments of a small problem in counting order: bit i of an assignment's number is variable i.</summary>
internal static class Every
{
    public static IEnumerable<sbyte[]> Assignment(int numVariables) =>
        Enumerable.Range(0, 1 << numVariables).Select(number => Assignment(number, numVariables));

    public static sbyte[] Assignment(int number, int numVariables) =>
        [.. Enumerable.Range(0, numVariables).Select(i => (sbyte)((number >> i) & 1))];

    /// <summary>In the problem's own sense; for spins, a bit 0 is -1.</summary>
    public static IEnumerable<double> Objective(QuboProblem problem) =>
        Assignment(problem.NumVariables).Select(bits => problem.Evaluate(problem.FromBits(bits)).Objective);

    public static double BestObjective(QuboProblem problem) =>
        problem.Sense == Sense.Minimize ? Objective(problem).Min() : Objective(problem).Max();
}
