using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.QSharp;

namespace QuantumAiWorkflows.UnitTests.Quantum.QSharp;

/// <summary>Runs every @Test() operation of the Q# sources.</summary>
public class QSharpTestsTests
{
    public static TheoryData<string> Names =>
        [
            .. QSharpToolchain.Sources.SelectMany(source =>
                source
                    .Text.Split("@Test()")
                    .Skip(1)
                    .Select(after => after.Split(['\n', ' ', '('], StringSplitOptions.RemoveEmptyEntries))
                    .Select(words => $"{Path.GetFileNameWithoutExtension(source.Name)}.{words[1]}")
            ),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Passes_in_Microsofts_simulator(string name)
    {
        using var qsharp = new QSharpInstance(QSharpCache.Folder, Xoshiro256.FromSeed(7, name));

        var run = () => qsharp.Run(QSharpProgram.ForTests(), $"{name}()", shots: 1);

        run.Should().NotThrow();
    }

    [Fact]
    public void There_are_tests_to_find() =>
        Names
            .Select(row => row.Data)
            .Should()
            .HaveCountGreaterThan(8)
            .And.Contain("Tests.One_coupling_has_its_closed_form");
}
