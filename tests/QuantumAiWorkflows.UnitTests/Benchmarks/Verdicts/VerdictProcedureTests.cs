using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using QuantumAiWorkflows.Benchmarks;
using QuantumAiWorkflows.Benchmarks.Verdicts;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Benchmarks.Verdicts;

public class VerdictProcedureTests
{
    [Fact]
    public void Adopts_a_candidate_that_is_faster_and_cheaper_against_everybody_with_every_gate_met()
    {
        var verdict = Verdict(SomeBenchmark.Of(Faster));

        verdict.Outcome.Should().Be(VerdictOutcome.Adopt);
        verdict.Missing.Should().BeEmpty();
        verdict.Rigour.Should().BeEquivalentTo(new Rigour(100, []));
        verdict
            .Summary.Should()
            .StartWith(
                "Adopt qaoa on these 12 qubo instances with 8 to 12 variables: against each of 3 classical entrants"
            );
        verdict
            .Summary.Should()
            .MatchRegex(
                @"wins; against \S+ on runtime better by a factor of 4 \[.*\] and cost better by a factor of 4 \[.*\]\.$"
            );
        verdict.Evidence.Should().HaveCount(12 * 10 * 4);
        verdict
            .Scope.Should()
            .BeEquivalentTo(new VerdictScope(12, ["qubo"], [8, 12], EvidenceLevel.IdealSimulator, Claim.Software));
    }

    [Fact]
    public void One_clear_defeat_keeps_classical()
    {
        var verdict = Verdict(SomeBenchmark.Of((i, e, s) => e.Name == "cp-sat" ? Noisy(i, s, 0.01) : Faster(i, e, s)));

        verdict.Outcome.Should().Be(VerdictOutcome.KeepClassical);
        verdict.StrongestBaseline.Should().Be("cp-sat");
        verdict.Against.Single(a => a.Baseline == "tabu").Outcome.Should().Be(VerdictOutcome.Adopt);
        verdict
            .Summary.Should()
            .StartWith("Keep classical on these 12 qubo instances")
            .And.Contain("shown to lose against cp-sat on runtime worse by a factor of 10 [");
        verdict.Conditions.Should().BeEquivalentTo(verdict.Against.Single(a => a.Baseline == "cp-sat").Conditions);
    }

    [Fact]
    public void A_candidate_that_is_shown_to_be_the_same_is_not_adopted()
    {
        var verdict = Verdict(SomeBenchmark.Of((i, e, s) => Noisy(i, s, 0.1)));

        verdict.Outcome.Should().Be(VerdictOutcome.KeepClassical);
        verdict.Summary.Should().Contain("gain nothing worth mentioning");
        verdict.Dimensions.Should().OnlyContain(d => d.Equivalent && d.Outcome == DimensionOutcome.Tie);
    }

    [Fact]
    public void A_random_control_that_wins_keeps_classical()
    {
        Entrant[] entrants = [.. SomeBenchmark.Complete, SomeBenchmark.Baseline("random", EntrantRole.Control)];

        var verdict = Verdict(
            SomeBenchmark.Of((i, e, s) => e.Name == "random" ? Noisy(i, s, 0.01) : Faster(i, e, s), entrants)
        );

        verdict.Outcome.Should().Be(VerdictOutcome.KeepClassical);
        verdict.StrongestBaseline.Should().Be("random");
    }

    [Fact]
    public void One_instance_and_one_seed_is_a_suite_too_weak()
    {
        var verdict = Verdict(SomeBenchmark.Of(Faster, instances: 1, seeds: 1));

        verdict.Outcome.Should().Be(VerdictOutcome.Inconclusive);
        verdict.Missing.Should().Contain(MissingEvidence.SuiteTooWeak);
        verdict
            .Rigour.Needs.Should()
            .BeEquivalentTo([new RigourNeed("instances", 1, 10), new("seeds", 1, 10), new("sizes", 1, 3)]);
        verdict.Summary.Should().Contain("suiteTooWeak (instances 1 of 10, seeds 1 of 10, sizes 1 of 3)");
    }

