using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.QSharp;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Quantum.Qaoa;

/// <summary>
/// The path <c>qsharp-simulator</c>: states and shots come from Q#'s own simulator alone. A call costs 0.1 s before the
/// first gate, so starting schedules share one.
/// </summary>
/// <param name="isOver">Interrupts the search for angles.</param>
/// <param name="isSamplingOver">Interrupts sampling, for which some time is kept.</param>
internal sealed class QSharpEngine(
    QaoaExpressions expressions,
    string cacheDirectory,
    Func<bool> isOver,
    Func<bool> isSamplingOver
) : IQaoaEngine
{
    private readonly double[] _costs = Diagonal.Of(expressions.Ising.NumVariables, Diagonal.TermsOf(expressions.Ising));

    // State dumps draw no random numbers; shots get an instance of their own.
    private readonly QSharpInstance _qsharp = new(cacheDirectory, Xoshiro256.FromSeed(0, "dump"));

    /// <summary>For the standard circuit.</summary>
    public QSharpEngine(QuboTerms ising, string cacheDirectory, Func<bool> isOver, Func<bool> isSamplingOver)
        : this(new QaoaExpressions(ising), cacheDirectory, isOver, isSamplingOver) { }

    private State? _lowest;
    private State? _prepared;

    private sealed record State(QaoaAngles Angles, Complex[] Amplitudes, double Cost)
    {
        public double Value { get; set; } = Cost;
    }

    public int Qubits => expressions.Ising.NumVariables;

    public int BatchSize => 16;

    public bool IsInterruptible => true;

    public double SecondsPerShot { get; private set; }

    public double[] Costs => _costs;

    /// <summary>Two states of ours and the costs; Q#'s own memory comes on top, in the module's.</summary>
    public static long BytesNeeded(int qubits) => 5L * sizeof(double) << qubits;

    public bool HasGradient => false;

    public double Gradient(
        QaoaAngles angles,
        DiagonalFunction? observable,
        double[] gammaSlopes,
        double[] betaSlopes
    ) => throw new NotSupportedException("Q#'s simulator gives states, not derivatives.");

    public double[] Evaluate(IReadOnlyList<QaoaAngles> angles, Func<double, double>? objective = null)
    {
        var values = new List<double>(angles.Count);
        try
        {
            _qsharp.Run(
                QSharpProgram.ForSimulator(),
                expressions.Dump(angles),
                shots: 1,
                onState: kets =>
                {
                    var amplitudes = ReadState(kets, Qubits);
                    var cost = 0.0;
                    for (var z = 0; z < amplitudes.Length; z++)
                        cost += Norm(amplitudes[z]) * _costs[z];
                    _prepared = new(angles[values.Count], amplitudes, cost);
                    if (objective is not null)
                        _prepared.Value = objective(cost);
                    // The search ends at its lowest value: keeping that state saves asking for it again.
                    if (_lowest is null || _prepared.Value < _lowest.Value)
                        _lowest = _prepared;
                    values.Add(_prepared.Value);
                },
                isOver: isOver
            );
        }
        catch (QSharpInterruptedException)
        {
            // What came before it counts.
        }
        return [.. values];
    }

    public double Prepare(QaoaAngles angles)
    {
        if (_lowest is null || !_lowest.Angles.Equals(angles))
            return Evaluate([angles]) is [var cost]
                ? cost
                : throw new QSharpInterruptedException(new OperationCanceledException());
        _prepared = _lowest;
        return _prepared.Cost;
    }

    public double Probability(int index) => Norm(_prepared!.Amplitudes[index]);

    public Complex Amplitude(int index) => _prepared!.Amplitudes[index];

    public IReadOnlyList<(int Index, int Occurrences)> Sample(Xoshiro256 random, int shots)
    {
        var counts = new SortedDictionary<int, int>();
        var (drawn, first) = (0, 0L);
        using var qsharp = new QSharpInstance(cacheDirectory, random);
        try
        {
            qsharp.Run(
                QSharpProgram.ForSimulator(),
                expressions.Sample(_prepared!.Angles),
                shots,
                onResult: bits =>
                {
                    var index = ReadBits(bits);
                    counts[index] = counts.GetValueOrDefault(index) + 1;
                    // The first shot comes after the compilation.
                    if (drawn++ == 0)
                        first = Stopwatch.GetTimestamp();
                    else
                        SecondsPerShot = Stopwatch.GetElapsedTime(first).TotalSeconds / (drawn - 1);
                },
                isOver: isSamplingOver
            );
        }
        catch (QSharpInterruptedException)
        {
            // The shots that came before count.
        }
        return [.. counts.Select(c => (c.Key, c.Value))];
    }

    public void Dispose() => _qsharp.Dispose();

    /// <summary>Amplitudes from a dump, in which character i of a ket is qubit i and zeros are left out.</summary>
    internal static Complex[] ReadState(JsonElement kets, int qubits)
    {
        var amplitudes = new Complex[1 << qubits];
        foreach (var ket in kets.EnumerateObject())
        {
            var index = 0;
            for (var q = 0; q < qubits; q++)
                if (ket.Name[q + 1] == '1')
                    index |= 1 << q;
            amplitudes[index] = new(ket.Value[0].GetDouble(), ket.Value[1].GetDouble());
        }
        return amplitudes;
    }

    /// <summary>Index of a result that Q# prints as <c>[One, Zero]</c>.</summary>
    internal static int ReadBits(string results)
    {
        var index = 0;
        var q = 0;
        foreach (var range in results.AsSpan().Trim("[]").Split(", "))
            index |= results.AsSpan().Trim("[]")[range] switch
            {
                "Zero" => 0 << q++,
                "One" => 1 << q++,
                _ => throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Not a shot: {results}")),
            };
        return index;
    }

    private static double Norm(Complex a) => a.Real * a.Real + a.Imaginary * a.Imaginary;
}
