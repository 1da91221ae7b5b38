using System.Diagnostics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.QSharp;

namespace QuantumAiWorkflows.UnitTests.Quantum.QSharp;

/// <summary>The contract with the pinned module: every export in use, with good and bad programs.</summary>
public class QSharpInstanceTests
{
    private static readonly QSharpProgram Ours = QSharpProgram.ForSimulator();

    private static QSharpInstance Instance(long seed = 1, long memoryBytes = QSharpInstance.DefaultMemoryBytes) =>
        new(QSharpCache.Folder, Xoshiro256.FromSeed((ulong)seed, "test"), memoryBytes);

    private static QSharpProgram With(string source) => new([new("Extra.qs", source)], "unrestricted");

    [Fact]
    public void Run_gives_a_value_per_shot()
    {
        using var qsharp = Instance();
        var results = new List<string>();

        qsharp.Run(Ours, "1 + 2", shots: 3, onResult: results.Add);

        results.Should().Equal("3", "3", "3");
    }

    [Fact]
    public void Run_gives_states()
    {
        using var qsharp = Instance();
        string? kets = null;

        qsharp.Run(
            Ours,
            "{ use q = Qubit[2]; X(q[1]); Std.Diagnostics.DumpMachine(); ResetAll(q); }",
            shots: 1,
            onState: state => kets = state.GetRawText()
        );

        kets.Should().Be("""{"|01⟩": [1, 0]}""");
    }

    [Fact]
    public void Same_random_numbers_give_the_same_shots_and_others_give_others()
    {
        static string Shots(long seed)
        {
            using var qsharp = Instance(seed);
            var results = new List<string>();
            qsharp.Run(Ours, "{ use q = Qubit(); H(q); MResetZ(q) }", shots: 60, onResult: results.Add);
            return string.Concat(results);
        }

        Shots(1).Should().Be(Shots(1)).And.NotBe(Shots(2));
    }

    [Fact]
    public void Qir_is_base_profile_text()
    {
        using var qsharp = Instance();

        var qir = qsharp.CompileToQir(QSharpProgram.ForQir("{ use q = Qubit(); H(q); [MResetZ(q)] }"));

        qir.Should().Contain("call void @__quantum__qis__h__body(").And.Contain("\"qir_profiles\"=\"base_profile\"");
    }

    [Fact]
    public void A_name_that_does_not_exist_is_the_compilers_own_error()
    {
        using var qsharp = Instance();

        var run = () => qsharp.Run(Ours, "Missing()", shots: 1);

        run.Should().Throw<QSharpProgramException>().WithMessage("*`Missing` not found*");
    }

    [Fact]
    public void An_error_in_a_program_for_qir_names_its_file()
    {
        using var qsharp = Instance();

        var compile = () => qsharp.CompileToQir(QSharpProgram.ForQir("Missing()"));

        compile.Should().Throw<QSharpProgramException>().WithMessage("Entry.qs: *`Missing` not found*");
    }

    [Fact]
    public void A_failed_precondition_is_its_message()
    {
        using var qsharp = Instance();

        var run = () => qsharp.Run(Ours, "Ising.NewIsingModel([0.5], [(0, 1, 1.0)])", shots: 1);

        run.Should().Throw<QSharpProgramException>().WithMessage("*two different spins from 0 to 0, got 0 and 1*");
    }

    [Fact]
    public void An_instance_survives_a_program_error()
    {
        using var qsharp = Instance();
        var results = new List<string>();

        var bad = () => qsharp.Run(Ours, "Missing()", shots: 1);
        bad.Should().Throw<QSharpProgramException>();
        qsharp.Run(Ours, "2 + 2", shots: 1, onResult: results.Add);

        results.Should().Equal("4");
    }

    [Fact]
    public void A_handler_that_throws_fails_the_call_and_not_the_module()
    {
        using var qsharp = Instance();

        var run = () => qsharp.Run(Ours, "1", shots: 2, onResult: _ => throw new FormatException("mine"));

        run.Should().Throw<InvalidOperationException>().WithInnerException<FormatException>().WithMessage("mine");
    }

    [Fact]
    public void An_endless_loop_is_interrupted()
    {
        using var qsharp = Instance();
        var clock = Stopwatch.StartNew();

        var run = () =>
            qsharp.Run(
                With("operation Forever() : Int { mutable n = 0; while true { n += 1; } n }"),
                "Extra.Forever()",
                shots: 1,
                isOver: () => clock.ElapsedMilliseconds > 600
            );

        run.Should().Throw<QSharpInterruptedException>();
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void An_interrupted_instance_refuses_further_calls_and_leaves_others_alone()
    {
        using var other = Instance();
        using var qsharp = Instance();
        var program = With("operation Forever() : Int { mutable n = 0; while true { n += 1; } n }");
        var polls = 0;
        var interrupted = () => qsharp.Run(program, "Extra.Forever()", shots: 1, isOver: () => polls++ > 5);
        interrupted.Should().Throw<QSharpInterruptedException>();

        var again = () => qsharp.Run(Ours, "1", shots: 1);
        var elsewhere = () => other.Run(Ours, "1", shots: 1);

        again.Should().Throw<ObjectDisposedException>();
        elsewhere.Should().NotThrow();
    }

    [Fact]
    public void Memory_beyond_the_limit_ends_the_call()
    {
        const long limit = 64L << 20;
        using var qsharp = Instance(memoryBytes: limit);

        var run = () =>
            qsharp.Run(
                Ours,
                "{ use q = Qubit[20]; ApplyToEach(H, q); Std.Diagnostics.DumpMachine(); ResetAll(q); }",
                shots: 1
            );

        run.Should().Throw<QSharpMemoryException>().Which.LimitBytes.Should().Be(limit);
    }
}
