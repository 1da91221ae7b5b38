using System.Numerics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Problems.Qubo;

/// <summary>Where a QUBO's objectives lie, without solving it: what gaps and ratios are measured against.</summary>
internal static class QuboScale
{
    /// <summary>Assignments averaged by <see cref="UniformMean"/>; part of the verdict's procedure.</summary>
    private const int Assignments = 1000;

    /// <summary>2^20 points take some ten milliseconds; each further variable doubles that.</summary>
    private const int MaxEnumerated = 20;

    /// <summary>
    /// Mean objective of 1,000 uniform assignments. The seed is fixed, so that a problem has one scale for ever.
    /// O(1000 (n + m)).
    /// </summary>
    public static double UniformMean(QuboProblem problem)
    {
        var random = Xoshiro256.FromSeed(0, "uniform-assignments");
        var low = (sbyte)(problem.Vartype == Vartype.Binary ? 0 : -1);
        var values = new sbyte[problem.NumVariables];
        var objectives = new double[Assignments];
        for (var k = 0; k < Assignments; k++)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = random.NextBoolean() ? (sbyte)1 : low;
            objectives[k] = problem.Terms.Evaluate(values);
        }
        return ExactSum.Mean(objectives);
    }

    /// <summary>The worst of all 2^n objectives in Gray-code order, O(2^n n); null above 20 variables.</summary>
    public static double? Worst(QuboProblem problem)
    {
        var n = problem.NumVariables;
        if (n > MaxEnumerated)
            return null;
        var model = problem.Model;
        var neighbours = model.Neighbours;
        var x = new sbyte[n];
        var worst = x.ToArray();
        var energy = model.Energy(x);
        var highest = energy;
        for (var step = 1u; step < 1u << n; step++)
        {
            var flipped = BitOperations.TrailingZeroCount(step);
            var delta = model.Terms.Linear[flipped];
            for (var k = neighbours.Start[flipped]; k < neighbours.Start[flipped + 1]; k++)
                delta += neighbours.Weight[k] * x[neighbours.Column[k]];
            energy += x[flipped] == 0 ? delta : -delta;
            x[flipped] ^= 1;
            if (energy > highest)
                (highest, worst) = (energy, x.ToArray());
        }
        // Evaluated anew: the running sum has the rounding of up to 2^n additions.
        return problem.ToOwnSense(model.Energy(worst));
    }
}
