using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace QuantumAiWorkflows.EndToEndTests.CommandLine;

/// <summary><c>qaiw</c> as a script runs it: a process of its own with redirected output.</summary>
public sealed partial class CliProcess : IAsyncDisposable
{
    private const int SigInt = 2;

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private CliProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Keep(_out, e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(_error, e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static string RepositoryFolder { get; } = Path.GetFullPath(Metadata("RepositoryFolder"));

    /// <summary>Where the tests keep the compiled Q# module: no run has to make it again.</summary>
    public static string QSharpCache { get; } = Path.Combine(RepositoryFolder, "artifacts", "qsharp-cache");

    public int Id => _process.Id;

    public string Out => Text(_out);

    public string Error => Text(_error);

    /// <summary>Both, for the message of a test that fails.</summary>
    public string Everything => $"{Out}\n{Error}";

    public static CliProcess Start(params string[] arguments) => Start("", [], arguments);

    /// <param name="input">What standard input holds.</param>
    public static CliProcess Start(string input, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
            ArgumentList = { "exec", Metadata("CliPath") },
            Environment =
            {
                ["XDG_DATA_HOME"] = Path.Combine(RepositoryFolder, "artifacts"),
                // For a gateway that it starts over a data directory of its own.
                ["Qaiw__CacheDirectory"] = QSharpCache,
                // What this machine has must not decide what a test sees.
                ["QAIW_SERVER"] = "",
                ["QAIW_GATEWAY"] = "",
                ["QAIW_DATA_SETS"] = "",
            },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = new CliProcess(start);
        process._process.StandardInput.Write(input);
        process._process.StandardInput.Close();
        return process;
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<CliProcess> RunAsync(params string[] arguments) => RunAsync("", [], arguments);

    /// <inheritdoc cref="Start(string, ValueTuple{string, string}[], string[])"/>
    public static async Task<CliProcess> RunAsync(
        string input,
        (string Name, string Value)[] environment,
        params string[] arguments
    )
    {
        var process = Start(input, environment, arguments);
        await process.ExitAsync();
        return process;
    }

    public async Task<int> ExitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(300));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException e)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"qaiw did not end: {Everything}", e);
        }
        // Its last lines have arrived, too.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void ShouldExitWith(int code) => _process.ExitCode.Should().Be(code, Everything);

    /// <summary>Ctrl+C.</summary>
    public void Interrupt() => Signal(_process.Id, SigInt).Should().Be(0);

    /// <summary>kill -9, of this process alone.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private static string Metadata(string key) =>
        Assembly
            .GetExecutingAssembly()
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(a => a.Key == key)
            .Value!;

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is null)
            return;
        lock (text)
            text.AppendLine(line);
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int pid, int signal);
}
