using System.Numerics;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Solvers.SimulatedAnnealing;

/// <summary>An assignment under sweeps, in the narrowest numbers that carry its problem.</summary>
internal abstract class AnnealedState
{
    public abstract void Reset(ReadOnlySpan<sbyte> bits);

    public abstract void CopyBits(Span<sbyte> bits);

    /// <summary>One Metropolis sweep at a temperature in units of the <see cref="LocalFields{T}"/> it was made from.</summary>
    public abstract void Sweep(double temperature);

    /// <summary>One pass of descent. Returns the number of flips; 0 at a local minimum.</summary>
    public abstract int Descend();

    public static AnnealedState From<T>(LocalFields<T> fields, Xoshiro256 seeds)
        where T : unmanaged, INumber<T> =>
        fields is LocalFields<int> whole && ShortFields.From(whole) is { } shorts
            ? new InShorts(shorts, shorts.Scale / fields.Scale, new(seeds))
            : new InNumbers<T>(fields, new(seeds));

    private sealed class InShorts(ShortFields fields, double unit, ExponentialStream random) : AnnealedState
    {
        public override void Reset(ReadOnlySpan<sbyte> bits) => fields.Reset(bits);

        public override void CopyBits(Span<sbyte> bits) => fields.CopyBits(bits);

        public override void Sweep(double temperature) => ShortSweep.Run(fields, temperature * unit, random);

        public override int Descend() => ShortSweep.Descend(fields);
    }

    private sealed class InNumbers<T>(LocalFields<T> fields, RandomLanes random) : AnnealedState
        where T : unmanaged, INumber<T>
    {
        private RandomLanes _random = random;

        public override void Reset(ReadOnlySpan<sbyte> bits) => fields.Reset(bits);

        public override void CopyBits(Span<sbyte> bits) => fields.CopyBits(bits);

        public override void Sweep(double temperature) => MetropolisSweep.Run(fields, temperature, ref _random);

        public override int Descend() => MetropolisSweep.Descend(fields);
    }
}
