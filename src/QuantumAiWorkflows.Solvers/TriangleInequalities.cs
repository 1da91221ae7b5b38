namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// Σ Coefficients·v[Variables] ≤ Bound, where v holds the n bits, then the products of a posiform's terms.
/// </summary>
internal sealed record LinearInequality(int[] Variables, int[] Coefficients, int Bound);

/// <summary>
/// The triangle inequalities of the Boolean quadric polytope (M. Padberg, "The Boolean quadric polytope: some
/// characteristics, facets and relatives", Mathematical Programming 45, 1989) that can cut a posiform's relaxation. With
/// y for x·x, three variables that interact pairwise obey four of them:
/// x[i] + x[j] + x[k] - y[ij] - y[ik] - y[jk] ≤ 1, and -x[i] + y[ij] + y[ik] - y[jk] ≤ 0 with each of the three in i's
/// place.
/// </summary>
/// <remarks>
/// A cost presses y of a positive coefficient down and y of a negative one up. So at most one of the four is of use: the
/// first when all three coefficients are positive, that of i when jk alone is positive, and none otherwise, where the
/// triangle can have all of its pairs as they are cheapest.
/// </remarks>
internal static class TriangleInequalities
{
    /// <summary>Looks at pairs of pairs that are spent on listing triangles; a problem that needs more is beyond any proof.</summary>
    private const long MostWork = 1 << 22;

    private readonly record struct Triangle(long Weight, int Ij, int Ik, int Jk);

    /// <summary>
    /// At most <paramref name="most"/> of them, those first whose smallest cost is the largest: a triangle can raise the
    /// relaxation by no more than a share of that. None where there are too many pairs of pairs to look at.
    /// </summary>
    public static IReadOnlyList<LinearInequality> Of(Posiform posiform, int most)
    {
        var n = posiform.Linear.Length;
        var terms = posiform.Terms;
        var above = new List<(int Other, int Term)>[n];
        for (var i = 0; i < n; i++)
            above[i] = [];
        for (var t = 0; t < terms.Length; t++)
            above[Math.Min(terms[t].First, terms[t].Second)].Add((Math.Max(terms[t].First, terms[t].Second), t));
        if (terms.Sum(t => (long)above[Math.Max(t.First, t.Second)].Count) > MostWork)
            return [];

        var heaviest = new PriorityQueue<Triangle, (long, int, int)>();
        var termTo = new int[n];
        Array.Fill(termTo, -1);
        for (var i = 0; i < n; i++)
        {
            foreach (var (j, ij) in above[i])
                termTo[j] = ij;
            foreach (var (j, ij) in above[i])
            foreach (var (k, jk) in above[j])
                if (termTo[k] is >= 0 and var ik && IsFrustrated(terms[ij], terms[ik], terms[jk]))
                {
                    var weight = Math.Min(terms[ij].Cost, Math.Min(terms[ik].Cost, terms[jk].Cost));
                    // Of equal weights those stay that were met first: -ij and -jk make the order one of its own.
                    heaviest.Enqueue(new(weight, ij, ik, jk), (weight, -ij, -jk));
                    if (heaviest.Count > most)
                        heaviest.Dequeue();
                }
            foreach (var (j, _) in above[i])
                termTo[j] = -1;
        }
        var found = heaviest.UnorderedItems.Select(item => item.Element);
        return
        [
            .. found
                .OrderByDescending(t => t.Weight)
                .ThenBy(t => t.Ij)
                .ThenBy(t => t.Jk)
                .Select(t => Inequality(posiform, t)),
        ];
    }

    private static bool IsFrustrated(PosiformTerm a, PosiformTerm b, PosiformTerm c) =>
        !(a.IsNegated ^ b.IsNegated ^ c.IsNegated);

    private static LinearInequality Inequality(Posiform posiform, Triangle triangle)
    {
        var sum = new SortedDictionary<int, int>();
        var terms = posiform.Terms;
        int[] sides = [triangle.Ij, triangle.Ik, triangle.Jk];
        var negated = sides.Where(s => terms[s].IsNegated).ToArray();
        foreach (var side in sides)
            AddProduct(side, terms[side].IsNegated ? 1 : -1);
        if (negated is [var one, var other])
            Add(Common(terms[one], terms[other]), -1);
        else
            foreach (var corner in sides.SelectMany(s => new[] { terms[s].First, terms[s].Second }).Distinct())
                Add(corner, 1);
        var used = sum.Where(c => c.Value != 0).ToArray();
        return new([.. used.Select(c => c.Key)], [.. used.Select(c => c.Value)], negated.Length == 0 ? 1 : 0);

        // y is the product of a positive term, and x[First] minus the product of a negated one.
        void AddProduct(int term, int factor)
        {
            Add(posiform.Linear.Length + term, terms[term].IsNegated ? -factor : factor);
            if (terms[term].IsNegated)
                Add(terms[term].First, factor);
        }

        void Add(int variable, int factor) => sum[variable] = sum.GetValueOrDefault(variable) + factor;
    }

    private static int Common(PosiformTerm a, PosiformTerm b) =>
        a.First == b.First || a.First == b.Second ? a.First : a.Second;
}
