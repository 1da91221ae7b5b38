using QuantumAiWorkflows.IntegrationTests.Encodings;
using static QuantumAiWorkflows.IntegrationTests.BadRequests.Sent;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>Encodings that do not fit, in jobs and of stored problems.</summary>
internal static class BadEncodings
{
    /// <summary>Two tasks, the second behind the first: 5 at least.</summary>
    private const string Chain =
        """{"family":"scheduling","jobs":[{"id":"j","tasks":[{"id":"a","modes":[{"duration":2}]},{"id":"b","after":["a"],"modes":[{"duration":3}]}]}]}""";

    private const string Crew =
        """{"family":"roster","days":2,"shifts":[{"id":"D","minutes":60}],"staff":[{"id":"A"}],"cover":[]}""";

    public static IReadOnlyList<BadRequest> All { get; } =
    [
        new(
            "an encoding with a member that nobody knows",
            Encoded("{\"penalties\":1}"),
            400,
            """unknownMember /encoding/penalties: Unknown member "penalties"; known are penalty, integers, coefficientBound, repair, horizon."""
        ),
        new(
            "a penalty policy that nobody knows",
            Encoded("{\"penalty\":{\"policy\":\"vermaLewis\"}}"),
            400,
            "unknownValue /encoding/penalty/policy: Expected one of objective-range, verma-lewis, momc, max-coefficient, fixed, iterative, got \"vermaLewis\". | \"vermaLewis\""
        ),
        new(
            "fixed penalties of which one is missing",
            Encoded(
                "{\"penalty\":{\"policy\":\"fixed\",\"values\":{\"visit\":3,\"position[0,0]\":3,\"position[0,1]\":3}}}"
            ),
            400,
            "missingMember /encoding/penalty/values/position: Policy fixed needs a value for constraint position[0,2], by its name or its kind position."
        ),
        new(
            "a penalty for a constraint that is not there, and one of 0",
            Encoded("{\"penalty\":{\"values\":{\"capacity\":3,\"visit\":0}}}"),
            400,
            "unknownValue /encoding/penalty/values/capacity: No constraint has this name or kind; kinds are visit, position.\n"
                + "outOfRange /encoding/penalty/values/visit: Expected 0 < penalty <= 1000000000000, got 0. | 0 | 0"
        ),
        new(
            "an encoding for \"auto\"",
            Post("/v1/jobs", Bodies.Job(Bodies.Small, "auto", "\"encoding\":{}")),
            422,
            "notApplicable /encoding: \"auto\" chooses among solvers that take the problem as it is: there is nothing to encode."
        ),
        new(
            "a problem whose encoding is too large for the solver",
            Post("/v1/jobs", Bodies.Job(Routes.Large, "exhaustive")),
            422,
            "doesNotFit /solver: As a QUBO the routing problem has 1600 variables and 62400 interactions; exhaustive takes at most 30 variables, the problem has 1600. | 1600 | 30"
        ),
        new(
            "a problem with something that its encoding does not have",
            Post("/v1/jobs", Bodies.Job(Routes.Window, "tabu")),
            422,
            "doesNotFit /solver: The encoding of routing problems has capacities, optional stops and several depots; this one has time windows at /stops/2/windows."
        ),
        new(
            "a horizon for a family that has none",
            Encoded("{\"horizon\":9}"),
            422,
            "notApplicable /encoding/horizon: The encoding of routing problems has no horizon. | 9"
        ),
        new(
            "a horizon that no schedule keeps",
            Post("/v1/jobs", Bodies.Job(Chain, "tabu", "\"encoding\":{\"horizon\":4}")),
            422,
            "outOfRange /encoding/horizon: Task a cannot be done in time: with what must come before and after it, it needs a horizon of 5, got 4. | 4 | 5"
        ),
        new(
            "repair of a roster",
            Post("/v1/jobs", Bodies.Job(Crew, "tabu", "\"encoding\":{\"repair\":\"default\"}")),
            422,
            "notApplicable /encoding/repair: The family roster has no repair; choose \"none\"."
        ),
        new(
            "rings of an encoding's groups that overlap",
            Post("/v1/jobs", Bodies.Job(Routes.Tour, "qaoa", "\"options\":{\"variant\":\"xyRing\"}")),
            422,
            "conflict /options/groups: Variable 0 is in the one-hot groups visit[a] and position[0,0], and rings must not overlap: choose among the kinds visit, position with groupsOf. | 0"
        ),
        new(
            "repair of a qubo",
            Post("/v1/problems/{problem}/encodings", "{\"encoding\":{\"repair\":\"default\"}}"),
            422,
            "notApplicable /encoding/repair: Every answer to a qubo problem is feasible: there is nothing to repair."
        ),
        new(
            "an encoding of a stored problem without the encoding",
            Post("/v1/problems/{problem}/encodings", "{}"),
            400,
            "missingMember /encoding: Member \"encoding\" is missing."
        ),
        new(
            "a qubo with a query",
            Get("/v1/problems/{problem}/qubo?policy=momc"),
            400,
            "badQuery: Query parameter \"policy\" is not known here; known are none."
        ),
        new(
            "a benchmark whose entrant has an encoding for what it takes as it is",
            Post(
                "/v1/benchmarks",
                $$$"""{"name":"x","instances":[{"name":"a","problem":{{{Bodies.Small}}}}],"solvers":[{"id":"tabu","encoding":{}}],"seeds":[1],"budget":{"evaluations":9}}"""
            ),
            422,
            "notApplicable /solvers/0/encoding: The solver takes this problem as it is: there is nothing to encode."
        ),
    ];

    private static Sent Encoded(string encoding) =>
        Post("/v1/jobs", Bodies.Job(Routes.Tour, "tabu", $"\"encoding\":{encoding}"));
}
