using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Solving;
using QuantumAiWorkflows.UnitTests.Problems.Routing;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

/// <summary>Whole runs of the circuit variants.</summary>
public class QaoaVariantTests
{
    private static readonly ISolver Qaoa = QuantumSolvers.All.Single(s => s.Info.Id == "qaoa");

    private static readonly int[][] Groups =
    [
        [0, 4, 1],
        [5, 2],
    ];

    private static QaoaOptions Of(QaoaVariant variant) =>
        new()
        {
            Variant = variant,
            Groups = variant == QaoaVariant.XyRing ? Groups : null,
            CrossCheckQubits = 0,
        };

    private static SolveOutcome.Found Solve(QuboProblem problem, QaoaOptions options, SolveContext? context = null) =>
        Qaoa.Solve(problem, options, context ?? QSharpCache.Context()).Should().BeOfType<SolveOutcome.Found>().Subject;

    private static bool IsOneHot(Solution solution) =>
        Groups.All(group => group.Count(i => ((QuboSolution)solution).Values[i] == 1) == 1);

    [Theory]
    [InlineData(Sense.Minimize, Vartype.Binary)]
    [InlineData(Sense.Maximize, Vartype.Spin)]
    public void Every_sample_of_a_ring_satisfies_its_groups_and_the_best_is_their_optimum(Sense sense, Vartype vartype)
    {
        var problem = Some.Qubo(8, seed: 4, sense: sense, vartype: vartype);
        var feasible = Every
            .Assignment(8)
            .Select(bits => problem.FromBits(bits))
            .Where(IsOneHot)
            .Select(s => problem.Evaluate(s).Objective)
            .ToList();
        var (best, worst) =
            sense == Sense.Minimize ? (feasible.Min(), feasible.Max()) : (feasible.Max(), feasible.Min());

        var found = Solve(problem, Of(QaoaVariant.XyRing) with { CrossCheckQubits = 8 });

        found.Samples.Should().HaveCountGreaterThan(5).And.OnlyContain(s => IsOneHot(s.Solution));
        problem.Evaluate(found.Best).Objective.Should().BeApproximately(best, 1e-9);
        var quantum = found.Quantum!;
        quantum.Variant.Should().Be("xyRing");
        quantum.OverlapWithQSharp.Should().BeApproximately(1, 1e-9);
        feasible.Should().HaveCount(3 * 2 * 8);
        quantum.RandomHitRate.Should().Be(feasible.Count(v => Math.Abs(v - best) < 1e-9) / 48.0);
        quantum.ApproximationRatio.Should().BeApproximately((worst - quantum.Expectation) / (worst - best), 1e-9);
        quantum.GateCounts.Should().ContainKeys("rxx", "ryy", "cx", "cz", "x");
    }

    [Theory]
    [InlineData(QaoaVariant.XyRing)]
    [InlineData(QaoaVariant.WarmStart)]
    public void The_path_through_Q_sharps_simulator_takes_it_too(QaoaVariant variant)
    {
        var problem = Some.Qubo(6, seed: 3);
        var options = Of(variant) with { MaxEvaluations = 30, Layers = 1, Optimizer = QaoaOptimizer.NelderMead };
        var onQSharp = options with { ExecutionPath = QaoaExecutionPath.QSharpSimulator };

        var ours = Solve(problem, options).Quantum!;
        var theirs = Solve(problem, onQSharp);

        theirs.Quantum!.ExecutionPath.Should().Be("qsharp-simulator");
        theirs.Quantum.Expectation.Should().BeApproximately(ours.Expectation, 1e-6);
        if (variant == QaoaVariant.XyRing)
            theirs.Samples.Should().OnlyContain(s => IsOneHot(s.Solution));
    }

