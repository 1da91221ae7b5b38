namespace QuantumAiWorkflows.EndToEndTests;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_compares_real_solvers_and_ends_with_a_verdict()
    {
        using var data = new TemporaryFolder();
        await using var gateway = GatewayProcess.Launch(data.Path, "--demo=exit");

        (await gateway.ExitAsync()).Should().Be(0, gateway.Output);

        foreach (var solver in new[] { "qaoa", "cp-sat", "tabu", "simulated-annealing", "exhaustive", "random" })
            gateway.Output.Should().Contain($" {solver} ");
        gateway.Output.Split("Verdict:").Should().HaveCount(3, "there is one for each suite");
        var words = string.Join(' ', gateway.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words
            .Should()
            .Contain("qaoa needs 200 qubits")
            .And.Contain("exhaustive takes at most 30 variables, the problem has 200");
    }
}
