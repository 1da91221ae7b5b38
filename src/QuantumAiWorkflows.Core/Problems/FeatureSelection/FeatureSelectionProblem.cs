using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Encodings;
using QuantumAiWorkflows.Problems.FeatureSelection.Drawings;
using QuantumAiWorkflows.Problems.FeatureSelection.Encodings;
using QuantumAiWorkflows.Problems.FeatureSelection.Input;
using QuantumAiWorkflows.Problems.FeatureSelection.Scores;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>
/// Choose a subset S of the features: maximize Σ relevance(i) - w·Σ redundancy(i, j) over the pairs of S, where w = 2·alpha/(k - 1)
/// and k is the size that is asked for (0 for k = 1). So with k features alpha weighs each one's mean redundancy with the others.
/// </summary>
/// <remarks>
/// With alpha = 1 that is k times the difference criterion of Peng, Long and Ding, "Feature selection based on mutual information",
/// IEEE TPAMI 27(8), 2005, but for a feature's redundancy with itself.
/// </remarks>
public sealed class FeatureSelectionProblem : Problem
{
    private readonly Lazy<FeatureScores> _scores;
    private readonly Lazy<NameReader> _indices;

    /// <param name="names">Unique.</param>
    /// <param name="table">What the scores come from; null when they were given.</param>
    /// <param name="given">Null with a table.</param>
    internal FeatureSelectionProblem(
        IReadOnlyList<string> names,
        FeatureTable? table,
        GivenScores? given,
        Criterion criterion,
        double alpha,
        SelectionConstraints constraints
    )
    {
        Names = names;
        Table = table;
        Criterion = criterion;
        Alpha = alpha;
        Constraints = constraints;
        _indices = new(() => new(names));
        _scores = given is not null ? new(given) : new(() => ScoresOf(table!, criterion));
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Null when scores were given instead.</summary>
    public FeatureTable? Table { get; }

    public Criterion Criterion { get; }

    public double Alpha { get; }

    public SelectionConstraints Constraints { get; }

    /// <summary>
    /// From a table, relevances are computed at the first use, in O(n·rows), and a redundancy whenever it is asked for, in O(rows).
    /// </summary>
    public FeatureScores Scores => _scores.Value;

    /// <summary>What one pair's redundancy is multiplied by.</summary>
    public double PairWeight => Constraints.Size < 2 ? 0 : 2 * Alpha / (Constraints.Size - 1);

    public override ProblemFamily Family => FeatureSelectionFamily.Instance;

    public override Sense Sense => Sense.Maximize;

    public override int NumVariables => Names.Count;

    /// <summary>Pairs that the problem holds: those given with scores. A table holds none, they are computed on demand.</summary>
    public override long NumInteractions => Table is null ? ((GivenScores)Scores).Value.Count : 0;

    public override JsonObject Summary => FeatureSelectionSummary.Of(this);

    public override double Magnitude
    {
        get
        {
            double k = Constraints.Size;
            var relevance = Scores.Relevance.Select(Math.Abs).OrderDescending().Take(Constraints.Size).Sum();
            return relevance + PairWeight * Scores.LargestRedundancy * k * (k - 1) / 2;
        }
    }

    /// <summary>The same question to some of the rows: scores are computed from them alone. Needs a table.</summary>
    /// <param name="rows">At least one; a row may be there twice, as in a resample.</param>
    public FeatureSelectionProblem OnRows(int[] rows) =>
        new(Names, Table!.OnRows(rows), null, Criterion, Alpha, Constraints);

    public int? IndexOf(string name) => _indices.Value.Find(name);

    /// <summary>O(k²) redundancies; sums in ascending order of the features.</summary>
    public override Evaluation Evaluate(Solution solution)
    {
        var chosen = ((FeatureSelectionSolution)solution).Features;
        var known = chosen.Where(f => f >= 0 && f < Names.Count).Distinct().ToArray();
        return new(Objective(known), SelectionReferee.Violations(this, chosen, known));
    }

    /// <param name="features">Ascending, without repetition.</param>
    public double Objective(ReadOnlySpan<int> features)
    {
        var (relevance, redundancy) = (0.0, 0.0);
        var weight = PairWeight;
        for (var a = 0; a < features.Length; a++)
        {
            relevance += Scores.Relevance[features[a]];
            if (weight != 0)
                for (var b = 0; b < a; b++)
                    redundancy += Scores.Redundancy(features[b], features[a]);
        }
        return relevance - weight * redundancy;
    }

    public override JsonObject SolutionToJson(Solution solution) => ((FeatureSelectionSolution)solution).ToJson(this);

    public override Solution? ReadSolution(JsonElement element, string pointer, FaultList faults) =>
        FeatureSelectionSolution.Read(element, this, pointer, faults);

    public override JsonObject? Details(Solution? solution) =>
        solution is FeatureSelectionSolution chosen ? FeatureSelectionDetails.Of(this, chosen) : null;

    public override Problem Lookalike(long seed) => FeatureSelectionLookalike.Of(this, seed);

    public override IReadOnlyDictionary<string, string> Drawings { get; } =
        new Dictionary<string, string> { ["svg"] = "image/svg+xml", ["csv"] = "text/csv" };

    public override string Draw(RunRecord run, Solution solution, string format) =>
        format switch
        {
            "svg" => SubsetChart.Draw(ShownSubset.Of(this, run, solution), run.Validation?.Report),
            "csv" => SubsetTable.Write(ShownSubset.Of(this, run, solution), run.Validation?.Report),
            _ => base.Draw(run, solution, format),
        };

    public override EncodingResult Encode(EncodingRequest request) => FeatureEncoding.Of(this, request);

    protected override byte[] WriteCanonical() => FeatureSelectionCanonical.Write(this);

    private static FeatureScores ScoresOf(FeatureTable table, Criterion criterion) =>
        criterion == Criterion.MutualInformation
            ? new MutualInformationScores(table)
            : new CorrelationScores(table, ranked: criterion == Criterion.Spearman);
}