    [Fact]
    public void What_customers_meet_needs_twenty_instances_at_one_percent()
    {
        static Suite Facing(Suite suite) => suite with { Use = SuiteUse.CustomerFacing };

        var few = Verdict(SomeBenchmark.Of(Faster, change: Facing));
        var many = Verdict(SomeBenchmark.Of(Faster, instances: 20, change: Facing));

        few.Alpha.Should().Be(0.01);
        few.Outcome.Should().Be(VerdictOutcome.Inconclusive);
        few.Rigour.Needs.Should().Equal(new RigourNeed("instances", 12, 20));
        many.Outcome.Should().Be(VerdictOutcome.Adopt);
    }

    [Fact]
    public void Rigour_is_the_mean_of_what_there_is()
    {
        var verdict = Verdict(SomeBenchmark.Of(Faster, seeds: 6));

        verdict.Rigour.Score.Should().Be(92);
        verdict.Rigour.Needs.Should().Equal(new RigourNeed("seeds", 6, 10));
        verdict.Outcome.Should().Be(VerdictOutcome.Inconclusive);
    }

    [Fact]
    public void Three_runs_are_enough_of_entrants_that_ignore_the_seed()
    {
        Entrant[] entrants = [.. SomeBenchmark.Complete.Select(e => e with { IgnoresSeed = true })];

        Verdict(SomeBenchmark.Of(Faster, entrants, seeds: 3)).Rigour.Needs.Should().BeEmpty();
        Verdict(SomeBenchmark.Of(Faster, entrants, seeds: 2))
            .Rigour.Needs.Should()
            .Equal(new RigourNeed("seeds", 2, 3));
    }

    [Theory]
    [InlineData("cp-sat", 7)]
    [InlineData("qaoa", 1)]
    public void Nobody_is_adopted_where_a_run_was_cancelled(string entrant, int cancelled)
    {
        var verdict = Verdict(
            SomeBenchmark.Of(
                (i, e, s) =>
                    e.Name == entrant && 10 * i + s <= cancelled
                        ? new() { State = RunState.Cancelled }
                        : Faster(i, e, s)
            )
        );

        verdict.Missing.Should().Equal(MissingEvidence.IncompleteDesign);
        verdict.Outcome.Should().Be(VerdictOutcome.Inconclusive);
        verdict.Limitations.Should().Contain("Some planned runs have no record, or were cancelled.");
    }

    [Theory]
    [InlineData("tabu", false, 1)]
    [InlineData("tabu", true, 2)]
    [InlineData("cp-sat", false, 2)]
    public void One_solver_under_two_names_is_one_strong_baseline(string solver, bool otherOptions, int strong)
    {
        // Such as the automatic choice, where it fell on the same solver everywhere.
        var entrants = SomeBenchmark.Complete.Select(e => e.Name == "cp-sat" ? e with { SolverId = solver } : e);
        var benchmark = SomeBenchmark.Of(Faster, [.. entrants, SomeBenchmark.Baseline("random", EntrantRole.Control)]);
        benchmark = benchmark with
        {
            Entrants =
            [
                .. benchmark.Entrants.Select(e =>
                    e with
                    {
                        Strength = e.Role == EntrantRole.Baseline ? BaselineStrength.Strong : BaselineStrength.Untested,
                    }
                ),
            ],
            Runs =
            [
                .. benchmark.Runs.Select(r =>
                    otherOptions && r.Cell!.Entrant == "cp-sat"
                        ? r with
                        {
                            Options = new JsonObject { ["tenure"] = 5 },
                        }
                        : r
                ),
            ],
        };

        var verdict = Verdict(benchmark);

        if (strong == 1)
        {
            verdict.Rigour.Needs.Should().Equal(new RigourNeed("strongBaselines", 1, 2));
            verdict.Missing.Should().Equal(MissingEvidence.SuiteTooWeak);
        }
        else
            verdict.Rigour.Needs.Should().BeEmpty();
    }

    [Fact]
    public void Instances_that_are_one_problem_count_once_and_those_that_nobody_solves_not_at_all()
    {
        var twins = SomeBenchmark.Of(Faster);
        twins = twins with
        {
            Instances = [.. twins.Instances.Select(i => i with { ProblemId = "sha256:same" })],
            Runs = [.. twins.Runs.Select(r => r with { Problem = r.Problem with { Id = "sha256:same" } })],
        };
        var unsolved = SomeBenchmark.Of((i, e, s) => i < 4 ? new() { Gap = 50 } : Faster(i, e, s));

        Verdict(twins).Rigour.Needs.Should().Contain(new RigourNeed("instances", 1, 10));
        Verdict(unsolved).Rigour.Needs.Should().Contain(new RigourNeed("instances", 8, 10));
    }

