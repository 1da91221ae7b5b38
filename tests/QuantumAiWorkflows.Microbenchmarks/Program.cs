using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using QuantumAiWorkflows.Microbenchmarks;

// qaoa-table [n ...]: the state-vector engine against the machine's arithmetic. Else BenchmarkDotNet.
if (args is ["qaoa-table", .. var sizes])
{
    QaoaTable.Print(
        sizes.Length > 0 ? [.. sizes.Select(n => int.Parse(n, CultureInfo.InvariantCulture))] : [16, 20, 22, 24],
        seconds: 2
    );
    return 0;
}

// It builds the product once more for the process that it measures: on a slow machine that is longer than its own two minutes.
var config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10));
var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
return summaries.All(s => s.Reports.All(r => r.Success)) ? 0 : 1;
