using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

public sealed class UnitOfCoefficientsTests
{
    public static TheoryData<string, int> IdsAndExponents
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (
                var id in new[]
                {
                    "simulated-annealing",
                    "parallel-tempering",
                    "simulated-bifurcation",
                    "mean-field",
                    "genetic",
                    "greedy",
                    "tabu",
                    "path-relinking",
                }
            )
            foreach (var exponent in new[] { 1000, -900, -1005 })
                data.Add(id, exponent);
            return data;
        }
    }

    /// <summary>A power of two rounds nothing, so that fields, which are scaled by one, are the same bit for bit.</summary>
    [Theory, MemberData(nameof(IdsAndExponents))]
    public void A_problem_times_a_power_of_two_has_the_same_answer(string id, int exponent)
    {
        Answer(id, exponent).Should().Be(Answer(id, 0));
    }

    private static string Answer(string id, int exponent)
    {
        var random = Xoshiro256.FromSeed(3, "unit");
        var builder = new QuboBuilder(_ => default);
        for (var i = 0; i < 60; i++)
        for (var j = i; j < 60; j++)
            builder.Add(i, j, Math.ScaleB(random.NextDouble() - 0.5, exponent), 0);
        var problem = builder.Build(60, new())!;
        var solver = Registered.All.Single(s => s.Info.Id == id);
        var outcome = solver.Solve(
            problem,
            Registered.Options(solver),
            Registered.Context(solver, new() { Evaluations = 20_000 })
        );
        return string.Concat(((QuboSolution)((SolveOutcome.Found)outcome).Best).Values);
    }
}
