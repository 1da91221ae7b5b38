using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

/// <summary>Budgets of seconds; alone on the machine, as the CPU clock is the whole process's.</summary>
[Collection(nameof(Alone))]
public class QaoaBudgetTests
{
    private static readonly QaoaSolver Qaoa = new();

    private static readonly QaoaOptions Endless = new()
    {
        MaxEvaluations = 1_000_000,
        Layers = 4,
        Starts = 9,
    };

    [Theory]
    [InlineData(QaoaExecutionPath.QSharpQir, 18, StoppedBy.Time, 0.5)]
    [InlineData(QaoaExecutionPath.QSharpQir, 18, StoppedBy.Cpu, 0.5)]
    [InlineData(QaoaExecutionPath.QSharpSimulator, 8, StoppedBy.Time, 3)]
    [InlineData(QaoaExecutionPath.QSharpSimulator, 8, StoppedBy.Cpu, 2)]
    public void A_budget_of_seconds_leaves_time_for_all_shots(
        QaoaExecutionPath path,
        int n,
        StoppedBy budget,
        double seconds
    ) =>
        // A busy machine may stall one run beyond its budget; a clock that is wrong fails all of them.
        Enumerable.Range(1, 5).Any(seed => EndsInTimeWithAllShots(path, n, budget, seconds, seed)).Should().BeTrue();

    private static bool EndsInTimeWithAllShots(
        QaoaExecutionPath path,
        int n,
        StoppedBy budget,
        double seconds,
        long seed
    )
    {
        var context = QSharpCache.Context(
            seed,
            new()
            {
                TimeSeconds = budget == StoppedBy.Time ? seconds : null,
                CpuSeconds = budget == StoppedBy.Cpu ? seconds : null,
                Shots = 200,
            }
        );

        var outcome = Qaoa.Solve(Some.Qubo(n, density: 0.9), Endless with { ExecutionPath = path }, context);

        var spent = budget == StoppedBy.Time ? context.ElapsedSeconds : context.CpuSeconds;
        context.StoppedBy.Should().Be(budget);
        return spent < seconds + 0.3 && outcome is SolveOutcome.Found && outcome.Samples.Sum(s => s.Occurrences) == 200;
    }

    [Fact]
    public void A_budget_of_cpu_seconds_counts_every_thread()
    {
        // Before the clock starts: Q# compiles.
        using var engine = new GateEngine(SomeCircuit.Of(QaoaVariant.Standard, 3, 1).Circuit);
        var context = new SolveContext(new() { CpuSeconds = 2.2, Threads = 2 }, 1);
        var clock = new QaoaClock(context);

        using (clock.Evaluating(1))
            Parallel.For(
                0,
                2,
                _ =>
                {
                    while (context.CpuSeconds < 0.4)
                        Thread.SpinWait(100);
                }
            );

        // Another one, one to sample from, and its like for sampling: twice 1.2 seconds, of which 1.8 are left.
        clock.HasTimeToEvaluate(engine, 1).Should().BeFalse();
        context.StoppedBy.Should().Be(StoppedBy.Cpu);
    }

    [Theory]
    [InlineData(QaoaVariant.Standard)]
    [InlineData(QaoaVariant.MultiAngle)]
    public void A_state_that_is_given_up_has_no_value_and_spoils_none_after_it(QaoaVariant variant)
    {
        var circuit = SomeCircuit.Of(variant, 6, 3).Circuit;
        var (asked, last) = (0, int.MaxValue);
        bool IsOver() => ++asked > last;
        using var engine = Engine(circuit, IsOver);
        using var reference = Engine(circuit, isOver: null);
        QaoaAngles[] angles = [new([0.1, 0.2, 0.3], [0.3, 0.2, 0.1]), new([0.2, 0.3, 0.4], [0.4, 0.3, 0.1])];
        var whole = engine.Evaluate(angles);
        var perState = asked / 2;

        (asked, last) = (0, perState + perState / 2);
        var cut = engine.Evaluate(angles);

        perState.Should().BeGreaterThan(1);
        asked.Should().Be(last + 1, "nothing is done after the answer that it is over");
        whole.Should().Equal(angles.Select(reference.Prepare));
        cut.Should().Equal(whole[0]);
        engine.Prepare(angles[1]).Should().Be(whole[1], "what was found is prepared whatever the clock says");

        static IQaoaEngine Engine(QaoaCircuit circuit, Func<bool>? isOver) =>
            circuit.Shape.Variant == QaoaVariant.Standard
                ? new QirEngine(circuit, isOver: isOver)
                : new GateEngine(circuit, isOver: isOver);
    }

    [Fact]
    public void A_spent_budget_says_so()
    {
        var context = QSharpCache.Context(budget: new() { TimeSeconds = 0.001 });

        var outcome = Qaoa.Solve(Some.Qubo(7, seed: 99), new QaoaOptions(), context);

        outcome.Should().BeOfType<SolveOutcome.NothingFound>().Which.Reason.Should().StartWith("The budget was spent");
        context.StoppedBy.Should().Be(StoppedBy.Time);
    }

    [Theory]
    [InlineData(QaoaExecutionPath.QSharpQir)]
    [InlineData(QaoaExecutionPath.QSharpSimulator)]
    public void All_metrics_speak_of_the_state_that_was_sampled(QaoaExecutionPath path)
    {
        var problem = Some.Qubo(6, seed: 3);
        var options = new QaoaOptions
        {
            ExecutionPath = path,
            MaxEvaluations = 30,
            CrossCheckQubits = 0,
        };
        using var cancel = new CancellationTokenSource();
        var cancelled = new SolveContext(new(), 1, cancel.Token)
        {
            CacheDirectory = QSharpCache.Folder,
            OnStage = (stage, _) =>
            {
                if (stage == "optimize")
                    cancel.Cancel();
            },
        };

        // All shots of the one come from the first state, before the search went on; those of the other, too.
        var late = Qaoa.Solve(problem, options, cancelled).Quantum!;
        var first = Qaoa.Solve(problem, options, QSharpCache.Context(1, new() { Evaluations = 1 })).Quantum!;

        cancelled.Evaluations.Should().BeGreaterThan(9);
        late.Angles.Should().BeEquivalentTo(first.Angles);
        late.Expectation.Should().Be(first.Expectation);
        late.ApproximationRatio.Should().Be(first.ApproximationRatio);
        late.GroundStateProbability.Should().Be(first.GroundStateProbability);
        late.BestSampleProbability.Should().BeLessThanOrEqualTo(1).And.BePositive();
    }

    [Theory]
    [InlineData(QaoaExecutionPath.QSharpQir, 18)]
    [InlineData(QaoaExecutionPath.QSharpSimulator, 10)]
    public void A_cancel_ends_the_run_with_the_first_shots(QaoaExecutionPath path, int n)
    {
        using var cancel = new CancellationTokenSource();
        var context = new SolveContext(new(), 1, cancel.Token)
        {
            CacheDirectory = QSharpCache.Folder,
            OnIncumbent = (_, _) => cancel.Cancel(),
        };

        var outcome = Qaoa.Solve(Some.Qubo(n), Endless with { ExecutionPath = path }, context);

        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Samples.Sum(s => s.Occurrences).Should().Be(64);
        context.StoppedBy.Should().Be(StoppedBy.Cancel);
    }
}
