namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>
/// Reductions that look at one variable and its row: isolated variables, dominated ones, and those of degree one and two.
/// Each is O(degree) and may open others at its neighbours, so they run over a list of changed variables until it is
/// empty: O(n + m) in all but for the rows of degree-2 eliminations, which are short by definition.
/// </summary>
/// <remarks>
/// Dominance is the first-order derivative rule: P. L. Hammer, P. Hansen, Logical relations in quadratic 0-1 programming,
/// Revue Roumaine de Mathématiques Pures et Appliquées 26, 1981. Elimination of single variables is the basic algorithm of
/// P. L. Hammer, S. Rudeanu, Boolean Methods in Operations Research, Springer, 1968, kept to the degrees where the result
/// is quadratic again.
/// </remarks>
/// <param name="margin">
/// By how much a comparison must hold; null where coefficients are exact. Where they are rounded it covers all of a row's
/// rounding, and only variables without a choice are fixed: a value that depends on neighbours would carry the rounding on.
/// </param>
internal sealed class LocalReductions(WorkingQubo qubo, long[]? margin, PresolveLimits limits)
{
    private const int PollEvery = 256;

    public int Isolated { get; private set; }
    public int Dominance { get; private set; }
    public int DegreeOne { get; private set; }
    public int DegreeTwo { get; private set; }

    /// <summary>Why a variable with two neighbours was left; null when none was.</summary>
    public string? DegreeTwoSkipped { get; private set; }

    /// <summary>To a fixed point, or until it should stop; false then.</summary>
    public bool Run(Func<bool> shouldStop)
    {
        for (var k = 0; qubo.TryNextChanged(out var i); k++)
        {
            Reduce(i);
            if (k % PollEvery == 0 && shouldStop())
                return false;
        }
        return true;
    }

    private void Reduce(int i)
    {
        var isIsolated = qubo.Degree[i] == 0;
        var by = margin?[i] ?? 0;
        if (qubo.Least(i) >= by || qubo.Most(i) <= -by)
        {
            qubo.Fix(i, isOne: qubo.Least(i) < by);
            if (isIsolated)
                Isolated++;
            else
                Dominance++;
        }
        else if (margin is null && qubo.Degree[i] == 1)
        {
            qubo.EliminateDegreeOne(i);
            DegreeOne++;
        }
        else if (margin is null && qubo.Degree[i] == 2)
            ReduceDegreeTwo(i);
    }

    private void ReduceDegreeTwo(int i)
    {
        if (qubo.NumPairs > limits.MaxPairs)
            DegreeTwoSkipped = $"{qubo.NumPairs} interactions, the limit is {limits.MaxPairs}";
        else if (qubo.TryEliminateDegreeTwo(i))
            DegreeTwo++;
        else
            DegreeTwoSkipped = "the coefficients would sum to more than 2^52";
    }
}
