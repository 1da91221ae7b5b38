using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.QSharp;

namespace QuantumAiWorkflows.UnitTests.Quantum.QSharp;

public sealed class QSharpModuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qaiw-module-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Compiled_module_is_ready_and_loads()
    {
        QSharpModule.IsReady(QSharpCache.Folder).Should().BeTrue();
        QSharpToolchain.Availability(QSharpCache.Folder).Should().BeOfType<QSharpAvailability.Available>();
    }

    [Fact]
    public void Empty_folder_is_not_compiled_yet()
    {
        _ = QSharpCache.Folder;

        QSharpToolchain.Availability(_folder).Should().BeOfType<QSharpAvailability.NotCompiledYet>();
        var open = () => new QSharpInstance(_folder, Xoshiro256.FromSeed(1, "test"));
        open.Should().Throw<QSharpModuleException>();
    }

    [Fact]
    public void Altered_file_is_deleted_and_counts_as_absent()
    {
        var good = Directory.GetFiles(QSharpCache.Folder, "*.cwasm").Single();
        var copy = Path.Combine(_folder, Path.GetFileName(good));
        var bytes = File.ReadAllBytes(good);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(copy, bytes);

        QSharpModule.IsReady(_folder).Should().BeFalse();
        File.Exists(copy).Should().BeFalse();
    }

    [Fact]
    public void Whole_copy_in_another_folder_is_as_good()
    {
        var good = Directory.GetFiles(QSharpCache.Folder, "*.cwasm").Single();
        File.Copy(good, Path.Combine(_folder, Path.GetFileName(good)));

        QSharpModule.Compile(_folder);

        QSharpModule.IsReady(_folder).Should().BeTrue();
        Directory.GetFiles(_folder).Should().HaveCount(1, "nothing had to be compiled");
    }
}
