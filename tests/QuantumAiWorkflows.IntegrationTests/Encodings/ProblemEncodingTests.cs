using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Encodings;

/// <summary>Stored problems as QUBOs.</summary>
public sealed class ProblemEncodingTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task The_default_encoding_has_variables_groups_constraints_and_a_qubo_to_post()
    {
        var id = await StoreAsync(Routes.Tour);

        var reply = (await _client.GetAsync($"/v1/problems/{id}/qubo")).Must(HttpStatusCode.OK);

        reply["problem"]!["id"]!.GetValue<string>().Should().Be(id);
        reply["encoding"]!["penalty"]!["policy"]!.GetValue<string>().Should().Be("verma-lewis");
        reply["variables"]!.AsArray().Should().HaveCount(9);
        reply["variables"]![4]!
            .ToJsonString()
            .Should()
            .Be("""{"index":4,"name":"vehicle 0, position 1: b","kind":"decision","of":null,"weight":1}""");
        reply["groups"]!.AsArray().Should().HaveCount(6);
        reply["constraints"]!
            .AsArray()
            .Select(c => $"{c!["name"]} {c["pattern"]} {c["addedVariables"]}")
            .Should()
            .StartWith("visit[a] oneHot 0")
            .And.HaveCount(6);
        reply["groundStateFeasible"]!.GetValue<bool>().Should().BeTrue();
        var posted = await StoreAsync(reply["qubo"]!.ToJsonString());
        posted.Should().Be(reply["quboId"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_encoding_of_ones_choice_is_applied()
    {
        var id = await StoreAsync(Routes.Tour);

        var reply = (
            await _client.PostAsync(
                $"/v1/problems/{id}/encodings",
                """{"encoding":{"penalty":{"policy":"fixed","values":{"visit":7,"position":9,"position[0,2]":11}}}}"""
            )
        ).Must(HttpStatusCode.OK);

        reply["constraints"]!
            .AsArray()
            .Select(c => c!["penalty"]!.GetValue<double>())
            .Should()
            .Equal(7, 7, 7, 9, 9, 11);
    }

    [Theory]
    [InlineData(Bodies.Small)]
    [InlineData("""{"family":"qubo","ising":{"h":[0.5,0,-1],"j":{"0,1":2}},"offset":3,"sense":"maximize"}""")]
    [InlineData("""{"family":"qubo","qubo":{"0,1":2,"1,1":-1},"labels":["left",7]}""")]
    public async Task A_qubo_is_its_own_encoding(string problem)
    {
        var id = await StoreAsync(problem);

        var reply = (await _client.GetAsync($"/v1/problems/{id}/qubo")).Must(HttpStatusCode.OK);

        reply["quboId"]!.GetValue<string>().Should().Be(id);
        reply["constraints"]!.AsArray().Should().BeEmpty();
        (await StoreAsync(reply["qubo"]!.ToJsonString())).Should().Be(id);
    }

    private async Task<string> StoreAsync(string problem) =>
        (await _client.PostAsync("/v1/problems", problem)).Must(HttpStatusCode.Created).Id();
}
