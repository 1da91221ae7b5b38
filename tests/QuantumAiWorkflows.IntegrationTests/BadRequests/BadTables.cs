using static QuantumAiWorkflows.IntegrationTests.BadRequests.Sent;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>Tables that nothing can be chosen from, and validations that they do not allow.</summary>
internal static class BadTables
{
    private const string TwoColumns = """[{"name":"a"},{"name":"y"}]""";

    public static IReadOnlyList<BadRequest> All { get; } =
    [
        new(
            "a table with a word in a numeric column",
            Table("""{"columns":[{"name":"a","type":"numeric"},{"name":"y"}],"rows":[[1,"p"],["x","q"]]}"""),
            422,
            """conflict /problem/table/rows/1/0: Column "a" is numeric; got "x"."""
        ),
        new(
            "a table with an array in a cell",
            Table($$"""{"columns":{{TwoColumns}},"rows":[[1,"p"],[[2],"q"]]}"""),
            422,
            "notApplicable /problem/table/rows/1/0: A cell is a number, a string, true, false or null; got an array."
        ),
        new(
            "a table with an object in a cell",
            Table($$"""{"columns":{{TwoColumns}},"rows":[[1,"p"],{"a":{ },"y":"q"}]}"""),
            422,
            "notApplicable /problem/table/rows/1/a: A cell is a number, a string, true, false or null; got an object."
        ),
        new(
            "a table with rows of unequal lengths",
            Table($$"""{"columns":{{TwoColumns}},"rows":[[1,"p"],[2]]}"""),
            422,
            "ragged /problem/table/rows/1: Expected 2 values, one per column, got 1. | 1 | 2"
        ),
        new(
            "a table with one class only",
            Table($$"""{"columns":{{TwoColumns}},"rows":[[1,"p"],[2,"p"]]}"""),
            422,
            """outOfRange /problem/target: The target "y" has one class only; a classification needs at least two. | 1 | 2"""
        ),
        new(
            "a table with a row without a target",
            Table($$"""{"columns":{{TwoColumns}},"rows":[[1,"p"],[2,null],[3,"q"]]}"""),
            422,
            """empty /problem/target: The target "y" has no value in 1 rows, first in row 1 (from 0). | 1 | 0"""
        ),
        new(
            "a table of a million rows",
            Table($$"""{"columns":{{TwoColumns}},"coo":{"numRows":1000000,"row":[0],"col":[0],"value":[1]} }"""),
            422,
            "outOfRange /problem/table/coo/numRows: Expected 1 <= numRows <= 200000, got 1000000. | 1000000 | 200000"
        ),
        new(
            "a table with a column given twice",
            Table("""{"columns":[{"name":"a"},{"name":"a"},{"name":"y"}],"rows":[[1,2,"p"],[2,3,"q"]]}"""),
            422,
            """duplicateEntry /problem/table/columns/1/name: The name "a" is given twice."""
        ),
        new(
            "a validation of ready scores",
            Validate(
                "{}",
                """{"family":"feature-selection","scores":{"names":["a","b"],"relevance":[1,2],"redundancy":{"row":[],"col":[],"value":[]}},"size":{"exactly":1} }"""
            ),
            422,
            "notApplicable /validate: Models are trained on a table; this problem has scores alone. Post it with table, target and task."
        ),
        new(
            "a validation of another family",
            Validate("{}", Bodies.Small, "random"),
            422,
            "notApplicable /validate: Feature subsets are trained and validated; a qubo problem has none."
        ),
        new(
            "a validation that is a word",
            Validate("\"yes\""),
            400,
            "wrongType /validate: Expected an object, got a string. | \"yes\""
        ),
        new(
            "a validation with one fold",
            Validate("""{"folds":1}"""),
            422,
            "outOfRange /validate/folds: Expected 2 <= folds <= 10, got 1. | 1 | 2"
        ),
        new(
            "a validation with half a fold",
            Validate("""{"folds":2.5}"""),
            400,
            "wrongType /validate/folds: Expected a whole number, got 2.5. | 2.5"
        ),
        new(
            "a validation by a scheme that nobody knows",
            Validate("""{"scheme":"shuffled"}"""),
            400,
            """unknownValue /validate/scheme: Expected one of stratified, grouped, time, got "shuffled". | "shuffled" """.TrimEnd()
        ),
        new(
            "a grouped validation without its column",
            Validate("""{"scheme":"grouped"}"""),
            400,
            "missingMember /validate/groupColumn: The scheme grouped needs groupColumn, the column that tells whose rows belong together."
        ),
        new(
            "a grouped validation by a column that may be chosen",
            Validate("""{"scheme":"grouped","groupColumn":"x0"}"""),
            422,
            """conflict /validate/groupColumn: "x0" may be chosen as a feature; name it in the problem's exclude."""
        ),
        new(
            "a validation by a time column that is not there",
            Validate("""{"scheme":"time","timeColumn":"when"}"""),
            422,
            """indexOutOfRange /validate/timeColumn: The table has no feature "when"."""
        ),
        new(
            "a validation in more folds than the rows allow",
            Validate("{}", Tables.Planted(rows: 8).ToJsonString()),
            422,
            """
outOfRange /validate/folds: 5 folds need at least 10 rows, two to test on in each; the table has 8. | 8 | 10
outOfRange /validate/folds: 5 folds need at least 5 rows of every class; "no" has 4. | 4 | 5
"""
        ),
        new(
            "a validation of too many candidates",
            Validate("""{"candidates":21}"""),
            422,
            "outOfRange /validate/candidates: Expected 1 <= candidates <= 20, got 21. | 21 | 20"
        ),
        new(
            "a validation without a model",
            Validate("""{"models":[]}"""),
            422,
            """empty /validate/models: Member "models" must not be empty. | 0 | 1"""
        ),
        new(
            "a validation with a limit beyond the server's",
            Validate("""{"cpuSeconds":86400}"""),
            422,
            $"overLimit /validate/cpuSeconds: This server allows cpuSeconds up to {3600 * Environment.ProcessorCount}, got 86400. | 86400 | {3600 * Environment.ProcessorCount}"
        ),
    ];

    private static Sent Table(string table) =>
        Post(
            "/v1/jobs",
            Bodies.Job(
                $$"""{"family":"feature-selection","table":{{table}},"target":"y","task":"classification","size":{"exactly":1} }""",
                "tabu"
            )
        );

    private static Sent Validate(string plan, string? problem = null, string solver = "tabu") =>
        Post("/v1/jobs", Bodies.Job(problem ?? Tables.Planted().ToJsonString(), solver, $"\"validate\":{plan}"));
}
