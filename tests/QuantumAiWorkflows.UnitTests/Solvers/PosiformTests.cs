using CsCheck;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solvers;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>What the models of the exact solvers are made of, against all assignments of small problems.</summary>
public sealed class PosiformTests
{
    private static readonly Gen<QuboProblem> Problems = Gen.Select(
        Gen.Int[1, 8],
        Gen.Double[0.2, 1],
        Gen.Long[0, 1_000_000],
        Gen.Bool,
        (n, density, seed, isCut) =>
            isCut ? WithoutFields(n, density, seed) : Some.Qubo(n, density, seed, Sense.Maximize)
    );

    [Fact]
    public void A_posiform_has_the_energies_of_its_model_and_positive_costs() =>
        Problems.Sample(problem =>
        {
            var qubo = IntegerModel.Exact(problem)!;
            var posiform = Posiform.Of(qubo);

            posiform.Terms.Should().NotContain(t => t.Cost <= 0);
            foreach (var bits in Every.Assignment(problem.NumVariables))
                (qubo.Constant + Value(posiform, bits)).Should().Be(qubo.Energy(bits));
        });

    [Fact]
    public void No_assignment_violates_a_triangle_inequality_and_some_meet_it() =>
        Problems.Sample(problem =>
        {
            var posiform = Posiform.Of(IntegerModel.Exact(problem)!);

            foreach (var triangle in TriangleInequalities.Of(posiform, 1000))
                Every
                    .Assignment(problem.NumVariables)
                    .Max(bits => Left(triangle, posiform, bits))
                    .Should()
                    .Be(triangle.Bound);
        });

    [Fact]
    public void Triangles_are_those_of_which_an_even_number_of_sides_is_negative()
    {
        foreach (
            var (signs, expected) in new[] { ((1, 1, 1), 1), ((1, 1, -1), 0), ((1, -1, -1), 1), ((-1, -1, -1), 0) }
        )
        {
            var (a, b, c) = signs;
            var problem = Qubo(4, (0, 1, 5 * a), (0, 2, 4 * b), (1, 2, 3 * c), (2, 3, 9));

            TriangleInequalities.Of(Posiform.Of(IntegerModel.Exact(problem)!), 10).Should().HaveCount(expected);
        }
    }

    [Fact]
    public void The_relaxation_of_a_frustrated_triangle_is_cut_off()
    {
        // x = 1/2 and z = 0 for every positive pair satisfies all of z ≥ x + y - 1, and no triangle inequality.
        var posiform = Posiform.Of(IntegerModel.Exact(Qubo(3, (0, 1, 2), (0, 2, 2), (1, 2, 2)))!);

        var triangle = TriangleInequalities.Of(posiform, 10).Should().ContainSingle().Subject;

        triangle
            .Variables.Zip(triangle.Coefficients, (v, c) => v < 3 ? 0.5 * c : 0)
            .Sum()
            .Should()
            .BeGreaterThan(triangle.Bound);
    }

    [Fact]
    public void The_heaviest_triangles_come_first_and_no_more_than_asked_for()
    {
        var posiform = Posiform.Of(IntegerModel.Exact(Some.Qubo(12, 1))!);
        var all = TriangleInequalities.Of(posiform, 1000);

        TriangleInequalities.Of(posiform, 7).Should().BeEquivalentTo(all.Take(7), o => o.WithStrictOrdering());
        all.Select(t => t.Variables.Where(v => v >= 12).Min(v => posiform.Terms[v - 12].Cost))
            .Should()
            .BeInDescendingOrder();
    }

    [Fact]
    public void A_variable_is_fixed_only_where_flipping_all_bits_changes_no_energy() =>
        Problems.Sample(problem =>
        {
            var qubo = IntegerModel.Exact(problem)!;
            var isSymmetric = Every
                .Assignment(problem.NumVariables)
                .All(bits => qubo.Energy(bits) == qubo.Energy([.. bits.Select(b => (sbyte)(1 - b))]));

            SpinSymmetry.VariableToFix(qubo).HasValue.Should().Be(isSymmetric);
        });

    private static long Value(Posiform posiform, sbyte[] bits) =>
        posiform.Linear.Zip(bits, (c, b) => c * b).Sum() + posiform.Terms.Sum(t => t.Cost * t.Product(bits));

    private static int Left(LinearInequality inequality, Posiform posiform, sbyte[] bits)
    {
        int[] values = [.. bits.Select(b => (int)b), .. posiform.Products(bits)];
        return inequality.Variables.Zip(inequality.Coefficients, (v, c) => c * values[v]).Sum();
    }

    /// <summary>Spins with couplings alone.</summary>
    private static QuboProblem WithoutFields(int n, double density, long seed)
    {
        var terms = Some.Qubo(n, density, seed, Sense.Minimize, Vartype.Spin).Terms;
        return new(terms with { Linear = new double[n] }, Sense.Minimize, Vartype.Spin, labels: null);
    }

    private static QuboProblem Qubo(int n, params (int I, int J, double Value)[] terms)
    {
        var builder = new QuboBuilder(_ => default);
        foreach (var (i, j, value) in terms)
            builder.Add(i, j, value, 0);
        return builder.Build(n, new())!;
    }
}