    public static TheoryData<MissingEvidence> Gates => [.. Enum.GetValues<MissingEvidence>()];

    [Theory]
    [MemberData(nameof(Gates))]
    public void Every_unmet_gate_turns_adopt_into_inconclusive_and_is_named(MissingEvidence code)
    {
        var verdict = Verdict(Lacking(code));

        verdict.Outcome.Should().Be(VerdictOutcome.Inconclusive);
        verdict.Missing.Should().Contain(code);
        verdict.Summary.Should().Contain(JsonNamingPolicy.CamelCase.ConvertName(code.ToString()));
    }

    [Fact]
    public void An_exploration_never_ends_in_adopt()
    {
        var verdict = Verdict(SomeBenchmark.Of(Faster, change: s => s with { Purpose = SuitePurpose.Exploration }));

        verdict.Outcome.Should().Be(VerdictOutcome.Inconclusive);
        verdict.Missing.Should().BeEmpty();
        verdict.Summary.Should().Contain("an exploration cannot end in adopt");
    }

    [Fact]
    public void A_claim_about_hardware_from_a_simulator_leaves_times_and_costs_untested_but_a_bad_quality_counts()
    {
        Verdict(Hardware(Faster))
            .Dimensions.Where(d => d.Name is "runtime" or "cost")
            .Should()
            .OnlyContain(d => d.N == 0 && d.Outcome == DimensionOutcome.Undecided);
        Verdict(Hardware((i, e, s) => Faster(i, e, s) with { Gap = e.Name == "qaoa" ? 5 : 0 }))
            .Outcome.Should()
            .Be(VerdictOutcome.KeepClassical);

        static Benchmark Hardware(Func<int, Entrant, long, Did> did) =>
            SomeBenchmark.Of(did, change: s => s with { Claim = Claim.Hardware });
    }

    [Fact]
    public void Several_candidates_share_alpha()
    {
        Entrant[] entrants = [.. SomeBenchmark.Complete, SomeBenchmark.Candidate("qaoa-p3")];

        var verdicts = VerdictProcedure.Of(SomeBenchmark.Of(Faster, entrants));

        verdicts.Select(v => v.Candidate).Should().Equal("qaoa", "qaoa-p3");
        verdicts.Should().OnlyContain(v => v.Alpha == 0.025 && v.CandidatesTried == 2);
        verdicts[0].Against.Should().NotContain(a => a.Baseline == "qaoa-p3", "candidates are not baselines");
    }

    [Fact]
    public void Each_family_has_a_verdict_and_the_most_cautious_stands_on_top()
    {
        var mixed = SomeBenchmark.Of(
            (i, e, s) => i >= 12 && e.Name == "tabu" ? Noisy(i, s, 0.01) : Faster(i, e, s),
            instances: 24
        );
        mixed = mixed with
        {
            Instances = [.. mixed.Instances.Select((x, i) => i < 12 ? x : x with { Family = "routing" })],
        };

        var verdict = Verdict(mixed);

        verdict
            .ByFamily!.Select(v => (v.Scope.Families.Single(), v.Outcome))
            .Should()
            .Equal(("qubo", VerdictOutcome.Adopt), ("routing", VerdictOutcome.KeepClassical));
        verdict.Outcome.Should().Be(VerdictOutcome.KeepClassical);
        verdict.Summary.Should().Contain("12 routing instances");
    }

    [Fact]
    public void A_quantum_inspired_entrant_that_beats_the_others_is_the_advice()
    {
        Entrant[] entrants =
        [
            .. SomeBenchmark.Complete,
            SomeBenchmark.Baseline("simulated-bifurcation", paradigm: Paradigm.QuantumInspired),
        ];

        var verdict = Verdict(
            SomeBenchmark.Of(
                (i, e, s) =>
                    Noisy(
                        i,
                        s,
                        e.Name == "simulated-bifurcation" ? 0.01
                            : e.Name == "qaoa" ? 0.4
                            : 0.1
                    ),
                entrants
            )
        );

        verdict.Summary.Should().StartWith("Keep classical, use simulated-bifurcation on");
    }

