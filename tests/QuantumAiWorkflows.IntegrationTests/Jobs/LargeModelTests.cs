using System.Globalization;
using System.Net;
using System.Text;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>A problem whose model would take an exact solver longer to build than the budget: refused before anything runs.</summary>
public sealed class LargeModelTests : IAsyncLifetime
{
    private const int Variables = 5_000;

    /// <summary>A tenth of all pairs.</summary>
    private const int Edges = 1_249_750;

    // The other tests' service takes no body of this size.
    private readonly Service _service = new(("Qaiw:Limits:BodyBytes", "33554432"));

    private Client Client => _service.Client;

    public async ValueTask InitializeAsync() => await _service.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Exact_solvers_refuse_5000_variables_with_their_build_estimate()
    {
        var stored = await Client.PostBytesAsync("/v1/problems?format=gset", Graph(), "text/plain");
        var id = stored.Must(HttpStatusCode.Created)["id"]!.GetValue<string>();

        await RefusesAsync(id, "cp-sat", "building 1254750 terms takes about 5.019 s, 30 % of the budget are 1.5 s.");
        await RefusesAsync(id, "scip", "building 1254750 terms takes about 12.548 s, 30 % of the budget are 1.5 s.");
    }

    private async Task RefusesAsync(string id, string solver, string reason)
    {
        var reply = await Client.PostAsync(
            "/v1/jobs",
            $$"""{"problemId":"{{id}}","solver":"{{solver}}","budget":{"timeSeconds":5} }"""
        );

        var fault = reply.Must(HttpStatusCode.UnprocessableEntity)["errors"]!
            .AsArray()
            .Should()
            .ContainSingle()
            .Subject!;
        fault["code"]!.GetValue<string>().Should().Be("doesNotFit");
        fault["pointer"]!.GetValue<string>().Should().Be("/solver");
        fault["detail"]!.GetValue<string>().Should().Be($"{solver} does not fit: {reason}");
        fault["limit"]!.GetValue<double>().Should().Be(1.5);
    }

    /// <summary>A ring where each vertex is joined to the next 249 on one side, and 4750 of them to the 250th.</summary>
    private static byte[] Graph()
    {
        var text = new StringBuilder(16 << 20);
        text.Append(CultureInfo.InvariantCulture, $"{Variables} {Edges}\n");
        for (var edge = 0; edge < Edges; edge++)
        {
            var from = edge % Variables;
            text.Append(
                CultureInfo.InvariantCulture,
                $"{from + 1} {(from + 1 + edge / Variables) % Variables + 1} 1\n"
            );
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
