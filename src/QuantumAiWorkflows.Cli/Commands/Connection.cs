using System.CommandLine;
using QuantumAiWorkflows.Cli.Http;
using QuantumAiWorkflows.Cli.Local;

namespace QuantumAiWorkflows.Cli.Commands;

/// <summary>The options that say which service a command talks to.</summary>
internal sealed class ConnectionOptions
{
    private const string Variable = "QAIW_SERVER";
    private const string Default = "http://127.0.0.1:5080";

    private readonly Option<string?> _server = new("--server")
    {
        Description = $"Address of the service; by default ${Variable}, else {Default}.",
        HelpName = "URL",
    };

    private readonly Option<bool> _local = new("--local")
    {
        Description = "Start a gateway of its own on a free loopback port, and stop it at the end.",
    };

    private readonly Option<string?> _gateway = new("--gateway")
    {
        Description =
            $"With --local: the gateway's folder or program; by default ${GatewayProgram.Variable}, else gateway/ beside this tool, else a checkout's build.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _dataDirectory = new("--data-directory")
    {
        Description = "With --local: where the gateway keeps its data; by default a temporary folder.",
        HelpName = "DIR",
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _server, _local, _gateway, _dataDirectory })
            command.Options.Add(option);
    }

    /// <exception cref="StopException">Options that exclude each other, or no address.</exception>
    public async Task<Connection> OpenAsync(ParseResult arguments, Screen screen, CancellationToken cancellation)
    {
        var given = arguments.GetValue(_server);
        if (arguments.GetValue(_local))
        {
            if (given is not null)
                throw StopException.Usage("--server and --local exclude each other.");
            var gateway = await LocalGateway.StartAsync(
                arguments.GetValue(_gateway),
                arguments.GetValue(_dataDirectory),
                screen,
                cancellation
            );
            return new(new Server(gateway.Address, screen), gateway);
        }
        foreach (
            var (option, value) in new[]
            {
                ("--gateway", arguments.GetValue(_gateway)),
                ("--data-directory", arguments.GetValue(_dataDirectory)),
            }
        )
            if (value is not null)
                throw StopException.Usage($"{option} belongs to --local.");
        var configured = Environment.GetEnvironmentVariable(Variable);
        var text = given ?? (string.IsNullOrEmpty(configured) ? Default : configured);
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new(new Server(address, screen), null)
            : throw StopException.Usage($"--server {text}: expected an address such as {Default}.");
    }
}

/// <summary>A service to talk to, and the gateway behind it where this command has started one.</summary>
internal sealed record Connection(Server Server, LocalGateway? Gateway) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        Server.Dispose();
        if (Gateway is not null)
            await Gateway.DisposeAsync();
    }
}