    [Fact]
    public void A_quantum_entrant_is_never_a_classical_baseline()
    {
        Entrant[] entrants = [.. SomeBenchmark.Complete, SomeBenchmark.Baseline("rqaoa", paradigm: Paradigm.Quantum)];

        Verdict(SomeBenchmark.Of(Faster, entrants)).Against.Should().NotContain(a => a.Baseline == "rqaoa");
    }

    [Fact]
    public void Without_a_classical_entrant_there_is_nothing_to_say()
    {
        var verdict = Verdict(SomeBenchmark.Of(Faster, [SomeBenchmark.Candidate()]));

        verdict.Outcome.Should().Be(VerdictOutcome.Inconclusive);
        verdict.StrongestBaseline.Should().BeNull();
        verdict.Missing.Should().Contain([MissingEvidence.SuiteTooWeak, MissingEvidence.WeakBaseline]);
        verdict.Summary.Should().Contain("nothing to compare it with");
    }

    [Fact]
    public void An_unsupported_candidate_is_recorded_and_loses()
    {
        var verdict = Verdict(
            SomeBenchmark.Of((i, e, s) => e.Name == "qaoa" ? new() { State = RunState.Unsupported } : Noisy(i, s, 0.1))
        );

        verdict.Outcome.Should().Be(VerdictOutcome.KeepClassical);
        verdict.Limitations.Should().Contain(l => l.Contains("120 of 480 runs were unsupported"));
    }

    [Fact]
    public void Only_the_attempt_after_a_lost_one_counts_and_warm_up_does_not()
    {
        var benchmark = SomeBenchmark.Of(Faster);
        var first = benchmark.Runs[0];
        var lost = first with
        {
            Id = SomeBenchmark.Id(9001),
            State = RunState.Lost,
            Objective = null,
            Verified = false,
        };
        var warmUp = first with
        {
            Id = SomeBenchmark.Id(9002),
            Cell = first.Cell! with { WarmUp = true },
            State = RunState.Failed,
        };
        var again = first with { Id = SomeBenchmark.Id(9003), Attempt = 2 };

        var verdict = Verdict(benchmark with { Runs = [lost, warmUp, again, .. benchmark.Runs.Skip(1)] });

        verdict.Outcome.Should().Be(VerdictOutcome.Adopt);
        verdict.Evidence.Should().Contain(again.Id).And.NotContain([lost.Id, warmUp.Id]);
    }

    [Fact]
    public void The_order_of_the_runs_does_not_matter()
    {
        var benchmark = SomeBenchmark.Of((i, e, s) => Noisy(i, s, e.Name == "qaoa" ? 0.09 : 0.1));
        var expected = Json(Verdict(benchmark));

        Gen.Int.Sample(
            seed =>
            {
                var runs = benchmark.Runs.ToArray();
                Xoshiro256.FromSeed((ulong)seed, "order").Shuffle<RunRecord>(runs);
                return Json(Verdict(benchmark with { Runs = runs })) == expected;
            },
            iter: 5
        );
    }

    [Fact]
    public void Runs_that_do_not_compare_get_no_verdict()
    {
        var benchmark = SomeBenchmark.Of(Faster, instances: 2, seeds: 1);
        var other = benchmark.Runs[0] with { Budget = new() { CpuSeconds = 2 } };

        FluentActions
            .Invoking(() => VerdictProcedure.Of(benchmark with { Runs = [other, .. benchmark.Runs.Skip(1)] }))
            .Should()
            .Throw<ArgumentException>()
            .WithMessage("*differ in budget*");
    }

