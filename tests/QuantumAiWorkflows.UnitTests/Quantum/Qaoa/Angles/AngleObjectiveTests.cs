using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qaoa;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa.Angles;

public class AngleObjectiveTests
{
    private const int N = 7;
    private static readonly QuboTerms Whole = Some.Qubo(N, density: 0.6, seed: 4).Model.ToIsing();

    /// <summary>No two bit strings cost the same, so that the quantile has to be narrowed down.</summary>
    private static readonly QuboTerms Distinct = Whole with
    {
        Linear = [.. Whole.Linear.Select((h, i) => h + Math.Sqrt(2 + i))],
    };

    private static QirEngine Engine(QuboTerms ising) =>
        new(QaoaCompiler.Compile(new(ising), 2, QSharpCache.Folder, () => false).Circuit);

    private static readonly QaoaAngles Angles = new([0.05, 0.11], [-0.5, -0.2]);

    private static AngleObjective Objective(QaoaObjective kind, double parameter, IQaoaEngine engine) =>
        AngleObjective.Of(
            new()
            {
                Objective = kind,
                CvarAlpha = parameter,
                GibbsEta = parameter,
            },
            engine,
            Deviation(engine)
        );

    private static double Deviation(IQaoaEngine engine) =>
        Math.Sqrt(engine.Costs.Sum(c => c * c) / engine.Costs.Length);

    public static TheoryData<bool> Models => [false, true];

    [Theory, MemberData(nameof(Models))]
    public void Cvar_is_the_mean_of_the_lowest_share(bool distinct)
    {
        using var engine = Engine(distinct ? Distinct : Whole);
        var cost = engine.Prepare(Angles);
        foreach (var alpha in new[] { 1e-3, 0.02, 0.1, 0.37, 0.8, 0.999 })
        {
            var (left, sum) = (alpha, 0.0);
            foreach (var z in Enumerable.Range(0, 1 << N).OrderBy(z => engine.Costs[z]))
            {
                var share = Math.Min(left, engine.Probability(z));
                sum += share * engine.Costs[z];
                left -= share;
            }

            Objective(QaoaObjective.Cvar, alpha, engine).Value(cost).Should().BeApproximately(sum / alpha, 1e-10);
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void Cvar_of_everything_is_the_expectation_and_of_next_to_nothing_the_minimum(bool distinct)
    {
        using var engine = Engine(distinct ? Distinct : Whole);
        var cost = engine.Prepare(Angles);

        Objective(QaoaObjective.Cvar, 1, engine).Value(cost).Should().BeApproximately(cost, 1e-12);
        Objective(QaoaObjective.Cvar, 1e-9, engine).Value(cost).Should().BeApproximately(engine.Costs.Min(), 1e-12);
    }

    [Theory]
    [InlineData(1e-310)]
    [InlineData(1e-150)]
    [InlineData(1e305)]
    public void Gibbs_scales_with_the_costs_to_the_ends_of_a_doubles_range(double scale)
    {
        QuboTerms Scaled(double by) =>
            Distinct with
            {
                Linear = [.. Distinct.Linear.Select(h => h * by)],
                Value = [.. Distinct.Value.Select(w => w * by)],
            };
        double Gibbs(double by, double eta)
        {
            using var engine = Engine(Scaled(by));
            var cost = engine.Prepare(new([0, 0], Angles.Betas));
            var (largest, options) = (engine.Costs.Max(Math.Abs), new QaoaOptions { Objective = QaoaObjective.Gibbs });
            var deviation = largest * Math.Sqrt(engine.Costs.Average(c => c / largest * (c / largest)));
            return AngleObjective.Of(options with { GibbsEta = eta }, engine, deviation).Value(cost) / largest;
        }

        foreach (var eta in new[] { 1e-6, 1, 1000 })
            Gibbs(scale, eta).Should().BeApproximately(Gibbs(1, eta), 1e-9);
    }

    [Fact]
    public void Gibbs_tends_to_the_expectation_and_to_the_minimum()
    {
        using var engine = Engine(Distinct);
        var cost = engine.Prepare(Angles);

        double Gibbs(double eta) => Objective(QaoaObjective.Gibbs, eta, engine).Value(cost);

        Gibbs(1e-6).Should().BeApproximately(cost, 1e-5 * Deviation(engine));
        Gibbs(1000).Should().BeApproximately(engine.Costs.Min(), 0.01 * Deviation(engine));
        Gibbs(1).Should().BeInRange(engine.Costs.Min(), cost).And.BeLessThan(Gibbs(0.1));
    }

    [Theory]
    [InlineData(QaoaObjective.Expectation, 1)]
    [InlineData(QaoaObjective.Cvar, 0.3)]
    [InlineData(QaoaObjective.Cvar, 1)]
    [InlineData(QaoaObjective.Gibbs, 0.7)]
    [InlineData(QaoaObjective.Gibbs, 5)]
    public void Gradients_are_central_differences(QaoaObjective kind, double parameter)
    {
        using var engine = Engine(Distinct);
        var objective = Objective(kind, parameter, engine);
        var (gammaSlopes, betaSlopes) = (new double[2], new double[2]);

        var value = objective.Gradient(Angles, gammaSlopes, betaSlopes);

        value.Should().BeApproximately(At(Angles), 1e-10);
        for (var layer = 0; layer < 2; layer++)
        {
            gammaSlopes[layer].Should().BeApproximately(Difference(step => With(layer, step, 0)), 1e-5);
            betaSlopes[layer].Should().BeApproximately(Difference(step => With(layer, 0, step)), 1e-5);
        }

        double At(QaoaAngles angles) => objective.Value(engine.Prepare(angles));
        double Difference(Func<double, QaoaAngles> moved) => (At(moved(1e-6)) - At(moved(-1e-6))) / 2e-6;
        static QaoaAngles With(int layer, double gamma, double beta) =>
            new(
                [.. Angles.Gammas.Select((g, l) => l == layer ? g + gamma : g)],
                [.. Angles.Betas.Select((b, l) => l == layer ? b + beta : b)]
            );
    }

    [Fact]
    public void Layers_with_angles_0_change_no_state()
    {
        using var engine = Engine(Distinct);
        var one = new QaoaAngles([0.05], [-0.5]);

        engine.Prepare(one.WithLayers(2)).Should().Be(engine.Prepare(one));
    }

    [Fact]
    public void Interpolation_keeps_ends_and_adds_points_between()
    {
        AngleSchedule.Interpolate([0.4, -0.6]).Should().Equal(0.4, 0.4, -0.6, -0.6);
        AngleSchedule.Interpolate([1, 2, -3, -1]).Should().Equal(1, 1.5, 2, -3, -2, -1);
        var longer = AngleSchedule.Interpolate([1, 2, 4, 0, 0, 0]);
        longer.Take(4).Zip([1, 5.0 / 3, 8.0 / 3, 4.0], (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-15);
    }

    [Fact]
    public void Random_points_differ_and_repeat_with_their_seed()
    {
        var random = Xoshiro256.FromSeed(1, "angles");
        var first = AngleSchedule.Random(3, random);

        AngleSchedule.Random(3, random).Should().NotEqual(first);
        AngleSchedule.Random(3, Xoshiro256.FromSeed(1, "angles")).Should().Equal(first);
    }
}
