using System.Numerics;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Quantum.Simulator;

/// <summary>Turns the costs of some strings, in place, into the values of a diagonal observable that is a function of the cost.</summary>
internal delegate void DiagonalFunction(Span<double> costs);

/// <summary>Told costs and probabilities of the strings from <paramref name="first"/> on.</summary>
internal delegate void StringVisitor(long first, ReadOnlySpan<double> costs, ReadOnlySpan<double> probabilities);

/// <summary>
/// The state of the standard QAOA circuit: uniform start, then layers of exp(-i·gamma·C) and exp(-i·beta·ΣX). Made once
/// for a cost function and reused for every set of angles; bit q of a string's number is qubit q.
/// </summary>
/// <remarks>
/// Amplitudes are kept as ψ̃(z) = (-i)^|z|·ψ(z), |z| counting the 1 bits, where the mixer is real: the planes of real and
/// imaginary parts meet in phases only. Without linear terms ψ(z) = ψ(~z), and half of the strings are stored. Results do
/// not depend on the number of threads: sums are taken block by block, and over blocks in their order.
/// </remarks>
internal abstract class QaoaState : IDisposable
{
    /// <param name="isSymmetryUsed">Store half of the strings where there are no linear terms.</param>
    /// <param name="blockBits">For tests: small blocks, so that small states have all passes.</param>
    /// <param name="lanes">For tests: at most 2^lanes bytes in a vector; 6 for AVX-512, 5 for AVX2, 0 for scalars.</param>
    /// <exception cref="StateTooLargeException"/>
    public static QaoaState Create(
        int qubits,
        IReadOnlyList<DiagonalTerm> cost,
        QaoaPrecision precision = QaoaPrecision.Double,
        int threads = 1,
        bool isSymmetryUsed = true,
        int? blockBits = null,
        int lanes = 6
    )
    {
        var isSymmetric = isSymmetryUsed && IsSymmetric(qubits, cost);
        return precision == QaoaPrecision.Double ? Create<double>() : Create<float>();

        QaoaState Create<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var bytes = typeof(T) == typeof(double) ? sizeof(double) : sizeof(float);
            QaoaLayout Layout(int laneBits) => new(qubits, bytes, isSymmetric, laneBits, blockBits);
            // A state of at least four vectors, so that tables of a chunk's lower bits are whole vectors.
            var stored = isSymmetric ? qubits - 1 : qubits;
            if (Vector512.IsHardwareAccelerated && lanes >= 6 && stored >= Lanes512<T>.Bits + 2)
                return new BlockedState<Lanes512<T>, T, Vector512<T>>(Layout(Lanes512<T>.Bits), cost, threads);
            if (Vector256.IsHardwareAccelerated && lanes >= 5 && stored >= Lanes256<T>.Bits + 2)
                return new BlockedState<Lanes256<T>, T, Vector256<T>>(Layout(Lanes256<T>.Bits), cost, threads);
            return new BlockedState<SingleLane<T>, T, T>(Layout(0), cost, threads);
        }
    }

    /// <summary>No linear terms: a string and its complement cost the same.</summary>
    public static bool IsSymmetric(int qubits, IReadOnlyList<DiagonalTerm> cost) =>
        qubits > 1 && cost.All(t => t.Second >= 0 || t.Weight == 0);

    /// <summary>What <see cref="Create"/> and its state allocate, to the byte where vectors are as wide as AVX-512's.</summary>
    public static long BytesNeeded(
        int qubits,
        QaoaPrecision precision,
        bool isSymmetric,
        bool withGradient,
        int threads
    )
    {
        var bytes = precision == QaoaPrecision.Double ? sizeof(double) : sizeof(float);
        return new QaoaLayout(qubits, bytes, isSymmetric, bytes == sizeof(double) ? 3 : 4).Bytes(threads, withGradient);
    }

    public abstract int Qubits { get; }

    /// <summary>Prepares the state and returns its expected cost.</summary>
    /// <param name="isOver">Asked before each pass over the state but the first; true ends the call. Null: never.</param>
    /// <exception cref="OperationCanceledException">It did; no state is prepared.</exception>
    public abstract double Prepare(ReadOnlySpan<double> gammas, ReadOnlySpan<double> betas, Func<bool>? isOver = null);

    /// <summary>
    /// Expectation of <paramref name="observable"/>, of the cost where it is null, and its derivatives by all angles, by the
    /// adjoint method: about three preparations and two states. No state is prepared afterwards.
    /// </summary>
    public abstract double Gradient(
        ReadOnlySpan<double> gammas,
        ReadOnlySpan<double> betas,
        DiagonalFunction? observable,
        Span<double> gammaSlopes,
        Span<double> betaSlopes
    );

    public abstract Complex Amplitude(long index);

    public double Probability(long index)
    {
        var amplitude = Amplitude(index);
        return amplitude.Real * amplitude.Real + amplitude.Imaginary * amplitude.Imaginary;
    }

    /// <summary>All strings in ascending order, some at a time.</summary>
    public abstract void Visit(StringVisitor visitor);

    /// <summary>Measures all qubits <paramref name="shots"/> times (<see cref="ShotWalk"/>).</summary>
    /// <returns>How often each index came, ascending by index; only those that did.</returns>
    public List<(long Index, int Occurrences)> Sample(Xoshiro256 random, int shots)
    {
        var norm = 0.0;
        Visit(
            (_, _, probabilities) =>
            {
                foreach (var probability in probabilities)
                    norm += probability;
            }
        );
        var walk = new ShotWalk(random, shots, norm);
        Visit((first, _, probabilities) => walk.Pass(first, probabilities));
        return walk.Counts();
    }

    public abstract void Dispose();
}

/// <summary>Of amplitudes; angles, sums and costs are double in any case.</summary>
public enum QaoaPrecision
{
    Double,
    Single,
}
