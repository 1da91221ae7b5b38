using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo;

public class QuboLookalikeTests
{
    [Theory]
    [InlineData("qubo-random", """{"numVariables":40,"density":0.3}""")]
    [InlineData("qubo-random", """{"numVariables":12,"density":1}""")]
    [InlineData("max-cut-regular", """{"numVariables":30,"degree":3}""")]
    public void Has_the_size_the_degrees_and_the_coefficients_of_its_model(string generator, string parameters)
    {
        var like = Made(generator, parameters);

        var made = (QuboProblem)like.Lookalike(1)!;

        made.Id.Should().NotBe(like.Id);
        made.NumVariables.Should().Be(like.NumVariables);
        made.NumInteractions.Should().Be(like.NumInteractions);
        Degrees(made).Should().BeEquivalentTo(Degrees(like));
        var (left, right) = (Dealt(made), Dealt(like));
        left.Value.Should().BeEquivalentTo(right.Value);
        left.Linear.Should().BeEquivalentTo(right.Linear);
        // In the order that a problem keeps: sorted, each pair once.
        made.Terms.Row.Zip(made.Terms.Column).Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        made.Terms.Row.Zip(made.Terms.Column).Should().OnlyContain(p => p.First < p.Second);
    }

    [Fact]
    public void A_max_cut_stays_without_fields()
    {
        var made = (QuboProblem)Made("max-cut-regular", """{"numVariables":20,"degree":3}""").Lookalike(3)!;

        made.Vartype.Should().Be(Vartype.Spin);
        made.Terms.Linear.Should().OnlyContain(h => h == 0);
        made.Terms.Value.Should().OnlyContain(j => j == 0.5, "an edge of weight 1 is a coupling of one half");
    }

    [Fact]
    public void Seeds_give_different_ones_and_one_seed_the_same()
    {
        var like = Made("qubo-random", """{"numVariables":30,"density":0.2}""");

        Enumerable.Range(0, 10).Select(k => like.Lookalike(k)!.Id).Should().OnlyHaveUniqueItems();
        like.Lookalike(4)!.Id.Should().Be(like.Lookalike(4)!.Id);
    }

    [Fact]
    public void It_reads_back_from_its_canonical_bytes()
    {
        var made = Made("qubo-random", """{"numVariables":30,"density":0.2,"sense":"maximize"}""").Lookalike(0)!;

        made.Sense.Should().Be(Sense.Maximize);
        ProblemFamily
            .ReadAnyCanonical(System.Text.Json.JsonElement.Parse(made.CanonicalBytes.Span))
            .Id.Should()
            .Be(made.Id);
    }

    /// <summary>Pairs that share hashes made a dense problem of 1,000 variables take minutes.</summary>
    [Fact]
    public void Pairs_of_variables_hash_apart()
    {
        const int n = 300;
        var hashes =
            from a in Enumerable.Range(0, n)
            from b in Enumerable.Range(a + 1, n - a - 1)
            select QuboLookalike.Key(b, a, n).GetHashCode();

        hashes.Should().OnlyHaveUniqueItems();
    }

    private static QuboProblem Made(string generator, string parameters)
    {
        var faults = new FaultList();
        return (QuboProblem)
            ProblemGenerators.Find(generator)!.Generate(System.Text.Json.JsonElement.Parse(parameters), 5, "", faults)!;
    }

    /// <summary>The terms in the form that was dealt: spins where there are no fields.</summary>
    private static QuboTerms Dealt(QuboProblem problem)
    {
        var ising = problem.Model.ToIsing();
        return ising.Linear.All(h => Math.Abs(h) < 1e-9)
            ? ising with
            {
                Linear = new double[ising.NumVariables],
            }
            : problem.Terms;
    }

    private static IEnumerable<int> Degrees(QuboProblem problem) =>
        Enumerable
            .Range(0, problem.NumVariables)
            .Select(i => problem.Terms.Row.Count(r => r == i) + problem.Terms.Column.Count(c => c == i));
}