    [Fact]
    public void Serializes_to_the_agreed_members()
    {
        var json = JsonNode.Parse(Json(Verdict(SomeBenchmark.Of(Faster, seeds: 6))))!.AsObject();

        Names(json)
            .Should()
            .BeEquivalentTo(
                "outcome procedure summary missing limitations evidence scope candidate strongestBaseline alpha candidatesTried costMode targetGapPercent rigour conditions dimensions against businessValue tco whatWouldChange".Split(
                    ' '
                )
            );
        Names(json["scope"]!).Should().BeEquivalentTo("instances", "families", "sizeRange", "evidenceLevel", "claim");
        Names(json["dimensions"]![0]!)
            .Should()
            .BeEquivalentTo(
                "name outcome effect low high unit total test n ties uninformative p pHolm margin badMargin equivalent notWorse notBad bad perInstance".Split(
                    ' '
                )
            );
        Names(json["against"]![0]!)
            .Should()
            .BeEquivalentTo("baseline", "strength", "outcome", "conditions", "dimensions");
        json["outcome"]!.GetValue<string>().Should().Be("inconclusive");
        json["procedure"]!.GetValue<string>().Should().Be("verdict-1");
        json["missing"]!.ToJsonString().Should().Be("""["suiteTooWeak"]""");
        json["rigour"]!.ToJsonString().Should().Be("""{"score":92,"needs":[{"name":"seeds","have":6,"need":10}]}""");
        json["scope"]!["evidenceLevel"]!.GetValue<string>().Should().Be("idealSimulator");
        json["costMode"]!.GetValue<string>().Should().Be("target");
        json["conditions"]![0]!.ToJsonString().Should().Be("""{"name":"costAdjusted","state":"met"}""");
        var runtime = json["dimensions"]!.AsArray().First(d => d!["name"]!.GetValue<string>() == "runtime")!;
        runtime["unit"]!.GetValue<string>().Should().Be("ratio");
        runtime["margin"]!.GetValue<double>().Should().Be(1.25);
        runtime["badMargin"]!.GetValue<double>().Should().Be(2);
        runtime["effect"]!.GetValue<double>().Should().BeApproximately(4, 1e-9, "baseline over candidate");
        runtime["test"]!.GetValue<string>().Should().Be("exactSignedRank");
    }

    [Fact]
    public void Limitations_name_sizes_worst_instance_rule_of_three_trend_and_tuning()
    {
        var limitations = Verdict(
            SomeBenchmark.Of((i, e, s) => Faster(i, e, s) with { Gap = e.Name == "qaoa" && i == 7 ? 0.9 : 0 })
        ).Limitations;

        limitations.Should().Contain(l => l.StartsWith("Holds for 8 to 12 variables of family qubo"));
        limitations
            .Should()
            .Contain(l => l.Contains("quality against") && l.Contains("worst on i7 (-0.9 percentage points)"));
        limitations
            .Should()
            .Contain(l => l.Contains("none of 12 instances is a bad loss, but up to 25 % of such instances may be"));
        limitations.Should().Contain(l => l.Contains("rank correlation with size"));
        limitations.Should().Contain(l => l.Contains("tuning"));
        limitations.Should().Contain(l => l.Contains("nothing about quantum hardware"));
        limitations.Should().Contain(l => l.Contains("had no core to themselves"));
    }

    [Fact]
    public void Hits_of_at_most_ten_qubits_are_said_to_prove_nothing()
    {
        const string sentence =
            "at most 10 qubits, where a thousand uniform random shots are likely to hold the optimum";
        static bool Says(Verdict verdict) => verdict.Limitations.Any(l => l.Contains(sentence));

        // Sizes 8 to 12: three of five are within ten, of 120 runs of the candidate.
        var mixed = SomeBenchmark.Of(Faster);
        var within = mixed.Runs.Count(r => r.Cell!.Entrant == "qaoa" && r.Problem.NumVariables <= 10);
        Verdict(mixed).Limitations.Should().Contain(l => l.StartsWith($"{within} of 120 quantum runs have {sentence}"));
        Says(Verdict(mixed with { Runs = [.. mixed.Runs.Select(Larger)] })).Should().BeFalse();

        static RunRecord Larger(RunRecord run) => run with { Problem = run.Problem with { NumVariables = 11 } };
    }

