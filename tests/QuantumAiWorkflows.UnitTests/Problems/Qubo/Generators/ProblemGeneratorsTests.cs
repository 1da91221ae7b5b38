using System.Text.Json;
using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo.Generators;

public sealed class ProblemGeneratorsTests
{
    /// <summary>Golden: what was once generated stays what it is, or benchmarks of two versions differ in their problems.</summary>
    [Theory]
    [InlineData(
        "qubo-random",
        """{"numVariables":16,"density":0.5}""",
        "795ed575968fee5efc344537fdfae52bca3972e156036618883892efc57b5554"
    )]
    [InlineData(
        "qubo-palubeckis",
        """{"numVariables":16,"density":50}""",
        "9cf81a2239aa4d8c65432ed0115f8ca5f08370b18d103d0c4335acb0d86d45df"
    )]
    [InlineData(
        "qubo-beasley",
        """{"numVariables":16,"number":2}""",
        "f0f9e68a0a0e98250ad80a5f295a097fcb1602f1cfa4d90fef9271bc7b829545"
    )]
    [InlineData(
        "max-cut-random",
        """{"numVariables":16,"density":0.3,"weights":"plusMinusOne"}""",
        "b5dd8949a1a0ad3e4a84a6fdbb41f2402f4c286d94334b95ac23e5daf82d124d"
    )]
    [InlineData(
        "max-cut-regular",
        """{"numVariables":16,"degree":3}""",
        "9ceb22a9fd4a87347506c13a1d608c5e13414bd529e0f78d32366d2fa829448b"
    )]
    public void The_same_seed_gives_the_same_problem_for_ever(string generator, string parameters, string id)
    {
        Generate(generator, parameters, 7).Id.Should().Be($"sha256:{id}");
        Generate(generator, parameters, 8).Id.Should().NotBe($"sha256:{id}");
    }

    [Fact]
    public void A_random_QUBO_keeps_to_its_ranges() =>
        (
            from n in Gen.Int[1, 40]
            from density in Gen.Double[0, 1]
            from low in Gen.Int[-5, 0]
            from seed in Gen.Long[0, 1000]
            select (n, density, low, seed)
        ).Sample(g =>
        {
            var problem = Generate(
                "qubo-random",
                FormattableString.Invariant(
                    $$"""{"numVariables":{{g.n}},"density":{{g.density:R}},"minCoefficient":{{g.low}},"maxCoefficient":3}"""
                ),
                g.seed
            );
            return problem.NumVariables == g.n
                && problem
                    .Terms.Linear.Concat(problem.Terms.Value)
                    .All(v => v >= g.low && v <= 3 && double.IsInteger(v))
                && Posted.Again(problem).Id == problem.Id;
        });

    /// <summary>19,900 pairs at 0.3, of which 1 in 201 draws 0: within five standard deviations of 5,940.</summary>
    [Fact]
    public void A_random_QUBO_has_the_density_and_the_spread_that_were_asked_for()
    {
        var problem = Generate("qubo-random", """{"numVariables":200,"density":0.3}""", 1);

        problem.NumInteractions.Should().BeInRange(5940 - 325, 5940 + 325);
        problem.Terms.Value.Should().Contain(-100).And.Contain(100);
        problem.Terms.Linear.Count(v => v != 0).Should().BeGreaterThan(190);
    }

