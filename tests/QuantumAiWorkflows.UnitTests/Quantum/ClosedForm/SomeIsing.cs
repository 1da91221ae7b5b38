using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.ClosedForm;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.UnitTests.Quantum.Simulator;

namespace QuantumAiWorkflows.UnitTests.Quantum.ClosedForm;

/// <summary>Random spin models, and the state of one QAOA layer on them.</summary>
internal static class SomeIsing
{
    /// <summary>Weights uniform in (-1, 1), or whole ones from -3 to 3: sines and cosines of whole weights can vanish.</summary>
    public static QuboTerms Terms(int n, double density, bool hasFields, bool isWhole, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "ising");
        var (row, column, value) = (new List<int>(), new List<int>(), new List<double>());
        for (var i = 0; i < n; i++)
        for (var j = i + 1; j < n; j++)
            if (random.NextDouble() < density && Weight() is var weight && weight != 0)
            {
                row.Add(i);
                column.Add(j);
                value.Add(weight);
            }
        var fields = new double[n];
        if (hasFields)
            for (var i = 0; i < n; i++)
                fields[i] = Weight();
        return new(0, fields, [.. row], [.. column], [.. value]);

        double Weight() => isWhole ? random.NextInt32(7) - 3 : 2 * random.NextDouble() - 1;
    }

    public static IsingGraph Graph(int n, double density, bool hasFields, long seed) =>
        IsingGraph.From(Terms(n, density, hasFields, isWhole: false, seed));

    /// <summary>Probabilities of all bit strings, and the cost of each, from the simulator.</summary>
    public static (double[] Probabilities, double[] Costs) Layer(QuboTerms terms, double gamma, double beta)
    {
        var n = terms.NumVariables;
        var costs = new double[1 << n];
        Diagonal.Fill(
            costs,
            n,
            [
                .. terms.Linear.Select((field, i) => new DiagonalTerm(i, -1, field)),
                .. terms.Value.Select((weight, k) => new DiagonalTerm(terms.Row[k], terms.Column[k], weight)),
            ]
        );
        var state = new StateVector(n);
        state.PrepareUniform();
        state.ApplyPhase(costs, gamma);
        state.ApplyMixer(beta);
        return ([.. Enumerable.Range(0, 1 << n).Select(state.Probability)], costs);
    }
}
