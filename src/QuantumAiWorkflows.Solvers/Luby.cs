using System.Numerics;

namespace QuantumAiWorkflows.Solvers;

/// <summary>
/// Lengths of restarted runs (Luby, Sinclair and Zuckerman, "Optimal speedup of Las Vegas algorithms", 1993): within a
/// factor log of the best fixed length, whichever that is.
/// </summary>
internal static class Luby
{
    /// <summary>1, 1, 2, 1, 1, 2, 4, 1, ... for k = 1, 2, 3, ...</summary>
    public static int Term(int k)
    {
        while (true)
        {
            var power = BitOperations.Log2((uint)k + 1);
            if (k == (1 << power) - 1)
                return 1 << (power - 1);
            k -= (1 << power) - 1;
        }
    }
}