    /// <summary>Those of the files that are negated are minimized.</summary>
    [Theory]
    [InlineData("bqp50-1", 50, 821_638_919, 1)]
    [InlineData("bqp50-2", 50, 821_638_919, 2)]
    [InlineData("bqp50-3", 50, 821_638_919, 3)]
    [InlineData("bqp50-4", 50, 821_638_919, 4)]
    [InlineData("bqp100-1", 100, 403_568_354, 1)]
    [InlineData("bqp100-2", 100, 403_568_354, 2)]
    [InlineData("bqp100-3", 100, 403_568_354, 3)]
    [InlineData("bqp250-1", 250, 361_411_431, 1)]
    [InlineData("bqp250-2", 250, 361_411_431, 2)]
    [InlineData("bqp500-1", 500, 1_872_940_200, 1)]
    [InlineData("bqp500-2", 500, 1_872_940_200, 2)]
    [InlineData("bqp1000-2", 1000, 1_204_589_035, 1)]
    public void Beasleys_generator_gives_the_published_instance_to_the_letter(string name, int n, long seed, int number)
    {
        var published = DataSets.Named("qubo", name).Read();
        var sign = published.Sense == Sense.Maximize ? 1 : -1;

        var generated = Generate("qubo-beasley", $$"""{"numVariables":{{n}},"number":{{number}}}""", seed);

        generated.Sense.Should().Be(Sense.Maximize);
        generated.Terms.Linear.Should().Equal(published.Terms.Linear.Select(v => sign * v + 0));
        generated.Terms.Row.Should().Equal(published.Terms.Row);
        generated.Terms.Column.Should().Equal(published.Terms.Column);
        generated.Terms.Value.Should().Equal(published.Terms.Value.Select(v => sign * v));
    }

    /// <summary>
    /// 500,500 entries at a tenth, of which 2 in 201 draw 0, as in bqp1000: within five standard deviations of 49,550; whole,
    /// doubled beside the diagonal.
    /// </summary>
    [Fact]
    public void Beasleys_generator_has_the_density_and_the_values_of_large_published_files()
    {
        var terms = Generate("qubo-beasley", """{"numVariables":1000}""", 1).Terms;

        var values = terms.Value.Select(v => v / 2).Concat(terms.Linear.Where(v => v != 0)).ToList();
        values.Count.Should().BeInRange(49_550 - 1060, 49_550 + 1060);
        values.Distinct().Count(v => v > -100).Should().Be(199);
        values.Should().OnlyContain(v => double.IsInteger(v) && v >= -100 && v <= 100);
    }

    /// <summary>1,999,000 pairs; a coefficient of 0 in 201 leaves no term. Within five standard deviations.</summary>
    [Theory]
    [InlineData(50, 994_527, 3545)]
    [InlineData(100, 1_989_054, 500)]
    public void Palubeckis_generator_has_the_density_that_was_asked_for(int density, int expected, int deviation)
    {
        var terms = Generate("qubo-palubeckis", $$"""{"numVariables":2000,"density":{{density}}}""", 21_000).Terms;

        terms.Value.Length.Should().BeInRange(expected - deviation, expected + deviation);
        terms
            .Value.Select(v => v / 2)
            .Distinct()
            .Order()
            .Should()
            .Equal(Enumerable.Range(-100, 201).Where(v => v != 0).Select(v => (double)v));
        terms.Linear.Distinct().Count().Should().Be(201);
    }

    [Fact]
    public void A_seed_of_which_only_zeros_could_come_counts_as_1() =>
        Generate("qubo-palubeckis", """{"numVariables":9}""", 0)
            .Id.Should()
            .Be(Generate("qubo-palubeckis", """{"numVariables":9}""", 1).Id)
            .And.Be(Generate("qubo-palubeckis", """{"numVariables":9}""", int.MaxValue).Id);

    [Theory]
    [InlineData("plusOne", 1, 1)]
    [InlineData("plusMinusOne", -1, 1)]
    public void A_random_graph_has_the_weights_that_were_asked_for(string weights, double low, double high)
    {
        var edges = MaxCut.EdgesOf(
            Generate("max-cut-random", $$"""{"numVariables":60,"density":0.4,"weights":"{{weights}}"}""", 3)
        )!;

        edges.Value.Distinct().Order().Should().Equal(new[] { low, high }.Distinct());
        // 1,770 pairs at 0.4: within five standard deviations of 708.
        edges.Value.Length.Should().BeInRange(708 - 103, 708 + 103);
    }

