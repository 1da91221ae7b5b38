using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers.ParallelTempering;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers.ParallelTempering;

public sealed class ParallelTemperingTests
{
    [Theory]
    [InlineData(2, 8, 1)]
    [InlineData(3, 8, 1)]
    [InlineData(2, 11, 1)]
    [InlineData(2, 8, 4)]
    public void Replicas_temperatures_and_sweeps_are_run_as_asked(int replicas, int temperatures, int sweeps)
    {
        var (_, context) = Run(
            ReplicaTests.Grid(6, 1),
            new()
            {
                Replicas = replicas,
                Temperatures = temperatures,
                SweepsPerExchange = sweeps,
                Rounds = 40,
            }
        );

        // The first round cools all of them in 100 sweeps; what descends costs a few passes of one replica.
        var expected = (100 + 39 * sweeps) * 36L * replicas * temperatures;
        context.Evaluations.Should().BeInRange(expected + 36, expected + 36 * 200);
        context.StoppedBy.Should().BeNull();
    }

    [Fact]
    public void A_sample_is_drawn_from_the_coldest_replica_of_every_set_each_50_rounds()
    {
        var (outcome, _) = Run(ReplicaTests.Grid(6, 1), new() { Replicas = 3, Rounds = 120 });

        outcome.Samples.Sum(s => s.Occurrences).Should().Be(2 * 3);
    }

    [Fact]
    public void Cluster_moves_change_the_course_of_a_run_on_a_sparse_graph_only()
    {
        var (grid, dense) = (ReplicaTests.Grid(12, 3), Some.Qubo(60, 1));

        Course(grid, ClusterMoveUse.On).Should().NotEqual(Course(grid, ClusterMoveUse.Off));
        Course(grid, ClusterMoveUse.Auto).Should().NotEqual(Course(grid, ClusterMoveUse.Off));
        Course(dense, ClusterMoveUse.Auto).Should().Equal(Course(dense, ClusterMoveUse.Off));

        static IEnumerable<string> Course(QuboProblem problem, ClusterMoveUse use) =>
            Run(problem, new() { ClusterMoves = use, Rounds = 200 })
                .Outcome.Samples.Select(s => string.Concat(((QuboSolution)s.Solution).Values));
    }

    [Fact]
    public void Cluster_moves_with_one_replica_are_refused_when_asked_for()
    {
        var solver = new ParallelTemperingSolver();
        var problem = Some.Qubo();

        var applicability = ((ISolver)solver).Check(
            problem,
            new ParallelTemperingOptions { Replicas = 1, ClusterMoves = ClusterMoveUse.On },
            new()
        );

        applicability.Should().BeOfType<Applicability.BadOptions>().Which.Faults[0].Pointer.Should().Be("/replicas");
        ((ISolver)solver)
            .Check(problem, new ParallelTemperingOptions { Replicas = 1 }, new())
            .Should()
            .Be(Applicability.Yes);
    }

    [Fact]
    public void Replicas_beyond_the_memory_budget_are_refused_with_both_numbers()
    {
        var applicability = ((ISolver)new ParallelTemperingSolver()).Check(
            Some.Qubo(1000, 0.001),
            new ParallelTemperingOptions { Replicas = 16, Temperatures = 256 },
            new() { MemoryMegabytes = 16 }
        );

        applicability
            .Should()
            .BeOfType<Applicability.Unsupported>()
            .Which.Reason.Should()
            .Contain("33 megabytes")
            .And.Contain("16");
    }

    [Fact]
    public void The_hot_end_alone_finds_less_than_the_whole_ladder()
    {
        var problem = ReplicaTests.Grid(12, 5);
        var hot = Run(
            problem,
            new()
            {
                Rounds = 100,
                BetaRange = new() { Hot = 0.01, Cold = 0.01 },
            }
        );
        var ladder = Run(problem, new() { Rounds = 100 });

        Best(ladder).Should().BeGreaterThan(Best(hot));

        double Best((SolveOutcome Outcome, SolveContext) run) =>
            problem.Evaluate(((SolveOutcome.Found)run.Outcome).Best).Objective;
    }

    private static (SolveOutcome Outcome, SolveContext Context) Run(
        QuboProblem problem,
        ParallelTemperingOptions options
    )
    {
        var context = new SolveContext(new(), 1);
        return (((ISolver)new ParallelTemperingSolver()).Solve(problem, options, context), context);
    }
}
