using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solving;

/// <summary>What one of many repetitions of a run gets of its budget.</summary>
public sealed class RepetitionBudgetTests
{
    [Fact]
    public void Counts_stay_and_of_clocks_it_has_its_share()
    {
        var budget = new SolveBudget
        {
            CpuSeconds = 8,
            TimeSeconds = 20,
            Evaluations = 1000,
            Shots = 64,
            MaxCost = 1,
            DeadlineSeconds = 60,
            Threads = 2,
        };

        budget
            .ForRepetition(0.25, 3, StoppedBy.Cpu)
            .Should()
            .Be(
                new SolveBudget
                {
                    CpuSeconds = 2,
                    TimeSeconds = 5,
                    Evaluations = 1000,
                    Shots = 64,
                    Threads = 2,
                }
            );
        new SolveBudget { Evaluations = 1000, DeadlineSeconds = 60 }
            .ForRepetition(0.25, 3, StoppedBy.Evaluations)
            .Should()
            .Be(new SolveBudget { Evaluations = 1000 }, "the same count is the same search, whatever the clock says");
    }

    /// <summary>With a quarter of the time of a run that came to its end no repetition would come to its own.</summary>
    [Theory]
    [InlineData(StoppedBy.Time, 0.5)]
    [InlineData(StoppedBy.Cost, 0.5)]
    [InlineData(StoppedBy.Solver, 8)]
    [InlineData(StoppedBy.Proof, 8)]
    [InlineData(StoppedBy.Shots, 8)]
    public void Where_a_deadline_alone_could_end_the_run_its_time_says_how_long_a_repetition_may_take(
        StoppedBy ended,
        double seconds
    )
    {
        new SolveBudget { Shots = 64, DeadlineSeconds = 60 }
            .ForRepetition(0.25, 2, ended)
            .Should()
            .Be(new SolveBudget { Shots = 64, TimeSeconds = seconds });
        new SolveBudget { MaxCost = 1 }
            .ForRepetition(0.25, 2, ended)
            .Should()
            .Be(new SolveBudget { TimeSeconds = seconds });
    }

    [Fact]
    public void A_run_of_milliseconds_leaves_a_repetition_a_second() =>
        new SolveBudget { DeadlineSeconds = 60 }
            .ForRepetition(0.25, 0.004, StoppedBy.Solver)
            .TimeSeconds.Should()
            .Be(1);
}
