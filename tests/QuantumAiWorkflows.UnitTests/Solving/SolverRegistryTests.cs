using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Solvers;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Solvers;

namespace QuantumAiWorkflows.UnitTests.Solving;

/// <summary>What is known of a request before it runs, the solver that another one would call included.</summary>
public sealed class SolverRegistryTests
{
    private static readonly ISolver Hybrid = HybridSolvers.All.Single(s => s.Info.Id == "hybrid-decomposition");

    [Theory]
    [InlineData("""{"subSolver":"oracle"}""", "UnknownSolver /solvers/2/options/subSolver")]
    [InlineData("""{"subSolver":"hybrid-decomposition"}""", "NotApplicable /solvers/2/options/subSolver")]
    [InlineData(
        """{"subSolver":"tabu","subOptions":{"tenure":0}}""",
        "OutOfRange /solvers/2/options/subOptions/tenure"
    )]
    [InlineData(
        """{"subSolver":"tabu","subOptions":{"layers":2}}""",
        "UnknownMember /solvers/2/options/subOptions/layers"
    )]
    [InlineData(
        """{"subSolver":"qaoa","subOptions":{"layers":17}}""",
        "OutOfRange /solvers/2/options/subOptions/layers"
    )]
    [InlineData("""{"subSolver":"qaoa","subOptions":[]}""", "WrongType /solvers/2/options/subOptions")]
    [InlineData("""{"subSolver":"tabu","subOptions":7}""", "WrongType /solvers/2/options/subOptions")]
    [InlineData("""{"subSolver":"random","subBudget":{"shots":0}}""", "OutOfRange /solvers/2/options/subBudget/shots")]
    public void Faults_of_the_sub_solver_stand_where_it_is_named(string options, string expected)
    {
        var (applicability, faults) = Check(options);

        applicability.Should().BeNull();
        faults.Should().Equal(expected);
    }

    [Theory]
    [InlineData("""{"subSolver":"tabu","subOptions":{"tenure":5}}""")]
    [InlineData("""{"subSolver":"tabu","subOptions":null}""")]
    [InlineData("""{"subSolver":"auto","subOptions":{"proof":false}}""")]
    [InlineData("""{"subSolver":"exhaustive","subProblemSize":30,"subBudget":{"evaluations":null}}""")]
    public void Takes_what_both_solvers_take(string options)
    {
        var (applicability, faults) = Check(options);

        faults.Should().BeEmpty();
        applicability.Should().Be(Applicability.Yes);
    }

    [Fact]
    public void A_sub_problem_too_large_for_the_sub_solver_is_refused_with_its_numbers()
    {
        var (applicability, _) = Check("""{"subSolver":"exhaustive","subProblemSize":31}""");

        applicability
            .Should()
            .Be(
                new Applicability.Unsupported(
                    "hybrid-decomposition hands sub-problems to exhaustive, which does not take them: "
                        + "exhaustive takes at most 30 variables, the problem has 31.",
                    31,
                    30,
                    "variables"
                )
            );
    }

    [Fact]
    public void The_memory_of_the_run_is_that_of_its_sub_problems()
    {
        const string Options = """{"subProblemSize":22}""";

        var refused = Check(Options, budget: new() { MemoryMegabytes = 16 }).Applicability;

        var unsupported = refused.Should().BeOfType<Applicability.Unsupported>().Subject;
        (unsupported.Limit, unsupported.Unit).Should().Be((16e6, "bytes"));
        unsupported.Needed.Should().BeGreaterThan(1 << 22);
    }

    [Fact]
    public void A_sub_problem_is_never_larger_than_the_problem() =>
        Check("""{"subSolver":"exhaustive","subProblemSize":31}""", size: 12)
            .Applicability.Should()
            .Be(Applicability.Yes);

    [Fact]
    public void A_solver_that_works_alone_is_asked_alone()
    {
        var faults = new FaultList();
        var random = Registered.All.Single(s => s.Info.Id == "random");

        Registered.Registry.Check(random, Some.Qubo(), null, "/options", new(), faults).Should().Be(Applicability.Yes);
        faults.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData("it is being made", true, "it is being made")]
    [InlineData("it will never come", false, null)]
    public void One_that_calls_another_waits_for_it_but_not_for_ever(string missing, bool isComing, string? expected)
    {
        var registry = new SolverRegistry([Hybrid, new Unready(new(missing, isComing))]);

        registry.AvailabilityOf(Hybrid, null).Missing.Should().Be(expected);
    }

    private static (Applicability? Applicability, IReadOnlyList<string> Faults) Check(
        string options,
        int size = 40,
        SolveBudget? budget = null
    )
    {
        var faults = new FaultList();
        using var json = JsonDocument.Parse(options);
        var applicability = Registered.Registry.Check(
            Hybrid,
            Some.Qubo(size),
            json.RootElement,
            "/solvers/2/options",
            budget ?? new(),
            faults
        );
        return (applicability, [.. faults.Items.Select(f => $"{f.Code} {f.Pointer}")]);
    }

    private sealed class Unready(Availability availability) : QuboSolver<StandInOptions>
    {
        public override SolverInfo Info { get; } = new StandIn(StandIn.Zeros).Info with { Id = Hybrid.Info.SubSolver! };

        public override Availability Availability(string? cacheDirectory) => availability;

        protected override SolveOutcome Solve(
            QuantumAiWorkflows.Problems.Qubo.QuboProblem problem,
            StandInOptions options,
            SolveContext context
        ) => throw new InvalidOperationException("Not ready.");
    }
}
