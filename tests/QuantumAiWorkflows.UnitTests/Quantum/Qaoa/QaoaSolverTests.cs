using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Simulator;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

public class QaoaSolverTests
{
    private static readonly ISolver Qaoa = QuantumSolvers.All.Single(s => s.Info.Id == "qaoa");

    /// <summary>Without asking Q# for the final state once more, a tenth of a second or two.</summary>
    private static readonly QaoaOptions Quick = new() { CrossCheckQubits = 0 };

    private static readonly QaoaOptions OnQSharp = Quick with
    {
        ExecutionPath = QaoaExecutionPath.QSharpSimulator,
        MaxEvaluations = 14,
        Layers = 1,
    };

    private static SolveOutcome.Found Solve(
        QuboProblem problem,
        QaoaOptions? options = null,
        SolveContext? context = null
    )
    {
        var outcome = Qaoa.Solve(problem, options ?? Quick, context ?? QSharpCache.Context());
        return outcome.Should().BeOfType<SolveOutcome.Found>().Subject;
    }

    private static double Objective(QuboProblem problem, SolveOutcome.Found found) =>
        problem.Evaluate(found.Best).Objective;

    [Fact]
    public void The_ablation_draws_as_many_uniform_strings_and_is_classical()
    {
        var problem = Some.Qubo(6, seed: 6);
        var reported = new List<Solution>();
        var context = new SolveContext(new() { Shots = 6400 }, 3) { OnIncumbent = (best, _) => reported.Add(best) };

        var found = Solve(problem, new QaoaOptions { Sampler = QaoaSampler.Uniform }, context);

        found.Ran.Should().Be(Paradigm.Classical);
        found.Quantum.Should().BeNull("no circuit ran");
        context.Shots.Should().Be(6400);
        context.StoppedBy.Should().Be(StoppedBy.Shots);
        found.Samples.Sum(s => s.Occurrences).Should().Be(6400);
        // Each of the 64 strings comes 100 times, standard deviation 10.
        found.Samples.Should().HaveCount(64).And.OnlyContain(s => s.Occurrences > 50 && s.Occurrences < 150);
        Objective(problem, found).Should().BeApproximately(Every.Objective(problem).Min(), 1e-9);
        reported[^1].Should().Be(found.Best);
        var again = Solve(problem, new QaoaOptions { Sampler = QaoaSampler.Uniform }, new(new() { Shots = 6400 }, 3));
        again.Samples.Should().Equal(found.Samples);
    }

    [Theory]
    [InlineData(4, Sense.Minimize, Vartype.Binary)]
    [InlineData(8, Sense.Maximize, Vartype.Binary)]
    [InlineData(10, Sense.Minimize, Vartype.Spin)]
    [InlineData(12, Sense.Maximize, Vartype.Spin)]
    public void Best_sample_of_a_small_problem_is_the_exhaustive_optimum(int n, Sense sense, Vartype vartype)
    {
        var problem = Some.Qubo(n, seed: n, sense: sense, vartype: vartype);
        var all = Every.Objective(problem).ToList();
        var (best, worst) = sense == Sense.Minimize ? (all.Min(), all.Max()) : (all.Max(), all.Min());

        var found = Solve(problem, new QaoaOptions());

        Objective(problem, found).Should().BeApproximately(best, 1e-9);
        var quantum = found.Quantum!;
        quantum.RandomHitRate.Should().Be(all.Count(v => Math.Abs(v - best) < 1e-9) / (double)all.Count);
        quantum.ApproximationRatio.Should().BeApproximately((worst - quantum.Expectation) / (worst - best), 1e-9);
        quantum.GroundStateProbability.Should().BeInRange(quantum.BestSampleProbability!.Value - 1e-12, 1);
        quantum.HitRate.Should().BeGreaterThan(quantum.RandomHitRate!.Value, "QAOA must do better than guessing");
        quantum.OverlapWithQSharp.Should().BeApproximately(1, 1e-9);
        found.IsProven.Should().BeFalse();
        Referee.Judge(problem, found).Status.Should().Be(ResultStatus.Feasible);
    }