    [Theory]
    [InlineData(QaoaVariant.WarmStart)]
    [InlineData(QaoaVariant.MultiAngle)]
    public void Expects_more_than_the_standard_circuit_of_as_many_layers(QaoaVariant variant)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var problem = Some.Qubo(10, seed: seed);
            var standard = Solve(problem, Of(QaoaVariant.Standard)).Quantum!;

            var quantum = Solve(problem, Of(variant) with { MaxEvaluations = 800, CrossCheckQubits = 10 }).Quantum!;

            quantum.ApproximationRatio.Should().BeGreaterThan(standard.ApproximationRatio!.Value + 0.02);
            quantum.OverlapWithQSharp.Should().BeApproximately(1, 1e-9);
        }
    }

    [Fact]
    public void Multi_angle_reports_an_angle_for_each_term_and_each_variable()
    {
        var problem = Some.Qubo(6, seed: 3);
        var ising = problem.Model.ToIsing();
        var terms = ising.Linear.Count(h => h != 0) + ising.Value.Length;

        var quantum = Solve(problem, Of(QaoaVariant.MultiAngle) with { Layers = 3 }).Quantum!;

        quantum.Angles.Gammas.Should().HaveCount(3 * terms);
        quantum.Angles.Betas.Should().HaveCount(3 * 6);
        quantum.Angles.Betas.Distinct().Should().HaveCountGreaterThan(3, "one angle per layer is only the start");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    public void Multi_angle_never_overdraws_its_evaluations(int evaluations)
    {
        var context = QSharpCache.Context(budget: new() { Evaluations = evaluations });

        Solve(Some.Qubo(6, seed: 3), Of(QaoaVariant.MultiAngle), context);

        context.Evaluations.Should().BeInRange(evaluations - 2, evaluations);
    }

    [Theory]
    [InlineData(QaoaVariant.XyRing)]
    [InlineData(QaoaVariant.WarmStart)]
    [InlineData(QaoaVariant.MultiAngle)]
    public void Same_seed_gives_the_same_bytes(QaoaVariant variant)
    {
        var problem = Some.Qubo(6, seed: 6);
        string Run(long seed)
        {
            var found = Solve(problem, Of(variant), QSharpCache.Context(seed, new() { Evaluations = 60, Shots = 100 }));
            return JsonSerializer.Serialize(found.Quantum! with { CompileCached = true })
                + string.Concat(
                    found.Samples.Select(s => problem.SolutionToJson(s.Solution).ToJsonString() + s.Occurrences)
                );
        }

        Run(3).Should().Be(Run(3)).And.NotBe(Run(4));
    }

    [Fact]
    public void A_run_says_where_it_started_and_how_long_that_took()
    {
        var stages = new List<string>();
        var context = new SolveContext(new(), 5)
        {
            CacheDirectory = QSharpCache.Folder,
            OnStage = (name, _) => stages.Add(name),
        };

        var quantum = Solve(Some.Qubo(7, seed: 2), Of(QaoaVariant.WarmStart), context).Quantum!;

        stages.Should().Contain("relax");
        quantum.StartAngles.Should().HaveCount(7);
        // 2·arcsin √c for c from 0.25 to 0.75.
        quantum.StartAngles.Should().OnlyContain(a => a > Math.PI / 3 - 1e-9 && a < 2 * Math.PI / 3 + 1e-9);
        quantum.StartAngles!.Distinct().Should().HaveCountGreaterThan(1);
        Solve(Some.Qubo(7, seed: 2), Of(QaoaVariant.Standard)).Quantum!.StartAngles.Should().BeNull();
    }

    [Fact]
    public void Ablation_of_a_ring_draws_from_its_groups_alone()
    {
        var options = Of(QaoaVariant.XyRing) with { Sampler = QaoaSampler.Uniform };

        var found = Solve(Some.Qubo(6, seed: 4), options, new(new() { Shots = 2400 }, 1));

        found.Ran.Should().Be(Paradigm.Classical);
        // 3·2·2 strings, each 200 times; the standard deviation is 13.5.
        found.Samples.Should().HaveCount(12).And.OnlyContain(s => IsOneHot(s.Solution));
        found.Samples.Should().OnlyContain(s => s.Occurrences > 130 && s.Occurrences < 270);
    }

    [Fact]
    public void Ablation_of_a_warm_start_draws_from_the_relaxed_solution()
    {
        var problem = Some.Qubo(6, seed: 4);
        var options = Of(QaoaVariant.WarmStart) with { Sampler = QaoaSampler.Uniform, WarmStartEpsilon = 0.2 };
        var relaxed = RelaxedSolution.Find(problem.Model, new SolveContext(new(), 9).CreateRandom("relax"));

        var found = Solve(problem, options, new(new() { Shots = 20_000 }, 9));

        for (var i = 0; i < 6; i++)
        {
            var mean = found.Samples.Sum(s => ((QuboSolution)s.Solution).Values[i] * s.Occurrences) / 20_000.0;
            // Five standard deviations of a mean of 20,000 bits are 0.018.
            mean.Should().BeApproximately(Math.Clamp(relaxed[i], 0.2, 0.8), 0.018);
        }
    }

    [Fact]
    public void A_relaxed_solution_can_not_be_lowered_along_any_variable()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var model = Some.Qubo(9, seed: seed).Model;
            var x = RelaxedSolution.Find(model, Xoshiro256.FromSeed(1, "relax"));

            x.Should().OnlyContain(v => v >= 0 && v <= 1);
            var rounded = model.Energy([.. x.Select(v => (sbyte)(v >= 0.5 ? 1 : 0))]);
            var all = Every.Assignment(9).Select(bits => model.Energy(bits)).ToList();
            rounded.Should().BeLessThan(all.Average(), "rounding it must beat a random string");
        }
    }

    [Fact]
    public void Without_interactions_the_relaxed_solution_is_the_optimum()
    {
        var builder = new QuboBuilder(_ => default);
        builder.Add(0, 0, -2, 0);
        builder.Add(1, 1, 3, 0);
        var model = builder.Build(3, new FaultList())!.Model;

        var x = RelaxedSolution.Find(model, Xoshiro256.FromSeed(1, "relax"));

        x[..2].Should().Equal(1, 0);
        x[2].Should().BeApproximately(0.5, 0.01, "nothing draws the third variable to a side");
    }

    [Fact]
    public void Groups_that_do_not_fit_are_named_with_value_and_limit()
    {
        Check("""{"variant":"xyRing","groups":[[0,1],[2],[1,9,-1]]}""")
            .Should()
            .Equal(
                "OutOfRange /groups/1: A group needs 2 variables or more, got 1. | 1 | 2",
                "DuplicateEntry /groups/2/0: Variable 1 is in a group already, at /groups/0/1. | 1 | ",
                "IndexOutOfRange /groups/2/1: Expected a variable from 0 to 3, got 9. | 9 | 3",
                "IndexOutOfRange /groups/2/2: Expected a variable from 0 to 3, got -1. | -1 | 0"
            );
        Check("""{"variant":"xyRing"}""")
            .Should()
            .Equal("Empty /groups: The variant xyRing needs groups of variables. |  | ");
        Check("""{"groups":[[0,1]]}""")
            .Should()
            .Equal("NotApplicable /groups: Only the variant xyRing has groups. |  | ");
        Check("""{"variant":"multiAngle","executionPath":"qsharp-simulator"}""")
            .Should()
            .Equal(
                "NotApplicable /executionPath: The variant multiAngle needs slopes, which only the path qsharp-qir gives. | \"qsharp-simulator\" | "
            );
        Check("""{"variant":"xyRing","groups":[[0,3]]}""").Should().BeEmpty();

        static IEnumerable<string> Check(string json)
        {
            using var element = JsonDocument.Parse(json);
            var options = Qaoa.ReadOptions(element.RootElement, "/options", new FaultList())!;
            return Qaoa.Check(Some.Qubo(4), options, new()) is Applicability.BadOptions bad
                ? bad.Faults.Select(f =>
                    $"{f.Code} {f.Pointer}: {f.Detail} | {f.Value?.ToJsonString()} | {f.Limit?.ToJsonString()}"
                )
                : [];
        }
    }

    private static readonly Problem Tour = SomeRouting.Read(
        SomeRouting.Line("""[{"id":"van","start":"depot","end":"depot","capacities":[9]}]""")
    );

    [Fact]
    public void A_ring_of_an_encodings_groups_of_one_kind_keeps_them_in_every_shot()
    {
        var options = new QaoaOptions
        {
            Variant = QaoaVariant.XyRing,
            GroupsOf = ["position"],
            CrossCheckQubits = 0,
        };
        var encoding = ((EncodingResult.Encoded)Tour.Encode(new())).Encoding;
        int[][] positions = [.. encoding.Groups.Where(g => g.Kind == "position").Select(g => g.Variables.ToArray())];

        var found = Solve(encoding.Qubo, options);

        positions.Should().HaveCount(3);
        found
            .Samples.Should()
            .OnlyContain(s => positions.All(p => p.Count(i => ((QuboSolution)s.Solution).Values[i] == 1) == 1));
        encoding.Qubo.Evaluate(found.Best).Objective.Should().Be(6);
        found.Quantum!.RandomHitRate.Should().Be(4 / 27.0, "four orders are shortest, of 3 stops at 3 positions");
    }

    [Fact]
    public void Groups_of_an_encoding_that_overlap_or_are_not_there_are_refused()
    {
        Check("""{"variant":"xyRing"}""")
            .Should()
            .Equal(
                "Conflict /groups: Variable 0 is in the one-hot groups visit[a] and position[0,0], and rings must not overlap: choose among the kinds visit, position with groupsOf."
            );
        Check("""{"variant":"xyRing","groupsOf":["visit","position[0,1]"]}""")
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("Conflict /groupsOf: Variable 3 is in the one-hot groups visit[a] and position[0,1]");
        Check("""{"variant":"xyRing","groupsOf":["position","start"]}""")
            .Should()
            .Equal(
                "UnknownValue /groupsOf/1: No one-hot group is of a constraint of this kind or name; kinds are visit, position."
            );
        Check("""{"variant":"xyRing","groupsOf":["position"],"groups":[[0,1]]}""")
            .Should()
            .Equal("NotApplicable /groupsOf: Give groups, or groupsOf to take them from an encoding.");
        Check("""{"groupsOf":["position"]}""")
            .Should()
            .Equal("NotApplicable /groupsOf: Only the variant xyRing has groups.");
        Check("""{"variant":"xyRing","groupsOf":["position[0,2]"]}""").Should().BeEmpty();

        static IEnumerable<string> Check(string json)
        {
            using var element = JsonDocument.Parse(json);
            var options = Qaoa.ReadOptions(element.RootElement, "/options", new FaultList())!;
            return new ViaQubo(Qaoa, new()).Check(Tour, options, new()) is Applicability.BadOptions bad
                ? bad.Faults.Select(f => $"{f.Code} {f.Pointer}: {f.Detail}")
                : [];
        }
    }

    [Fact]
    public void Memory_of_a_variant_is_refused_by_its_own_number_of_bytes()
    {
        var options = Of(QaoaVariant.MultiAngle);

        var refusal = Qaoa.Check(Some.Qubo(20, 0.1), options, new() { MemoryMegabytes = 50 });

        refusal.Should().BeOfType<Applicability.Unsupported>().Which.Needed.Should().Be(56L << 20);
        Qaoa.Check(Some.Qubo(20, 0.1), Of(QaoaVariant.Standard), new() { MemoryMegabytes = 50 })
            .Should()
            .BeOfType<Applicability.Supported>();
    }
}
