using System.Runtime.InteropServices;
using QuantumAiWorkflows.SolverHost;

// A terminal sends Ctrl+C to all of its processes, a service manager SIGTERM to all of a service's; how a solve ends is
// the gateway's to say, and a child ends with its pipe.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true);

// Started by the gateway only. `child|desk IN OUT CACHE`: two inherited pipe handles and the cache folder; a child
// solves and warms up for it, a desk answers questions. `compile CACHE`: prepares native modules once, then exits.
switch (args)
{
    case ["child" or "desk", var incoming, var outgoing, var cache]:
        var services = new SolverHostServices(cache);
        using (var pipes = new Pipes(incoming, outgoing))
        {
            if (args[0] == "child")
                WarmUp.Run(services);
            new ChildLoop(pipes, services).Run();
        }
        return 0;
    case ["compile", var cache]:
        return Compilation.Run(cache);
    default:
        Console.Error.WriteLine("The solver host is started by the gateway: child|desk IN OUT CACHE | compile CACHE");
        return 2;
}
