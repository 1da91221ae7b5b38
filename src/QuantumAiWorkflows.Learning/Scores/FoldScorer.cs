using QuantumAiWorkflows.Learning.Models;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.FeatureSelection;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.Learning.Scores;

/// <summary>Trains the models of a plan on the training rows of a fold and scores them on its test rows; the same subset only once.</summary>
internal sealed class FoldScorer
{
    private const int LeastOfClass = 20;

    private readonly FeatureTable _table;
    private readonly IReadOnlyList<Fold> _thinned;
    private readonly IReadOnlyList<ModelKind> _models;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<string, double[][]> _known = new(StringComparer.Ordinal);

    /// <param name="rowsPerFit">
    /// Larger sides of a fold are thinned to a random sample of so many rows, in which every class keeps some.
    /// </param>
    public FoldScorer(
        FeatureTable table,
        IReadOnlyList<Fold> folds,
        IReadOnlyList<ModelKind> models,
        int rowsPerFit,
        long seed,
        CancellationToken cancellation
    )
    {
        _table = table;
        _models = models;
        _cancellation = cancellation;
        _thinned =
        [
            .. folds.Select(
                (fold, at) =>
                {
                    var random = Xoshiro256.FromSeed((ulong)seed, $"validation rows {at}");
                    return new Fold(
                        Thin(table, fold.Train, rowsPerFit, random),
                        Thin(table, fold.Test, rowsPerFit, random)
                    );
                }
            ),
        ];
    }

    /// <summary>Models trained so far, in all folds.</summary>
    public int Fits { get; private set; }

    /// <returns>[model][metric]</returns>
    public double[][] Score(int fold, IReadOnlyList<int> features)
    {
        var key = $"{fold}:{string.Join(',', features)}";
        if (_known.TryGetValue(key, out var scores))
            return scores;
        scores = new double[_models.Count][];
        for (var model = 0; model < scores.Length; model++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var prediction = ModelFit.Predict(_table, features, _thinned[fold], _models[model], _cancellation);
            scores[model] = Metrics.Evaluate(_table, _thinned[fold], prediction);
            Fits += ValidationWork.ModelsOf(_models[model], _table);
        }
        return _known[key] = scores;
    }

    /// <summary>The metric that subsets are ranked by, mean over the models.</summary>
    public double Main(int fold, IReadOnlyList<int> features) => Score(fold, features).Average(ofModel => ofModel[0]);

    /// <summary>By metric, of a guess without features.</summary>
    public double[] Chance(int fold) =>
        Metrics.Evaluate(_table, _thinned[fold], ModelFit.WithoutFeatures(_table, _thinned[fold]));

    private static int[] Thin(FeatureTable table, int[] rows, int most, Xoshiro256 random)
    {
        if (rows.Length <= most)
            return rows;
        var shuffled = (int[])rows.Clone();
        random.Shuffle<int>(shuffled);
        if (table.Target.Codes is not { } codes)
            return [.. shuffled[..most].Order()];
        // A class of ten rows among a hundred thousand would be gone: the first of every class stay, then the first of all.
        var least = Math.Clamp(most / (2 * table.Target.Levels.Count), 1, LeastOfClass);
        var kept = new int[table.Target.Levels.Count];
        var isFirst = Array.ConvertAll(shuffled, row => kept[codes[row]]++ < least);
        return [.. shuffled.Zip(isFirst).OrderByDescending(r => r.Second).Take(most).Select(r => r.First).Order()];
    }
}
