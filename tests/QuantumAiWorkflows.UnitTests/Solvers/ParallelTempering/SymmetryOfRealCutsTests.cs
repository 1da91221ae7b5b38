using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solvers.ParallelTempering;

namespace QuantumAiWorkflows.UnitTests.Solvers.ParallelTempering;

public sealed class SymmetryOfRealCutsTests
{
    [Fact]
    public void Spins_without_fields_are_symmetric_whatever_their_couplings()
    {
        var problem = Gaussian();

        SpinSymmetry.Holds(problem.Model).Should().BeTrue("genetic and path relinking compare answers modulo the flip");
        ReplicaFields
            .Rounded(LocalFields.Real(problem, null), isSymmetric: true, 2)
            .IsSymmetric.Should()
            .BeTrue("tempering changes clusters of either kind");
    }

    private static QuboProblem Gaussian()
    {
        const int Side = 6;
        var random = Xoshiro256.FromSeed(1, "gaussian");
        var builder = new QuboBuilder(_ => default) { Vartype = Vartype.Spin };
        for (var i = 0; i < Side * Side; i++)
            foreach (var j in new[] { i % Side + 1 < Side ? i + 1 : -1, i + Side < Side * Side ? i + Side : -1 })
                if (j >= 0)
                    builder.Add(i, j, random.NextDouble() - 0.5, 0);
        return builder.Build(Side * Side, new())!;
    }
}