    [Theory]
    [InlineData(1024L, 1024L, true)]
    [InlineData(7680L, 13_000_000L, false)] // a decomposition under a CPU budget: the ablation solves more sub-problems
    [InlineData(null, null, false)] // a recursion: nothing is drawn
    public void An_ablation_at_equal_shots_is_said_to_be_one(long? candidate, long? ablation, bool expected)
    {
        Entrant[] entrants =
        [
            .. SomeBenchmark.Complete.Select(e => e.Role == EntrantRole.Ablation ? e with { AblationOf = "qaoa" } : e),
        ];
        var benchmark = SomeBenchmark.Of(Faster, entrants);

        var verdict = Verdict(benchmark with { Runs = [.. benchmark.Runs.Select(Drawn)] });

        verdict
            .Limitations.Contains("ablation replaces the quantum step at equal shots, not at equal time.")
            .Should()
            .Be(expected);

        RunRecord Drawn(RunRecord run) =>
            run with
            {
                Metrics = run.Metrics with
                {
                    Shots = run.Cell!.Entrant switch
                    {
                        "qaoa" => candidate,
                        "ablation" => ablation,
                        _ => null,
                    },
                },
            };
    }

    [Fact]
    public void A_reference_that_is_beaten_is_named()
    {
        var verdict = Verdict(SomeBenchmark.Of((i, e, s) => Faster(i, e, s) with { Gap = i == 3 ? -2 : 0 }));

        verdict
            .Limitations.Should()
            .Contain(l => l.StartsWith("i3: a verified run beats the reference from made up by 2 %"));
    }

