using static QuantumAiWorkflows.IntegrationTests.BadRequests.Sent;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>Prices that nobody knows, and sheets that compare nothing.</summary>
internal static class BadEconomics
{
    private const string KnownLists =
        "local, cloud-cpu, cloud-gpu, qpu-seconds-superconducting, qpu-shots-superconducting, qpu-shots-trapped-ion";

    private const string Items =
        "specialisedSkills simulatorRuntime integrationOverhead cloudUsage governance experimentation validation vendorLockIn retraining";

    public static IReadOnlyList<BadRequest> All { get; } =
    [
        new(
            "a verdict at prices that nobody knows",
            Get("/v1/benchmarks/7/verdict?priceList=gold"),
            400,
            $"""badQuery: Query parameter "priceList" must be one of {KnownLists}."""
        ),
        new(
            "a report at prices that nobody knows",
            Get("/v1/benchmarks/7/report?format=csv&priceList=gold"),
            400,
            $"""badQuery: Query parameter "priceList" must be one of {KnownLists}."""
        ),
        new(
            "a verdict with a parameter that nobody knows",
            Get("/v1/benchmarks/7/verdict?prices=local"),
            400,
            """badQuery: Query parameter "prices" is not known here; known are priceList."""
        ),
        new(
            "a run at prices that nobody knows",
            Get("/v1/runs/7?priceList=gold"),
            400,
            $"""badQuery: Query parameter "priceList" must be one of {KnownLists}."""
        ),
        new(
            "runs at prices that nobody knows",
            Get("/v1/runs?priceList=gold"),
            400,
            $"""badQuery: Query parameter "priceList" must be one of {KnownLists}."""
        ),
        new(
            "a suite without money",
            Suite("\"maxCost\":0"),
            422,
            "outOfRange /maxCost: Expected 0 < maxCost <= 1000000000000, got 0. | 0 | 0"
        ),
        new(
            "a cost sheet that is none",
            Post("/v1/tco", "{}"),
            400,
            """
missingMember /currency: Member "currency" is missing.
missingMember /horizonMonths: Member "horizonMonths" is missing.
missingMember /workload: Member "workload" is missing.
missingMember /options: Member "options" is missing.
"""
        ),
        new(
            "a cost sheet with one option",
            Post("/v1/tco", Sheet(Option("a", "classical"))),
            422,
            """overLimit /options: Expected 2 to 10 items, members or characters in "options", got 1. | 1 | 2"""
        ),
        new(
            "a cost sheet with two options of one name and none that is classical",
            Post("/v1/tco", Sheet(Option("a", "quantum"), Option("a", "cloudAi"))),
            422,
            """
duplicateEntry /options/1/name: The option "a" stands at positions 0 and 1; each must be unique.
empty /options: No option is of kind "classical": there is nothing to compare the others with.
"""
        ),
        new(
            "a cost sheet that leaves an item out",
            Post("/v1/tco", Sheet(Option("a", "classical"), Option("b", "quantum", without: "vendorLockIn"))),
            422,
            """empty /options/1/lines: There is no line of "vendorLockIn"; where it costs nothing, give unitPrice 0 and say why in source."""
        ),
        new(
            "a cost sheet with an item that is none of the nine",
            Post("/v1/tco", Sheet(Option("a", "classical"), Option("b", "quantum").Replace("governance", "coffee"))),
            400,
            """unknownValue /options/1/lines/4/item: Expected one of specialisedSkills, simulatorRuntime, integrationOverhead, cloudUsage, governance, experimentation, validation, vendorLockIn, retraining, got "coffee". | "coffee" """.TrimEnd()
        ),
        new(
            "a cost sheet alone that names an entrant",
            Post(
                "/v1/tco",
                Sheet(Option("a", "classical"), Option("b", "quantum", "simulatorRuntime", "\"entrant\":\"qaoa\","))
            ),
            422,
            """notApplicable /options/1/entrant: "entrant" belongs to a suite, whose runs it names; here, give a line of simulatorRuntime or cloudUsage per solve."""
        ),
        new(
            "a cost sheet of no time",
            Post(
                "/v1/tco",
                Sheet(Option("a", "classical"), Option("b", "quantum"))
                    .Replace("\"horizonMonths\":12", "\"horizonMonths\":0")
            ),
            422,
            "outOfRange /horizonMonths: Expected 1 <= horizonMonths <= 600, got 0. | 0 | 1"
        ),
        new(
            "a suite's cost sheet without its candidate, with another's entrant, in another currency",
            Suite(
                $"\"businessValue\":{{\"perObjectiveUnit\":1,\"currency\":\"EUR\",\"period\":\"day\"}},\"costOfOwnership\":{Sheet(Option("a", "classical"), Option("b", "quantum", "simulatorRuntime", "\"entrant\":\"qaoa\","))}",
                """{"id":"random","role":"candidate"}"""
            ),
            422,
            """
notApplicable /costOfOwnership/options/1/entrant: No solver of this suite enters as "qaoa"; its entrants are random.
empty /costOfOwnership/options: No option has the candidate "random" as its entrant: what it costs to have would be left out.
conflict /costOfOwnership/currency: The business value is in EUR, these costs are in USD; amounts compare in one currency only.
"""
        ),
        new(
            "a suite's cost sheet that compares a candidate with itself",
            Suite(
                $"\"costOfOwnership\":{Sheet(Option("a", "classical", "simulatorRuntime", "\"entrant\":\"random\","), Option("b", "classical"))}",
                """{"id":"random","role":"candidate"}"""
            ),
            422,
            """conflict /costOfOwnership/options/0/entrant: The first classical option is what the others are compared with, and "random" is a candidate: nothing would be asked of its costs. Put a classical option of another entrant, or of none, before it."""
        ),
        new(
            "a suite's size mix that does not add up",
            Suite(
                $"\"costOfOwnership\":{Sheet(Option("a", "classical"), Option("b", "quantum")).Replace("\"solvesPerMonth\":1", "\"solvesPerMonth\":1,\"sizeMix\":[{\"upToVariables\":10,\"share\":0.5},{\"upToVariables\":10,\"share\":0.25}]")}"
            ),
            422,
            """
conflict /costOfOwnership/workload/sizeMix/1/upToVariables: Expected more than the entry before it (10), got 10. | 10 | 10
conflict /costOfOwnership/workload/sizeMix: The shares add up to 0.75, not 1.
"""
        ),
    ];

    private static Sent Suite(string more, string solver = """{"id":"random"}""") =>
        Post(
            "/v1/benchmarks",
            $$$"""{"name":"bad","instances":[{"name":"i","problem":{"family":"qubo","terms":[[0,0,1]]}}],"solvers":[{{{solver}}}],"seeds":[1],"budget":{"evaluations":10},{{{more}}}}"""
        );

    private static string Sheet(params string[] options) =>
        $$$"""{"currency":"USD","horizonMonths":12,"workload":{"solvesPerMonth":1},"options":[{{{string.Join(',', options)}}}]}""";

    private static string Option(string name, string kind, string? without = null, string more = "") =>
        $$"""{"name":"{{name}}","kind":"{{kind}}",{{more}}"lines":[{{string.Join(',', Items.Split(' ').Where(i => i != without).Select(i => $$"""{"item":"{{i}}","unitPrice":0,"source":"s"}"""))}}]}""";
}
