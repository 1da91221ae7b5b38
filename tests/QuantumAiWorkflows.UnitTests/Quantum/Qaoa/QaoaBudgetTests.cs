using System.Diagnostics;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

/// <summary>Budgets of seconds; alone on the machine, as the CPU clock is the whole process's.</summary>
[Collection("alone")]
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
    [InlineData(QaoaExecutionPath.QSharpQir, 18, StoppedBy.Time)]
    [InlineData(QaoaExecutionPath.QSharpQir, 18, StoppedBy.Cpu)]
    [InlineData(QaoaExecutionPath.QSharpSimulator, 8, StoppedBy.Time)]
    [InlineData(QaoaExecutionPath.QSharpSimulator, 8, StoppedBy.Cpu)]
    public void A_budget_of_seconds_leaves_time_for_all_shots(QaoaExecutionPath path, int n, StoppedBy budget)
    {
        const double seconds = 2;
        var context = QSharpCache.Context(
            budget: new()
            {
                TimeSeconds = budget == StoppedBy.Time ? seconds : null,
                CpuSeconds = budget == StoppedBy.Cpu ? seconds : null,
                Shots = 200,
            }
        );

        var outcome = Qaoa.Solve(Some.Qubo(n, density: 0.9), Endless with { ExecutionPath = path }, context);

        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Samples.Sum(s => s.Occurrences).Should().Be(200);
        context.StoppedBy.Should().Be(budget);
        // A machine under load may stop the search early, but nothing may run over.
        var spent = budget == StoppedBy.Time ? context.ElapsedSeconds : context.CpuSeconds;
        spent.Should().BeLessThan(seconds + 0.3);
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
        var clock = Stopwatch.StartNew();

        var outcome = Qaoa.Solve(Some.Qubo(n), Endless with { ExecutionPath = path }, context);

        outcome.Should().BeOfType<SolveOutcome.Found>().Which.Samples.Sum(s => s.Occurrences).Should().Be(64);
        context.StoppedBy.Should().Be(StoppedBy.Cancel);
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5));
    }
}

[CollectionDefinition("alone", DisableParallelization = true)]
public class Alone;