    [Fact]
    public void Equal_solvers_are_hardly_ever_adopted()
    {
        // 200 suites of 10 instances and 5 seeds, run times exponential, gaps log-normal, drawn anew for everybody. At
        // the nominal 5 % the statistics alone adopt in about 1 % (0 to 2.4 % over all settings of the simulation); 6 %
        // would be 13 or more of 200 and, at a true 2.4 %, has a chance of 0.1 %.
        var entrants = new[] { SomeBenchmark.Candidate(), SomeBenchmark.Baseline() };
        var random = Xoshiro256.FromSeed(2026, "a/a");
        var adopted = 0;
        for (var suite = 0; suite < 200; suite++)
        {
            var hardness = Enumerable.Range(0, 10).Select(_ => Math.Exp(Normal())).ToArray();
            var benchmark = SomeBenchmark.Of(
                (i, _, _) =>
                {
                    var time = -Math.Log(1 - random.NextDouble()) * 0.2 * hardness[i];
                    return time < 1
                        ? new() { Gap = 0, Seconds = time }
                        : new() { Gap = 1 + Math.Exp(Normal()), Seconds = 1 };
                },
                entrants,
                instances: 10,
                seeds: 5
            );
            var verdict = Verdict(benchmark);
            verdict.Outcome.Should().NotBe(VerdictOutcome.Adopt, "this suite is too weak");
            adopted += verdict.Against[0].Outcome == VerdictOutcome.Adopt ? 1 : 0;
        }

        adopted.Should().BeLessThan(13);

        double Normal() =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    [Fact]
    public void A_candidate_of_twice_the_speed_is_found_most_of_the_time()
    {
        // The same world, the candidate twice as fast, 20 instances: the simulation found all of such suites.
        var entrants = new[] { SomeBenchmark.Candidate(), SomeBenchmark.Baseline() };
        var random = Xoshiro256.FromSeed(7, "power");
        var adopted = 0;
        for (var suite = 0; suite < 40; suite++)
        {
            var verdict = Verdict(
                SomeBenchmark.Of(
                    (_, e, _) =>
                        new()
                        {
                            Seconds =
                                -Math.Log(1 - random.NextDouble()) * (e.Role == EntrantRole.Candidate ? 0.02 : 0.04),
                        },
                    entrants,
                    instances: 20,
                    seeds: 10
                )
            );
            adopted += verdict.Against[0].Outcome == VerdictOutcome.Adopt ? 1 : 0;
        }

        adopted.Should().BeGreaterThan(34);
    }

    private static Did Faster(int instance, Entrant entrant, long seed) =>
        Noisy(instance, seed, entrant.Role == EntrantRole.Candidate ? 0.1 : 0.4);

    /// <summary>Run times around a typical one that differ by instance and, by a few percent, by seed.</summary>
    private static Did Noisy(int instance, long seed, double typical) =>
        new() { Gap = 0, Seconds = typical * (1 + instance / 20.0) * (1 + seed / 100.0) };

    [Fact]
    public void Two_that_prove_are_enough_where_the_calibration_does_not_discriminate()
    {
        var proving = new StrengthRating("x", BaselineStrength.Strong, 10, 10, 10, 10, 0, 0);
        var verdict = Verdict(
            SomeBenchmark.Of(Faster) with
            {
                Strength = new([proving, proving with { Entrant = "y" }], Discriminates: false, Overlaps: false),
            }
        );

        verdict.Outcome.Should().Be(VerdictOutcome.Adopt);
        verdict
            .Limitations.Should()
            .Contain(l => l.StartsWith("The calibration instances do not tell strong from weak"));
    }

    [Fact]
    public void An_ablation_of_any_solver_is_said_to_have_the_same_budget_and_neither_shots_nor_a_quantum_step()
    {
        Entrant[] entrants =
        [
            .. SomeBenchmark.Complete.Take(3),
            SomeBenchmark.Baseline("ablation", EntrantRole.Ablation) with
            {
                AblationOf = "qaoa",
            },
        ];

        Verdict(SomeBenchmark.Of(Faster, entrants))
            .Limitations.Where(l => l.StartsWith("ablation ", StringComparison.Ordinal))
            .Should()
            .Equal(
                "ablation is the same loop under the same budget with one step replaced; where it ends sooner, the time it has left is not used."
            );
    }

    [Fact]
    public void The_ablation_of_another_candidate_is_no_ablation_of_this_one()
    {
        Entrant[] entrants =
        [
            .. SomeBenchmark.Complete.Take(3),
            SomeBenchmark.Baseline("ablation", EntrantRole.Ablation) with
            {
                AblationOf = "somebody",
            },
        ];

        Verdict(SomeBenchmark.Of(Faster, entrants)).Missing.Should().Equal(MissingEvidence.NoAblation);
    }

    private static Benchmark Lacking(MissingEvidence code) =>
        code switch
        {
            MissingEvidence.SuiteTooWeak => SomeBenchmark.Of(Faster, seeds: 9),
            MissingEvidence.WeakBaseline => SomeBenchmark.Of(
                Faster,
                [.. SomeBenchmark.Complete.Select(e => e with { Strength = BaselineStrength.Weak })]
            ),
            MissingEvidence.CalibrationNotDiscriminating => SomeBenchmark.Of(Faster) with
            {
                Strength = new([], Discriminates: false, Overlaps: false),
            },
            MissingEvidence.CalibrationOverlap => SomeBenchmark.Of(Faster) with
            {
                Strength = new([], Discriminates: true, Overlaps: true),
            },
            MissingEvidence.IncompleteDesign => Without(SomeBenchmark.Of(Faster, seeds: 11), run: 3),
            MissingEvidence.DriftingMachine => SomeBenchmark.Of(Faster) with
            {
                SentinelSeconds = [.. Enumerable.Range(0, 12).Select(i => 0.05 * (1 + i / 30.0))],
            },
            MissingEvidence.NoAblation => SomeBenchmark.Of(Faster, [.. SomeBenchmark.Complete.Take(3)]),
            MissingEvidence.ClaimExceedsEvidence => SomeBenchmark.Of(
                Faster,
                change: s => s with { Claim = Claim.Hardware }
            ),
            MissingEvidence.CostEstimated => SomeBenchmark.Of(Faster) with { Prices = PriceList.Local },
            MissingEvidence.ResearchClass => SomeBenchmark.Of(
                Faster,
                [.. SomeBenchmark.Complete.Select(e => e with { IsResearchClass = true })]
            ),
            MissingEvidence.AssessmentIncomplete => SomeBenchmark.Of(
                Faster,
                change: s => s with { Assessment = s.Assessment! with { Security = null } }
            ),
            MissingEvidence.TcoNegative => SomeBenchmark.Of(
                Faster,
                change: s => s with { CostOfOwnership = SomeSheet.Of(quantumPerMonth: 100) }
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A code without a test."),
        };

    private static Benchmark Without(Benchmark benchmark, int run) =>
        benchmark with
        {
            Runs = [.. benchmark.Runs.Where((_, k) => k != run)],
        };

    private static Verdict Verdict(Benchmark benchmark) => VerdictProcedure.Of(benchmark).Single();

    private static string Json(Verdict verdict) => JsonSerializer.Serialize(verdict, StrictJson.Options);

    private static IEnumerable<string> Names(JsonNode node) => node.AsObject().Select(m => m.Key);
}