    [Fact]
    public void Every_vertex_of_a_regular_graph_has_its_degree() =>
        (from n in Gen.Int[2, 30] from degree in Gen.Int[1, 29] from seed in Gen.Long[0, 1000] select (n, degree, seed))
            .Where(g => g.degree < g.n && g.n * g.degree % 2 == 0)
            .Sample(g =>
            {
                var edges = MaxCut.EdgesOf(
                    Generate("max-cut-regular", $$"""{"numVariables":{{g.n}},"degree":{{g.degree}}}""", g.seed)
                )!;
                return edges.Row.Concat(edges.Column).CountBy(v => v).All(v => v.Value == g.degree)
                    && edges.Value.Length == g.n * g.degree / 2;
            });

    /// <summary>
    /// 70 labelled graphs, 100 draws of each expected: five standard deviations. Switchings alone gave the ten K3,3 half
    /// their share.
    /// </summary>
    [Fact]
    public void All_cubic_graphs_on_six_vertices_are_equally_likely()
    {
        var counts = Enumerable
            .Range(0, 7000)
            .CountBy(seed => Generate("max-cut-regular", """{"numVariables":6,"degree":3}""", seed).Id)
            .Select(c => c.Value)
            .ToList();

        counts.Should().HaveCount(70).And.OnlyContain(count => count >= 50 && count <= 150);
    }

    [Theory]
    [InlineData("""{"numVariables":5000,"degree":3}""", 7500)]
    [InlineData("""{"numVariables":600,"degree":300}""", 90000)]
    public void Large_and_dense_regular_graphs_are_no_trouble(string parameters, int edges) =>
        Generate("max-cut-regular", parameters, 1).NumInteractions.Should().Be(edges);

    [Theory]
    [InlineData("qubo-random", """{"density":0.5}""", FaultCode.MissingMember, "/p/numVariables")]
    [InlineData("qubo-random", """{"numVariables":0}""", FaultCode.OutOfRange, "/p/numVariables")]
    [InlineData("qubo-random", """{"numVariables":5001}""", FaultCode.OutOfRange, "/p/numVariables")]
    [InlineData("qubo-random", """{"numVariables":5,"density":1.1}""", FaultCode.OutOfRange, "/p/density")]
    [InlineData(
        "qubo-random",
        """{"numVariables":5,"minCoefficient":101}""",
        FaultCode.OutOfRange,
        "/p/minCoefficient"
    )]
    [InlineData("qubo-palubeckis", """{"numVariables":5,"density":101}""", FaultCode.OutOfRange, "/p/density")]
    [InlineData("qubo-beasley", """{"numVariables":5,"number":11}""", FaultCode.OutOfRange, "/p/number")]
    [InlineData("qubo-random", """{"numVariables":5,"n":5}""", FaultCode.UnknownMember, "/p/n")]
    [InlineData("max-cut-random", """{"numVariables":5,"weights":"two"}""", FaultCode.UnknownValue, "/p/weights")]
    [InlineData("max-cut-regular", """{"numVariables":5,"degree":3}""", FaultCode.Conflict, "/p/degree")]
    [InlineData("max-cut-regular", """{"numVariables":5,"degree":5}""", FaultCode.OutOfRange, "/p/degree")]
    public void Parameters_are_checked(string generator, string parameters, FaultCode code, string pointer)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(parameters);

        ProblemGenerators.Find(generator)!.Generate(document.RootElement, 1, "/p", faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Pointer = pointer });
    }

    private static QuboProblem Generate(string generator, string parameters, long seed)
    {
        var faults = new FaultList();
        using var document = JsonDocument.Parse(parameters);
        var problem = ProblemGenerators.Find(generator)!.Generate(document.RootElement, seed, "", faults);
        faults.Items.Should().BeEmpty();
        return (QuboProblem)problem!;
    }
}
