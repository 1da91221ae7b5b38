using System.Numerics;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Problems.Encodings;

/// <summary>Looks at every assignment of a small QUBO.</summary>
public static class GroundState
{
    /// <summary>2^20 assignments take some tens of milliseconds; each further variable doubles that.</summary>
    public const int MaxVariables = 20;

    private const uint Block = 1 << 14;

    /// <summary>As a share of the magnitude: 2^-53 for each of a block's additions, and some for the sums themselves.</summary>
    private const double Rounding = 4e-12;

    /// <summary>
    /// True when every assignment of the lowest energy satisfies every constraint, false when one does not. Null beyond
    /// <see cref="MaxVariables"/>, and when <paramref name="isOver"/> said so. An encoding without constraints is always true.
    /// </summary>
    public static bool? IsFeasible(QuboEncoding encoding, Func<bool> isOver)
    {
        if (encoding.Constraints.All(c => c.Pattern == ConstraintPattern.Always))
            return true;
        var model = encoding.Qubo.Model;
        if (model.NumVariables > MaxVariables)
            return null;
        var lowest = double.PositiveInfinity;
        if (!Visit(model, isOver, (_, energy) => lowest = Math.Min(lowest, energy)))
            return null;
        // Energies that are not whole are known up to the rounding of their sums: what is that close counts as level.
        var level = lowest + (encoding.Qubo.HasExactObjectives ? 0 : Rounding * encoding.Qubo.Magnitude);
        var isFeasible = true;
        var ended = Visit(
            model,
            () => !isFeasible || isOver(),
            (bits, energy) => isFeasible = isFeasible && (energy > level || encoding.IsFeasible(bits))
        );
        return !isFeasible ? false
            : ended ? true
            : null;
    }

    /// <summary>Every assignment with its energy, in Gray-code order; false when it was ended.</summary>
    private static bool Visit(BinaryModel model, Func<bool> isOver, Action<sbyte[], double> look)
    {
        var neighbours = model.Neighbours;
        var bits = new sbyte[model.NumVariables];
        var energy = model.Energy(bits);
        look(bits, energy);
        for (var step = 1u; step < 1u << bits.Length; step++)
        {
            if (step % Block == 0)
            {
                if (isOver())
                    return false;
                energy = model.Energy(bits);
            }
            var flipped = BitOperations.TrailingZeroCount(step);
            var delta = model.Terms.Linear[flipped];
            for (var k = neighbours.Start[flipped]; k < neighbours.Start[flipped + 1]; k++)
                delta += neighbours.Weight[k] * bits[neighbours.Column[k]];
            energy += bits[flipped] == 0 ? delta : -delta;
            bits[flipped] ^= 1;
            look(bits, energy);
        }
        return true;
    }
}
