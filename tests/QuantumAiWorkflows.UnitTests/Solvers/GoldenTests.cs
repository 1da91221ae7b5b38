using System.Security.Cryptography;
using System.Text;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.UnitTests.Solvers;

/// <summary>
/// A fingerprint of every solver's answers to fixed problems, seeds and count budgets. It changes when an answer to some
/// seed may change, and then the solver's version must, too: runs compare by version.
/// </summary>
public sealed class GoldenTests
{
    private static readonly Dictionary<string, (string Version, string Hash)> Golden = new()
    {
        ["exhaustive"] = ("1.0.0", "74a376b0159d0145d97cc0fac98d0d3392ebc275935e2e167d91b9cf460c8bd4"),
        ["random"] = ("1.0.0", "a1fd67fcd06e6577e5866622a975e3409b95a38218109222de06a60ebf285878"),
        ["simulated-annealing"] = ("1.1.1", "03f7aa694896ab59703cab650b9bf42da1b5d0b9560c751a8ada811a22855d4c"),
        ["tabu"] = ("1.1.0", "b26b460f64326572bbfb225b484eddb909a320f1b5566df53ff38dac254749b7"),
        ["path-relinking"] = ("1.1.0", "a45d8bf044336d58338dabab0544918cb81114b0c9de1518f547f2c9f37a341d"),
        ["parallel-tempering"] = ("1.1.0", "df9800bf3fea5e3f4b570cb172f412b529dc8063595d3c921f0e52e2a155676a"),
        ["simulated-quantum-annealing"] = ("1.0.0", "b414823369abbe6d2d4efae7ac51c325666b4d5785b861e5b56d93484a8d5eb7"),
        ["rqaoa"] = ("1.0.0", "c2374f0c4ff784658836a597d67b9d799f413902b56f07745f90133c8aea454d"),
        ["qaoa"] = ("1.1.0", "c02fdbdf3c34b5d8bc25e6d494bdf8168b758a48903dc89c938573082a7b3ab5"),
        ["hybrid-decomposition"] = ("1.0.0", "a274e1f21688dcbf7bd629f42aea85bb000bc37318fcb51f65f380006db33f41"),
        ["greedy"] = ("1.0.0", "20b13dfa680b88eb9475668921a5b70aecd8bd1e458d5d8b985d8d5d2e68e690"),
        ["genetic"] = ("1.0.1", "13bd5768f98ddd4f0249d7a9538f1369fc196f78ab7efe13155341d417179b28"),
        ["mean-field"] = ("1.0.1", "ae06238ae9497c42b751c1dbeae9e7adcdb67e3d96e1f5d6e4e10bb3a1e79250"),
        ["simulated-bifurcation"] = ("1.0.1", "380b7b5f10a40ab66844e033764866dbe92b2b9beea68df77b77183549acfab9"),
        ["cp-sat"] = ("1.1.1", "dcd7eb2c3bbec489cb128915616f1080f3517a03732b0a78b1497c463b3a3cfa"),
        ["scip"] = ("1.0.0", "7d4242a450e683b6e37b9cee9f385ecf4277ef6e142c62e59262b30bc82cbd33"),
        ["auto"] = ("1.0.1", "7d4242a450e683b6e37b9cee9f385ecf4277ef6e142c62e59262b30bc82cbd33"),
    };

    private static readonly SolveBudget Counts = new() { Evaluations = 300_000 };
    private static readonly SolveBudget FewCounts = new() { Evaluations = 30, Shots = 200 };

    public static TheoryData<string> Ids =>
        [.. Registered.All.Where(s => s.Families.Contains("qubo")).Select(s => s.Info.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void Answers_change_only_with_the_version(string id)
    {
        var solver = Registered.All.Single(s => s.Info.Id == id);
        Golden.Should().ContainKey(id, "a new solver needs a line here");

        var hash = Hash(solver);

        (solver.Info.Version, hash)
            .Should()
            .Be(Golden[id], $"{id} gives other answers than before: raise the version in its Info, then set both here");
    }

    private static string Hash(ISolver solver)
    {
        var text = new StringBuilder();
        // An evaluation of qaoa is a whole state: fewer of them, and not of 2^20 amplitudes.
        var isQuantum = solver.Info is { Paradigm: Paradigm.Quantum, SubSolver: null };
        foreach (var (problem, seed) in Problems().Take(isQuantum ? 3 : 4))
        {
            var budget = isQuantum ? FewCounts : Counts;
            var context = Registered.Context(solver, budget, seed);
            var outcome = solver.Solve(problem, Registered.Options(solver), context);
            text.AppendLine(OutcomeJson.Of(problem, outcome, context));
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IEnumerable<(QuboProblem Problem, long Seed)> Problems()
    {
        yield return (Some.Qubo(1), 1);
        yield return (Some.Qubo(9, 1, 2, Sense.Maximize), 2);
        yield return (Some.Qubo(14, 0.3, 3, Sense.Minimize, Vartype.Spin), 3);
        yield return (Some.Qubo(20, 0.05, 4, Sense.Maximize, Vartype.Spin), 4);
    }
}
