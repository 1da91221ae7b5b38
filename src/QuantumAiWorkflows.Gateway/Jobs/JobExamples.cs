using System.Text.Json.Nodes;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>Requests that run as they stand; Swagger UI offers them, and a test posts every one.</summary>
internal static class JobExamples
{
    /// <summary>Of every family the request that <c>GET /v1/families/{family}</c> shows, too.</summary>
    public static ExampleDocs[] All { get; } =
    [
        .. ProblemFamily.All.Select(f => new ExampleDocs(f.Title, () => Of(f))),
        new("exact: exhaustive search", () => Job("exhaustive", null, Cpu(1))),
        new("quantum: QAOA with two layers", () => Job("qaoa", new JsonObject { ["layers"] = 2 }, Shots(2, 1024))),
        new("exact: CP-SAT with a proof", () => Job("cp-sat", null, Cpu(2))),
        new(
            "heuristic: tabu search, repeatable",
            () => Job("tabu", null, new JsonObject { ["evaluations"] = 100_000 })
        ),
        new(
            "heuristic: path relinking after an exact presolve, repeatable",
            () =>
                Job(
                    "path-relinking",
                    new JsonObject { ["presolve"] = true },
                    new JsonObject { ["evaluations"] = 1_000_000 }
                )
        ),
        new("exact: SCIP, a second opinion on bounds", () => Job("scip", null, Cpu(2))),
        new("Max-Cut as Ising spins", MaxCut),
        new(
            "quantum: XY mixer, exactly one of two variables is 1",
            () =>
                Job(
                    "qaoa",
                    new JsonObject { ["variant"] = "xyRing", ["groups"] = new JsonArray(new JsonArray(0, 1)) },
                    Shots(2, 1024)
                )
        ),
        new(
            "quantum: warm start, shots with the errors of a superconducting machine",
            () =>
                Job(
                    "qaoa",
                    new JsonObject
                    {
                        ["variant"] = "warmStart",
                        ["noise"] = new JsonObject { ["profile"] = "superconducting" },
                    },
                    Shots(2, 1024)
                )
        ),
        new(
            "hybrid: two variables at a time, by QAOA",
            () =>
                Job(
                    "hybrid-decomposition",
                    new JsonObject { ["subProblemSize"] = 2, ["subSolver"] = "qaoa" },
                    Cpu(1),
                    // Starts away from the optimum: where no circuit betters the start, the run is classical.
                    seed: 5
                )
        ),
        new("quantum-inspired: recursive QAOA by formulas", () => Job("rqaoa", null, Cpu(1))),
        new("quantum-inspired: simulated quantum annealing", () => Job("simulated-quantum-annealing", null, Cpu(0.2))),
        new("feature subsets: proposed, trained, and validated with the selection inside the folds", ValidatedSubsets),
        new("encoding: a round trip to three stops as 9 qubits, XY mixer on the positions", Trip),
        new("encoding: a schedule as a QUBO with a horizon, repaired", Schedule),
    ];

    /// <summary>By the family's default solver.</summary>
    public static JsonObject Of(ProblemFamily family) =>
        new()
        {
            ["problem"] = family.Example,
            ["solver"] = family.ClassicalSolvers[0],
            ["budget"] = Cpu(1),
            ["seed"] = 1,
        };

    public static ExampleDocs Batch { get; } =
        new(
            "two solvers, one problem",
            () =>
                new JsonObject
                {
                    ["jobs"] = new JsonArray(
                        Job("exhaustive", null, Cpu(1)),
                        Job("simulated-annealing", null, Cpu(0.2))
                    ),
                }
        );

    private static JsonObject Job(string solver, JsonObject? options, JsonObject budget, int seed = 7)
    {
        var job = new JsonObject { ["problem"] = QuboFamily.Instance.Example, ["solver"] = solver };
        if (options is not null)
            job["options"] = options;
        job["budget"] = budget;
        job["seed"] = seed;
        return job;
    }

