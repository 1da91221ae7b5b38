using System.Numerics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.Tabu;

/// <summary>Moves over <see cref="LocalFields{T}"/>, which it changes: for dense problems of real numbers, and for who has fields anyway.</summary>
internal sealed class FieldMoves<T>(LocalFields<T> fields) : FlipMoves(fields.Count)
    where T : unmanaged, INumber<T>
{
    private readonly T[] _marks = new T[fields.Padded];
    private readonly T[] _scores = new T[fields.Padded];

    public override double Drift => double.CreateTruncating(LocalFields<T>.Drift);

    public override bool IsOne(int i) => T.IsNegative(fields.Sign[i]);

    public override double Delta(int i) => double.CreateTruncating(fields.Delta(i));

    public override void Bar(int i) => _marks[i] = T.One;

    public override void Free(int i) => _marks[i] = T.Zero;

    public override void Flip(int i)
    {
        Energy += Delta(i);
        fields.Flip(i);
    }

    public override int Step(int k, double aspiration, ReadOnlySpan<int> barred, Xoshiro256 random)
    {
        Energy += Delta(k);
        var least = TabuStep.Flip(fields, k, _marks, T.Zero, T.CreateSaturating(aspiration), _scores);
        return least < LocalFields<T>.Wall ? TabuStep.Pick(_scores, least, random) : -1;
    }

    public override void Reset(ReadOnlySpan<sbyte> bits)
    {
        _marks.AsSpan().Clear();
        fields.Reset([]);
        Energy = 0;
        FlipTo(bits);
    }
}
