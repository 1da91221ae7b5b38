using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.IntegrationTests.Work;

namespace QuantumAiWorkflows.IntegrationTests.Jobs;

/// <summary>The job member <c>validate</c>: candidates trained, validated and ranked inside the service.</summary>
public sealed class ValidationTests(SharedService service)
{
    private readonly Client _client = service.Client;

    [Fact]
    public async Task Candidates_are_ranked_by_their_validated_score()
    {
        var plan = Tables.Plan("""{"models":["linear","treeEnsemble"],"ablated":1,"addedInAblation":2,"seeds":2}""");

        var job = await _client.SolveAsync(Tables.Job(Tables.Planted(), plan));

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        job["validate"]!["folds"]!.GetValue<int>().Should().Be(3, "the request is echoed");
        var result = job["result"]!;
        var subsets = result["subsets"]!.AsArray();
        subsets.Should().HaveCount(3);
        subsets.Select(s => s!["rank"]!.GetValue<int>()).Should().Equal(1, 2, 3);
        subsets.Select(s => s!["proposedRank"]!.GetValue<int>()).Should().BeEquivalentTo([1, 2, 3]);
        subsets.Select(Score).Should().BeInDescendingOrder();
        subsets.Select(s => s!["features"]!.ToJsonString()).Should().OnlyHaveUniqueItems();
        subsets.Single(s => s!["proposedRank"]!.GetValue<int>() == 1)!["objective"]!
            .GetValue<double>()
            .Should()
            .Be(result["objective"]!.GetValue<double>());
        Score(subsets[0]).Should().BeGreaterThan(0.8, "two features tell the class");
        foreach (var part in new[] { "naive", "optimism", "aboveChance", "models", "ablation" })
            subsets[0]!["validation"]![part].Should().NotBeNull(part);
        subsets[0]!["stability"]!["folds"]!["nogueira"].Should().NotBeNull();
        var validation = result["validation"]!;
        validation["protocol"]!["metric"]!.GetValue<string>().Should().NotBeEmpty();
        validation["leakage"]!["checks"]!.AsArray().Should().NotBeEmpty();
        validation["notDone"].Should().BeNull();
        var metrics = job["metrics"]!["validation"]!;
        metrics["fits"]!.GetValue<int>().Should().BePositive();
        metrics["selections"]!.GetValue<int>().Should().Be(3 + 2 + 2);
        metrics["selectionEvaluations"]!.GetValue<long>().Should().BePositive();
        metrics["cpuSeconds"]!.GetValue<double>().Should().BePositive();
        job["usage"]!["cpuSecond"]!
            .GetValue<double>()
            .Should()
            .BeApproximately(
                job["metrics"]!["cpuSeconds"]!.GetValue<double>() + metrics["cpuSeconds"]!.GetValue<double>(),
                1e-9,
                "training is paid for, too"
            );
        (await _client.JobAsync(job.Id())).ToJsonString().Should().Be(job.ToJsonString());
    }

    [Fact]
    public async Task The_same_request_gives_the_same_result()
    {
        var body = Tables.Job(Tables.Planted(), Tables.Plan("""{"searchCost":true}"""));

        var first = await _client.SolveAsync(body);
        var second = await _client.SolveAsync(body);

        first.State().Should().Be("succeeded", "{0}", first["error"]);
        second["result"]!.ToJsonString().Should().Be(first["result"]!.ToJsonString());
    }

    [Fact]
    public async Task Without_it_the_order_is_said_to_be_no_evidence()
    {
        var job = await _client.SolveAsync(Tables.Job(Tables.Planted(), null));

        job["result"]!["subsets"].Should().BeNull();
        job["result"]!["limitations"]![0]!
            .GetValue<string>()
            .Should()
            .Be(
                "The order of the subsets is by the objective alone, which is no evidence of a model's quality: \"validate\" trains models and ranks the subsets by that."
            );
        (await _client.GetAsync($"/v1/jobs/{job.Id()}/solution?format=csv")).Text.Should().Contain("objective only");
    }

