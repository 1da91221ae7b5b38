using Google.OrTools.Sat;

namespace QuantumAiWorkflows.Solvers.CpSat;

/// <summary>
/// The <see cref="Posiform"/> of a QUBO as a CP-SAT model: every term is one literal z with one clause, z or not x or not
/// y, and a positive cost; the other direction is left to the minimization. Triangle inequalities tighten the linear
/// relaxation: they cut off nothing else, CP-SAT adds those to it that are violated.
/// </summary>
/// <remarks>
/// One-sided: in an answer that is not optimal a z may be set for nothing, so the solver's objective may be too high;
/// score x itself. With the triangles, and an answer to begin with, the hardest of three problems of 50 variables at density
/// 0.5 took 0.8 CPU seconds instead of 3.5, and of 80 at 0.25 all were proven within 10 deterministic seconds instead of two
/// in three. 2000 of them do better than 1000, and than all at density 1, where each step of the relaxation then costs too
/// much. Tried without gain: an upper limit on the objective from the first answer, decisions in the order of the
/// coefficients, a search from the objective's lower end. The tables are in docs/solvers/exact.md.
/// </remarks>
internal static class PosiformModel
{
    private const int MostTriangles = 2000;

    /// <summary>Variables 0 to n - 1 are the bits; the products of the posiform's terms follow.</summary>
    public static CpModel Build(IntegerModel qubo)
    {
        var model = new CpModel();
        var proto = model.Model;
        var posiform = Posiform.Of(qubo);
        var n = posiform.Linear.Length;
        var objective = new CpObjectiveProto { Offset = 0, ScalingFactor = 1 };
        for (var i = 0; i < n; i++)
            proto.Variables.Add(NewBit());
        foreach (var term in posiform.Terms)
        {
            var product = proto.Variables.Count;
            var either = term.IsNegated ? term.Second : Not(term.Second);
            proto.Variables.Add(NewBit());
            proto.Constraints.Add(
                new ConstraintProto
                {
                    BoolOr = new BoolArgumentProto { Literals = { product, Not(term.First), either } },
                }
            );
            objective.Vars.Add(product);
            objective.Coeffs.Add(term.Cost);
        }
        for (var i = 0; i < n; i++)
        {
            if (posiform.Linear[i] == 0)
                continue;
            objective.Vars.Add(i);
            objective.Coeffs.Add(posiform.Linear[i]);
        }
        proto.Objective = objective;

        foreach (var triangle in TriangleInequalities.Of(posiform, MostTriangles))
        {
            var inequality = new LinearConstraintProto { Domain = { long.MinValue, triangle.Bound } };
            inequality.Vars.AddRange(triangle.Variables);
            inequality.Coeffs.AddRange(triangle.Coefficients.Select(c => (long)c));
            proto.Constraints.Add(new ConstraintProto { Linear = inequality });
        }
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

    /// <summary>Leaves a bit only the value that it has in an assignment.</summary>
    public static void Fix(CpModel model, int bit, sbyte value)
    {
        var domain = model.Model.Variables[bit].Domain;
        domain.Clear();
        domain.AddRange([value, value]);
    }

    /// <summary>CP-SAT writes the negation of variable i as -i - 1.</summary>
    private static int Not(int variable) => -variable - 1;

    private static IntegerVariableProto NewBit() => new() { Domain = { 0, 1 } };
}
