namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>For every customer the others that are worth a look next to it, nearest first.</summary>
internal static class NeighbourLists
{
    /// <summary>Of waiting, in units of cost (as in Vidal et al. 2013).</summary>
    private const double WaitWeight = 0.2;

    /// <summary>
    /// [n+1][at most <paramref name="count"/>], row 0 empty. Near in cost and, with windows, in time: waiting and time warp that
    /// one right after the other would need count, too, in the better of both orders. O(n² log count) at worst.
    /// </summary>
    public static int[][] Of(VrpModel model, int count)
    {
        var kept = Math.Min(count, model.Customers - 1);
        var lists = new int[model.Places][];
        lists[0] = [];
        var near = new double[kept];
        for (var i = 1; i <= model.Customers; i++)
        {
            var list = new int[kept];
            var size = 0;
            for (var j = 1; j <= model.Customers && kept > 0; j++)
            {
                if (i == j)
                    continue;
                var proximity = Math.Min(Proximity(model, i, j), Proximity(model, j, i));
                if (size == kept && proximity >= near[size - 1])
                    continue;
                var at = size < kept ? size++ : size - 1;
                for (; at > 0 && near[at - 1] > proximity; at--)
                    (near[at], list[at]) = (near[at - 1], list[at - 1]);
                (near[at], list[at]) = (proximity, j);
            }
            lists[i] = list;
        }
        return lists;
    }

    private static double Proximity(VrpModel model, int from, int to)
    {
        var arc = from * model.Places + to;
        if (model.Stops is not { } stops)
            return model.Cost[arc];
        var leave = stops[from].Duration + model.Duration[arc];
        return model.Cost[arc]
            + WaitWeight * Math.Max(0, stops[to].Earliest - leave - stops[from].Latest)
            + Math.Max(0, stops[from].Earliest + leave - stops[to].Latest);
    }
}
