namespace QuantumAiWorkflows.UnitTests.Solvers.SimulatedQuantumAnnealing;

/// <summary>
/// exp(-β H) of H = scale·(z0 z1 - 0.5 z1 z2 + 0.7 z0) - Γ (X0 + X1 + X2) as an 8 × 8 matrix, by Taylor series of a small
/// step and repeated squaring: exact to rounding.
/// </summary>
internal static class ThermalState
{
    private const int Size = 8;
    private const int Squarings = 12;

    /// <summary>Tr(A exp(-βH)) / Tr(exp(-βH)) of an observable of the spins.</summary>
    public static double Mean(double beta, double scale, double transverse, Func<sbyte[], double> observable)
    {
        var state = Exponential(Hamiltonian(scale, transverse), -beta);
        var (sum, trace) = (0.0, 0.0);
        for (var z = 0; z < Size; z++)
        {
            sum += observable(Spins(z)) * state[z, z];
            trace += state[z, z];
        }
        return sum / trace;
    }

    private static sbyte[] Spins(int z) => [.. Enumerable.Range(0, 3).Select(i => (sbyte)(1 - 2 * ((z >> i) & 1)))];

    private static double[,] Hamiltonian(double scale, double transverse)
    {
        var matrix = new double[Size, Size];
        for (var z = 0; z < Size; z++)
        {
            var s = Spins(z);
            matrix[z, z] = scale * (s[0] * s[1] - 0.5 * s[1] * s[2] + 0.7 * s[0]);
            for (var i = 0; i < 3; i++)
                matrix[z, z ^ (1 << i)] = -transverse;
        }
        return matrix;
    }

    private static double[,] Exponential(double[,] matrix, double factor)
    {
        var (sum, term) = (Identity(), Identity());
        for (var k = 1; k <= 8; k++)
        {
            term = Product(term, matrix, Math.ScaleB(factor, -Squarings) / k);
            for (var z = 0; z < Size * Size; z++)
                sum[z / Size, z % Size] += term[z / Size, z % Size];
        }
        for (var k = 0; k < Squarings; k++)
            sum = Product(sum, sum, 1);
        return sum;
    }

    private static double[,] Identity()
    {
        var matrix = new double[Size, Size];
        for (var z = 0; z < Size; z++)
            matrix[z, z] = 1;
        return matrix;
    }

    private static double[,] Product(double[,] a, double[,] b, double factor)
    {
        var product = new double[Size, Size];
        for (var i = 0; i < Size; i++)
        for (var j = 0; j < Size; j++)
        for (var k = 0; k < Size; k++)
            product[i, j] += factor * a[i, k] * b[k, j];
        return product;
    }
}