    [Fact]
    public void Samples_count_every_shot_and_agree_with_the_hit_rate()
    {
        var problem = Some.Qubo(6, seed: 2);
        var context = QSharpCache.Context(budget: new() { Shots = 300 });

        var found = Solve(problem, context: context);

        found.Samples.Sum(s => s.Occurrences).Should().Be(300);
        found.Samples.Select(s => s.Solution).Should().OnlyHaveUniqueItems();
        var best = Objective(problem, found);
        var hits = found.Samples.Where(s => problem.Evaluate(s.Solution).Objective == best).Sum(s => s.Occurrences);
        found.Quantum!.HitRate.Should().Be(hits / 300.0);
        context.Shots.Should().Be(300);
        context.StoppedBy.Should().Be(StoppedBy.Shots);
    }

    [Fact]
    public void Expectation_agrees_with_the_mean_of_the_shots()
    {
        var problem = Some.Qubo(8, seed: 5, sense: Sense.Maximize);

        var found = Solve(problem, context: QSharpCache.Context(budget: new() { Shots = 20_000 }));

        var values = found.Samples.Select(s => (Value: problem.Evaluate(s.Solution).Objective, s.Occurrences)).ToList();
        var mean = values.Sum(v => v.Value * v.Occurrences) / 20_000;
        var variance = values.Sum(v => (v.Value - mean) * (v.Value - mean) * v.Occurrences) / 20_000;
        // The 64 first shots come from other angles: they are 0.3 % of all.
        found
            .Quantum!.Expectation.Should()
            .BeApproximately(mean, 5 * Math.Sqrt(variance / 20_000) + 0.01 * Math.Sqrt(variance));
    }

    [Theory]
    [InlineData(QaoaExecutionPath.QSharpQir)]
    [InlineData(QaoaExecutionPath.QSharpSimulator)]
    public void Same_seed_gives_the_same_bytes(QaoaExecutionPath path)
    {
        var problem = Some.Qubo(5, seed: 6);
        var options = OnQSharp with { ExecutionPath = path };
        string Run(long seed)
        {
            var found = Solve(problem, options, QSharpCache.Context(seed, new() { Evaluations = 12, Shots = 100 }));
            return JsonSerializer.Serialize(found.Quantum! with { CompileCached = true })
                + string.Concat(
                    found.Samples.Select(s => problem.SolutionToJson(s.Solution).ToJsonString() + s.Occurrences)
                );
        }

        Run(3).Should().Be(Run(3)).And.NotBe(Run(4));
    }

    [Fact]
    public void The_path_through_Q_sharps_simulator_finds_the_optimum_by_itself()
    {
        var problem = Some.Qubo(5, seed: 8);

        var found = Solve(problem, OnQSharp);

        Objective(problem, found).Should().BeApproximately(Every.BestObjective(problem), 1e-9);
        found.Quantum!.ExecutionPath.Should().Be("qsharp-simulator");
        found.Quantum.OverlapWithQSharp.Should().BeNull();
        found.Samples.Sum(s => s.Occurrences).Should().Be(QaoaOptions.DefaultShots);
    }

    [Fact]
    public void Both_paths_walk_the_same_angles()
    {
        var problem = Some.Qubo(5, seed: 8);

        var onQSharp = Solve(problem, OnQSharp).Quantum!;
        var onQir = Solve(
            problem,
            OnQSharp with
            {
                ExecutionPath = QaoaExecutionPath.Auto,
                Optimizer = QaoaOptimizer.NelderMead,
            }
        ).Quantum!;

        onQir.ExecutionPath.Should().Be("qsharp-qir");
        onQir.Expectation.Should().BeApproximately(onQSharp.Expectation, 1e-6);
        onQir.GateCounts.Should().Equal(onQSharp.GateCounts);
    }

    [Theory]
    [InlineData(1, 0, 0, -2.0, Vartype.Binary, -2)]
    [InlineData(3, 0, 0, 0.0, Vartype.Binary, 0)]
    [InlineData(4, 0, 3, 1e200, Vartype.Binary, 0)]
    [InlineData(2, 0, 1, 1e-200, Vartype.Spin, -1e-200)]
    [InlineData(2, 0, 1, -3.0, Vartype.Spin, -3)]
    public void Degenerate_problems_are_solved_too(int n, int i, int j, double value, Vartype vartype, double optimum)
    {
        var builder = new QuboBuilder(_ => default) { Vartype = vartype };
        builder.Add(i, j, value, 0);
        var problem = builder.Build(n, new FaultList())!;

        var found = Solve(problem);

        Objective(problem, found).Should().Be(optimum);
        found.Quantum!.ApproximationRatio.Should().BeInRange(0, 1);
        double.IsFinite(found.Quantum.Expectation).Should().BeTrue();
    }

