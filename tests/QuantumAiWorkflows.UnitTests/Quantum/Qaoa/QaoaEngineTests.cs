using System.Numerics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Quantum.Qaoa;

namespace QuantumAiWorkflows.UnitTests.Quantum.Qaoa;

/// <summary>Our engine, Q#'s simulator and closed forms against each other.</summary>
public class QaoaEngineTests
{
    private static readonly QuboTerms OneEdge = new(0, [0, 0], [0], [1], [1]);

    private static QirEngine Ours(QuboTerms ising, int layers) =>
        new(QaoaCompiler.Compile(new(ising), layers, QSharpCache.Folder, () => false).Circuit);

    private static QSharpEngine Theirs(QuboTerms ising) => new(ising, QSharpCache.Folder, () => false, () => false);

    private static QaoaAngles SomeAngles(int layers, long seed)
    {
        var random = Xoshiro256.FromSeed((ulong)seed, "angles");
        double[] Draw(double scale) =>
            [.. Enumerable.Range(0, layers).Select(_ => scale * (2 * random.NextDouble() - 1))];
        return new(Draw(0.3), Draw(1.5));
    }

    [Theory]
    [InlineData(0.4, 0.5)]
    [InlineData(0.4, -0.5)]
    [InlineData(-0.7, 0.2)]
    public void One_edge_has_the_closed_form_sin_4beta_sin_2gamma_everywhere(double gamma, double beta)
    {
        var expected = Math.Sin(4 * beta) * Math.Sin(2 * gamma);
        var angles = new QaoaAngles([gamma], [beta]);
        using var ours = Ours(OneEdge, 1);
        using var theirs = Theirs(OneEdge);

        ours.Prepare(angles).Should().BeApproximately(expected, 1e-12);
        theirs.Prepare(angles).Should().BeApproximately(expected, 1e-12);
        const int shots = 4000;
        var mean = theirs
            .Sample(Xoshiro256.FromSeed(5, "shots"), shots)
            .Sum(c => (c.Index is 0 or 3 ? 1.0 : -1.0) * c.Occurrences / shots);
        // Five standard errors of a mean of signs.
        mean.Should().BeApproximately(expected, 5 * Math.Sqrt((1 - expected * expected) / shots));
    }

    /// <summary>Without fields half of the state is kept.</summary>
    public static TheoryData<int, int, bool> Sizes =>
        new(
            from qubits in Enumerable.Range(1, 12)
            from hasFields in new[] { true, false }
            select (qubits, 1 + qubits % 3, hasFields)
        );

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Our_state_of_the_compiled_circuit_is_Q_sharps_state(int qubits, int layers, bool hasFields)
    {
        var ising = Some.Qubo(qubits, density: 0.7, seed: qubits).Model.ToIsing();
        if (!hasFields)
            ising = ising with { Linear = new double[qubits] };
        var angles = SomeAngles(layers, qubits);
        using var ours = Ours(ising, layers);
        using var theirs = Theirs(ising);

        ours.Prepare(angles).Should().BeApproximately(theirs.Prepare(angles), 1e-9);
        var overlap = Complex.Zero;
        for (var z = 0; z < 1 << qubits; z++)
        {
            overlap += Complex.Conjugate(ours.Amplitude(z)) * theirs.Amplitude(z);
            ours.Probability(z).Should().BeApproximately(theirs.Probability(z), 1e-12);
        }
        overlap.Magnitude.Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void Costs_of_the_compiled_gates_are_the_models_energies()
    {
        var model = Some.Qubo(7, seed: 3).Model;
        var ising = model.ToIsing();
        using var ours = Ours(ising, 1);

        for (var z = 0; z < 1 << 7; z++)
        {
            (ours.Costs[z] + ising.Offset).Should().BeApproximately(model.Energy(Every.Assignment(z, 7)), 1e-9);
        }
    }

    [Fact]
    public void One_layer_has_the_expectation_of_its_defining_sum()
    {
        const int n = 6;
        var model = Some.Qubo(n, density: 0.8, seed: 9).Model;
        var ising = model.ToIsing();
        var (gamma, beta) = (0.11, -0.37);
        using var ours = Ours(ising, 1);

        // <y|exp(-i beta X)|z> = cos^(n-d) (-i sin)^d for d differing bits, written out over all pairs (y, z).
        var expectation = 0.0;
        for (var y = 0; y < 1 << n; y++)
        {
            var amplitude = Complex.Zero;
            for (var z = 0; z < 1 << n; z++)
            {
                var d = BitOperations.PopCount((uint)(y ^ z));
                amplitude +=
                    Complex.Exp(new Complex(0, -gamma * Energy(z)))
                    * Math.Pow(Math.Cos(beta), n - d)
                    * Complex.Pow(new Complex(0, -Math.Sin(beta)), d);
            }
            expectation += Energy(y) * amplitude.Magnitude * amplitude.Magnitude / (1 << n);
        }

        (ours.Prepare(new([gamma], [beta])) + ising.Offset).Should().BeApproximately(expectation, 1e-9);

        double Energy(int z) => model.Energy(Every.Assignment(z, n));
    }

    [Fact]
    public void Compilation_is_remembered_in_memory_and_on_disk()
    {
        // A folder of its own: others compile at the same time.
        var module = Directory.GetFiles(QSharpCache.Folder, "*.cwasm").Single();
        var folder = Directory.CreateTempSubdirectory("qaiw-qir-").FullName;
        File.Copy(module, Path.Combine(folder, Path.GetFileName(module)));
        var expressions = new QaoaExpressions(Some.Qubo(4, seed: 4711).Model.ToIsing());
        (QaoaCircuit Circuit, bool IsCached) Compile() => QaoaCompiler.Compile(expressions, 2, folder, () => false);

        Compile().IsCached.Should().BeFalse();
        Compile().IsCached.Should().BeTrue("memory has it");
        QaoaCompiler.Forget();
        var fromDisk = Compile();
        fromDisk.IsCached.Should().BeTrue("the file has it");

        var file = Directory.GetFiles(Path.Combine(folder, "qir")).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("double 2.0", "double 3.0"));
        QaoaCompiler.Forget();
        var anew = Compile();
        anew.IsCached.Should().BeFalse("the file was altered");
        anew.Circuit.Cost.Should().Equal(fromDisk.Circuit.Cost);
        anew.Circuit.MixerScale.Should().Be(1);
        Directory.Delete(folder, recursive: true);
    }
}
