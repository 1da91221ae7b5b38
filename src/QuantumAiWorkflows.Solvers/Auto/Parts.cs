using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Solvers.Auto;

internal sealed class Parts(QuboProblem problem)
{
    public static Parts Of(QuboProblem problem) => new(problem);

    public IReadOnlyList<QuboProblem> Remainders { get; } = [problem];

    public bool IsWhole => true;

    public QuboSolution Lift(IReadOnlyList<QuboSolution> answers) => answers[0];

    public IReadOnlyList<QuboSolution> Restrict(QuboSolution? start) =>
        [start ?? problem.FromBits(new sbyte[problem.NumVariables])];
}
