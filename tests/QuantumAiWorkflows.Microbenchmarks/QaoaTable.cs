using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Quantum.Simulator;

namespace QuantumAiWorkflows.Microbenchmarks;

/// <summary>
/// One table: what a layer of the state-vector engine takes, against what the machine's multiply-adds alone would take, both
/// measured in this run. 3-regular Max-Cut, p = 6. One core by CPU time, two cores by wall; minimum of the repetitions. Two cores
/// with an L3 cache of their own each have about twice the bandwidth of one, those with a common one about the same: a host may
/// move a virtual machine from the one to the other at any time.
/// </summary>
internal static class QaoaTable
{
    private const int Layers = 6;

    public static void Print(IReadOnlyList<int> sizes, double seconds)
    {
        var (one, two) = (FmaRate(1), FmaRate(2));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"FMA, f64, {(Vector512.IsHardwareAccelerated ? 512 : 256)} bits: one core {one * 1e-9:f1} GFLOP/s, two {two * 1e-9:f1}"
            )
        );
        foreach (var megabytes in new[] { 16, 256 })
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"read and write in place, {megabytes} MB: one core {Bandwidth(megabytes, 1) * 1e-9:f1} GB/s, two {Bandwidth(megabytes, 2) * 1e-9:f1}"
                )
            );
        Console.WriteLine();
        Console.WriteLine(
            "| n | limit, ms | full f64, ms per layer | full / limit | symmetric f64, ms | symmetric / limit | full f32, ms | f64 / f32 | gradient / evaluation | symmetric | one core / two, full | symmetric | bandwidth of two cores / one |"
        );
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var n in sizes)
            Console.WriteLine(Row(n, one, seconds));
    }

    private static string Row(int n, double rate, double seconds)
    {
        var limit = 4.0 * n * (1L << n) / rate;
        var full = Time(n, QaoaPrecision.Double, isSymmetryUsed: false, seconds);
        var half = Time(n, QaoaPrecision.Double, isSymmetryUsed: true, seconds);
        var single = Time(n, QaoaPrecision.Single, isSymmetryUsed: false, seconds);
        var bandwidth = Bandwidth(256, 2) / Bandwidth(256, 1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {n} | {limit * 1e3:f3} | {full.Layer * 1e3:f3} | {full.Layer / limit:f2} | {half.Layer * 1e3:f3} | {half.Layer / limit:f2} | {single.Layer * 1e3:f3} | {full.Layer / single.Layer:f2} | {full.Gradient:f2} | {half.Gradient:f2} | {full.Speedup:f2} | {half.Speedup:f2} | {bandwidth:f2} |"
        );
    }

    /// <returns>CPU seconds per layer, gradient over evaluation, and wall seconds on one core over those on two.</returns>
    private static (double Layer, double Gradient, double Speedup) Time(
        int n,
        QaoaPrecision precision,
        bool isSymmetryUsed,
        double seconds
    )
    {
        var cost = ThreeRegular(n);
        double[] gammas = [.. Enumerable.Range(0, Layers).Select(k => 0.1 + 0.1 * k)];
        double[] betas = [.. Enumerable.Range(0, Layers).Select(k => -0.6 + 0.08 * k)];
        var slopes = new double[2 * Layers];
        double evaluation,
            gradient,
            oneWall,
            twoWall;
        using (var state = QaoaState.Create(n, cost, precision, 1, isSymmetryUsed))
        {
            (evaluation, oneWall) = Minimum(() => state.Prepare(gammas, betas), seconds);
            (gradient, _) = Minimum(
                () => state.Gradient(gammas, betas, null, slopes.AsSpan(0, Layers), slopes.AsSpan(Layers)),
                seconds
            );
        }
        using (var state = QaoaState.Create(n, cost, precision, 2, isSymmetryUsed))
            (_, twoWall) = Minimum(() => state.Prepare(gammas, betas), seconds);
        return (evaluation / Layers, gradient / evaluation, oneWall / twoWall);
    }

    /// <summary>
    /// Least CPU and wall seconds of a call. The CPU clock ticks coarsely beside short calls, so that a repetition makes as
    /// many as take 20 ms.
    /// </summary>
    private static (double Cpu, double Wall) Minimum(Action call, double seconds)
    {
        call();
        var once = Stopwatch.StartNew();
        call();
        var calls = Math.Max(1, (int)(0.02 / once.Elapsed.TotalSeconds));
        var (leastCpu, leastWall) = (double.PositiveInfinity, double.PositiveInfinity);
        var total = Stopwatch.StartNew();
        for (var repetition = 0; repetition < 5 || total.Elapsed.TotalSeconds < seconds; repetition++)
        {
            var (cpu, wall) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            for (var k = 0; k < calls; k++)
                call();
            leastWall = Math.Min(leastWall, Stopwatch.GetElapsedTime(wall).TotalSeconds / calls);
            leastCpu = Math.Min(leastCpu, (Environment.CpuUsage.TotalTime - cpu).TotalSeconds / calls);
        }
        return (leastCpu, leastWall);
    }

    /// <summary>A random 3-regular graph's cut: three random perfect matchings, drawn again where two share an edge.</summary>
    private static List<DiagonalTerm> ThreeRegular(int n)
    {
        var random = Xoshiro256.FromSeed(1, "graph");
        while (true)
        {
            var edges = new HashSet<(int, int)>();
            for (var matching = 0; matching < 3; matching++)
            {
                var order = Enumerable.Range(0, n).ToArray();
                random.Shuffle<int>(order);
                for (var k = 0; k < n; k += 2)
                    edges.Add((Math.Max(order[k], order[k + 1]), Math.Min(order[k], order[k + 1])));
            }
            if (edges.Count == 3 * n / 2)
                return [.. edges.Select(e => new DiagonalTerm(e.Item1, e.Item2, 0.5))];
        }
    }

    /// <summary>Flops per second of multiply-adds in registers: the best of several short bursts.</summary>
    private static double FmaRate(int cores) =>
        Best(
            cores,
            thread =>
            {
                _ = Vector512.IsHardwareAccelerated ? Burst512(BurstLength) : Burst256(BurstLength);
                return BurstLength * 12.0 * 2 * (Vector512.IsHardwareAccelerated ? 8 : 4);
            }
        );

    private const int BurstLength = 5_000_000;

    private static double Bandwidth(int megabytes, int cores)
    {
        var length = megabytes * 1_000_000L / cores / sizeof(double) / 64 * 64;
        using var first = new NativeArray<double>(length);
        using var second = new NativeArray<double>(length);
        return Best(
            cores,
            thread =>
            {
                AddInPlace(thread == 0 ? first : second, length);
                return 2.0 * length * sizeof(double);
            }
        );
    }

    private static double Best(int cores, Func<int, double> work)
    {
        var best = 0.0;
        for (var repetition = 0; repetition < 15; repetition++)
        {
            var (cpu, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            var amounts = new double[cores];
            if (cores == 1)
                amounts[0] = work(0);
            else
                Parallel.For(0, cores, thread => amounts[thread] = work(thread));
            var seconds =
                cores == 1
                    ? (Environment.CpuUsage.TotalTime - cpu).TotalSeconds
                    : Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, amounts.Sum() / seconds);
        }
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddInPlace(NativeArray<double> array, long length)
    {
        var values = array.First;
        for (var i = 0L; i < length; i += 32)
        for (var k = 0; k < 32; k += 8)
            (Vector512.Load(values + i + k) + Vector512.Create(1e-9)).Store(values + i + k);
    }

    // Inlined where its result is not used, it would be dropped.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Burst512(int count)
    {
        var t = Vector512.Create(1e-9);
        var (a, b, c, d, e, f) = (t, t, t, t, t, t);
        var (g, h, i, j, k, l) = (t, t, t, t, t, t);
        for (var n = 0; n < count; n++)
        {
            a = Vector512.MultiplyAddEstimate(t, a, t);
            b = Vector512.MultiplyAddEstimate(t, b, t);
            c = Vector512.MultiplyAddEstimate(t, c, t);
            d = Vector512.MultiplyAddEstimate(t, d, t);
            e = Vector512.MultiplyAddEstimate(t, e, t);
            f = Vector512.MultiplyAddEstimate(t, f, t);
            g = Vector512.MultiplyAddEstimate(t, g, t);
            h = Vector512.MultiplyAddEstimate(t, h, t);
            i = Vector512.MultiplyAddEstimate(t, i, t);
            j = Vector512.MultiplyAddEstimate(t, j, t);
            k = Vector512.MultiplyAddEstimate(t, k, t);
            l = Vector512.MultiplyAddEstimate(t, l, t);
        }
        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double Burst256(int count)
    {
        var t = Vector256.Create(1e-9);
        var (a, b, c, d, e, f) = (t, t, t, t, t, t);
        var (g, h, i, j, k, l) = (t, t, t, t, t, t);
        for (var n = 0; n < count; n++)
        {
            a = Vector256.MultiplyAddEstimate(t, a, t);
            b = Vector256.MultiplyAddEstimate(t, b, t);
            c = Vector256.MultiplyAddEstimate(t, c, t);
            d = Vector256.MultiplyAddEstimate(t, d, t);
            e = Vector256.MultiplyAddEstimate(t, e, t);
            f = Vector256.MultiplyAddEstimate(t, f, t);
            g = Vector256.MultiplyAddEstimate(t, g, t);
            h = Vector256.MultiplyAddEstimate(t, h, t);
            i = Vector256.MultiplyAddEstimate(t, i, t);
            j = Vector256.MultiplyAddEstimate(t, j, t);
            k = Vector256.MultiplyAddEstimate(t, k, t);
            l = Vector256.MultiplyAddEstimate(t, l, t);
        }
        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
