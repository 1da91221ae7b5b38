using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// Runs one compiled QAOA circuit at any angles. Costs are without the model's offset; bit q of an index is qubit q.
/// </summary>
internal interface IQaoaEngine : IDisposable
{
    int Qubits { get; }

    /// <summary>How many states it pays to ask for at once.</summary>
    int BatchSize { get; }

    /// <summary>
    /// True when a search that runs out of time loses nothing by interrupting a call, because the state with the lowest value
    /// so far is kept for <see cref="Prepare"/>; false when time for that must be left.
    /// </summary>
    bool IsInterruptible { get; }

    /// <summary>What each further shot takes, as last measured; 0 where it is nothing beside the call itself.</summary>
    double SecondsPerShot { get; }

    /// <summary>Cost of all 2^n bit strings.</summary>
    double[] Costs { get; }

    /// <summary>
    /// What is to be minimized at each set of angles, in order. The last of them is then the prepared state. Fewer when time
    /// ran out: then there may be no prepared state. Any number of layers will do.
    /// </summary>
    /// <param name="objective">Makes the value of the state just prepared from its expected cost; null: that cost.</param>
    double[] Evaluate(IReadOnlyList<QaoaAngles> angles, Func<double, double>? objective = null);

    /// <summary>For <see cref="Evaluate"/>: one state after another, up to the one that is given up.</summary>
    /// <param name="prepare">Gives the expected cost; <see cref="OperationCanceledException"/>: time ran out on the way.</param>
    protected static double[] Values(
        IReadOnlyList<QaoaAngles> angles,
        Func<QaoaAngles, double> prepare,
        Func<double, double>? objective
    )
    {
        var values = new List<double>(angles.Count);
        try
        {
            foreach (var a in angles)
            {
                var cost = prepare(a);
                values.Add(objective?.Invoke(cost) ?? cost);
            }
        }
        catch (OperationCanceledException)
        {
            // What came before it counts.
        }
        return [.. values];
    }

    /// <summary>True when <see cref="Gradient"/> is there.</summary>
    bool HasGradient { get; }

    /// <summary>
    /// Expected value of a function of the cost and its exact derivatives by all angles. Walks one state through the circuit
    /// and two back; afterwards no state is prepared.
    /// </summary>
    /// <param name="observable">Null: the cost itself.</param>
    /// <param name="gammaSlopes">Receives the derivatives, shape [p].</param>
    /// <param name="betaSlopes">Receives the derivatives, shape [p].</param>
    double Gradient(QaoaAngles angles, DiagonalFunction? observable, double[] gammaSlopes, double[] betaSlopes);

    /// <summary>Prepares the state that the other members speak of, and gives its expected cost.</summary>
    double Prepare(QaoaAngles angles);

    /// <summary>Of one bit string in the prepared state.</summary>
    double Probability(int index);

    /// <inheritdoc cref="Probability"/>
    Complex Amplitude(int index);

    /// <summary>Measures the prepared state. May return fewer shots than asked for when time runs out.</summary>
    IReadOnlyList<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots);
}
