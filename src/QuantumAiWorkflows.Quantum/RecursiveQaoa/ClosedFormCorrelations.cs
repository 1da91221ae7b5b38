using QuantumAiWorkflows.Quantum.ClosedForm;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Quantum.RecursiveQaoa;

/// <summary>
/// Correlations of one layer in closed form. The first round looks for the best angles everywhere; later ones follow the
/// last gamma, scaled by the model's strength, and look around it whenever a share of the variables is gone.
/// </summary>
internal sealed class ClosedFormCorrelations(SolveContext context) : ICorrelationSource
{
    public const string ExecutionPath = "closed-form";

    /// <summary>
    /// Share of the variables whose loss makes the angles worth another search. Measured on five kinds of problems, six
    /// seeds each: searching every round takes two to three times as long and changes the answers less than a seed does.
    /// </summary>
    private const double Stale = 0.95;

    /// <summary>Evaluations per round, with the searches' share: about 8 every twentieth.</summary>
    private const double EvaluationsPerRound = 1.5;

    /// <summary>Gamma is found to this share: beyond it the cost differs by a part in 10^8, and by one in 10^5.</summary>
    private const double FirstTolerance = 1e-4;
    private const double LaterTolerance = 3e-3;

    /// <summary>Half a second, as <see cref="OneLayer.WorkOf"/> counts.</summary>
    private const double CheapScan = 2.5e8;

    private readonly OneLayer _layer = new();
    private double _gamma;
    private double _strength;
    private int _searchedCount;
    private double _secondsPerEvaluation;

    public RoundPrice Price =>
        new(EvaluationsPerRound, EvaluationsPerRound * _secondsPerEvaluation, EvaluationsPerRound * _layer.Work);

    /// <summary>Of the first search: as many as are cheap, and at most what makes it a third of a short run.</summary>
    private int ScanPoints =>
        (int)
            Math.Clamp(
                Math.Min(
                    Math.Clamp(CheapScan / _layer.Work, GammaSearch.FewestPoints, GammaSearch.MostPoints),
                    Math.Min(
                        context.EvaluationsLeft / 6.0,
                        (ClientClock.SecondsLeft(context) ?? double.PositiveInfinity) / 6 / _secondsPerEvaluation
                    )
                ),
                1,
                GammaSearch.MostPoints
            );

    public Correlations? Of(IsingGraph graph)
    {
        _layer.Load(graph);
        Correlations? best = null;
        var strengths = graph.Strengths();
        var strength = Math.Sqrt(strengths.Sum(s => s * s) / graph.Count);
        // A gamma of 0 would stay 0 for ever: a model without any term left the search nothing to find.
        var gamma = strength > 0 ? _gamma * _strength / strength : 0;
        if (_gamma > 0 && graph.Count > Stale * _searchedCount)
            Evaluate(gamma);
        else
        {
            _searchedCount = graph.Count;
            var search = new GammaSearch(Evaluate);
            if (_gamma > 0)
                search.Follow(gamma, LaterTolerance);
            // The likeliest gamma first: where there is time for one only, and to see what an evaluation costs.
            else if (strength > 0 && Evaluate(0.5 / strength) is not null)
                search.Scan(strengths, ScanPoints, FirstTolerance);
        }
        if (best is not null)
            (_gamma, _strength) = (best.Source!.Angles.Gammas[0], strength);
        return best;

        // Correlations are taken at once, so that a search that is interrupted leaves those of its best angles.
        OneLayerAngles? Evaluate(double at)
        {
            // One evaluation always stays for the run's end.
            if (context.EvaluationsLeft <= 1 || context.ShouldStop())
                return null;
            var began = context.ElapsedSeconds;
            if (_layer.Lowest(at, context.ShouldStop) is not { } angles)
                return null;
            context.CountEvaluations(1);
            _secondsPerEvaluation = context.ElapsedSeconds - began;
            if (best is null || angles.Cost < best.Source!.Cost)
            {
                var (single, pair) = _layer.Correlations(angles.Beta);
                best = new(single, pair)
                {
                    Source = new(ExecutionPath, new([angles.Gamma], [angles.Beta]), angles.Cost),
                };
            }
            return angles;
        }
    }
}
