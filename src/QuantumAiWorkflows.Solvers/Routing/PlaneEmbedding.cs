namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>
/// Points in the plane whose distances are about the costs, so that "around the depot" has a meaning without coordinates:
/// two steps of FastMap (C. Faloutsos, K.-I. Lin, SIGMOD 1995). Up to turning exact for points that really lie in a plane.
/// </summary>
internal sealed class PlaneEmbedding
{
    private readonly double[] _x;
    private readonly double[] _y;

    public PlaneEmbedding(VrpModel model)
    {
        _x = Axis(model, new double[model.Places]);
        _y = Axis(model, _x);
    }

    /// <summary>Mean place of a set of customers as an angle around the depot, in turns of 65,536; the set is not empty.</summary>
    public int Angle(ReadOnlySpan<int> customers)
    {
        var (x, y) = (0.0, 0.0);
        foreach (var customer in customers)
            (x, y) = (x + _x[customer], y + _y[customer]);
        return Angle(x / customers.Length, y / customers.Length);
    }

    public int Angle(int customer) => Angle(_x[customer], _y[customer]);

    private int Angle(double x, double y) =>
        (int)Math.Floor(Math.Atan2(y - _y[0], x - _x[0]) / (2 * Math.PI) * 65_536) & 0xFFFF;

    /// <summary>Coordinates along the line through two places far apart, in what earlier axes leave of the distances.</summary>
    private static double[] Axis(VrpModel model, double[] earlier)
    {
        double Squared(int i, int j)
        {
            var d = 0.5 * (model.Cost[i * model.Places + j] + (double)model.Cost[j * model.Places + i]);
            var along = earlier[i] - earlier[j];
            return Math.Max(0, d * d - along * along);
        }
        int Farthest(int from)
        {
            var best = from;
            for (var i = 0; i < model.Places; i++)
                if (Squared(from, i) > Squared(from, best))
                    best = i;
            return best;
        }
        var b = Farthest(0);
        var a = Farthest(b);
        var axis = new double[model.Places];
        var length = Math.Sqrt(Squared(a, b));
        if (length > 0)
            for (var i = 0; i < model.Places; i++)
                axis[i] = (Squared(a, i) + Squared(a, b) - Squared(b, i)) / (2 * length);
        return axis;
    }
}