    [Fact]
    public async Task Search_cost_stands_beside_that_of_the_usual_ways()
    {
        var job = await _client.SolveAsync(
            Tables.Job(Tables.Planted(features: 12), Tables.Plan("""{"searchCost":true,"resamples":0}"""))
        );

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        var rows = job["result"]!["validation"]!["searchCost"]!.AsArray();
        rows.Select(r => r!["method"]!.GetValue<string>())
            .Should()
            .Equal("tabu", "greedyForward", "recursiveElimination", "lasso", "random");
        rows.Should().OnlyContain(r => r!["subsetsEvaluated"]!.GetValue<long>() > 0);
        rows.Should().OnlyContain(r => r!["feasible"]!.GetValue<bool>());
        var own = rows[0]!;
        own["reachesScore"]!.GetValue<bool>().Should().BeTrue();
        own["subsetsToObjective"]!.GetValue<long>().Should().BeInRange(1, own["subsetsEvaluated"]!.GetValue<long>());
        own["objective"]!.GetValue<double>().Should().Be(job["result"]!["objective"]!.GetValue<double>());
        foreach (var row in rows)
        {
            row!["score"]!["folds"]!.AsArray().Should().HaveCount(3);
            if (row["subsetsToObjective"] is not null)
                row["objective"]!
                    .GetValue<double>()
                    .Should()
                    .BeApproximately(own["objective"]!.GetValue<double>(), 1e-9);
        }
        var cpu = job["metrics"]!["validation"]!["searchCpuSeconds"]!.AsObject();
        rows.Skip(1).Should().OnlyContain(r => r!["solverAhead"]!["folds"]!.AsArray().Count == 3);
        job["result"]!["validation"]!["advantage"]!["missedByOthers"]!
            .GetValue<bool>()
            .Should()
            .Be(rows.Skip(1).All(r => r!["subsetsToObjective"] is null));
        cpu.Select(m => m.Key).Should().BeEquivalentTo(rows.Select(r => r!["method"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Every_stage_is_in_the_stream_and_the_subsets_are_drawn()
    {
        var job = await _client.SolveAsync(Tables.Job(Tables.Planted(), Tables.Plan()));

        var events = (await _client.GetAsync($"/v1/jobs/{job.Id()}/events")).Text;
        var csv = await _client.GetAsync($"/v1/jobs/{job.Id()}/solution?format=csv");
        var svg = await _client.GetAsync($"/v1/jobs/{job.Id()}/solution?format=svg");

        for (var fold = 1; fold <= 3; fold++)
            events.Should().Contain($"fold {fold} of 3");
        var lines = csv.Text.TrimEnd().Split("\r\n");
        lines.Should().HaveCount(4);
        lines[0].Should().StartWith("rank,rankedBy,size,features,objective");
        lines[1].Should().StartWith("1,").And.NotContain("objective only");
        svg.MediaType.Should().Be("image/svg+xml");
        svg.Text.Should().Contain("Candidate subsets by validated").And.Contain("chance");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("greedy-mrmr")]
    [InlineData("simulated-annealing")]
    [InlineData("cp-sat")]
    public async Task Any_solver_of_the_family_can_be_validated(string solver)
    {
        var job = await _client.SolveAsync(Tables.Job(Tables.Planted(), Tables.Plan(), solver));

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        job["result"]!["subsets"]!.AsArray().Should().HaveCount(3);
    }

    /// <summary>Six features are six bits, and some for the size.</summary>
    [Theory]
    [InlineData("exhaustive")]
    [InlineData("qaoa")]
    public async Task Solvers_of_QUBOs_are_validated_through_the_encoding(string solver)
    {
        await service.RequireAsync(solver);
        var request = JsonNode.Parse(
            Tables.Job(Tables.Planted(), Tables.Plan("""{"folds":2,"resamples":0}"""), solver)
        )!;
        request["budget"] = JsonNode.Parse("""{"cpuSeconds":8,"shots":200}""");

        var job = await _client.SolveAsync(request.ToJsonString());

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        job["result"]!["subsets"]!.AsArray().Should().NotBeEmpty();
        job["metrics"]!["validation"]!["selections"]!.GetValue<int>().Should().Be(2);
    }

    [Fact]
    public async Task The_documented_example_runs_as_it_stands()
    {
        var document = (await _client.GetAsync("/openapi/v1.json")).Must(HttpStatusCode.OK);
        var examples = document["paths"]!["/v1/jobs"]!["post"]!["requestBody"]!["content"]!["application/json"]![
            "examples"
        ]!.AsObject();
        var example = examples.Single(e => e.Key.StartsWith("feature subsets", StringComparison.Ordinal)).Value!;

        var job = await _client.SolveAsync(example["value"]!.ToJsonString());

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        job["result"]!["subsets"]!.AsArray().Should().HaveCount(5);
        job["result"]!["validation"]!["advantage"].Should().NotBeNull();
    }

    [Fact]
    public async Task Fewer_candidates_than_asked_for_are_said_so()
    {
        var problem = Tables.Planted();
        problem["size"] = new JsonObject { ["exactly"] = 1 };
        problem["exclude"] = new JsonArray("x2", "x3", "x4", "x5");

        var job = await _client.SolveAsync(Tables.Job(problem, Tables.Plan("""{"candidates":7}"""), "cp-sat"));

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        job["result"]!["subsets"]!.AsArray().Should().HaveCount(2);
        job["result"]!["limitations"]!
            .ToJsonString()
            .Should()
            .Contain("7 candidate subsets were asked for; the search met 2 that the constraints allow.");
    }

    [Fact]
    public async Task A_problem_without_an_allowed_subset_has_nothing_to_validate()
    {
        var problem = Tables.Planted();
        problem["groups"] = JsonNode.Parse(
            """[{"features":["x0","x1","x2"],"atLeast":2},{"features":["x3","x4","x5"],"atLeast":1}]"""
        );

        var job = await _client.SolveAsync(Tables.Job(problem, Tables.Plan(), "cp-sat"));

        job.State().Should().Be("succeeded");
        job["result"]!["status"]!.GetValue<string>().Should().Be("infeasible");
        job["result"]!["validation"]!["notDone"]!
            .GetValue<string>()
            .Should()
            .Be("The run has no subset that satisfies the constraints: there is nothing to train.");
    }

    [Fact]
    public async Task A_child_that_dies_in_it_costs_the_scores_and_not_the_answer()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are found through /proc.");
        var id = await _client.SubmitAsync(Tables.LongValidation());
        await UntilItTrainsAsync(id);
        await Children.KillAsync(service, "child");

        var job = await _client.EndAsync(id);

        job.State().Should().Be("failed");
        job["error"]!
            .ToJsonString()
            .Should()
            .Be(
                """{"code":"validationFailed","message":"The answer stands, but its validation did not come to its end: The solver process ended with exit code 137.","retryable":true}"""
            );
        IsAnswered(job);
        job["result"]!["limitations"]!.ToJsonString().Should().Contain("no evidence").And.Contain("exit code 137");
        (await _client.SolveAsync(Bodies.Job(Bodies.Small, "exhaustive"))).State().Should().Be("succeeded");
    }

    [Fact]
    public async Task A_child_that_dies_in_the_comparison_costs_no_score()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are found through /proc.");
        var id = await _client.SubmitAsync(
            Tables.Job(
                Tables.Planted(rows: 400, features: 200),
                Tables.Plan("""{"folds":5,"repeats":2,"resamples":0,"searchCost":true}""")
            )
        );
        await UntilItTrainsAsync(id, "validation: search cost: greedyForward");
        await Children.KillAsync(service, "child");

        var job = await _client.EndAsync(id);

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        job["result"]!["subsets"]!.AsArray().Should().HaveCount(3).And.OnlyContain(s => Score(s) > 0.5);
        var validation = job["result"]!["validation"]!;
        validation["searchCost"]!
            .AsArray()
            .Select(r => r!["method"]!.GetValue<string>())
            .Should()
            .StartWith(["tabu"])
            .And.NotContain("random", "it was killed in a method before the last");
        validation["advantage"].Should().BeNull();
        job["result"]!["limitations"]!.ToJsonString().Should().Contain("The comparison of search costs did not come");
    }

    [Fact]
    public async Task A_solver_of_random_subsets_is_compared_with_the_others()
    {
        var job = await _client.SolveAsync(
            Tables.Job(Tables.Planted(), Tables.Plan("""{"searchCost":true,"resamples":0}"""), "random", 200)
        );

        job.State().Should().Be("succeeded", "{0}", job["error"]);
        var validation = job["result"]!["validation"]!;
        validation["searchCost"]!
            .AsArray()
            .Select(r => r!["method"]!.GetValue<string>())
            .Should()
            .Equal("random", "greedyForward", "recursiveElimination", "lasso");
        validation["advantage"].Should().NotBeNull();
    }

    [Fact]
    public async Task A_cancel_ends_it_and_keeps_the_answer()
    {
        var id = await _client.SubmitAsync(Tables.LongValidation());
        await UntilItTrainsAsync(id);
        await _client.CancelAsync(id);

        var job = await _client.EndAsync(id);

        job.State().Should().Be("cancelled");
        job["error"].Should().BeNull();
        IsAnswered(job);
        job["result"]!["validation"]!["notDone"]!.GetValue<string>().Should().Be("It was cancelled.");
    }

    [Fact]
    public async Task Its_own_limit_of_CPU_time_ends_it_and_keeps_the_answer()
    {
        var request = JsonNode.Parse(Tables.LongValidation())!;
        request["validate"]!["cpuSeconds"] = 1;

        var job = await _client.SolveAsync(request.ToJsonString());

        job.State().Should().Be("failed");
        job["error"]!["code"]!.GetValue<string>().Should().Be("validationFailed");
        job["error"]!["retryable"]!.GetValue<bool>().Should().BeFalse();
        job["error"]!["message"]!
            .GetValue<string>()
            .Should()
            .EndWith("It needs more than its 1 CPU seconds (validate.cpuSeconds).");
        IsAnswered(job);
    }

    [Fact]
    public async Task An_erased_job_leaves_no_name_of_a_feature()
    {
        var job = await _client.SolveAsync(Tables.Job(Tables.Planted(), Tables.Plan()));
        var run = $"/v1/runs?job={job.Id()}";
        (await _client.GetAsync(run)).Text.Should().Contain("\"x0\"");

        (await _client.DeleteAsync($"/v1/jobs/{job.Id()}")).Status.Should().Be(HttpStatusCode.NoContent);

        (await _client.GetAsync(run)).Text.Should().NotContain("\"x0\"").And.Contain("\"fits\"");
    }

    [Fact]
    public async Task A_suite_takes_none()
    {
        var suite = new JsonObject
        {
            ["name"] = "subsets",
            ["instances"] = new JsonArray(new JsonObject { ["name"] = "a", ["problem"] = Tables.Planted() }),
            ["solvers"] = new JsonArray(new JsonObject { ["id"] = "tabu", ["validate"] = Tables.Plan() }),
            ["seeds"] = new JsonArray(1),
        };

        var fault = (await _client.PostAsync("/v1/benchmarks", suite.ToJsonString())).Must(HttpStatusCode.BadRequest)[
            "errors"
        ]![0]!;

        fault["code"]!.GetValue<string>().Should().Be("unknownMember");
        fault["pointer"]!.GetValue<string>().Should().Be("/solvers/0/validate");
    }

    private static void IsAnswered(JsonNode job)
    {
        var result = job["result"]!;
        result["verified"]!.GetValue<bool>().Should().BeTrue();
        result["feasible"]!.GetValue<bool>().Should().BeTrue();
        result["solution"]!["features"]!.AsArray().Should().HaveCount(2);
        result["subsets"].Should().BeNull("nothing was ranked");
    }

    private static double Score(JsonNode? subset) => subset!["validation"]!["score"]!["mean"]!.GetValue<double>();

    /// <summary>Waits until the job's stream speaks of its validation.</summary>
    private async Task UntilItTrainsAsync(string id, string stage = "validation: fold")
    {
        using var response = await _client.OpenAsync($"/v1/jobs/{id}/events");
        using var reader = new StreamReader(
            await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken),
            Encoding.UTF8
        );
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.Contains(stage, StringComparison.Ordinal))
                return;
        throw new InvalidOperationException($"The stream ended without {stage}.");
    }
}
