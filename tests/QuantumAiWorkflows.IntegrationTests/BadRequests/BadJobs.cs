using QuantumAiWorkflows.IntegrationTests.Encodings;
using static QuantumAiWorkflows.IntegrationTests.BadRequests.Sent;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>Jobs whose members are out of range, and jobs that are in no state for what is asked of them.</summary>
internal static class BadJobs
{
    public static IReadOnlyList<BadRequest> All { get; } =
    [
        new(
            "a solver that nobody knows",
            Post("/v1/jobs", Bodies.Job(Bodies.Small, "oracle")),
            422,
            """unknownSolver /solver: No solver "oracle"; known are {solvers}."""
        ),
        new(
            "options for a solver that is still to be chosen",
            Post("/v1/jobs", Bodies.Job(Routes.Tour, "auto", "\"options\":{}")),
            422,
            """notApplicable /options: Options belong to a solver, and with "auto" it is not known which takes this routing problem; name the solver."""
        ),
        new(
            "an option that auto does not have",
            Post("/v1/jobs", Bodies.Job(Bodies.Small, "auto", "\"options\":{\"tenure\":3}")),
            400,
            """unknownMember /options/tenure: Unknown member "tenure"; known are race, proof."""
        ),
        new(
            "an option that the solver does not have",
            Job("\"options\":{\"tenure\":3}"),
            400,
            """unknownMember /options/tenure: Unknown member "tenure"; known are samples."""
        ),
        new(
            "an option out of range",
            Job("\"options\":{\"samples\":0}"),
            422,
            "outOfRange /options/samples: Expected 1 <= samples <= 1000000000, got 0. | 0 | 1"
        ),
        new(
            "an option of the wrong type",
            Job("\"options\":{\"samples\":\"all\"}"),
            400,
            "wrongType /options/samples: Expected a number, got a string. | \"all\""
        ),
        new(
            "options that are an array",
            Job("\"options\":[]"),
            400,
            "wrongType /options: Expected an object, got an array."
        ),
        new(
            "a sub-solver that nobody knows",
            Hybrid("\"subSolver\":\"oracle\""),
            422,
            """unknownSolver /options/subSolver: No solver "oracle"; known are {subSolvers}."""
        ),
        new(
            "a decomposition within a decomposition",
            Hybrid("\"subSolver\":\"hybrid-decomposition\""),
            422,
            "notApplicable /options/subSolver: hybrid-decomposition hands sub-problems to other solvers itself; name one that works alone."
        ),
        new(
            "an option that the sub-solver does not have",
            Hybrid("\"subSolver\":\"tabu\",\"subOptions\":{\"layers\":2}"),
            400,
            """unknownMember /options/subOptions/layers: Unknown member "layers"; known are tenure, patience, rounds, elites."""
        ),
        new(
            "an option of the sub-solver out of range",
            Hybrid("\"subSolver\":\"tabu\",\"subOptions\":{\"tenure\":0}"),
            422,
            "outOfRange /options/subOptions/tenure: Expected 1 <= tenure <= 1000000, got 0. | 0 | 1"
        ),
        new(
            "a sub-problem too large for the sub-solver",
            Hybrid("\"subSolver\":\"exhaustive\",\"subProblemSize\":31", Bodies.Dense(40)),
            422,
            "doesNotFit /solver: hybrid-decomposition hands sub-problems to exhaustive, which does not take them: "
                + "exhaustive takes at most 30 variables, the problem has 31. | 31 | 30"
        ),
        new(
            "a problem too large for exhaustive",
            Post("/v1/jobs", Bodies.Job(Bodies.Dense(31), "exhaustive")),
            422,
            "doesNotFit /solver: exhaustive takes at most 30 variables, the problem has 31. | 31 | 30"
        ),
        new(
            "a problem too large for exhaustive's budget",
            Post("/v1/jobs", Bodies.Job(Bodies.Dense(24), "exhaustive", "\"budget\":{\"timeSeconds\":0.001}")),
            422,
            "doesNotFit /solver: exhaustive needs about 0.017 s for 16777216 assignments, the budget allows 0.001 s. | 0.016777216 | 0.001"
        ),
        new(
            "deterministic seconds for a solver without them",
            Job("\"budget\":{\"deterministicSeconds\":1}"),
            422,
            "doesNotFit /solver: random does not count deterministicSeconds; only cp-sat does."
        ),
        new(
            "an encoding where there is nothing to encode",
            Job("\"encoding\":{}"),
            422,
            "notApplicable /encoding: The solver takes this problem as it is: there is nothing to encode."
        ),
        new(
            "an initial solution for a solver that takes none",
            Job("\"initialSolution\":{\"values\":[0,0,0]}"),
            422,
            "notApplicable /initialSolution: random does not start from a given answer; solvers with acceptsInitialSolution do."
        ),
        new(
            "a quantum baseline",
            Job("\"baseline\":\"qaoa\""),
            422,
            "notApplicable /baseline: qaoa is a quantum solver; a classical one is asked for here."
        ),
        new(
            "a baseline that nobody knows",
            Job("\"baseline\":\"oracle\""),
            422,
            """unknownSolver /baseline: No solver "oracle"; known are {solvers}."""
        ),
        new(
            "a seed below 0",
            Job("\"seed\":-1"),
            422,
            "outOfRange /seed: Expected 0 <= seed <= 9007199254740991, got -1. | -1 | 0"
        ),
        new(
            "a seed of 2^53",
            Job("\"seed\":9007199254740992"),
            422,
            "outOfRange /seed: Expected 0 <= seed <= 9007199254740991, got 9007199254740992. | 9007199254740992 | 9007199254740991"
        ),
        new(
            "a seed beyond 64 bits",
            Job("\"seed\":1e30"),
            422,
            "outOfRange /seed: 1e30 does not fit; write it as a plain integer of at most 9223372036854775807. | \"1e30\""
        ),
        new("half a seed", Job("\"seed\":0.5"), 400, "wrongType /seed: Expected a whole number, got 0.5. | 0.5"),
        new(
            "a seed in quotes",
            Job("\"seed\":\"7\""),
            400,
            "wrongType /seed: Expected a number, got a string. | \"7\""
        ),
        new(
            "priority 10",
            Job("\"priority\":10"),
            422,
            "outOfRange /priority: Expected 0 <= priority <= 9, got 10. | 10 | 9"
        ),
        new(
            "priority -1",
            Job("\"priority\":-1"),
            422,
            "outOfRange /priority: Expected 0 <= priority <= 9, got -1. | -1 | 0"
        ),
        new(
            "priority null",
            Job("\"priority\":null"),
            400,
            """wrongType /priority: Member "priority" must not be null."""
        ),
        new(
            "a budget of no time",
            Job("\"budget\":{\"timeSeconds\":0}"),
            422,
            "outOfRange /budget/timeSeconds: Expected 0.001 <= timeSeconds <= 86400, got 0. | 0 | 0.001"
        ),
        new(
            "a budget of negative time",
            Job("\"budget\":{\"cpuSeconds\":-1}"),
            422,
            "outOfRange /budget/cpuSeconds: Expected 0.001 <= cpuSeconds <= 86400, got -1. | -1 | 0.001"
        ),
        new(
            "a budget of 1e999 seconds",
            Job("\"budget\":{\"timeSeconds\":1e999}"),
            422,
            "notFinite /budget/timeSeconds: 1e999 is beyond the range of a double (1.8e308). | \"1e999\""
        ),
        new(
            "a budget over the server's ceiling",
            Job("\"budget\":{\"timeSeconds\":3601}"),
            422,
            "overLimit /budget/timeSeconds: This server allows timeSeconds up to 3600, got 3601. | 3601 | 3600"
        ),
        new(
            "memory over the server's ceiling",
            Job("\"budget\":{\"memoryMegabytes\":4097}"),
            422,
            "overLimit /budget/memoryMegabytes: This server allows memoryMegabytes up to 4096, got 4097. | 4097 | 4096"
        ),
        new(
            "memory below the least",
            Job("\"budget\":{\"memoryMegabytes\":1}"),
            422,
            "outOfRange /budget/memoryMegabytes: Expected 16 <= memoryMegabytes <= 1000000, got 1. | 1 | 16"
        ),
        new(
            "no evaluations",
            Job("\"budget\":{\"evaluations\":0}"),
            422,
            "outOfRange /budget/evaluations: Expected 1 <= evaluations <= 9000000000000000, got 0. | 0 | 1"
        ),
        new(
            "half an evaluation",
            Job("\"budget\":{\"evaluations\":1.5}"),
            400,
            "wrongType /budget/evaluations: Expected a whole number, got 1.5. | 1.5"
        ),
        new(
            "no threads",
            Job("\"budget\":{\"threads\":0}"),
            422,
            "outOfRange /budget/threads: Expected 1 <= threads <= 256, got 0. | 0 | 1"
        ),
        new(
            "a cost of nothing",
            Job("\"budget\":{\"maxCost\":0}"),
            422,
            "outOfRange /budget/maxCost: Expected 0 < maxCost <= 1000000000, got 0. | 0 | 0"
        ),
        new(
            "a deadline in the past",
            Job("\"budget\":{\"deadlineSeconds\":-5}"),
            422,
            "outOfRange /budget/deadlineSeconds: Expected 0.001 <= deadlineSeconds <= 604800, got -5. | -5 | 0.001"
        ),
        new(
            "a budget that is a number",
            Job("\"budget\":5"),
            400,
            "wrongType /budget: Expected an object, got a number. | 5"
        ),
        new(
            "a tag that is a number",
            Job("\"tags\":{\"run\":1}"),
            400,
            "wrongType /tags/run: Expected a string, got a number. | 1"
        ),
        new(
            "a tag without a name",
            Job("\"tags\":{\"\":\"x\"}"),
            422,
            "overLimit /tags: At most 20 tags, with names of 1 to 64 and values of at most 256 characters."
        ),
        new(
            "21 tags",
            Job($"\"tags\":{{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"t{i}\":\"\""))}}}"),
            422,
            "overLimit /tags: At most 20 tags, with names of 1 to 64 and values of at most 256 characters."
        ),
        new(
            "more samples than are returned",
            Job("\"return\":{\"samples\":1001}"),
            422,
            "outOfRange /return/samples: Expected 0 <= samples <= 1000, got 1001. | 1001 | 1000"
        ),
        new(
            "a problem's id that is none",
            Post("/v1/jobs", """{"problemId":"1","solver":"random"}"""),
            422,
            "outOfRange /problemId: Expected a problem's id: sha256: and 64 hex digits, in lower case."
        ),
        new(
            "the id of a problem that is not there",
            Post("/v1/jobs", $$"""{"problemId":"sha256:{{new string('0', 64)}}","solver":"random"}"""),
            404,
            """notFound: No problem has the id "sha256:0000000000000000000000000000000000000000000000000000000000000000"."""
        ),
        new(
            "a batch without jobs",
            Post("/v1/jobs/batch", "{}"),
            400,
            """missingMember /jobs: Member "jobs" is missing."""
        ),
        new(
            "an empty batch",
            Post("/v1/jobs/batch", """{"jobs":[]}"""),
            422,
            """empty /jobs: Member "jobs" must not be empty. | 0 | 1"""
        ),
        new(
            "a batch of 1,001",
            Post("/v1/jobs/batch", $$"""{"jobs":[{{string.Join(',', Enumerable.Repeat("{}", 1001))}}]}"""),
            422,
            """overLimit /jobs: Expected 1 to 1000 items, members or characters in "jobs", got 1001. | 1001 | 1000"""
        ),
        new(
            "a batch that is no array",
            Post("/v1/jobs/batch", """{"jobs":{}}"""),
            400,
            "wrongType /jobs: Expected an array, got an object."
        ),
        new("a job that is not there", Get("/v1/jobs/7"), 404, """notFound: No job has the id "7"."""),
        new(
            "cancelling a job that is not there",
            Post("/v1/jobs/7/cancel", ""),
            404,
            """notFound: No job has the id "7"."""
        ),
        new(
            "cancelling a job that has ended",
            Post("/v1/jobs/{endedJob}/cancel", ""),
            409,
            "alreadyEnded: Job {endedJob} has ended: it is succeeded."
        ),
        new(
            "erasing a job that is not there",
            new("DELETE", "/v1/jobs/7"),
            404,
            """notFound: No job has the id "7"."""
        ),
        new(
            "erasing a job that runs",
            new("DELETE", "/v1/jobs/{runningJob}"),
            409,
            "stillRunning: Job {runningJob} is running; cancel it first."
        ),
        new(
            "the events of a job that is not there",
            Get("/v1/jobs/7/events"),
            404,
            """notFound: No job has the id "7"."""
        ),
        new(
            "the circuit of a job that is not there",
            Get("/v1/jobs/7/circuit"),
            404,
            """notFound: No job has the id "7"."""
        ),
        new(
            "the circuit of a job that runs",
            Get("/v1/jobs/{runningJob}/circuit?format=svg"),
            409,
            "stillRunning: Job {runningJob} is running; its circuit is there when it has ended."
        ),
        new(
            "the circuit of a classical run",
            Get("/v1/jobs/{endedJob}/circuit"),
            404,
            "notFound: Job {endedJob} ran no quantum circuit: it is a run of exhaustive."
        ),
        new(
            "a circuit in a format that nobody knows",
            Get("/v1/jobs/{endedJob}/circuit?format=latex"),
            400,
            """badQuery: Query parameter "format" must be one of json, qasm, qir, svg."""
        ),
        new(
            "a Last-Event-ID that is none",
            Get("/v1/jobs/{endedJob}/events", ("Last-Event-ID", "x")),
            400,
            "badHeader: Last-Event-ID: expected the id of an event of this stream."
        ),
        new(
            "a Last-Event-ID below 0",
            Get("/v1/jobs/{endedJob}/events", ("Last-Event-ID", "-1")),
            400,
            "badHeader: Last-Event-ID: expected the id of an event of this stream."
        ),
        new(
            "a price list that nobody knows",
            Get("/v1/jobs/{endedJob}?priceList=gold"),
            400,
            """badQuery: Query parameter "priceList" must be one of local, cloud-cpu, cloud-gpu, qpu-seconds-superconducting, qpu-shots-superconducting, qpu-shots-trapped-ion."""
        ),
    ];

    /// <summary>A good job but for its options.</summary>
    private static Sent Hybrid(string options, string? problem = null) =>
        Post("/v1/jobs", Bodies.Job(problem ?? Bodies.Small, "hybrid-decomposition", $"\"options\":{{{options}}}"));
}
