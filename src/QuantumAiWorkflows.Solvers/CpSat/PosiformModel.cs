using Google.OrTools.Sat;

namespace QuantumAiWorkflows.Solvers.CpSat;

/// <summary>
/// The posiform of a QUBO as a CP-SAT model: a·x·y with a &gt; 0 costs a when both are set, and a·x·y with a &lt; 0 is
/// a·x + |a|·x·(1 - y). So every pair is one literal z ≥ x·y (or x·(1 - y)) with one clause and a positive cost, and the
/// other direction is left to the minimization (Boros and Hammer, "Pseudo-Boolean optimization", Discrete Applied
/// Mathematics 123, 2002).
/// </summary>
/// <remarks>
/// One-sided: in an answer that is not optimal a z may be set for nothing, so the solver's objective may be too high;
/// score x itself.
/// </remarks>
internal static class PosiformModel
{
    /// <summary>Variables 0 to n - 1 are the bits; one more for each pair follows.</summary>
    public static CpModel Build(IntegerModel qubo)
    {
        var model = new CpModel();
        var proto = model.Model;
        var n = qubo.Linear.Length;
        var linear = (long[])qubo.Linear.Clone();
        var objective = new CpObjectiveProto { Offset = 0, ScalingFactor = 1 };
        for (var i = 0; i < n; i++)
            proto.Variables.Add(NewBit());

        for (var k = 0; k < qubo.Value.Length; k++)
        {
            var (x, y, cost) = (qubo.Row[k], qubo.Column[k], qubo.Value[k]);
            if (cost == 0)
                continue; // a coefficient that rounding took away
            var either = y;
            if (cost > 0)
                either = Not(y);
            else
            {
                // The linear rest goes to the variable with the larger coefficient, which it brings nearer to 0.
                if (linear[x] < linear[y])
                    (x, y, either) = (y, x, x);
                linear[x] += cost;
            }
            var product = proto.Variables.Count;
            proto.Variables.Add(NewBit());
            proto.Constraints.Add(
                new ConstraintProto { BoolOr = new BoolArgumentProto { Literals = { product, Not(x), either } } }
            );
            objective.Vars.Add(product);
            objective.Coeffs.Add(Math.Abs(cost));
        }

        for (var i = 0; i < n; i++)
        {
            if (linear[i] == 0)
                continue;
            objective.Vars.Add(i);
            objective.Coeffs.Add(linear[i]);
        }
        proto.Objective = objective;
        return model;
    }

    /// <summary>Tells CP-SAT an assignment of the bits to try first.</summary>
    public static void Hint(CpModel model, ReadOnlySpan<sbyte> bits)
    {
        var hint = new PartialVariableAssignment();
        for (var i = 0; i < bits.Length; i++)
        {
            hint.Vars.Add(i);
            hint.Values.Add(bits[i]);
        }
        model.Model.SolutionHint = hint;
    }

    /// <summary>CP-SAT writes the negation of variable i as -i - 1.</summary>
    private static int Not(int variable) => -variable - 1;

    private static IntegerVariableProto NewBit() => new() { Domain = { 0, 1 } };
}
