using Google.OrTools.LinearSolver;

namespace QuantumAiWorkflows.Solvers.Scip;

/// <summary>
/// The <see cref="Posiform"/> of a QUBO as a mixed integer program (R. Fortet, "Applications de l'algèbre de Boole en
/// recherche opérationnelle", Revue Française de Recherche Opérationnelle 4, 1960): a variable z for every product with the
/// one inequality that its positive cost needs, and triangle inequalities that the relaxation takes when they are violated.
/// </summary>
/// <remarks>
/// One-sided, so an answer's z may be too large: score x itself. Must be disposed, and nothing of it may be used after.
/// </remarks>
internal sealed class LinearizedModel : IDisposable
{
    private readonly Variable[] _all;
    private readonly int _numBits;

    public LinearizedModel(Posiform posiform, int mostTriangles)
    {
        Solver = Solver.CreateSolver("SCIP") ?? throw new InvalidOperationException("OR-Tools has no SCIP here.");
        Solver.SetNumThreads(1);
        var (linear, terms) = (posiform.Linear, posiform.Terms);
        _numBits = linear.Length;
        _all = new Variable[linear.Length + terms.Length];
        using var objective = Solver.Objective();
        objective.SetMinimization();
        for (var i = 0; i < linear.Length; i++)
        {
            _all[i] = Solver.MakeBoolVar("");
            objective.SetCoefficient(_all[i], linear[i]);
        }
        for (var k = 0; k < terms.Length; k++)
        {
            var (x, y, isNegated, cost) = terms[k];
            var product = _all[linear.Length + k] = Solver.MakeNumVar(0, 1, "");
            objective.SetCoefficient(product, cost);
            // z ≥ x + y - 1, or z ≥ x - y.
            using var atLeast = Solver.MakeConstraint(isNegated ? 0 : -1, double.PositiveInfinity, "");
            atLeast.SetCoefficient(product, 1);
            atLeast.SetCoefficient(_all[x], -1);
            atLeast.SetCoefficient(_all[y], isNegated ? 1 : -1);
        }
        if (mostTriangles == 0)
            return;
        foreach (var triangle in TriangleInequalities.Of(posiform, mostTriangles))
        {
            using var atMost = Solver.MakeConstraint(double.NegativeInfinity, triangle.Bound, "");
            // Not in the first linear program, only once violated: with all those of a dense problem it takes seconds.
            atMost.SetIsLazy(true);
            for (var k = 0; k < triangle.Variables.Length; k++)
                atMost.SetCoefficient(_all[triangle.Variables[k]], triangle.Coefficients[k]);
        }
    }

    public Solver Solver { get; }

    /// <summary>Objective of the last solve's answer, and the bound that SCIP gave with it.</summary>
    public double Bound
    {
        get
        {
            using var objective = Solver.Objective();
            return objective.BestBound();
        }
    }

    /// <summary>SCIP takes a complete assignment as its first answer at once; a partial one it may fail to complete.</summary>
    public void Hint(Posiform posiform, sbyte[] bits) =>
        Solver.SetHint(
            _all,
            [.. bits.Select(b => (double)b), .. posiform.Products(bits).Select(product => (double)product)]
        );

    /// <summary>Leaves a bit only the value that it has in an assignment.</summary>
    public void Fix(int bit, sbyte value) => _all[bit].SetBounds(value, value);

    /// <summary>The bits of the last solve's answer; there must be one.</summary>
    public sbyte[] Bits()
    {
        var bits = new sbyte[_numBits];
        for (var i = 0; i < bits.Length; i++)
            bits[i] = (sbyte)(_all[i].SolutionValue() > 0.5 ? 1 : 0);
        return bits;
    }

    public void Dispose()
    {
        // A variable that outlives its solver takes the process down when it is collected.
        foreach (var variable in _all)
            variable.Dispose();
        Solver.Dispose();
    }
}
