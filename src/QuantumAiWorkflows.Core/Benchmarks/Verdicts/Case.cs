using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Benchmarks.Verdicts;

/// <summary>One candidate on the instances of one family.</summary>
internal sealed class Case
{
    private readonly Dictionary<string, Duel> _duels;
    private readonly double _alpha;
    private readonly ChargedCost? _charged;

    public Case(Results results, IReadOnlyList<BenchmarkInstance> instances, Entrant candidate)
    {
        (Results, Instances, Candidate) = (results, instances, candidate);
        Baselines = VerdictProcedure.BaselinesOf(results, candidate);
        Machine = Machine.Of(results);
        (_alpha, CandidatesTried) = VerdictProcedure.AlphaOf(results.Benchmark);
        _charged = ChargedCost.Of(results);
        Tco = BenchmarkTco.Of(results, instances, _alpha);
        _duels = Baselines.ToDictionary(b => b.Name, b => Fight(candidate, b));
        // The worst outcome for the candidate first, then the lowest effect on cost.
        Strongest = Baselines
            .OrderBy(b => _duels[b.Name].Outcome)
            .ThenBy(b => _duels[b.Name][Dimension.Cost].Effect ?? double.PositiveInfinity)
            .ThenBy(b => b.Name, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    public Results Results { get; }

    public Suite Suite => Results.Benchmark.Suite;

    public IReadOnlyList<BenchmarkInstance> Instances { get; }

    public Entrant Candidate { get; }

    public IReadOnlyList<Entrant> Baselines { get; }

    public Machine Machine { get; }

    public int CandidatesTried { get; }

    public Entrant? Strongest { get; }

    public Duel? StrongestDuel => Strongest is null ? null : _duels[Strongest.Name];

    public bool IsCostEstimated => _charged is null or { IsEstimated: true };

    /// <summary>The suite's cost sheet worked out; null without one.</summary>
    public TcoResult? Tco { get; }

    /// <summary>
    /// The candidate's option against the classical one, the worst where it has several; null without a sheet, or when it
    /// is the classical one.
    /// </summary>
    public TcoComparison? Ownership =>
        Tco
            ?.Comparisons.Where(c => Tco.Options.Any(o => o.Name == c.Option && o.Entrant == Candidate.Name))
            .MinBy(c => c.NetPresentValueDifference ?? double.NegativeInfinity);

    public Claim Claim => Suite.Claim ?? Claim.Software;

    public IEnumerable<RunRecord> RunsOf(Entrant entrant) => Instances.SelectMany(i => Results[i, entrant].Runs);

    /// <summary>What the statistics alone say against all baselines.</summary>
    public VerdictOutcome Statistics =>
        _duels.Count == 0 ? VerdictOutcome.Inconclusive : _duels.Values.Min(d => d.Outcome);

    public Duel Against(Entrant baseline) => _duels[baseline.Name];

    /// <summary>Weakest evidence of the candidate's runs; null for a classical one.</summary>
    public EvidenceLevel? Evidence => RunsOf(Candidate).Select(r => r.Solver.EvidenceLevel).Min();

    public Verdict Decide()
    {
        var rigour = RigourScore.Of(Results, Instances, Candidate, Baselines);
        var missing = Missing(rigour);
        var isCapped = missing.Count > 0 || Suite.Purpose == SuitePurpose.Exploration;
        var outcome = Statistics == VerdictOutcome.Adopt && isCapped ? VerdictOutcome.Inconclusive : Statistics;
        return new()
        {
            Outcome = outcome,
            Summary = VerdictSentence.Of(this, outcome, missing, rigour),
            Missing = missing,
            Limitations = VerdictLimitations.Of(this),
            Evidence = [.. Baselines.Prepend(Candidate).SelectMany(RunsOf).Select(r => r.Id).Order()],
            Scope = new(
                Instances.Count,
                [.. Instances.Select(i => i.Family).Distinct()],
                [Instances.Min(i => i.NumVariables), Instances.Max(i => i.NumVariables)],
                Evidence,
                Claim
            ),
            Candidate = Candidate.Name,
            StrongestBaseline = Strongest?.Name,
            Alpha = _alpha,
            CandidatesTried = CandidatesTried,
            CostMode = Suite.Comparison.CostMode,
            TargetGapPercent = Suite.Comparison.TargetGapPercent,
            Rigour = rigour,
            BusinessValue =
                Suite.BusinessValue is { } value && Strongest is not null
                    ? BusinessValueEstimate.Of(Results, Instances, Candidate, Strongest, value, _alpha)
                    : null,
            Tco = Tco,
            Conditions = StrongestDuel?.Conditions ?? [],
            Dimensions = StrongestDuel is { } strongest ? DimensionsOf(strongest) : [],
            Against =
            [
                .. Baselines.Select(b => new VerdictAgainst(
                    b.Name,
                    b.Strength,
                    Against(b).Outcome,
                    Against(b).Conditions,
                    DimensionsOf(Against(b))
                )),
            ],
        };
    }

    private static IReadOnlyList<VerdictDimension> DimensionsOf(Duel duel) =>
        [.. duel.Tests.Select(VerdictDimension.Of), .. duel.Unsampled.Select(VerdictDimension.Of)];

    /// <summary>A quantum-inspired entrant that is adopted against all other classical ones: then that is the advice.</summary>
    public Entrant? BetterInspired() =>
        Baselines.FirstOrDefault(x =>
            Results.ParadigmOf(x) == Paradigm.QuantumInspired
            && Baselines.Count > 1
            && Baselines.Where(b => b != x).All(b => Fight(x, b).Outcome == VerdictOutcome.Adopt)
        );

    private Duel Fight(Entrant candidate, Entrant baseline) =>
        Judge(
            PairScores.Of(Results, Instances, candidate, baseline, _charged),
            Suite.Comparison.SolutionSpace
                ? SolutionSpace.Of(Results, Instances, candidate, VerdictProcedure.BaselinesOf(Results, candidate))
                : null,
            UnsampledDimension.Of(Results, candidate, baseline)
        );

    /// <summary>The candidate's scores beside a baseline's, as they are judged.</summary>
    public IReadOnlyList<PairScore> PairsWith(Entrant baseline) =>
        PairScores.Of(Results, Instances, Candidate, baseline, _charged);

    /// <param name="like">The duel before a change of the scores: all else is as it was there.</param>
    public Duel Judge(IReadOnlyList<PairScore> pairs, Duel like) =>
        Judge(
            pairs,
            like.Tests.FirstOrDefault(t => t.Dimension == Dimension.SolutionSpace)?.Differences,
            like.Unsampled,
            like
        );

    private Duel Judge(
        IReadOnlyList<PairScore> pairs,
        Differences? solutionSpace,
        IReadOnlyList<UnsampledDimension> unsampled,
        Duel? like = null
    )
    {
        var samples = new Dictionary<string, Differences>(
            Differences.Of(pairs, Suite.Comparison.CostMode),
            StringComparer.Ordinal
        );
        if (solutionSpace is not null)
            samples[Dimension.SolutionSpace.Name] = solutionSpace;
        return Duel.Of(
            samples,
            Dimension.Of(Suite.Comparison),
            Suite.Comparison.CostMode,
            _alpha,
            Withheld(),
            unsampled,
            like
        );
    }

    private List<Dimension> Withheld()
    {
        var withheld = new List<Dimension>();
        if (Machine.IsDrifting || IsClaimBeyondEvidence)
            withheld.AddRange([Dimension.Runtime, Dimension.Cost]);
        else if (_charged is null)
            withheld.Add(Dimension.Cost);
        return withheld;
    }

    /// <summary>A claim about hardware from a simulation of it: times and costs of the one say nothing of the other.</summary>
    private bool IsClaimBeyondEvidence => Claim == Claim.Hardware && !(Evidence >= EvidenceLevel.SmallHardware);

    /// <summary>
    /// A cell without a record, or a cancelled one, for whatever reason: who may stop a run when it looks bad, or a
    /// baseline's at all, decides the comparison.
    /// </summary>
    public bool IsIncomplete =>
        Baselines
            .Prepend(Candidate)
            .Any(e =>
                Instances.Any(i =>
                    Results[i, e].Runs.Count < Results[i, e].PlannedSeeds
                    || Results[i, e].Runs.Any(r => r.State == RunState.Cancelled)
                )
            );

    /// <summary>Evaluations and shots are counted differently by every solver, so they are no equal budget.</summary>
    public bool IsBudgetUnequal =>
        Suite.Budget is { CpuSeconds: null, TimeSeconds: null, MaxCost: null } budget
        && budget.OrDefaultTime(countsShots: true) == budget;

    private List<MissingEvidence> Missing(Rigour rigour)
    {
        var assessment = Suite.Assessment;
        (MissingEvidence Code, bool IsMissing)[] gates =
        [
            (MissingEvidence.SuiteTooWeak, rigour.Needs.Count > 0),
            (MissingEvidence.WeakBaseline, !Baselines.Any(b => b.Strength == BaselineStrength.Strong)),
            (
                MissingEvidence.CalibrationNotDiscriminating,
                Results.Benchmark.Strength is { Discriminates: false } gate
                    && gate.Ratings.Count(r => r.Strength == BaselineStrength.Strong) < RigourScore.StrongBaselines
            ),
            (MissingEvidence.CalibrationOverlap, Results.Benchmark.Strength is { Overlaps: true }),
            (MissingEvidence.IncompleteDesign, IsIncomplete || IsBudgetUnequal),
            (MissingEvidence.DriftingMachine, Machine.IsDrifting),
            (
                MissingEvidence.NoAblation,
                Results.ParadigmOf(Candidate) == Paradigm.Quantum
                    && !Baselines.Any(b =>
                        b.Role == EntrantRole.Ablation && (b.AblationOf ?? Candidate.Name) == Candidate.Name
                    )
            ),
            (MissingEvidence.ClaimExceedsEvidence, IsClaimBeyondEvidence),
            (MissingEvidence.CostEstimated, IsCostEstimated),
            (MissingEvidence.ResearchClass, Candidate.IsResearchClass),
            (
                MissingEvidence.AssessmentIncomplete,
                assessment
                    is null
                        or { IntegrationCost: null }
                        or { DataMovement: null }
                        or { Security: null }
                        or { VendorMaturity: null }
            ),
            // A cost that cannot be told counts against the candidate, as everything that is not shown does.
            (MissingEvidence.TcoNegative, Ownership is { IsAhead: false }),
        ];
        return [.. gates.Where(g => g.IsMissing).Select(g => g.Code)];
    }
}
