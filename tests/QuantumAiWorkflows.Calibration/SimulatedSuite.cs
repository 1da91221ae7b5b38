using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.Calibration;

/// <summary>What one run did. The hit and the gap are drawn apart, as in the simulation of the procedure's design.</summary>
/// <param name="Used">Seconds to the target, or all that was spent.</param>
/// <param name="Spent">Seconds to the end.</param>
/// <param name="Gap">Percent, of a feasible run.</param>
internal readonly record struct SimulatedRun(bool IsFeasible, bool Hits, double Used, double Spent, double Gap);

/// <summary>The runs of all entrants on all instances: first index instance, second entrant, third seed.</summary>
internal sealed record SimulatedSuite(IReadOnlyList<Traits> Entrants, SimulatedRun[][][] Runs)
{
    public int Seeds => Runs[0][0].Length;

    public static SimulatedSuite Draw(
        Xoshiro256 random,
        World world,
        IReadOnlyList<Traits> entrants,
        int instances,
        int seeds
    )
    {
        var runs = new SimulatedRun[instances][][];
        for (var i = 0; i < instances; i++)
        {
            var nature = world.Draw(random);
            runs[i] = [.. entrants.Select(e => OnInstance(random, world, nature, e, seeds))];
        }
        return new(entrants, runs);
    }

    private static SimulatedRun[] OnInstance(Xoshiro256 random, World world, Nature nature, Traits entrant, int seeds)
    {
        var speed = random.Chance(entrant.Elsewhere.Share) ? entrant.Elsewhere.Speed : entrant.Speed;
        if (entrant.SpeedSpread > 0)
            speed *= Math.Pow(2, entrant.SpeedSpread * random.Normal());
        var worse = entrant.Worse;
        if (worse > 0 && entrant.WorseSpread > 0)
            worse *= Math.Max(0, 1 + entrant.WorseSpread * random.Normal());
        if (entrant.GapInteraction > 0)
            worse += entrant.GapInteraction * (3 + random.Normal());
        var feasible = Math.Min(nature.Feasible, entrant.FeasibleAtMost);
        var drawn = new SimulatedRun[seeds];
        foreach (ref var run in drawn.AsSpan())
            run = Run(random, world, nature, entrant, speed, worse, feasible);
        return drawn;
    }

    private static SimulatedRun Run(
        Xoshiro256 random,
        World world,
        Nature nature,
        Traits entrant,
        double speed,
        double worse,
        double feasible
    )
    {
        var scatter = random.Exponential();
        // Squared and halved: Weibull of shape 0.5, mean 1.
        scatter =
            entrant.IsSteady ? 1
            : world.HasHeavyTimes ? scatter * scatter / 2
            : scatter;
        var seconds = nature.Seconds * scatter / speed;
        var isFeasible = feasible >= 1 || random.Chance(feasible);
        var clock = Math.Exp(world.ClockNoise * random.Normal()) * (random.Chance(world.Disturbed) ? 2 : 1);
        var hits = isFeasible && seconds <= World.Budget;
        var spread = entrant.RunSpread ?? world.RunSpread;
        var gap = random.Chance(nature.Solved)
            ? 0
            : random.LogNormal(nature.Gap, spread)
                * Math.Exp(-spread * spread / 2)
                * (random.Chance(world.Outliers) ? 10 : 1);
        return new(
            isFeasible,
            hits,
            Math.Max(0.001, (hits ? seconds : World.Budget) * clock),
            World.Budget * clock,
            Math.Clamp(gap + worse, 0, 100)
        );
    }
}
