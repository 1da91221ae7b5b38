using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>
/// A problem at the large end, 5,000 variables and about 1.25 million interactions: what a solver does before it first looks
/// at the clock (fields, schedules, models) takes long enough here to break a short limit.
/// </summary>
[Collection(nameof(Alone))]
public sealed class LargeProblemTests
{
    private const double Limit = 5;

    /// <summary>In continuous integration, where a solver each takes its time: what breaks a limit breaks a shorter one, too.</summary>
    private const double ShortLimit = 2;

    private const double Overshoot = 0.5;

    private static readonly bool IsOnBuildServer = Environment.GetEnvironmentVariable("QAIW_CI") == "1";

    /// <summary>The server's default for one solve.</summary>
    private const int MemoryMegabytes = 4096;

    private static readonly Lazy<QuboProblem> Dense = new(() => Some.Qubo(5_000, 0.1));

    public static TheoryData<string> Ids =>
        [.. Registered.All.Where(s => s.Families.Contains("qubo")).Select(s => s.Info.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void A_limit_in_CPU_seconds_is_held_or_refused_with_numbers(string id)
    {
        var limit = IsOnBuildServer ? ShortLimit : Limit;
        var solver = Registered.All.Single(s => s.Info.Id == id);
        var options = Registered.Options(solver);
        var budget = new SolveBudget { CpuSeconds = limit, MemoryMegabytes = MemoryMegabytes };
        if (solver.Check(Dense.Value, options, budget) is Applicability.Unsupported refusal)
        {
            refusal.Needed.Should().BeGreaterThan(refusal.Limit!.Value);
            refusal.Reason.Should().MatchRegex("[0-9].*[0-9]", "it says what is needed and what there is");
            return;
        }
        HoldsTheLimit(solver, Dense.Value, budget, Overshoot);
    }

    [Theory]
    [InlineData("cp-sat", 2700)]
    [InlineData("scip", 1700)]
    public void A_model_just_small_enough_to_be_built_leaves_the_limit_intact(string id, int n)
    {
        var solver = Registered.All.Single(s => s.Info.Id == id);
        var budget = new SolveBudget { CpuSeconds = Limit, MemoryMegabytes = MemoryMegabytes };
        var problem = Some.Qubo(n, 0.1);
        solver.Check(problem, Registered.Options(solver), budget).Should().BeOfType<Applicability.Supported>();
        solver
            .Check(Some.Qubo(n * 11 / 10, 0.1), Registered.Options(solver), budget)
            .Should()
            .BeOfType<Applicability.Unsupported>("else this is not the largest one");

        // SCIP hears no stop while it reads its model, and its estimate is of a fast machine: 0.9 s late on a build server of
        // half the speed. CP-SAT loads its presolved model after a stop, and would be 2.0 s late if it weren't told so much earlier.
        HoldsTheLimit(solver, problem, budget, id == "scip" && IsOnBuildServer ? 4 * Overshoot : Overshoot);
    }

    private static void HoldsTheLimit(ISolver solver, QuboProblem given, SolveBudget budget, double overshoot)
    {
        // A problem of its own for each run: what it keeps for later, such as its neighbours, is made within the limit.
        var problem = new QuboProblem(given.Terms, given.Sense, given.Vartype, labels: null);
        var allocated = GC.GetTotalAllocatedBytes();
        var limit = budget.CpuSeconds!.Value;
        var context = new SolveContext(budget, seed: 1)
        {
            // Where the host asks a run to stop.
            StopCpuSeconds = limit - Math.Max(0.2, 0.05 * limit),
            StopTimeSeconds = 600,
            Solvers = Registered.Registry,
        };

        var outcome = solver.Solve(problem, Registered.Options(solver), context);

        context.CpuSeconds.Should().BeLessThan(limit + overshoot);
        context.StoppedBy.Should().Be(StoppedBy.Cpu);
        outcome.Should().BeOfType<SolveOutcome.Found>();
        (GC.GetTotalAllocatedBytes() - allocated).Should().BeLessThan(MemoryMegabytes * 1_000_000L);
    }
}
