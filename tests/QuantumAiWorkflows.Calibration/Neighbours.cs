using System.Diagnostics;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Calibration;

/// <summary>
/// Another process that keeps every core busy, half of its threads annealing and half of them streaming through memory:
/// the load that comes and goes on a machine that others use too.
/// </summary>
internal static class Neighbours
{
    /// <summary>The argument that makes this program the neighbour.</summary>
    public const string Argument = "neighbours";

    private const string Ready = "ready";

    public static T Beside<T>(Func<T> measure)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var neighbour = Process.Start(start)!;
        try
        {
            if (neighbour.StandardOutput.ReadLine() != Ready)
                throw new InvalidOperationException("The neighbour process did not start.");
            return measure();
        }
        finally
        {
            neighbour.StandardInput.Close();
            neighbour.WaitForExit();
        }
    }

    /// <summary>Until standard input ends, as it does when the experiment ends, however it ends.</summary>
    public static void Run()
    {
        for (var thread = 0; thread < Environment.ProcessorCount; thread++)
            new Thread(thread % 2 == 0 ? Anneal : Stream) { IsBackground = true }.Start();
        Console.WriteLine(Ready);
        Console.In.ReadToEnd();
    }

    private static void Anneal()
    {
        var instance = RealRuns.Instances(1, 250)[0];
        for (var seed = 1; ; seed++)
            RealRuns.Run(instance, "neighbour", 400, new SolveBudget { Evaluations = 1_000_000 }, seed);
    }

    private static void Stream()
    {
        var memory = new double[1 << 22];
        for (var step = 0; ; step++)
        for (var i = 0; i < memory.Length; i++)
            memory[i] = 0.999 * memory[i] + step;
    }
}
