using static QuantumAiWorkflows.IntegrationTests.BadRequests.Sent;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>Suites that compare nothing, and benchmarks that are in no state for what is asked of them.</summary>
internal static class BadBenchmarks
{
    private const string Instance = """{"name":"i","problem":{"family":"qubo","terms":[[0,0,1]]}}""";
    private const string Solver = """{"id":"random"}""";

    public static IReadOnlyList<BadRequest> All { get; } =
    [
        new(
            "an empty suite",
            Post("/v1/benchmarks", "{}"),
            400,
            """
missingMember /name: Member "name" is missing.
missingMember /instances: Member "instances" is missing.
missingMember /solvers: Member "solvers" is missing.
missingMember /seeds: Member "seeds" is missing.
missingMember /budget: Member "budget" is missing.
"""
        ),
        new(
            "a suite without instances",
            Suite(instances: ""),
            422,
            """empty /instances: Member "instances" must not be empty. | 0 | 1"""
        ),
        new(
            "a suite without solvers",
            Suite(solvers: ""),
            422,
            """empty /solvers: Member "solvers" must not be empty. | 0 | 1"""
        ),
        new(
            "a suite without seeds",
            Suite(seeds: ""),
            422,
            """empty /seeds: Member "seeds" must not be empty. | 0 | 1"""
        ),
        new(
            "a seed given twice",
            Suite(seeds: "1,1"),
            422,
            """duplicateEntry /seeds/1: The seed "1" stands at positions 0 and 1; each must be unique."""
        ),
        new(
            "a seed of a suite below 0",
            Suite(seeds: "-1"),
            422,
            "outOfRange /seeds/0: Expected 0 <= seed <= 9007199254740991, got -1. | -1 | 0"
        ),
        new(
            "an entrant that nobody knows",
            Suite(solvers: """{"id":"oracle"}"""),
            422,
            """unknownSolver /solvers/0/id: No solver "oracle"; known are {solvers}."""
        ),
        new(
            "a bad option of an entrant",
            Suite(solvers: """{"id":"random","options":{"samples":0}}"""),
            422,
            "outOfRange /solvers/0/options/samples: Expected 1 <= samples <= 1000000000, got 0. | 0 | 1"
        ),
        new(
            "two entrants of one name",
            Suite(solvers: $"{Solver},{Solver}"),
            422,
            """duplicateEntry /solvers/1/name: The solver "random" stands at positions 0 and 1; each must be unique."""
        ),
        new(
            "two instances of one name",
            Suite(instances: $"{Instance},{Instance}"),
            422,
            """duplicateEntry /instances/1/name: The instance "i" stands at positions 0 and 1; each must be unique."""
        ),
        new(
            "one problem under two names",
            Suite(instances: $"{Instance},{Instance.Replace("\"i\"", "\"k\"", StringComparison.Ordinal)}"),
            422,
            """duplicateEntry /instances/1: Instances "i" and "k" are the same problem."""
        ),
        new(
            "an entrant with a role of the recorder's",
            Suite(solvers: """{"id":"random","role":"ablation"}"""),
            422,
            "notApplicable /solvers/0/role: An entry cannot be an ablation: they are added to candidates that have any. Give candidate, baseline or control."
        ),
        new(
            "a generator that nobody knows",
            Suite(instances: """{"name":"i","generator":"dice"}"""),
            422,
            """unknownGenerator /instances/0/generator: No generator "dice"; known are qubo-random, qubo-palubeckis, qubo-beasley, max-cut-random, max-cut-regular, routing-random, roster-random, scheduling-job-shop."""
        ),
        new(
            "a generator's parameter out of range",
            Suite(instances: """{"name":"i","generator":"qubo-random","parameters":{"numVariables":0}}"""),
            422,
            "outOfRange /instances/0/parameters/numVariables: Expected 1 <= numVariables <= 5000, got 0. | 0 | 1"
        ),
        new(
            "a generator without its parameters",
            Suite(instances: """{"name":"i","generator":"qubo-random"}"""),
            400,
            """missingMember /instances/0/parameters/numVariables: Member "numVariables" is missing."""
        ),
        new(
            "a file for the server to open",
            Suite(instances: """{"name":"i","file":{"path":"/etc/passwd","format":"gset"}}"""),
            422,
            "notApplicable /instances/0/file: The server reads no files: instances from files are resolved by the CLI (qaiw bench)."
        ),
        new(
            "an instance from nowhere",
            Suite(instances: """{"name":"i"}"""),
            422,
            "conflict /instances/0: Expected exactly one of problemId, problem, generator and file, got none."
        ),
        new(
            "a bad problem in an instance",
            Suite(instances: """{"name":"i","problem":{"family":"qubo","terms":[[0,0,1e999]]}}"""),
            422,
            "notFinite /instances/0/problem/terms/0/2: 1e999 is beyond the range of a double (1.8e308). | \"1e999\""
        ),
        new(
            "an instance that is not there",
            Suite(instances: $$"""{"name":"i","problemId":"sha256:{{new string('0', 64)}}"}"""),
            404,
            """notFound: No problem has the id "sha256:0000000000000000000000000000000000000000000000000000000000000000"."""
        ),
        new(
            "a suite's budget over the ceiling",
            Suite(budget: """{"timeSeconds":3601}"""),
            422,
            "overLimit /budget/timeSeconds: This server allows timeSeconds up to 3600, got 3601. | 3601 | 3600"
        ),
        new(
            "no run at a time",
            Suite(more: ",\"parallel\":0"),
            422,
            "outOfRange /parallel: Expected 1 <= parallel <= 64, got 0. | 0 | 1"
        ),
        new(
            "a margin that forgives more than it blocks",
            Suite(more: ",\"comparison\":{\"margins\":{\"cost\":{\"match\":2,\"bad\":1.5}}}"),
            422,
            "conflict /comparison/margins/cost/bad: Expected bad above match (2), got 1.5. | 1.5 | 2"
        ),
        new(
            "a gate with two things to compare with",
            Suite(
                more: $",\"gate\":{{\"compareWith\":\"0199d3c4-0000-7000-8000-000000000000\",\"baseline\":{Baseline("")}}}"
            ),
            422,
            "conflict /gate: Expected at most one of compareWith and baseline, got both."
        ),
        new(
            "a baseline of a later format",
            Suite(
                more: $",\"gate\":{{\"baseline\":{Baseline("").Replace("n\":1", "n\":2", StringComparison.Ordinal)}}}"
            ),
            422,
            "outOfRange /gate/baseline/schemaVersion: Expected 1 <= schemaVersion <= 1, got 2. | 2 | 1"
        ),
        new(
            "a baseline without runs",
            Suite(more: ",\"gate\":{\"baseline\":{\"schemaVersion\":1}}"),
            400,
            """
missingMember /gate/baseline/suite: Member "suite" is missing.
missingMember /gate/baseline/suiteHash: Member "suiteHash" is missing.
missingMember /gate/baseline/build: Member "build" is missing.
missingMember /gate/baseline/machine: Member "machine" is missing.
missingMember /gate/baseline/targetGapPercent: Member "targetGapPercent" is missing.
missingMember /gate/baseline/budget: Member "budget" is missing.
missingMember /gate/baseline/instances: Member "instances" is missing.
missingMember /gate/baseline/entrants: Member "entrants" is missing.
missingMember /gate/baseline/runs: Member "runs" is missing.
"""
        ),
        new(
            "a baseline whose runs contradict themselves",
            Suite(
                more: $",\"gate\":{{\"baseline\":{Baseline("""
,{"instance":0,"entrant":0,"seed":1,"state":"succeeded","feasible":false,"wallSeconds":1},
{"instance":1,"entrant":2,"seed":1,"state":"succeeded","feasible":true,"wallSeconds":1},
{"instance":0,"entrant":0,"seed":2,"state":"succeeded","feasible":false,"objective":1,"wallSeconds":1,"trace":[[1,1],[0,-1,1]]}
""")}}}"
            ),
            422,
            """
duplicateEntry /gate/baseline/runs/1: Instance 0, entrant 0 and seed 1 stand at positions 0 and 1; each must be unique.
indexOutOfRange /gate/baseline/runs/2/instance: Expected 0 <= instance < 1, got 1. | 1 | 0
indexOutOfRange /gate/baseline/runs/2/entrant: Expected 0 <= entrant < 1, got 2. | 2 | 0
conflict /gate/baseline/runs/2/objective: A feasible run has an objective.
conflict /gate/baseline/runs/3/objective: A run that is not feasible has no objective.
lengthMismatch /gate/baseline/runs/3/trace/0: Expected 3 numbers, [wall seconds, CPU seconds, objective], got 2. | 2 | 3
outOfRange /gate/baseline/runs/3/trace/1/1: Expected seconds of at least 0, got -1. | -1 | 0
"""
        ),
        new(
            "a decision without its question",
            Suite(more: ",\"purpose\":\"decision\""),
            422,
            """
empty /claim: A suite with purpose "decision" must say this before the first run: "claim".
empty /experiment/bottleneck: A suite with purpose "decision" must say this before the first run: "bottleneck".
empty /experiment/currentSolver: A suite with purpose "decision" must say this before the first run: "currentSolver".
empty /experiment/objective: A suite with purpose "decision" must say this before the first run: "objective".
empty /experiment/successMetric: A suite with purpose "decision" must say this before the first run: "successMetric".
empty /experiment/dataReference: A suite with purpose "decision" must say this before the first run: "dataReference".
empty /assessment/integrationCost: A suite with purpose "decision" must say this before the first run: "integrationCost".
empty /assessment/dataMovement: A suite with purpose "decision" must say this before the first run: "dataMovement".
empty /assessment/security: A suite with purpose "decision" must say this before the first run: "security".
empty /assessment/vendorMaturity: A suite with purpose "decision" must say this before the first run: "vendorMaturity".
empty /solvers: A decision needs a solver with role "candidate".
"""
        ),
        new(
            "options for the automatic choice",
            Suite(solvers: """{"id":"auto","options":{"samples":5}}"""),
            422,
            "notApplicable /solvers/0/options: Options belong to a solver, and with \"auto\" it is not known which; name the solver."
        ),
        new(
            "the automatic choice as a candidate",
            Suite(solvers: """{"id":"auto","role":"candidate"}"""),
            422,
            "notApplicable /solvers/0/role: \"auto\" takes another solver for another instance, never a quantum one; a candidate must be one solver."
        ),
        new(
            "a complexity score without evidence, and one beyond the scale",
            Suite(
                solvers: """{"id":"random","complexity":{"operation":{"score":6,"evidence":"e"},"maintainability":{"score":3,"evidence":""},"explainability":{"score":1,"evidence":"e"}}}"""
            ),
            422,
            """
outOfRange /solvers/0/complexity/operation/score: Expected 1 <= score <= 5, got 6. | 6 | 5
empty /solvers/0/complexity/maintainability/evidence: Member "evidence" must not be empty. | 0 | 1
"""
        ),
        new(
            "complexity that nothing weighs",
            Suite(
                more: ",\"comparison\":{\"complexityWeights\":{\"operation\":0,\"maintainability\":0,\"explainability\":0}}"
            ),
            422,
            "conflict /comparison/complexityWeights: At least one of the three weights must be above 0."
        ),
        new(
            "goals and limits for nobody",
            Suite(
                more: ",\"gate\":{\"requireVerdict\":\"adopt\",\"milestones\":[{\"kind\":\"novelSolutions\",\"atLeast\":1}],\"rules\":[{\"name\":\"r\",\"metric\":\"cost\",\"max\":1}]}"
            ),
            422,
            """
conflict /gate/requireVerdict: "requireVerdict" is about a candidate, and no solver has that role.
conflict /gate/milestones: "milestones" is about a candidate, and no solver has that role.
conflict /gate/rules: "rules" is about a candidate, and no solver has that role.
"""
        ),
        new(
            "a milestone that takes all the time there is, and rules without a limit or with two that cross",
            Suite(
                solvers: """{"id":"random","role":"candidate"}""",
                more: ",\"gate\":{\"milestones\":[{\"kind\":\"runtimeReduction\",\"atLeast\":100}],\"rules\":[{\"name\":\"r\",\"metric\":\"cost\"},{\"name\":\"s\",\"metric\":\"cost\",\"min\":2,\"max\":1}]}"
            ),
            422,
            """
empty /gate/rules/0/min: Give "min", "max" or both.
conflict /gate/rules/1/max: Expected max at least min (2), got 1. | 1 | 2
outOfRange /gate/milestones/0/atLeast: Expected a reduction below 100 percent, got 100. | 100 | 100
"""
        ),
        new(
            "a comparison with a benchmark that is not there",
            Suite(more: ",\"gate\":{\"compareWith\":\"0199d3c4-0000-7000-8000-000000000000\"}"),
            404,
            """notFound: No benchmark has the id "0199d3c4-0000-7000-8000-000000000000"."""
        ),
        new(
            "more runs than a benchmark has",
            Suite(
                seeds: string.Join(',', Enumerable.Range(0, 1000)),
                solvers: string.Join(',', Enumerable.Range(0, 21).Select(i => $$"""{"id":"random","name":"r{{i}}"}"""))
            ),
            422,
            "overLimit : The suite plans 21000 runs; this server takes 20000. | 21000 | 20000"
        ),
        new(
            "a benchmark that is not there",
            Get("/v1/benchmarks/7"),
            404,
            """notFound: No benchmark has the id "7"."""
        ),
        new(
            "the verdict of a benchmark that is not there",
            Get("/v1/benchmarks/7/verdict"),
            404,
            """notFound: No benchmark has the id "7"."""
        ),
        new(
            "replaying a benchmark that is not there",
            Post("/v1/benchmarks/7/replay", ""),
            404,
            """notFound: No benchmark has the id "7"."""
        ),
        new(
            "a report in a format that nobody knows",
            Get("/v1/benchmarks/7/report?format=docx"),
            400,
            """badQuery: Query parameter "format" must be one of md, table, html, csv, json, junit, qoblib, mlflow, baseline."""
        ),
        new(
            "the events of a benchmark that is not there",
            Get("/v1/benchmarks/7/events"),
            404,
            """notFound: No benchmark has the id "7"."""
        ),
    ];

    /// <summary>A good baseline of one run, and more runs.</summary>
    private static string Baseline(string more) =>
        $$"""
            {"schemaVersion":1,"suite":"s","suiteHash":"h","build":"b","machine":{"cpuModel":null,"cores":null,"os":null,"dotNet":null},
             "targetGapPercent":1,"budget":{"evaluations":10},"instances":[{"name":"i","problemId":"p","evaluatorVersion":"1"}],
             "entrants":[{"name":"random","solver":"random","version":"1","optionsHash":"h"}],
             "runs":[{"instance":0,"entrant":0,"seed":1,"state":"succeeded","feasible":true,"objective":1,"wallSeconds":1}{{more}}]}
            """;

    private static Sent Suite(
        string instances = Instance,
        string solvers = Solver,
        string seeds = "1",
        string budget = """{"evaluations":10}""",
        string more = ""
    ) =>
        Post(
            "/v1/benchmarks",
            $$"""{"name":"bad","instances":[{{instances}}],"solvers":[{{solvers}}],"seeds":[{{seeds}}],"budget":{{budget}}{{more}}}"""
        );
}
