using CsCheck;
using QuantumAiWorkflows.Problems.FeatureSelection.Validation;

namespace QuantumAiWorkflows.UnitTests.Problems.FeatureSelection.Validation;

public sealed class AreaUnderCurveTests
{
    [Fact]
    public void It_is_the_share_of_pairs_in_the_right_order()
    {
        Gen.Select(Gen.Int[0, 5], Gen.Bool)
            .Array[2, 30]
            .Sample(rows =>
            {
                var pairs = (
                    from up in rows
                    where up.Item2
                    from down in rows
                    where !down.Item2
                    select up.Item1 > down.Item1 ? 1
                    : up.Item1 == down.Item1 ? 0.5
                    : 0
                ).ToList();
                AreaUnderCurve
                    .Of([.. rows.Select(r => (double)r.Item1)], [.. rows.Select(r => r.Item2)])
                    .Should()
                    .BeApproximately(pairs.DefaultIfEmpty(0.5).Average(), 1e-12);
            });
    }

    [Fact]
    public void A_missing_score_is_the_lowest()
    {
        AreaUnderCurve
            .Of([double.NaN, 1, double.NaN, -5], [false, true, true, false])
            .Should()
            .BeApproximately((2 + 0.5) / 4, 1e-12);
    }
}