    /// <summary>The ring of four: both colourings that alternate cut all four edges.</summary>
    private static JsonObject MaxCut() =>
        new()
        {
            ["problem"] = new JsonObject
            {
                ["family"] = "qubo",
                ["ising"] = new JsonObject
                {
                    ["h"] = new JsonArray(0, 0, 0, 0),
                    ["j"] = new JsonObject
                    {
                        ["0,1"] = -0.5,
                        ["1,2"] = -0.5,
                        ["2,3"] = -0.5,
                        ["0,3"] = -0.5,
                    },
                },
                ["offset"] = 2,
                ["sense"] = "maximize",
            },
            ["solver"] = "simulated-annealing",
            ["budget"] = Cpu(0.2),
            ["seed"] = 7,
        };

    /// <summary>
    /// Forty customers: whether one leaves follows from tickets and tenure, but for some; fees repeats tenure with noise, and the house
    /// number says nothing.
    /// </summary>
    private static JsonObject ValidatedSubsets()
    {
        var rows = new JsonArray();
        for (var i = 0; i < 40; i++)
        {
            var (tenure, tickets) = (1 + i * 7 % 24, i * 5 % 9);
            var leaves = tickets * 3 - tenure + i * 11 % 5 > 0;
            rows.Add(new JsonArray(tenure, tickets, 30 * tenure + i * 13 % 50, 1 + i * 29 % 97, leaves ? "yes" : "no"));
        }
        return new()
        {
            ["problem"] = new JsonObject
            {
                ["family"] = "feature-selection",
                ["table"] = new JsonObject
                {
                    ["columns"] = new JsonArray([
                        .. ((string[])["tenure", "tickets", "fees", "houseNumber", "leaves"]).Select(
                            name => new JsonObject { ["name"] = name }
                        ),
                    ]),
                    ["rows"] = rows,
                },
                ["target"] = "leaves",
                ["task"] = "classification",
                ["size"] = new JsonObject { ["exactly"] = 2 },
            },
            ["solver"] = "auto",
            ["budget"] = new JsonObject { ["evaluations"] = 10_000 },
            ["validate"] = new JsonObject
            {
                ["folds"] = 4,
                ["scheme"] = "stratified",
                ["resamples"] = 5,
            },
            ["seed"] = 7,
        };
    }

    /// <summary>Positions and visits overlap, so rings take one kind of the two; penalties keep the other.</summary>
    private static JsonObject Trip() =>
        new()
        {
            ["problem"] = JsonNode.Parse(
                """
                {"family":"routing",
                 "locations":[{"id":"depot","x":0,"y":0},{"id":"A","x":0,"y":4},{"id":"B","x":3,"y":4},{"id":"C","x":3,"y":0}],
                 "distance":{"metric":"euclidean"},
                 "vehicles":[{"id":"van","start":"depot","end":"depot","capacities":[]}],
                 "stops":[{"id":"a","location":"A","demands":[]},{"id":"b","location":"B","demands":[]},{"id":"c","location":"C","demands":[]}]}
                """
            ),
            ["solver"] = "qaoa",
            ["options"] = new JsonObject { ["variant"] = "xyRing", ["groupsOf"] = new JsonArray("position") },
            ["encoding"] = new JsonObject { ["penalty"] = new JsonObject { ["policy"] = "momc" } },
            ["budget"] = Shots(2, 1024),
            ["seed"] = 7,
        };

    private static JsonObject Schedule() =>
        new()
        {
            ["problem"] = SchedulingFamily.Instance.Example,
            ["solver"] = "tabu",
            ["encoding"] = new JsonObject { ["horizon"] = 12, ["repair"] = "default" },
            ["budget"] = new JsonObject { ["evaluations"] = 200_000 },
            ["seed"] = 7,
        };

    private static JsonObject Cpu(double seconds) => new() { ["cpuSeconds"] = seconds };

    private static JsonObject Shots(double cpuSeconds, int shots) =>
        new() { ["cpuSeconds"] = cpuSeconds, ["shots"] = shots };
}
