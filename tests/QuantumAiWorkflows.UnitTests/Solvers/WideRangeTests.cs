using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

public sealed class WideRangeTests
{
    public static TheoryData<string> Ids =>
        [
            "simulated-annealing",
            "parallel-tempering",
            "simulated-bifurcation",
            "mean-field",
            "genetic",
            "greedy",
            "tabu",
            "path-relinking",
        ];

    /// <summary>
    /// 1e13 and sums of nines are exact in doubles: what no flip of one bit may improve is a local minimum of the problem,
    /// which every one of these promises to end at.
    /// </summary>
    [Theory, MemberData(nameof(Ids))]
    public void No_flip_improves_the_answer_where_one_coefficient_is_far_above_the_others(string id)
    {
        var solver = Registered.All.Single(s => s.Info.Id == id);
        foreach (var seed in new long[] { 1, 2, 3, 4, 5 })
        {
            var problem = BesideOne(1e13, seed);
            var outcome = solver.Solve(
                problem,
                Registered.Options(solver),
                Registered.Context(solver, new() { Evaluations = 200_000 }, seed)
            );

            var found = (QuboSolution)((SolveOutcome.Found)outcome).Best;
            var reached = problem.Evaluate(found).Objective;
            for (var i = 0; i < problem.NumVariables; i++)
            {
                var bits = problem.ToBits(found);
                bits[i] ^= 1;
                problem.Evaluate(problem.FromBits(bits)).Objective.Should().BeGreaterThanOrEqualTo(reached);
            }
        }
    }

    /// <summary>A dense problem of coefficients from -9 to 9, and a first variable of its own.</summary>
    private static QuboProblem BesideOne(double coefficient, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "wide");
        var builder = new QuboBuilder(_ => default);
        builder.Add(0, 0, coefficient, 0);
        for (var i = 1; i < 25; i++)
        for (var j = i; j < 25; j++)
            builder.Add(i, j, random.NextInt32(19) - 9, 0);
        return builder.Build(25, new())!;
    }
}
