using System.Globalization;
using QuantumAiWorkflows.Calibration;

// dotnet run -c Release --project tests/QuantumAiWorkflows.Calibration -- routing|qubo [--solver id] [--seeds N] [--seconds N] [--only NAME,NAME]
// dotnet run -c Release --project tests/QuantumAiWorkflows.Calibration [-- judge|pool|gate|qaoa ...] [--suites N] [--seeds N] [--graphs N] [--restarts N]
// ... -- scheduling [--seconds N] [--heuristic-seconds N] [--only NAME,NAME]
// ... -- presolve [--only NAME,NAME]
// ... -- frontier [--solver cp-sat|scip] [--seeds N] [--seconds N] [--only 50x100,60x50]
// ... -- families [--solver ID] [--seconds N] [--only NAME,NAME]
if (args is [Neighbours.Argument])
{
    Neighbours.Run();
    return 0;
}

// Alone, and only when asked for: it needs published data and reports what it finds instead of judging it.
if (args is ["routing" or "qubo", ..])
{
    var isRouting = args[0] == "routing";
    new SeedsExperiment(
        isRouting ? ["tsp", "cvrp", "vrptw"] : ["qubo", "maxcut"],
        Text("--solver", isRouting ? "hybrid-genetic-search" : "tabu"),
        Number("--seeds", 5),
        Number("--seconds", 10),
        Only()
    ).Execute();
    return 0;
}

if (args is ["presolve", ..])
{
    new PresolveExperiment(Only()).Execute();
    return 0;
}

if (args is ["frontier", ..])
{
    new FrontierExperiment(Text("--solver", "cp-sat"), Number("--seeds", 3), Number("--seconds", 10), Only()).Execute();
    return 0;
}

if (args is ["families", ..])
{
    var experiment = new FamiliesExperiment(Text("--solver", "auto"), Number("--seconds", 10), Only());
    experiment.Execute();
    foreach (var line in experiment.Missed)
        Console.WriteLine($"MISSED: {line}");
    return experiment.Missed.Count == 0 ? 0 : 1;
}

var chosen = args.Where(a => a is "judge" or "pool" or "gate" or "qaoa" or "scheduling").ToHashSet();
var missed = new List<string>();
if (Chosen("judge"))
{
    var experiment = new JudgeExperiment(Number("--suites", 1000));
    experiment.Run();
    missed.AddRange(experiment.Missed);
}
if (Chosen("pool"))
{
    var experiment = new PoolExperiment(seeds: Number("--seeds", 120));
    experiment.Run();
    missed.AddRange(experiment.Missed);
}
if (Chosen("gate"))
{
    var experiment = new GateExperiment();
    experiment.Run();
    missed.AddRange(experiment.Missed);
}
if (Chosen("qaoa"))
{
    var experiment = new QaoaExperiment(Number("--graphs", 10), Number("--restarts", 50));
    experiment.Run();
    missed.AddRange(experiment.Missed);
}

// It takes minutes to an hour, so only where it is named.
if (chosen.Contains("scheduling"))
{
    var experiment = new SchedulingExperiment(Number("--seconds", 60), Number("--heuristic-seconds", 10), Only());
    experiment.Execute();
    missed.AddRange(experiment.Missed);
}
foreach (var line in missed)
    Console.WriteLine($"MISSED: {line}");
Console.WriteLine($"CPU seconds: {Environment.CpuUsage.TotalTime.TotalSeconds:F0}");
return missed.Count == 0 ? 0 : 1;

bool Chosen(string section) => chosen.Count == 0 || chosen.Contains(section);

int Number(string option, int otherwise) =>
    Array.IndexOf(args, option) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

string Text(string option, string otherwise) =>
    Array.IndexOf(args, option) is >= 0 and var at ? args[at + 1] : otherwise;

string[] Only() => Text("--only", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
