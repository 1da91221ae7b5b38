using static QuantumAiWorkflows.IntegrationTests.BadRequests.Sent;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>Estimates of nothing, for machines that nobody knows.</summary>
internal static class BadEstimates
{
    private const string Profiles = "annealer, neutral-atom, photonic, simulator, superconducting, trapped-ion";

    private const string Lists =
        "local, cloud-cpu, cloud-gpu, qpu-seconds-superconducting, qpu-shots-superconducting, qpu-shots-trapped-ion";

    public static IReadOnlyList<BadRequest> All { get; } =
    [
        new(
            "an estimate of nothing",
            Post("/v1/estimates", "{}"),
            400,
            """missingMember /solver: Member "solver" is missing."""
        ),
        new(
            "an estimate without a problem",
            Post("/v1/estimates", """{"solver":"qaoa"}"""),
            400,
            """missingMember /problem: Give exactly one of "problem" and "problemId"."""
        ),
        new(
            "an estimate with a problem given and named",
            Post(
                "/v1/estimates",
                $$"""{"solver":"qaoa","problem":{{Bodies.Small}},"problemId":"sha256:{{new string('0', 64)}}"}"""
            ),
            422,
            """conflict /problem: Give exactly one of "problem" and "problemId"."""
        ),
        new(
            "an estimate of a problem that is not there",
            Post("/v1/estimates", $$"""{"solver":"qaoa","problemId":"sha256:{{new string('0', 64)}}"}"""),
            404,
            $"""notFound: No problem has the id "sha256:{new string('0', 64)}"."""
        ),
        new(
            "an estimate for machines that nobody knows",
            Estimate("\"hardwareProfiles\":[\"abacus\",\"photonic\",\"photonic\"],\"priceLists\":[\"gold\"]"),
            400,
            $"""
unknownValue /hardwareProfiles/0: No hardware profile has this id; known are {Profiles}.
duplicateEntry /hardwareProfiles/2: The hardware profile "photonic" is given twice.
unknownValue /priceLists/0: No price list has this id; known are {Lists}.
"""
        ),
        new(
            "an estimate for no machine",
            Estimate("\"hardwareProfiles\":[]"),
            422,
            """empty /hardwareProfiles: Member "hardwareProfiles" must not be empty. | 0 | 1"""
        ),
        new(
            "an estimate with two numbers of shots",
            Estimate("\"shots\":10,\"budget\":{\"shots\":20}"),
            422,
            """conflict /shots: "shots" and "budget.shots" say the same thing; give one of them."""
        ),
        new(
            "an estimate of certain failure",
            Estimate("\"errorBudget\":1"),
            422,
            "outOfRange /errorBudget: Expected 1E-09 <= errorBudget <= 0.5, got 1. | 1 | 0.5"
        ),
        new(
            "an estimate beyond what the server gives a solve",
            Estimate("\"budget\":{\"timeSeconds\":7200}"),
            422,
            "overLimit /budget/timeSeconds: This server allows timeSeconds up to 3600, got 7200. | 7200 | 3600"
        ),
        new(
            "an estimate with an option that is none",
            Estimate("\"options\":{\"layers\":0}"),
            422,
            "outOfRange /options/layers: Expected 1 <= layers <= 16, got 0. | 0 | 1"
        ),
        new(
            "an estimate with the noise of a machine without gates",
            Estimate("\"options\":{\"noise\":{\"profile\":\"annealer\"}}"),
            400,
            """unknownValue /options/noise/profile: No hardware profile "annealer" with the errors of gates; there are neutral-atom, photonic, superconducting, trapped-ion."""
        ),
        new(
            "an estimate of rings that overlap",
            Estimate("\"options\":{\"variant\":\"xyRing\",\"groups\":[[0,1],[1,2]]}"),
            422,
            "duplicateEntry /options/groups/1/0: Variable 1 is in a group already, at /groups/0/1. | 1"
        ),
        new(
            "a job of rings that overlap",
            Job("\"options\":{\"variant\":\"xyRing\",\"groups\":[[0,1],[1,2]]}"),
            422,
            "duplicateEntry /options/groups/1/0: Variable 1 is in a group already, at /groups/0/1. | 1"
        ),
        new(
            "an estimate of many angles without slopes",
            Estimate("\"options\":{\"variant\":\"multiAngle\",\"executionPath\":\"qsharp-simulator\"}"),
            422,
            "notApplicable /options/executionPath: The variant multiAngle needs slopes, which only the path qsharp-qir gives. | \"qsharp-simulator\""
        ),
        new(
            "a job with noise that its path does not know",
            Job("\"options\":{\"executionPath\":\"qsharp-simulator\",\"noise\":{\"readoutError\":0.1}}"),
            422,
            """notApplicable /options/noise/readoutError: Q#'s own simulator takes pauli and loss only; "readoutError" needs executionPath qsharp-qir."""
        ),
        new(
            "an estimate by a GET",
            Get("/v1/estimates"),
            405,
            "methodNotAllowed: See /swagger for the methods it takes."
        ),
    ];

    private static Sent Estimate(string member) =>
        Post("/v1/estimates", $$"""{"solver":"qaoa","problem":{{Bodies.Small}},{{member}}}""");

    private static Sent Job(string member) =>
        Post("/v1/jobs", $$"""{"solver":"qaoa","problem":{{Bodies.Small}},{{member}}}""");
}
