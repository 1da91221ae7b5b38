using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>Weight·z[First]·z[Second], or Weight·z[First] when Second is -1; z = +1 for a 0 bit and -1 for a 1 bit.</summary>
internal readonly record struct DiagonalTerm(int First, int Second, double Weight);

/// <summary>Values of a quadratic spin function at all bit strings.</summary>
internal static class Diagonal
{
    /// <summary>Of an Ising form, its offset left aside.</summary>
    public static DiagonalTerm[] TermsOf(QuboTerms ising) =>
        [
            .. ising.Linear.Select((field, i) => new DiagonalTerm(i, -1, field)),
            .. ising.Value.Select((weight, k) => new DiagonalTerm(ising.Row[k], ising.Column[k], weight)),
        ];

    /// <summary>The values in an array of their own, see <see cref="Fill"/>.</summary>
    /// <exception cref="OutOfMemoryException">The system has not the 8·2^n bytes.</exception>
    public static double[] Of(int qubits, IReadOnlyList<DiagonalTerm> terms)
    {
        var values = new double[1 << qubits];
        Fill(values, qubits, terms);
        return values;
    }

    /// <summary>
    /// Fills <paramref name="values"/>, shape [2^n], bit q of an index being qubit q. O(2^n), whatever the number of
    /// terms: qubit by qubit, the values of the strings with the new bit 0 and 1 are v + f and v - f, where v is the
    /// value without the new qubit and f its local field.
    /// </summary>
    public static void Fill(Span<double> values, int qubits, IReadOnlyList<DiagonalTerm> terms)
    {
        var fields = new double[qubits];
        var couplings = new double[qubits, qubits];
        foreach (var (first, second, weight) in terms)
            if (second < 0)
                fields[first] += weight;
            else
                couplings[Math.Max(first, second), Math.Min(first, second)] += weight;

        values[0] = 0;
        for (var q = 0; q < qubits; q++)
        {
            var known = values[..(1 << q)];
            // The upper half holds the local fields first: by doubling, too, as each earlier qubit flips their term.
            var upper = values.Slice(1 << q, 1 << q);
            upper[0] = fields[q];
            for (var i = 0; i < q; i++)
                upper[0] += couplings[q, i];
            for (var i = 0; i < q; i++)
            {
                var flip = 2 * couplings[q, i];
                var half = 1 << i;
                for (var z = 0; z < half; z++)
                    upper[z + half] = upper[z] - flip;
            }
            for (var z = 0; z < known.Length; z++)
            {
                var (value, field) = (known[z], upper[z]);
                known[z] = value + field;
                upper[z] = value - field;
            }
        }
    }
}
