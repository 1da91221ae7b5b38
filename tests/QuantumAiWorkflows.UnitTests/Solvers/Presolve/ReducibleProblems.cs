using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.Presolve;

namespace QuantumAiWorkflows.UnitTests.Solvers.Presolve;

/// <summary>Small problems of every shape that a reduction cares for, and the limits that leave some of it undone.</summary>
internal static class ReducibleProblems
{
    public enum Shape
    {
        Random,
        Tree,
        Cycle,
        Grid,
        TwoParts,
        Submodular,
    }

    public enum Numbers
    {
        Whole,

        /// <summary>-1, 0 and 1: ties wherever one looks.</summary>
        Ties,
        Tenths,
        Real,
    }

    public sealed record Case(
        Shape Shape,
        Numbers Numbers,
        int N,
        double Density,
        Sense Sense,
        Vartype Vartype,
        long Seed
    )
    {
        public QuboProblem Problem()
        {
            var random = Xoshiro256.FromSeed((ulong)Seed, "reducible");
            var builder = new QuboBuilder(_ => default)
            {
                Sense = Sense,
                Vartype = Vartype,
                Offset = random.NextInt32(9) - 4,
            };
            for (var i = 0; i < N; i++)
                if (random.NextDouble() < 0.7)
                    builder.Add(i, i, Coefficient(random), 0);
            foreach (var (i, j) in Pairs(random))
            {
                var weight = Coefficient(random);
                var isWanted = Shape != Shape.Submodular || (weight < 0) == (Sense == Sense.Minimize);
                builder.Add(i, j, isWanted ? weight : -weight, 0);
            }
            return builder.Build(N, new FaultList())!;
        }

        private IEnumerable<(int I, int J)> Pairs(Xoshiro256 random)
        {
            switch (Shape)
            {
                case Shape.Tree:
                    for (var i = 1; i < N; i++)
                        yield return (random.NextInt32(i), i);
                    break;
                case Shape.Cycle:
                    for (var i = 1; i < N; i++)
                        yield return (i - 1, i);
                    if (N > 2)
                        yield return (0, N - 1);
                    break;
                case Shape.Grid:
                    for (var i = 0; i < N; i++)
                    {
                        if (i % 3 != 2 && i + 1 < N)
                            yield return (i, i + 1);
                        if (i + 3 < N)
                            yield return (i, i + 3);
                    }
                    break;
                default:
                    for (var i = 0; i < N; i++)
                    for (var j = i + 1; j < N; j++)
                        if (random.NextDouble() < Density && (Shape != Shape.TwoParts || i < N / 2 == j < N / 2))
                            yield return (i, j);
                    break;
            }
        }

        private double Coefficient(Xoshiro256 random) =>
            Numbers switch
            {
                Numbers.Whole => random.NextInt32(41) - 20,
                Numbers.Ties => random.NextInt32(3) - 1,
                Numbers.Tenths => (random.NextInt32(41) - 20) / 10.0,
                _ => Math.Tan(3 * (random.NextDouble() - 0.5)),
            };
    }

    public static Gen<Case> Cases(int maxVariables = 14) =>
        Gen.Select(
            Gen.Enum<Shape>(),
            Gen.Enum<Numbers>(),
            Gen.Int[1, maxVariables],
            AnyOf(0.15, 0.3, 0.6, 1),
            Gen.Enum<Sense>(),
            Gen.Enum<Vartype>(),
            Gen.Long[0, 1_000_000],
            (shape, numbers, n, density, sense, vartype, seed) =>
                new Case(shape, numbers, n, density, sense, vartype, seed)
        );

    /// <summary>With the default limits nothing of a small problem is ever left.</summary>
    public static Gen<PresolveLimits> Limits { get; } =
        Gen.Select(
            AnyOf(0, 1, 2, 3, 20),
            AnyOf(0, 1_000),
            AnyOf(0, 1_000),
            AnyOf<long>(4, 64, 1 << 20),
            (width, flow, pairs, cells) =>
                new PresolveLimits
                {
                    MaxWidth = width,
                    MaxFlowTerms = flow,
                    MaxPairs = pairs,
                    MaxTableCells = cells,
                }
        );

    private static Gen<T> AnyOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(k => choices[k]);

    /// <summary>The best objective in the problem's own sense, by all assignments in the order of a Gray code.</summary>
    public static double Best(QuboProblem problem)
    {
        var (model, pairs) = (problem.Model, problem.Model.Neighbours);
        var (n, energy) = (model.NumVariables, model.Terms.Offset);
        var field = (double[])model.Terms.Linear.Clone();
        var (isOne, best) = (new bool[n], energy);
        for (var k = 1u; k < 1u << n; k++)
        {
            var i = System.Numerics.BitOperations.TrailingZeroCount(k);
            var sign = isOne[i] ? -1.0 : 1.0;
            energy += sign * field[i];
            isOne[i] = !isOne[i];
            for (var p = pairs.Start[i]; p < pairs.Start[i + 1]; p++)
                field[pairs.Column[p]] += sign * pairs.Weight[p];
            best = Math.Min(best, energy);
        }
        return problem.ToOwnSense(best);
    }

    /// <summary>
    /// What sums of these doubles may differ by: tenths are doubles near a tenth, and the other sums are taken in several
    /// orders.
    /// </summary>
    public static double Rounding(QuboProblem problem) =>
        problem.HasExactObjectives ? 0 : 1e-13 * (1 + problem.Magnitude);

    public static QuboProblem Of(int n, IEnumerable<(int I, int J, double Value)> terms, Sense sense = Sense.Minimize)
    {
        var builder = new QuboBuilder(_ => default) { Sense = sense };
        foreach (var (i, j, value) in terms)
            builder.Add(i, j, value, 0);
        return builder.Build(n, new FaultList())!;
    }
}
