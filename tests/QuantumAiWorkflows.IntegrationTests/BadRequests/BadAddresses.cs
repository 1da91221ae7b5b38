using static QuantumAiWorkflows.IntegrationTests.BadRequests.Sent;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>Addresses, methods, queries and headers.</summary>
internal static class BadAddresses
{
    public static IReadOnlyList<BadRequest> All { get; } =
    [
        new(
            "an address where nothing is",
            Get("/v1/nothing"),
            404,
            "notFound: See /swagger for the addresses that exist."
        ),
        new("another version", Get("/v2/jobs"), 404, "notFound: See /swagger for the addresses that exist."),
        new("PUT to the jobs", new("PUT", "/v1/jobs"), 405, "methodNotAllowed: See /swagger for the methods it takes."),
        new(
            "PATCH to a job",
            new("PATCH", "/v1/jobs/{endedJob}"),
            405,
            "methodNotAllowed: See /swagger for the methods it takes."
        ),
        new(
            "DELETE of the solvers",
            new("DELETE", "/v1/solvers"),
            405,
            "methodNotAllowed: See /swagger for the methods it takes."
        ),
        new(
            "a method that nobody knows",
            new("BREW", "/v1/jobs"),
            405,
            "methodNotAllowed: See /swagger for the methods it takes."
        ),
        new(
            "a page of nothing",
            Get("/v1/jobs?limit=0"),
            400,
            """badQuery: Query parameter "limit" must be a whole number from 1 to 200."""
        ),
        new(
            "a page of too much",
            Get("/v1/jobs?limit=201"),
            400,
            """badQuery: Query parameter "limit" must be a whole number from 1 to 200."""
        ),
        new(
            "a page of many",
            Get("/v1/jobs?limit=many"),
            400,
            """badQuery: Query parameter "limit" must be a whole number from 1 to 200."""
        ),
        new(
            "a page of two sizes",
            Get("/v1/jobs?limit=1&limit=2"),
            400,
            """badQuery: Query parameter "limit" is given more than once."""
        ),
        new(
            "a state that no job has",
            Get("/v1/jobs?state=done"),
            400,
            """badQuery: Query parameter "state" must be one of queued, running, succeeded, failed, cancelled."""
        ),
        new(
            "a tag that is no pair",
            Get("/v1/jobs?tag=nightly"),
            400,
            """badQuery: Query parameter "tag" must be name:value."""
        ),
        new(
            "a query that nobody knows",
            Get("/v1/jobs?sort=asc"),
            400,
            """badQuery: Query parameter "sort" is not known here; known are limit, cursor, state, solver, family, tag."""
        ),
        new(
            "a query where there is none",
            Post("/v1/jobs?dryRun=true", "{}"),
            400,
            """badQuery: Query parameter "dryRun" is not known here; known are none."""
        ),
        new(
            "a query for a batch",
            Post("/v1/jobs/batch?dryRun=true", "{}"),
            400,
            """badQuery: Query parameter "dryRun" is not known here; known are none."""
        ),
        new(
            "a query for a benchmark",
            Post("/v1/benchmarks?dryRun=true", "{}"),
            400,
            """badQuery: Query parameter "dryRun" is not known here; known are none."""
        ),
        new(
            "sub-problems of a job that is not there",
            Get("/v1/jobs/7/sub-problems"),
            404,
            """notFound: No job has the id "7"."""
        ),
        new(
            "sub-problems of a run that made none",
            Get("/v1/jobs/{endedJob}/sub-problems"),
            404,
            "notFound: Job {endedJob} has no sub-problems: exhaustive made none, or was ended before it could hand them over."
        ),
        new(
            "one sub-problem of a run that made none",
            Get("/v1/jobs/{endedJob}/sub-problems/0"),
            404,
            "notFound: Job {endedJob} has no sub-problems: exhaustive made none, or was ended before it could hand them over."
        ),
        new(
            "sub-problems of a job that runs",
            Get("/v1/jobs/{runningJob}/sub-problems"),
            409,
            "stillRunning: Job {runningJob} is running; its sub-problems are there when it has ended."
        ),
        new(
            "a page of sub-problems too large",
            Get("/v1/jobs/{endedJob}/sub-problems?limit=500"),
            400,
            """badQuery: Query parameter "limit" must be a whole number from 1 to 200."""
        ),
        new(
            "a cursor of sub-problems that is no number",
            Get("/v1/jobs/{endedJob}/sub-problems?cursor=x"),
            400,
            """badQuery: Query parameter "cursor" must be a whole number from 0 to 2147483647."""
        ),
        new(
            "a sub-problem in a format that nobody knows",
            Get("/v1/jobs/{endedJob}/sub-problems/0?format=pdf"),
            400,
            """badQuery: Query parameter "format" must be one of bqm, coo, qubo, qs, biqmac, gset, csv, tsplib, cvrplib, solomon, roster, jobshop, fjsp, psplib."""
        ),
        new(
            "solvers of a family that nobody knows",
            Get("/v1/solvers?family=sudoku"),
            400,
            """badQuery: Query parameter "family" must be one of qubo, routing, scheduling, roster, feature-selection."""
        ),
        new(
            "solvers of a paradigm that nobody knows",
            Get("/v1/solvers?paradigm=magic"),
            400,
            """badQuery: Query parameter "paradigm" must be one of classical, quantumInspired, quantum."""
        ),
        new(
            "a solver that is not there",
            Get("/v1/solvers/oracle"),
            404,
            """notFound: No solver has the id "oracle"."""
        ),
        new(
            "a family that is not there",
            Get("/v1/families/sudoku"),
            404,
            """notFound: No family has the id "sudoku"."""
        ),
        new("a run that is not there", Get("/v1/runs/7"), 404, """notFound: No run has the id "7"."""),
        new(
            "a page of runs too large",
            Get("/v1/runs?limit=1000"),
            400,
            """badQuery: Query parameter "limit" must be a whole number from 1 to 200."""
        ),
        new(
            "problems of a family that nobody knows",
            Get("/v1/problems?family=sudoku"),
            400,
            """badQuery: Query parameter "family" must be one of qubo, routing, scheduling, roster, feature-selection."""
        ),
        new(
            "a preference to wait for a while",
            Get("/v1/jobs/{endedJob}", ("Prefer", "wait=awhile")),
            400,
            """badHeader: Prefer: expected wait=n with n whole seconds, got "wait=awhile"."""
        ),
        new(
            "a preference to wait less than nothing",
            Post("/v1/jobs", "{}", ("Prefer", "wait=-1")),
            400,
            """badHeader: Prefer: expected wait=n with n whole seconds, got "wait=-1"."""
        ),
        new(
            "an empty idempotency key",
            Post("/v1/jobs", "{}", ("Idempotency-Key", "\"\"")),
            400,
            "badHeader: Idempotency-Key: expected one key of 1 to 255 visible ASCII characters."
        ),
        new(
            "an idempotency key of two words",
            Post("/v1/jobs", "{}", ("Idempotency-Key", "two words")),
            400,
            "badHeader: Idempotency-Key: expected one key of 1 to 255 visible ASCII characters."
        ),
        new(
            "an idempotency key without end",
            Post("/v1/jobs", "{}", ("Idempotency-Key", new string('k', 256))),
            400,
            "badHeader: Idempotency-Key: expected one key of 1 to 255 visible ASCII characters."
        ),
        new(
            "two idempotency keys",
            Post("/v1/jobs", "{}", ("Idempotency-Key", "one"), ("Idempotency-Key", "two")),
            400,
            "badHeader: Idempotency-Key: expected one key of 1 to 255 visible ASCII characters."
        ),
        new(
            "an idempotency key with another body",
            Post("/v1/jobs", "{\"solver\":\"other\"}", ("Idempotency-Key", "{usedKey}")),
            422,
            """keyReused: The Idempotency-Key "scene" was used with another body within the last 24 hours."""
        ),
    ];
}
