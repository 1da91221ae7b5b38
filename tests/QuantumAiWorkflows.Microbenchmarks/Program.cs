using System.Globalization;
using QuantumAiWorkflows.Microbenchmarks;

// qaoa-table [n ...]: the state-vector engine against the machine's arithmetic. Else BenchmarkDotNet.
if (args is ["qaoa-table", .. var sizes])
    QaoaTable.Print(
        sizes.Length > 0 ? [.. sizes.Select(n => int.Parse(n, CultureInfo.InvariantCulture))] : [16, 20, 22, 24],
        seconds: 2
    );
else
    BenchmarkDotNet.Running.BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
