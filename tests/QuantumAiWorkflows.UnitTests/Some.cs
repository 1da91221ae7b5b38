using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests;

/// <summary>Valid things whose details a test does not care about.</summary>
public static class Some
{
    /// <summary>A random QUBO with whole coefficients from -9 to 9.</summary>
    public static QuboProblem Qubo(
        int numVariables = 8,
        double density = 0.5,
        long seed = 1,
        Sense sense = Sense.Minimize,
        Vartype vartype = Vartype.Binary
    )
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "some");
        var builder = new QuboBuilder(_ => default)
        {
            Sense = sense,
            Vartype = vartype,
            Offset = random.NextInt32(19) - 9,
        };
        for (var i = 0; i < numVariables; i++)
        for (var j = i; j < numVariables; j++)
            if (i == j || random.NextDouble() < density)
                builder.Add(i, j, random.NextInt32(19) - 9, 0);
        return builder.Build(numVariables, new FaultList())!;
    }

    public static SolveContext Context(long seed = 1, SolveBudget? budget = null) =>
        new(budget ?? new SolveBudget { TimeSeconds = 10 }, seed);
}
