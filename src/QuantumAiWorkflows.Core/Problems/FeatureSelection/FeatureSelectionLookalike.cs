using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.FeatureSelection.Scores;

namespace QuantumAiWorkflows.Problems.FeatureSelection;

/// <summary>
/// Another problem of the same features, sizes and rules. A table's rows are drawn again with replacement, class by class, as if the
/// same source had been sampled once more (Efron, "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1979):
/// relevances and what features have in common stay alike. Given scores are dealt to other features and other pairs.
/// </summary>
internal static class FeatureSelectionLookalike
{
    public static FeatureSelectionProblem Of(FeatureSelectionProblem like, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, $"lookalike/{like.Id}");
        return like.Table is { } table
            ? new(like.Names, Resampled(table, random), null, like.Criterion, like.Alpha, like.Constraints)
            : new(
                like.Names,
                null,
                Dealt((GivenScores)like.Scores, random),
                like.Criterion,
                like.Alpha,
                like.Constraints
            );
    }

    private static GivenScores Dealt(GivenScores scores, Xoshiro256 random)
    {
        double[] relevance = [.. scores.Relevance];
        double[] value = [.. scores.Value];
        random.Shuffle<double>(relevance);
        random.Shuffle<double>(value);
        return new(relevance, [.. scores.Row], [.. scores.Column], value);
    }

    private static FeatureTable Resampled(FeatureTable table, Xoshiro256 random)
    {
        // A class of one row keeps it: no class is lost, and each is as large as before.
        var classOf = table.Target.Codes ?? new int[table.NumRows];
        var members = Enumerable
            .Range(0, table.NumRows)
            .GroupBy(row => classOf[row])
            .ToDictionary(g => g.Key, g => g.ToArray());
        var rows = new int[table.NumRows];
        for (var row = 0; row < rows.Length; row++)
        {
            var own = members[classOf[row]];
            rows[row] = own[random.NextInt32(own.Length)];
        }
        return new([.. table.Features.Select(f => Taken(f, rows))], Taken(table.Target, rows), table.Task);
    }

    private static TableColumn Taken(TableColumn column, int[] rows) =>
        column.Numbers is { } numbers
            ? TableColumn.Numeric(column.Name, [.. rows.Select(r => numbers[r])])
            : TableColumn.Categorical(
                column.Name,
                [.. rows.Select(r => column.Codes![r] is >= 0 and var code ? column.Levels[code] : null)]
            );
}
