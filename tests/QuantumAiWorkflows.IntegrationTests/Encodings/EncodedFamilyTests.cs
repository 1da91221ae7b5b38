using System.Net;

namespace QuantumAiWorkflows.IntegrationTests.Encodings;

/// <summary>A problem of each family with an encoding, as a QUBO through HTTP, against what its own exact solver proves.</summary>
public sealed class EncodedFamilyTests(SharedService service)
{
    private readonly Client _client = service.Client;

    private const string Shop = """
        {"family":"scheduling","resources":[{"id":"m1"},{"id":"m2"}],
         "jobs":[
          {"id":"a","tasks":[{"id":"a1","modes":[{"duration":1,"uses":{"m1":1}}]},{"id":"a2","after":["a1"],"modes":[{"duration":1,"uses":{"m2":1}}]}]},
          {"id":"b","tasks":[{"id":"b1","modes":[{"duration":1,"uses":{"m2":1}}]},{"id":"b2","after":["b1"],"modes":[{"duration":2,"uses":{"m1":1}}]}]}]}
        """;

    private const string Crew = """
        {"family":"roster","days":3,"shifts":[{"id":"E","minutes":480},{"id":"L","minutes":480,"cannotBeFollowedBy":["E"]}],
         "staff":[{"id":"A","maxConsecutiveShifts":2,"shiftOnRequests":[{"day":0,"shift":"L","weight":2}]},{"id":"B","daysOff":[1]}],
         "cover":[{"day":0,"shift":"L","required":1,"weightUnder":5,"weightOver":5},{"day":1,"shift":"E","required":1,"weightUnder":5,"weightOver":5}]}
        """;

    private const string Features = """
        {"family":"feature-selection","alpha":1,"size":{"atMost":3},
         "scores":{"names":["a","b","c","d","e"],"relevance":[4,3,2,1,2],"redundancy":{"row":[0,0,1],"col":[1,2,2],"value":[3,1,1]}},
         "costs":{"a":0.5,"b":0.25,"e":1},"budget":1}
        """;

    [Theory]
    [InlineData("scheduling", Shop, "exhaustive", "{\"penalty\":{\"policy\":\"objective-range\"},\"horizon\":4}")]
    [InlineData("scheduling", Shop, "qaoa", "{\"horizon\":4,\"repair\":\"default\"}")]
    [InlineData("roster", Crew, "exhaustive", "{\"penalty\":{\"policy\":\"objective-range\"}}")]
    [InlineData("roster", Crew, "tabu", "{}")]
    [InlineData("feature-selection", Features, "exhaustive", "{\"penalty\":{\"policy\":\"objective-range\"}}")]
    [InlineData("feature-selection", Features, "qaoa", "{\"repair\":\"default\"}")]
    public async Task A_solver_of_qubos_reaches_the_proven_optimum(
        string family,
        string problem,
        string solver,
        string encoding
    )
    {
        await service.RequireAsync(solver);
        var proven = await _client.SolveAsync(Bodies.Job(problem, "cp-sat", "\"budget\":{\"cpuSeconds\":10}"));
        proven["result"]!["status"]!.GetValue<string>().Should().Be("optimal");

        var job = await _client.SolveAsync(
            Bodies.Job(
                problem,
                solver,
                $"\"encoding\":{encoding},\"seed\":5,\"budget\":{(solver == "tabu" ? "{\"evaluations\":100000}" : "{\"cpuSeconds\":20,\"shots\":2048}")}"
            )
        );

        job.State().Should().Be("succeeded", job.ToJsonString());
        job["result"]!["feasible"]!.GetValue<bool>().Should().BeTrue(job.ToJsonString());
        job["result"]!["objective"]!
            .GetValue<double>()
            .Should()
            .BeApproximately(proven["result"]!["objective"]!.GetValue<double>(), 1e-9, job["metrics"]!.ToJsonString());
        if (solver == "exhaustive")
        {
            job["metrics"]!["encoding"]!["groundStateFeasible"]!.GetValue<bool>().Should().BeTrue();
            job["result"]!["status"]!.GetValue<string>().Should().Be("optimal", $"{family}: all its numbers are whole");
        }
    }

    [Fact]
    public async Task A_stored_schedule_shows_its_starts_and_constraints()
    {
        var id = (await _client.PostAsync("/v1/problems", Shop)).Must(HttpStatusCode.Created)["id"]!.GetValue<string>();

        var shown = (await _client.PostAsync($"/v1/problems/{id}/encodings", "{\"encoding\":{\"horizon\":5}}")).Must(
            HttpStatusCode.OK
        );

        shown["variables"]![0]!["name"]!.GetValue<string>().Should().Be("at 0: a1");
        shown["groups"]!
            .AsArray()
            .Select(g => g!["kind"]!.GetValue<string>())
            .Distinct()
            .Should()
            .Equal("start", "completion");
        shown["constraints"]!
            .AsArray()
            .Select(c => c!["pattern"]!.GetValue<string>())
            .Distinct()
            .Should()
            .BeEquivalentTo("oneHot", "pairs");
    }
}
