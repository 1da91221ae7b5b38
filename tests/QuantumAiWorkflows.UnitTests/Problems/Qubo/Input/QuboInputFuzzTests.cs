using System.Text.RegularExpressions;
using CsCheck;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Problems.Qubo.Input;

public sealed class QuboInputFuzzTests
{
    private static readonly string[] Bodies =
    [
        """{"family":"qubo","coo":{"numVariables":3,"row":[0,0,1],"col":[0,1,2],"value":[-1,2,-3]},"labels":["a",[1],2]}""",
        """{"family":"qubo","terms":[[0,0,1],[0,1,2.5]],"offset":1,"sense":"maximize","duplicates":"sum","tags":{"a":"b"}}""",
        """{"family":"qubo","qubo":{"0,0":1,"0,1":2.5},"numVariables":4,"name":"x","notes":null}""",
        """{"family":"qubo","ising":{"h":[1,-1],"j":[[0,1,2]]}}""",
        """{"family":"qubo","ising":{"h":[1,-1],"j":{"0,1":2}}}""",
        """{"family":"qubo","matrix":[[1,2],[2,3]],"form":"symmetric"}""",
        """{"family":"qubo","bqm":{"type":"B","version":{"bqm_schema":"3.0.0"},"num_variables":2,"num_interactions":1,"variable_labels":["a","b"],"variable_type":"SPIN","offset":3,"linear_biases":[1,-2],"quadratic_biases":[4],"quadratic_head":[1],"quadratic_tail":[0]}}""",
    ];

    private static readonly string[] Fragments =
    [
        "null",
        "true",
        "0",
        "1",
        "-1",
        "-0.0",
        "0.5",
        "1e0",
        "1e400",
        "-1e308",
        "1e-400",
        "9999999999999999999",
        "2147483647",
        "\"\"",
        "\"a\"",
        "\"0,1\"",
        "\"\\ud800\"",
        "\"family\"",
        "[]",
        "{}",
        "[[]]",
        "[0,1,2]",
        "{\"0,1\":1}",
        ",",
        "NaN",
        "",
    ];

    private static readonly Gen<string> Damaged =
        from body in Gen.OneOf([.. Bodies.Select(b => Gen.Const(b))])
        from damages in Gen.Select(Gen.Int[0, 1000], Gen.Int[0, Fragments.Length - 1]).Array[1, 3]
        select damages.Aggregate(body, (text, damage) => Replace(text, damage.Item1, Fragments[damage.Item2]));

    [Fact]
    public void Whatever_is_sent_there_is_a_problem_or_a_fault_and_never_an_exception() =>
        Damaged.Sample(
            body =>
            {
                var faults = new FaultList();
                var problem = Posted.Read(body, "/problem", faults);
                return problem is null
                    ? !faults.IsEmpty && faults.Items.All(f => f.Detail.Length is > 5 and < 1000)
                    : faults.IsEmpty && Posted.Again(problem).Id == problem.Id && IsFinite(problem);
            },
            iter: 20_000
        );

    private static bool IsFinite(Problem problem) =>
        double.IsFinite((double)problem.Summary["energyOfAllOnes"]!)
        && double.IsFinite((double)problem.Summary["energyOfAllZeros"]!);

    private static string Replace(string text, int at, string fragment)
    {
        var tokens = Regex.Matches(
            text,
            "\"[^\"]*\"|[-+.0-9a-zA-Z]+|[\\[\\]{}]",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        if (tokens.Count == 0)
            return text;
        var token = tokens[at % tokens.Count];
        return string.Concat(text.AsSpan(0, token.Index), fragment, text.AsSpan(token.Index + token.Length));
    }
}
