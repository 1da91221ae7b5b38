using System.Text;
using static QuantumAiWorkflows.IntegrationTests.BadRequests.Sent;

namespace QuantumAiWorkflows.IntegrationTests.BadRequests;

/// <summary>Problems that mean nothing, however they come.</summary>
internal static class BadProblems
{
    public static IReadOnlyList<BadRequest> All { get; } =
    [
        new(
            "a problem without a family",
            Problem("""{"terms":[[0,0,1]]}"""),
            400,
            """missingMember /problem/family: Member "family" is missing; known families are qubo, routing, scheduling, roster, feature-selection."""
        ),
        new(
            "a family that nobody knows",
            Problem("""{"family":"sudoku"}"""),
            400,
            "unknownFamily /problem/family: Unknown family; known are qubo, routing, scheduling, roster, feature-selection. | \"sudoku\""
        ),
        new(
            "a family that is a number",
            Problem("""{"family":1}"""),
            400,
            "wrongType /problem/family: Expected a string: one of qubo, routing, scheduling, roster, feature-selection."
        ),
        new(
            "a problem that is an array",
            Problem("[1]"),
            400,
            """wrongType /problem: Expected an object with a "family" member."""
        ),
        new(
            "a problem without a form",
            Problem("""{"family":"qubo"}"""),
            400,
            "missingMember /problem: Expected exactly one of coo, bqm, qubo, ising, matrix, terms; none is given."
        ),
        new(
            "a problem in two forms",
            Qubo("\"terms\":[[0,0,1]],\"qubo\":{\"0,0\":1}"),
            422,
            """conflict /problem/terms: Expected exactly one of coo, bqm, qubo, ising, matrix, terms; "qubo" is given already."""
        ),
        new(
            "a coefficient of 1e999",
            Qubo("\"coo\":{\"numVariables\":1,\"row\":[0],\"col\":[0],\"value\":[1e999]}"),
            422,
            "notFinite /problem/coo/value/0: 1e999 is beyond the range of a double (1.8e308). | \"1e999\""
        ),
        new(
            "an offset of -1e999",
            Qubo("\"terms\":[[0,0,1]],\"offset\":-1e999"),
            422,
            "notFinite /problem/offset: -1e999 is beyond the range of a double (1.8e308). | \"-1e999\""
        ),
        new(
            "a coefficient in quotes",
            Qubo("\"terms\":[[0,0,\"1\"]]"),
            400,
            "wrongType /problem/terms/0/2: Expected a number, got a string. | \"1\""
        ),
        new(
            "an index beyond the variables",
            Qubo("\"coo\":{\"numVariables\":2,\"row\":[0],\"col\":[2],\"value\":[1]}"),
            422,
            "indexOutOfRange /problem/coo/col/0: Expected an index from 0 to 1, got 2. | 2 | 1"
        ),
        new(
            "an index below 0",
            Qubo("\"coo\":{\"numVariables\":2,\"row\":[-1],\"col\":[1],\"value\":[1]}"),
            422,
            "indexOutOfRange /problem/coo/row/0: Expected an index from 0 to 1, got -1. | -1 | 0"
        ),
        new(
            "half an index",
            Qubo("\"terms\":[[0.5,0,1]]"),
            400,
            "wrongType /problem/terms/0/0: Expected an index, which is a whole number."
        ),
        new(
            "an index beyond every integer",
            Qubo("\"coo\":{\"numVariables\":2,\"row\":[99999999999999999999],\"col\":[1],\"value\":[1]}"),
            422,
            "outOfRange /problem/coo/row/0: 99999999999999999999 does not fit; write it as a plain integer of at most 2147483647. | \"99999999999999999999\""
        ),
        new(
            "arrays of unequal lengths",
            Qubo("\"coo\":{\"numVariables\":2,\"row\":[0,1],\"col\":[1],\"value\":[1]}"),
            422,
            """lengthMismatch /problem/coo/row: Expected 1 items, as many as "value" says, got 2. | 2 | 1"""
        ),
        new(
            "a ragged matrix",
            Qubo("\"matrix\":[[1,2],[3]],\"form\":\"symmetric\""),
            422,
            "ragged /problem/matrix/1: Expected 2 columns, as many as there are rows, got 1. | 1 | 2"
        ),
        new(
            "a matrix without a form",
            Qubo("\"matrix\":[[1,2],[2,1]]"),
            400,
            """missingMember /problem/form: A matrix needs a form: "upperTriangular" or "symmetric"."""
        ),
        new(
            "a matrix that is not symmetric",
            Qubo("\"matrix\":[[1,2],[3,1]],\"form\":\"symmetric\""),
            422,
            "conflict /problem/matrix/1/0: Row 1, column 0 must equal row 0, column 1 in a symmetric matrix. | 3 | 2"
        ),
        new(
            "an entry given twice",
            Qubo("\"terms\":[[0,1,1],[1,0,1]]"),
            422,
            """duplicateEntry /problem/terms/1: The pair (0, 1) is given twice; remove one, or set duplicates to "sum"."""
        ),
        new(
            "a sum beyond every double",
            Qubo("\"terms\":[[0,1,1e308],[0,1,1e308]],\"duplicates\":\"sum\""),
            422,
            "overflow /problem/terms: The sum of the coefficients' magnitudes exceeds a double's range."
        ),
        new("no variables", Qubo("\"terms\":[]"), 422, "empty /problem/terms: The problem has no variables."),
        new(
            "more variables than a problem has",
            Qubo("\"coo\":{\"numVariables\":2000000000,\"row\":[],\"col\":[],\"value\":[]}"),
            422,
            "overLimit /problem/coo/numVariables: Expected at most 1000000 variables, got 2000000000. | 2000000000 | 1000000"
        ),
        new(
            "more variables than this server takes",
            Qubo("\"coo\":{\"numVariables\":100001,\"row\":[],\"col\":[],\"value\":[]}"),
            422,
            "overLimit /problem: This server takes 100000 variables, got 100001. | 100001 | 100000"
        ),
        new(
            "a sense that is neither",
            Qubo("\"terms\":[[0,0,1]],\"sense\":\"max\""),
            400,
            "unknownValue /problem/sense: Expected one of minimize, maximize, got \"max\". | \"max\""
        ),
        new(
            "two variables of one name",
            Qubo("\"terms\":[[0,1,1]],\"labels\":[\"a\",\"a\"]"),
            422,
            "duplicateEntry /problem/labels/1: Another variable has this label."
        ),
        new(
            "a spin coupled with itself",
            Qubo("\"ising\":{\"h\":[1,1],\"j\":[[0,0,1]]}"),
            422,
            "conflict /problem/ising/j/0: A coupling joins spin 0 with itself; s·s is 1, so that it belongs into offset."
        ),
        new(
            "a bqm of a schema before 2",
            Qubo(
                "\"bqm\":{\"type\":\"BinaryQuadraticModel\",\"version\":{\"bqm_schema\":\"1.0.0\"},\"num_variables\":1,\"num_interactions\":0,\"variable_labels\":[0],\"variable_type\":\"SPIN\",\"offset\":0,\"linear_biases\":[1],\"quadratic_biases\":[],\"quadratic_head\":[],\"quadratic_tail\":[]}"
            ),
            400,
            "unknownValue /problem/bqm/version/bqm_schema: Expected bqm_schema 2.x or 3.x, such as \"3.0.0\". | \"1.0.0\""
        ),
        new(
            "a stored problem without a family",
            Post("/v1/problems", "{}"),
            400,
            """missingMember /family: Member "family" is missing; known families are qubo, routing, scheduling, roster, feature-selection."""
        ),
        new(
            "a format that nobody knows",
            Post("/v1/problems?format=xlsx", "{}"),
            400,
            """badQuery: Query parameter "format" must be one of bqm, coo, qubo, qs, biqmac, gset, csv, tsplib, cvrplib, solomon, roster, jobshop, fjsp, psplib."""
        ),
        new(
            "a family in the query that nobody knows",
            Post("/v1/problems?family=sudoku", "{}"),
            400,
            """badQuery: Query parameter "family" must be one of qubo, routing, scheduling, roster, feature-selection."""
        ),
        new(
            "validateOnly=maybe",
            Post("/v1/problems?validateOnly=maybe", "{}"),
            400,
            """badQuery: Query parameter "validateOnly" must be true or false."""
        ),
        new(
            "plain text for a problem",
            PostBytes("/v1/problems", [.. "0 0 1"u8], "text/plain"),
            415,
            """unsupportedMediaType: Expected application/json, got "text/plain"."""
        ),
        new(
            "a file with a bad line",
            PostBytes("/v1/problems?format=coo", [.. "# vartype=BINARY\n0 0 1.0\n0 x 1.0\n"u8], "text/plain"),
            422,
            """fileContent 3:3: Expected an index, a whole number from 0 to 999999, got "x". | "x" | 999999"""
        ),
        new(
            "a file that ends too early",
            PostBytes("/v1/problems?format=gset", [.. "3 3\n1 2 1\n"u8], "text/plain"),
            422,
            "fileContent 2:6: Expected 3 entries, as the first line says; the file ends after 1. | 1 | 3"
        ),
        new(
            "an empty file",
            PostBytes("/v1/problems?format=qubo", [], "text/plain"),
            422,
            """fileContent 1:1: Expected a line "p qubo 0 maxNodes nNodes nCouplers"; the file ends."""
        ),
        new(
            "a form without a format",
            Form("file", "0 0 1"),
            400,
            "badQuery: A form of files needs ?format= to say what they are."
        ),
        new(
            "a form without a file",
            Form("settings", "{}", "?format=coo"),
            400,
            """missingMember /file: Expected 1 to 100 parts named "file", got 0. | 0 | 100"""
        ),
        new(
            "a form with a part that nobody knows",
            Form("picture", "0 0 1", "?format=coo"),
            400,
            """unknownMember /picture: Expected the parts "file" and "settings"."""
        ),
        new(
            "a form whose settings are not JSON",
            Form("settings", "{", "?format=coo"),
            400,
            """
missingMember /file: Expected 1 to 100 parts named "file", got 0. | 0 | 100
syntax 1:2: The body is not JSON (numbers such as NaN and Infinity are not).
"""
        ),
        new(
            "a form that ends too early",
            Form("file", "0 0 1", "?format=coo", ends: false),
            400,
            "invalidRequest: The form ends before its last boundary."
        ),
        new(
            "a form without its boundary",
            PostBytes("/v1/problems?format=coo", [.. "x"u8], "multipart/form-data"),
            400,
            "invalidRequest: The body could not be decompressed or split into its parts."
        ),
        new(
            "an export that names no format",
            Get("/v1/problems/{problem}/export"),
            400,
            """badQuery: Query parameter "format" is missing."""
        ),
        new(
            "an export to a format that nobody knows",
            Get("/v1/problems/{problem}/export?format=xlsx"),
            400,
            """badQuery: Query parameter "format" must be one of bqm, coo, qubo, qs, biqmac, gset, csv, tsplib, cvrplib, solomon, roster, jobshop, fjsp, psplib."""
        ),
        new(
            "an answer that is too short",
            Evaluate("""{"solution":{"values":[0,1]}}"""),
            422,
            "lengthMismatch /solution/values: Expected 3 values, got 2. | 2 | 3"
        ),
        new(
            "an answer that is no bit",
            Evaluate("""{"solution":{"values":[0,1,2]}}"""),
            422,
            "outOfRange /solution/values/2: Expected 0 or 1, got 2. | 2 | 1"
        ),
        new(
            "an answer that is half a bit",
            Evaluate("""{"solution":{"values":[0,1,0.5]}}"""),
            400,
            "wrongType /solution/values/2: Expected a whole number, got 0.5. | 0.5"
        ),
        new(
            "an answer that is null",
            Evaluate("""{"solution":null}"""),
            400,
            """wrongType /solution: Member "solution" must not be null."""
        ),
        new(
            "an answer that is missing",
            Evaluate("{}"),
            400,
            """missingMember /solution: Member "solution" is missing."""
        ),
        new(
            "an answer that is an array",
            Evaluate("""{"solution":[0,1,1]}"""),
            400,
            "wrongType /solution: Expected an object, got an array."
        ),
        new(
            "an answer to a problem that is not there",
            Post("/v1/problems/sha256:0/evaluations", """{"solution":{"values":[0]}}"""),
            404,
            """notFound: No problem has the id "sha256:0"."""
        ),
        new(
            "a problem that is not there",
            Get("/v1/problems/sha256:0"),
            404,
            """notFound: No problem has the id "sha256:0"."""
        ),
        new(
            "erasing a problem that is not there",
            new("DELETE", "/v1/problems/sha256:0"),
            404,
            """notFound: No problem has the id "sha256:0"."""
        ),
        new(
            "erasing a problem that a job works on",
            new("DELETE", "/v1/problems/{busyProblem}"),
            409,
            "stillRunning: 1 job still works on this problem; wait for it or cancel it."
        ),
    ];

    private static Sent Evaluate(string body) => Post("/v1/problems/{problem}/evaluations", body);

    private static Sent Form(string part, string text, string query = "", bool ends = true) =>
        PostBytes(
            $"/v1/problems{query}",
            Encoding.UTF8.GetBytes(
                $"--line\r\nContent-Disposition: form-data; name=\"{part}\"{(part == "settings" ? "" : "; filename=\"f\"")}\r\n\r\n{text}{(ends ? "\r\n--line--\r\n" : "")}"
            ),
            "multipart/form-data; boundary=line"
        );
}
