using System.Globalization;
using CsCheck;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo;

public sealed class QuboIdentityTests
{
    private static readonly Gen<double> Coefficient = Gen.OneOf(
        Gen.Int[-9, 9].Select(v => (double)v),
        Gen.Double[-1e6, 1e6],
        Gen.OneOf([.. new[] { 0.1, 1e21, 1e-7, 0.0, -0.0, 2.5 }.Select(v => Gen.Const(v))])
    );

    /// <summary>Coefficients [n, n] above and on the diagonal, an offset, a seed for the order of entries.</summary>
    private static readonly Gen<(double[][] Upper, double Offset, ulong Seed)> Functions =
        from n in Gen.Int[1, 6]
        from upper in Coefficient.Array[n].Array[n]
        from offset in Coefficient
        from seed in Gen.ULong
        select (upper, offset, seed);

    [Fact]
    public void All_forms_of_one_function_over_bits_are_one_problem() =>
        Functions.Sample(given =>
        {
            var (upper, offset, seed) = given;
            var n = upper.Length;
            var entries = Entries(upper).ToArray();
            var random = Xoshiro256.FromSeed(seed, "order");
            var common = $"\"offset\":{Spell(offset, random)},\"sense\":\"maximize\"";

            string[] forms =
            [
                $"\"matrix\":[{Rows(n, (i, j) => i <= j ? upper[i][j] : 0, random)}],\"form\":\"upperTriangular\",{common}",
                $"\"matrix\":[{Rows(n, (i, j) => i == j ? upper[i][i] : upper[Math.Min(i, j)][Math.Max(i, j)] / 2, random)}],\"form\":\"symmetric\",{common}",
                $"\"terms\":[{string.Join(',', Shuffled(entries, random).Select(e => $"[{Pair(e, random)},{Spell(e.Value, random)}]"))}],{common}",
                $"\"qubo\":{{{string.Join(',', Shuffled(entries, random).Select(e => $"\"{Pair(e, random)}\":{Spell(e.Value, random)}"))}}},{common}",
                Coo(n, Shuffled(entries, random), random) + common,
                Coo(n, Shuffled([.. entries.Where(e => e.Value != 0)], random), random) + common,
                Coo(n, Shuffled([.. entries.SelectMany(Split)], random), random) + "\"duplicates\":\"sum\"," + common,
                Bqm("BINARY", n, Shuffled(entries, random), offset, random) + ",\"sense\":\"maximize\"",
            ];

            return forms.Select(form => Posted.Qubo(form).Id).Distinct().Count() == 1;
        });

    [Fact]
    public void All_forms_of_one_function_over_spins_are_one_problem() =>
        Functions.Sample(given =>
        {
            var (upper, offset, seed) = given;
            var n = upper.Length;
            var random = Xoshiro256.FromSeed(seed, "order");
            var h = string.Join(',', Enumerable.Range(0, n).Select(i => Spell(upper[i][i], random)));
            var entries = Entries(upper).ToArray();
            var couplings = entries.Where(e => e.I != e.J).ToArray();

            string[] forms =
            [
                $"\"ising\":{{\"h\":[{h}],\"j\":[{string.Join(',', Shuffled(couplings, random).Select(e => $"[{Pair(e, random)},{Spell(e.Value, random)}]"))}]}},\"offset\":{Spell(offset, random)}",
                $"\"ising\":{{\"h\":[{h}],\"j\":{{{string.Join(',', Shuffled(couplings, random).Select(e => $"\"{Pair(e, random)}\":{Spell(e.Value, random)}"))}}}}},\"offset\":{Spell(offset, random)}",
                Bqm("SPIN", n, Shuffled(entries, random), offset, random),
            ];

            return forms.Select(form => Posted.Qubo(form).Id).Distinct().Count() == 1;
        });

    /// <summary>Sums of fractions depend on their order; the id must not.</summary>
    [Fact]
    public void Duplicates_add_up_to_one_problem_in_any_order() =>
        (from values in Gen.Double[-1, 1].Array[3, 8] from seed in Gen.ULong select (values, seed)).Sample(given =>
        {
            var shuffled = (double[])given.values.Clone();
            Xoshiro256.FromSeed(given.seed, "order").Shuffle(shuffled.AsSpan());
            return Summed(given.values) == Summed(shuffled);

            static string Summed(double[] values) =>
                Posted
                    .Qubo(
                        $"\"duplicates\":\"sum\",\"terms\":[{string.Join(',', values.Select((v, k) => FormattableString.Invariant($"[{k % 2},{1 - k % 2},{v:R}]")))}]"
                    )
                    .Id;
        });

    [Fact]
    public void Canonical_bytes_read_back_to_the_same_bytes() =>
        (
            from n in Gen.Int[1, 12]
            from seed in Gen.Long[0, 1_000_000]
            from spin in Gen.Bool
            from max in Gen.Bool
            select (n, seed, spin, max)
        ).Sample(g =>
        {
            var problem = Some.Qubo(
                g.n,
                0.5,
                g.seed,
                g.max ? Sense.Maximize : Sense.Minimize,
                g.spin ? Vartype.Spin : Vartype.Binary
            );
            var again = Posted.Again(problem);
            return again.CanonicalBytes.Span.SequenceEqual(problem.CanonicalBytes.Span) && again.Id == problem.Id;
        });

    /// <summary>Golden: an id changes only with a new schema number of the canonical form.</summary>
    [Fact]
    public void The_canonical_form_is_what_interfaces_say()
    {
        var problem = Posted.Qubo(
            """
            "labels":["é",4,["t",1.50]],"sense":"maximize","offset":-0.0,
            "coo":{"numVariables":3,"row":[2,0,1,1],"col":[0,0,1,2],"value":[0.1,-1,0,1e21]}
            """
        );

        System
            .Text.Encoding.UTF8.GetString(problem.CanonicalBytes.Span)
            .Should()
            .Be(
                """{"family":"qubo","labels":["é",4,["t",1.5]],"linear":[[0,-1]],"numVariables":3,"offset":0,"quadratic":[[0,2,0.1],[1,2,1e+21]],"schema":1,"sense":"maximize","vartype":"binary"}"""
            );
        Posted.Again(problem).Id.Should().Be(problem.Id);
        // From sha256sum over the text above.
        problem.Id.Should().Be("sha256:a0c84b3ca5e78d57291b06945622b4c35d9806a8cc328f461b11b90ee7b9e759");
    }

    [Fact]
    public void Labels_that_are_the_indices_are_no_labels() =>
        Posted
            .Qubo("""  "terms":[[0,1,1]],"labels":[0,1.0] """)
            .Id.Should()
            .Be(Posted.Qubo("""  "terms":[[0,1,1]] """).Id);

    [Theory]
    [InlineData(""" "terms":[[0,1,1]],"labels":["0","1"] """)]
    [InlineData(""" "terms":[[0,1,1]],"sense":"maximize" """)]
    [InlineData(""" "terms":[[0,1,1]],"offset":1 """)]
    [InlineData(""" "terms":[[0,1,1]],"numVariables":3 """)]
    [InlineData(""" "terms":[[0,1,1.0000000000000002]] """)]
    [InlineData(""" "ising":{"h":[0,0],"j":[[0,1,1]]} """)]
    public void Another_function_is_another_problem(string members) =>
        Posted.Qubo(members).Id.Should().NotBe(Posted.Qubo("""  "terms":[[0,1,1]] """).Id);

    private sealed record Entry(int I, int J, double Value);

    private static IEnumerable<Entry> Entries(double[][] upper)
    {
        for (var i = 0; i < upper.Length; i++)
        for (var j = i; j < upper.Length; j++)
            yield return new(i, j, upper[i][j]);
    }

    /// <summary>Halves, whose sum is exact.</summary>
    private static Entry[] Split(Entry e) => [e with { Value = e.Value / 2 }, new(e.J, e.I, e.Value / 2)];

    private static Entry[] Shuffled(Entry[] entries, Xoshiro256 random)
    {
        var shuffled = (Entry[])entries.Clone();
        random.Shuffle(shuffled.AsSpan());
        return shuffled;
    }

    private static string Pair(Entry e, Xoshiro256 random) => random.NextBoolean() ? $"{e.I},{e.J}" : $"{e.J},{e.I}";

    private static string Rows(int n, Func<int, int, double> at, Xoshiro256 random) =>
        string.Join(
            ',',
            Enumerable
                .Range(0, n)
                .Select(i => $"[{string.Join(',', Enumerable.Range(0, n).Select(j => Spell(at(i, j), random)))}]")
        );

    private static string Coo(int n, Entry[] entries, Xoshiro256 random)
    {
        var flip = entries.Select(_ => random.NextBoolean()).ToArray();
        return $"\"coo\":{{\"numVariables\":{n},\"row\":[{string.Join(',', entries.Select((e, k) => flip[k] ? e.J : e.I))}],"
            + $"\"col\":[{string.Join(',', entries.Select((e, k) => flip[k] ? e.I : e.J))}],"
            + $"\"value\":[{string.Join(',', entries.Select(e => Spell(e.Value, random)))}]}},";
    }

    private static string Bqm(string vartype, int n, Entry[] entries, double offset, Xoshiro256 random)
    {
        var linear = new double[n];
        foreach (var e in entries.Where(e => e.I == e.J))
            linear[e.I] = e.Value;
        var pairs = entries.Where(e => e.I != e.J).ToArray();
        return "\"bqm\":{\"type\":\"BQM\",\"version\":{\"bqm_schema\":\"3.0.0\"},"
            + $"\"num_variables\":{n},\"num_interactions\":{pairs.Length},"
            + $"\"variable_labels\":[{string.Join(',', Enumerable.Range(0, n))}],\"variable_type\":\"{vartype}\","
            + $"\"offset\":{Spell(offset, random)},\"linear_biases\":[{string.Join(',', linear.Select(v => Spell(v, random)))}],"
            + $"\"quadratic_biases\":[{string.Join(',', pairs.Select(e => Spell(e.Value, random)))}],"
            + $"\"quadratic_head\":[{string.Join(',', pairs.Select(e => e.J))}],"
            + $"\"quadratic_tail\":[{string.Join(',', pairs.Select(e => e.I))}]}}";
    }

    /// <summary>One number in one of its spellings: 1, 1.0, 1.0E0 and so on.</summary>
    private static string Spell(double value, Xoshiro256 random)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        return random.NextInt32(3) switch
        {
            0 => value.ToString("E16", CultureInfo.InvariantCulture),
            1 when double.IsInteger(value) && Math.Abs(value) < 1e15 => $"{shortest}.0",
            _ => shortest,
        };
    }
}