    [Fact]
    public void More_layers_do_not_make_it_worse()
    {
        var problem = Some.Qubo(9, seed: 10);

        double Ratio(int layers) => Solve(problem, Quick with { Layers = layers }).Quantum!.ApproximationRatio!.Value;

        Ratio(3).Should().BeGreaterThan(Ratio(1));
    }

    [Fact]
    public void Circuit_numbers_follow_from_the_problem()
    {
        var problem = Some.Qubo(6, density: 1, seed: 12);
        var ising = problem.Model.ToIsing();
        var fields = ising.Linear.Count(h => h != 0);

        var quantum = Solve(problem, Quick with { Layers = 3 }).Quantum!;

        quantum.Qubits.Should().Be(6);
        quantum.TwoQubitGates.Should().Be(3 * ising.Value.Length);
        quantum
            .GateCounts.Should()
            .BeEquivalentTo(
                new Dictionary<string, int>
                {
                    ["h"] = 6,
                    ["rz"] = 3 * fields,
                    ["rzz"] = 3 * ising.Value.Length,
                    ["rx"] = 18,
                    ["m"] = 6,
                }
            );
        // Each qubit meets all its neighbours one after the other, in every layer.
        quantum.CircuitDepth.Should().BeGreaterThanOrEqualTo(1 + 3 * (5 + 1) + 1);
        quantum.Angles.Gammas.Should().HaveCount(3);
    }

    [Fact]
    public void Evaluations_end_the_search_and_are_counted()
    {
        var context = QSharpCache.Context(budget: new() { Evaluations = 7 });

        var found = Solve(Some.Qubo(6), context: context);

        context.Evaluations.Should().Be(7);
        context.StoppedBy.Should().Be(StoppedBy.Evaluations);
        found.Samples.Sum(s => s.Occurrences).Should().Be(QaoaOptions.DefaultShots);
    }

    [Fact]
    public void An_incumbent_is_reported_before_the_search_ends()
    {
        var problem = Some.Qubo(8, seed: 21);
        var reported = new List<long>();
        SolveContext context = null!;
        context = new(new(), 1)
        {
            CacheDirectory = QSharpCache.Folder,
            OnIncumbent = (_, _) => reported.Add(context.Evaluations),
        };

        Solve(problem, context: context);

        reported[0].Should().Be(1);
        context.Evaluations.Should().BeGreaterThan(9);
    }

