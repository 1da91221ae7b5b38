using QuantumAiWorkflows.Learning.Scores;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation.Leakage;

namespace QuantumAiWorkflows.Learning;

/// <summary>One validation from first fold to report.</summary>
internal sealed class ValidationRun
{
    private readonly FeatureSelectionProblem _problem;
    private readonly FeatureTable _table;
    private readonly IReadOnlyList<FeatureSelectionSolution> _proposals;
    private readonly ValidationPlan _plan;
    private readonly long _seed;
    private readonly IReadOnlyList<Fold> _folds;
    private readonly ValidationWork _work;
    private readonly FoldScorer _scorer;
    private readonly OverFolds _overFolds;
    private readonly Repeats _repeats;
    private readonly IReadOnlyList<string> _metrics;
    private readonly Action<ValidationProgress>? _onProgress;
    private readonly CancellationToken _cancellation;

    // [place by objective][fold]: what the selection inside the fold put there; null where it found fewer.
    private readonly FeatureSelectionSolution?[][] _inFolds;

    public ValidationRun(
        FeatureSelectionProblem problem,
        IReadOnlyList<FeatureSelectionSolution> proposals,
        ValidationPlan plan,
        long seed,
        IReadOnlyList<Fold> folds,
        ValidationWork work,
        SubsetSelector select,
        Action<ValidationProgress>? onProgress,
        CancellationToken cancellation
    )
    {
        (_problem, _table, _proposals, _plan, _seed) = (problem, problem.Table!, proposals, plan, seed);
        (_folds, _work, _onProgress, _cancellation) = (folds, work, onProgress, cancellation);
        _scorer = new(_table, folds, plan.Models, work.RowsPerFit, seed, cancellation);
        _overFolds = new(folds);
        _metrics = Metrics.Of(_table);
        _repeats = new(problem, select, seed, proposals.Count, cancellation);
        _inFolds = Array.ConvertAll(new int[proposals.Count], _ => new FeatureSelectionSolution?[folds.Count]);
    }

    public ValidationReport Report()
    {
        Tell("leakage checks");
        var checks = new LeakageChecks(_problem, _plan, _folds, _cancellation);
        var leakage = checks.Report();
        for (var fold = 0; fold < _folds.Count; fold++)
            ScoreFold(fold);
        var stability = new Stability(_problem, _proposals, _inFolds);
        stability.Resamples = Repeat("resample", _plan.Resamples, _repeats.OnResample);
        stability.Seeds = Repeat("seed", _plan.Seeds, _repeats.WithSeed);
        var chance = Chance();
        var scores = Enumerable.Range(0, _proposals.Count).Select(Nested).ToList();
        // Means over different folds do not compare: a place that the selection left empty in some comes behind those with a score in
        // more. Of equal scores the better objective first.
        var order = Enumerable
            .Range(0, _proposals.Count)
            .OrderByDescending(at => scores[at].Folds.Count(score => score is not null))
            .ThenByDescending(at => scores[at].Mean)
            .ThenBy(at => at)
            .ToList();
        var subsets = order
            .Select(
                (at, rank) =>
                    new SubsetReport(
                        rank + 1,
                        at + 1,
                        [.. _proposals[at].Features.Select(f => _problem.Names[f])],
                        _problem.Objective([.. _proposals[at].Features]),
                        Validation(at, rank, scores[at], scores[order[0]], chance[_metrics[0]]),
                        stability.Of(at),
                        [.. _proposals[at].Features.Select(f => _problem.Names[f]).Where(checks.Leaking.Contains)]
                    )
            )
            .ToList();
        return new(Protocol(), subsets, chance, leakage);
    }

    /// <summary>Chooses on the training rows, then trains what was chosen there and what was chosen with all rows.</summary>
    private void ScoreFold(int fold)
    {
        Tell($"fold {fold + 1} of {_folds.Count}");
        var chosen = _repeats.InFold(_folds[fold], fold);
        for (var at = 0; at < _proposals.Count; at++)
        {
            if (at < chosen.Count)
                _scorer.Score(fold, (_inFolds[at][fold] = chosen[at]).Features);
            _scorer.Score(fold, _proposals[at].Features);
        }
    }

    private List<IReadOnlyList<FeatureSelectionSolution>> Repeat(
        string what,
        int count,
        Func<int, IReadOnlyList<FeatureSelectionSolution>> select
    )
    {
        var found = new List<IReadOnlyList<FeatureSelectionSolution>>(count);
        for (var number = 0; number < count; number++)
        {
            Tell($"{what} {number + 1} of {count}");
            found.Add(select(number));
        }
        return found;
    }

    private FoldScore Nested(int at) =>
        _overFolds.Of([
            .. _inFolds[at]
                .Select((subset, fold) => subset is null ? null : (double?)_scorer.Main(fold, subset.Features)),
        ]);

    private SubsetValidation Validation(int at, int rank, FoldScore score, FoldScore best, FoldScore chance)
    {
        var proposal = _proposals[at];
        var naive = _overFolds.Of([
            .. Enumerable.Range(0, _folds.Count).Select(fold => (double?)_scorer.Main(fold, proposal.Features)),
        ]);
        return new(
            score,
            naive,
            _overFolds.Difference(naive, score),
            _overFolds.Difference(score, chance),
            rank == 0 ? null : _overFolds.Difference(best, score),
            [.. _plan.Models.Select((kind, model) => Model(kind, model, at))],
            rank < _plan.Ablated ? Ablate(proposal, rank) : null
        );
    }

    private ModelReport Model(ModelKind kind, int model, int at)
    {
        return new(kind, ByMetric(fold => _inFolds[at][fold]), ByMetric(_ => _proposals[at]));

        Dictionary<string, FoldScore> ByMetric(Func<int, FeatureSelectionSolution?> subset) =>
            _metrics
                .Select((name, metric) => (name, metric))
                .ToDictionary(
                    m => m.name,
                    m =>
                        _overFolds.Of([
                            .. Enumerable
                                .Range(0, _folds.Count)
                                .Select(fold =>
                                    subset(fold) is { } s
                                        ? (double?)_scorer.Score(fold, s.Features)[model][m.metric]
                                        : null
                                ),
                        ])
                );
    }

    private SubsetAblation Ablate(FeatureSelectionSolution proposal, int rank)
    {
        Tell($"ablation of subset {rank + 1}");
        return Ablation.Of(_problem, proposal, _plan.AddedInAblation, _folds.Count, _scorer, _overFolds);
    }

    private Dictionary<string, FoldScore> Chance()
    {
        var inFolds = Enumerable.Range(0, _folds.Count).Select(_scorer.Chance).ToList();
        return _metrics
            .Select((name, metric) => (name, metric))
            .ToDictionary(m => m.name, m => _overFolds.Of([.. inFolds.Select(f => (double?)f[m.metric])]));
    }

    private ValidationProtocol Protocol() =>
        new(
            _plan,
            _seed,
            _metrics[0],
            Metrics.Why(_metrics[0]),
            OverFolds.Name,
            [.. _folds.Select(f => f.Train.Length)],
            [.. _folds.Select(f => f.Test.Length)],
            _work.RowsPerFit,
            _scorer.Fits,
            _repeats.Count,
            Notes.Of(_plan, _folds, _work)
        );

    private void Tell(string stage)
    {
        _cancellation.ThrowIfCancellationRequested();
        var selections = _folds.Count + _plan.Resamples + _plan.Seeds;
        _onProgress?.Invoke(new(stage, _scorer.Fits + _repeats.Count, (int)_work.Fits + selections));
    }
}
