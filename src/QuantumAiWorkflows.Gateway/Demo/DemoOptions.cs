using QuantumAiWorkflows.Gateway.Hosting;

namespace QuantumAiWorkflows.Gateway.Demo;

/// <summary><c>--demo</c>: run the demo and go on serving; <c>--demo=exit</c>: end after the verdict with exit code 0.</summary>
internal enum DemoMode
{
    None,
    Serve,
    Exit,
}

internal static class DemoArguments
{
    /// <summary>The mode and the arguments without it; unknown forms are refused, not ignored.</summary>
    /// <exception cref="SettingsException"><c>--demo</c> has a value other than exit.</exception>
    public static (DemoMode Mode, string[] Others) Take(string[] args)
    {
        var mode = DemoMode.None;
        var rest = new List<string>();
        foreach (var arg in args)
            if (arg == "--demo")
                mode = DemoMode.Serve;
            else if (arg == "--demo=exit")
                mode = DemoMode.Exit;
            else if (arg.StartsWith("--demo", StringComparison.Ordinal))
                throw new SettingsException($"Unknown argument {arg}; known are --demo and --demo=exit.");
            else
                rest.Add(arg);
        return (mode, [.. rest]);
    }
}