    [Fact]
    public void Too_many_variables_are_refused_with_the_numbers()
    {
        var refusal = Refusal(Some.Qubo(23, density: 0.1), new(), new());

        refusal
            .Should()
            .BeEquivalentTo(
                new
                {
                    Needed = 23.0,
                    Limit = 22.0,
                    Unit = "qubits",
                }
            );
        refusal.Reason.Should().Contain(Bytes(23).ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_path_through_Q_sharps_simulator_has_its_own_limit() =>
        Refusal(Some.Qubo(13, density: 0.1), OnQSharp, new())
            .Should()
            .BeEquivalentTo(
                new
                {
                    Needed = 13.0,
                    Limit = 12.0,
                    Unit = "qubits",
                }
            );

    [Fact]
    public void A_memory_budget_too_small_is_refused_with_the_numbers() =>
        Refusal(Some.Qubo(22, density: 0.1), new(), new() { MemoryMegabytes = 64 })
            .Should()
            .BeEquivalentTo(
                new
                {
                    Needed = (double)Bytes(22),
                    Limit = 64e6,
                    Unit = "bytes",
                }
            );

    [Theory]
    [InlineData("qsharp-simulator", QaoaExecutionPath.QSharpSimulator)]
    [InlineData("qsharp-qir", QaoaExecutionPath.QSharpQir)]
    [InlineData("auto", QaoaExecutionPath.Auto)]
    public void Execution_paths_have_their_names(string name, QaoaExecutionPath path)
    {
        var faults = new FaultList();
        using var json = JsonDocument.Parse($$"""{"executionPath": "{{name}}"}""");

        var options = Qaoa.ReadOptions(json.RootElement, "/options", faults);

        faults.Items.Should().BeEmpty();
        ((QaoaOptions)options!).ExecutionPath.Should().Be(path);
    }

    public static MatrixTheoryData<string, string> ExtremeCosts { get; } =
        new(
            ["1e307", "1e150", "1e-310"],
            [
                "{}",
                """{"variant":"multiAngle"}""",
                """{"variant":"warmStart"}""",
                """{"objective":"cvar"}""",
                """{"objective":"gibbs","gibbsEta":1e-6}""",
                """{"optimizer":"spsa"}""",
                """{"noise":{"twoQubitError":0.1}}""",
            ]
        );

    [Theory, MemberData(nameof(ExtremeCosts))]
    public void Costs_at_the_ends_of_a_doubles_range_leave_numbers_that_json_can_hold(string largest, string given)
    {
        using var json = JsonDocument.Parse(
            $$"""{"family":"qubo","terms":[[0,1,{{largest}}],[1,2,-{{largest}}],[0,0,{{largest}}],[2,3,1e-311]]}"""
        );
        using var options = JsonDocument.Parse(given);
        var problem = (QuboProblem)QuboFamily.Instance.Read(json.RootElement, "", new())!;
        var read = (QaoaOptions)Qaoa.ReadOptions(options.RootElement, "", new())!;

        var found = Solve(
            problem,
            read with
            {
                CrossCheckQubits = 0,
            },
            QSharpCache.Context(budget: new() { Evaluations = 30 })
        );

        var write = () => JsonSerializer.Serialize(found.Quantum, StrictJson.Options);
        write.Should().NotThrow();
        found.Quantum!.ApproximationRatio.Should().BeInRange(0, 1 + 1e-9);
    }

    [Fact]
    public void Without_a_compiled_module_the_run_says_so()
    {
        _ = QSharpCache.Folder;

        var outcome = Qaoa.Solve(Some.Qubo(3), new QaoaOptions(), new SolveContext(new(), 1));

        outcome.Should().BeOfType<SolveOutcome.NothingFound>().Which.Reason.Should().Contain("not been compiled");
    }

    private static long Bytes(int qubits) =>
        QirEngine.BytesNeeded(qubits, QaoaPrecision.Double, isSymmetric: false, withGradient: true, threads: 1);

    [Fact]
    public void Thirty_four_qubits_are_refused_with_the_number_of_bytes() =>
        Refusal(Some.Qubo(34, density: 0.1), new() { MaxQubits = 30 }, new())
            .Reason.Should()
            .Contain(Bytes(34).ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void Twenty_six_qubits_in_single_precision_need_24_bytes_per_string_and_little_else() =>
        (
            QirEngine.BytesNeeded(26, QaoaPrecision.Single, isSymmetric: false, withGradient: true, threads: 2)
            / (24.0 * (1 << 26))
        )
            .Should()
            .BeInRange(1, 1.03);

    [Theory]
    [InlineData(QaoaPrecision.Single, QaoaSymmetry.Auto, 1)]
    [InlineData(QaoaPrecision.Double, QaoaSymmetry.Off, 1)]
    [InlineData(QaoaPrecision.Double, QaoaSymmetry.Auto, 2)]
    public void Precision_symmetry_and_threads_change_no_more_than_rounding(
        QaoaPrecision precision,
        QaoaSymmetry symmetry,
        int threads
    )
    {
        var problem = Some.Qubo(8, seed: 3);
        var context = QSharpCache.Context(budget: new() { Threads = threads });

        var found = Solve(problem, Quick with { Precision = precision, Symmetry = symmetry }, context);

        found.Quantum!.Expectation.Should().BeApproximately(Solve(problem).Quantum!.Expectation, 1e-2);
    }

    private static Applicability.Unsupported Refusal(QuboProblem problem, QaoaOptions options, SolveBudget budget) =>
        Qaoa.Check(problem, options, budget).Should().BeOfType<Applicability.Unsupported>().Subject;
}
