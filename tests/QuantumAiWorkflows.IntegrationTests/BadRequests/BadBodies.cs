using static QuantumAiWorkflows.IntegrationTests.BadRequests.Sent;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>Bodies that are no JSON of the right shape.</summary>
internal static class BadBodies
{
    public static IReadOnlyList<BadRequest> All { get; } =
    [
        new(
            "an empty body",
            Post("/v1/jobs", ""),
            400,
            "syntax 1:1: The body is not JSON (numbers such as NaN and Infinity are not)."
        ),
        new(
            "JSON that ends too early",
            Post("/v1/jobs", """{"solver":"random","problem":{"family":"qubo","""),
            400,
            "syntax 1:46: The body is not JSON (numbers such as NaN and Infinity are not)."
        ),
        new(
            "JSON with something after it",
            Post("/v1/jobs", "{} {}"),
            400,
            "syntax 1:4: The body is not JSON (numbers such as NaN and Infinity are not)."
        ),
        new("an array", Post("/v1/jobs", "[]"), 400, "wrongType : Expected an object, got an array."),
        new("null", Post("/v1/jobs", "null"), 400, "wrongType : Expected an object, got null."),
        new("a string", Post("/v1/jobs", "\"job\""), 400, "wrongType : Expected an object, got a string. | \"job\""),
        new(
            "a byte order mark",
            PostBytes("/v1/jobs", [0xEF, 0xBB, 0xBF, .. "{}"u8], "application/json"),
            400,
            "syntax 1:1: The body is not JSON (numbers such as NaN and Infinity are not)."
        ),
        new(
            "UTF-16",
            PostBytes("/v1/jobs", System.Text.Encoding.Unicode.GetBytes("{}"), "application/json"),
            400,
            "syntax 1:2: The body is not JSON (numbers such as NaN and Infinity are not)."
        ),
        new(
            "bytes that are not UTF-8",
            PostBytes("/v1/jobs", [.. "{\"solver\":\""u8, 0xC3, 0x28, .. "\"}"u8], "application/json"),
            400,
            "syntax: The body is not UTF-8."
        ),
        new(
            "half of a surrogate pair",
            Post("/v1/jobs", """{"solver":"\ud800"}"""),
            400,
            "syntax: A string holds half of an escaped surrogate pair."
        ),
        new(
            "NaN",
            Qubo("\"terms\":[[0,0,NaN]]"),
            400,
            "syntax 1:43: The body is not JSON (numbers such as NaN and Infinity are not)."
        ),
        new(
            "a comment",
            Post("/v1/jobs", "{ /* nothing */ }"),
            400,
            "syntax 1:3: The body is not JSON (numbers such as NaN and Infinity are not)."
        ),
        new(
            "a comma too many",
            Post("/v1/jobs", """{"solver":"random",}"""),
            400,
            "syntax 1:20: The body is not JSON (numbers such as NaN and Infinity are not)."
        ),
        new(
            "nesting deeper than 16",
            Post("/v1/jobs", $$"""{"problem":{{new string('[', 100_000)}}"""),
            400,
            "tooDeep 1:27: The body is nested deeper than 16 levels. | 16"
        ),
        new("an empty object", Post("/v1/jobs", "{}"), 400, """missingMember /solver: Member "solver" is missing."""),
        new(
            "an unknown member",
            Job("\"sede\":1"),
            400,
            """unknownMember /sede: Unknown member "sede"; known are problem, problemId, solver, options, encoding, budget, initialSolution, return, seed, validate, priority, tags, baseline, fallback."""
        ),
        new(
            "an unknown member with a very long name",
            Job($"\"{new string('x', 5000)}\":1"),
            400,
            """unknownMember : Unknown member "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..."; known are problem, problemId, solver, options, encoding, budget, initialSolution, return, seed, validate, priority, tags, baseline, fallback."""
        ),
        new(
            "a member given twice",
            Job("\"seed\":1,\"seed\":2"),
            400,
            """duplicateMember /seed: Member "seed" is given twice."""
        ),
        new(
            "a member of another case",
            Job("\"Seed\":1"),
            400,
            """unknownMember /Seed: Unknown member "Seed"; known are problem, problemId, solver, options, encoding, budget, initialSolution, return, seed, validate, priority, tags, baseline, fallback."""
        ),
        new(
            "a member of the problem given twice",
            Qubo("\"terms\":[[0,0,1]],\"offset\":1,\"offset\":2"),
            400,
            """duplicateMember /problem/offset: Member "offset" is given twice."""
        ),
        new(
            "a solver that is a number",
            Post("/v1/jobs", $$"""{"problem":{{Bodies.Small}},"solver":7}"""),
            400,
            "wrongType /solver: Expected a string, got a number. | 7"
        ),
        new(
            "a solver without a name",
            Post("/v1/jobs", Bodies.Job(Bodies.Small, "")),
            422,
            """empty /solver: Member "solver" must not be empty. | 0 | 1"""
        ),
        new(
            "a missing solver",
            Post("/v1/jobs", $$"""{"problem":{{Bodies.Small}}}"""),
            400,
            """missingMember /solver: Member "solver" is missing."""
        ),
        new(
            "a missing problem",
            Post("/v1/jobs", """{"solver":"random"}"""),
            400,
            """missingMember /problem: Give exactly one of "problem" and "problemId"."""
        ),
        new(
            "a problem that is null",
            Problem("null"),
            400,
            """missingMember /problem: Give exactly one of "problem" and "problemId"."""
        ),
        new(
            "a problem and the id of one",
            Job($"\"problemId\":\"sha256:{new string('0', 64)}\""),
            422,
            """conflict /problem: Give exactly one of "problem" and "problemId"."""
        ),
        new(
            "a body over the limit",
            PostBytes("/v1/jobs", new byte[(4 << 20) + 1], "application/json", ("Expect", "100-continue")),
            413,
            "bodyTooLarge: A body may have 4194304 bytes after decompression."
        ),
        new(
            "a bomb of gzip",
            PostBytes("/v1/jobs", Gzip.Bomb(megabytes: 64), "application/json", ("Content-Encoding", "gzip")),
            413,
            "bodyTooLarge: A body may have 4194304 bytes after decompression."
        ),
        new(
            "gzip that is none",
            PostBytes("/v1/jobs", [.. "{}"u8], "application/json", ("Content-Encoding", "gzip")),
            400,
            "invalidRequest: The body could not be decompressed or split into its parts."
        ),
        new(
            "gzip that ends too early",
            PostBytes("/v1/jobs", Gzip.Bomb(megabytes: 1)[..500], "application/json", ("Content-Encoding", "gzip")),
            400,
            "syntax 1:488913: The body is not JSON (numbers such as NaN and Infinity are not)."
        ),
        new(
            "an encoding that nobody knows",
            PostBytes("/v1/jobs", [.. "{}"u8], "application/json", ("Content-Encoding", "snail")),
            415,
            """unsupportedMediaType: Expected a body packed with gzip, br or deflate, or not at all, got "snail"."""
        ),
        new(
            "plain text",
            PostBytes("/v1/jobs", [.. "{}"u8], "text/plain"),
            415,
            """unsupportedMediaType: Expected application/json, got "text/plain"."""
        ),
        new(
            "a body without a media type",
            PostBytes("/v1/jobs", [.. "{}"u8], null),
            415,
            "unsupportedMediaType: Expected application/json, got none."
        ),
        new(
            "a form for a job",
            PostBytes("/v1/jobs", [.. "solver=random"u8], "application/x-www-form-urlencoded"),
            415,
            """unsupportedMediaType: Expected application/json, got "application/x-www-form-urlencoded"."""
        ),
    ];
}
