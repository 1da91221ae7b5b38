using System.Runtime.CompilerServices;

namespace QuantumAiWorkflows.Solvers.Routing;

/// <summary>
/// What must be known of a sequence of stops to join it with another in O(1) under relaxed time windows: who comes late pays
/// the lateness back as a jump in time, its time warp, and goes on from the end of the window (T. Vidal et al., A hybrid
/// genetic algorithm with adaptive diversity management for a large class of vehicle routing problems with time windows,
/// Computers and Operations Research 40, 2013).
/// </summary>
/// <param name="Duration">Travel, service and waiting from the start of service at the first stop to the end at the last.</param>
/// <param name="Warp">Least time warp of the sequence.</param>
/// <param name="Earliest">Earliest start at the first stop with the least duration and warp.</param>
/// <param name="Latest">Latest such start.</param>
internal readonly record struct Segment(int Duration, int Warp, int Earliest, int Latest)
{
    /// <summary>A single stop.</summary>
    public static Segment Of(int service, int earliest, int latest) => new(service, 0, earliest, latest);

    /// <summary>This sequence, <paramref name="travel"/>, then <paramref name="next"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Segment Then(int travel, in Segment next)
    {
        var shift = Duration - Warp + travel;
        var wait = Math.Max(next.Earliest - shift - Latest, 0);
        var warp = Math.Max(Earliest + shift - next.Latest, 0);
        return new(
            Duration + next.Duration + travel + wait,
            Warp + next.Warp + warp,
            Math.Max(next.Earliest - shift, Earliest) - wait,
            Math.Min(next.Latest - shift, Latest) + warp
        );
    }

    /// <summary>Time warp of <see cref="Then"/> alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int WarpThen(int travel, in Segment next) =>
        Warp + next.Warp + Math.Max(Earliest + Duration - Warp + travel - next.Latest, 0);
}
