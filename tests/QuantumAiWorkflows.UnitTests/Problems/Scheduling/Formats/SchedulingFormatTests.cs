using System.Text;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Problems.Scheduling;

namespace QuantumAiWorkflows.UnitTests.Problems.Scheduling.Formats;

public sealed class SchedulingFormatTests
{
    private const string Shop = "# two by two\r\n2 2\r\n0 3 1 2\r\n\r\n1 4  0 1\r\n";
    private const string Flexible = "2 2 1.5\n2 1 1 5 2 1 3 2 4\n1\t2 2 6 1 7\n";

    private static readonly string Project = $"""
        {Rule}
        file with basedata            : x.bas
        {Rule}
        projects                      :  1
        jobs (incl. supersource/sink ):  4
        horizon                       :  9
        RESOURCES
          - renewable                 :  2   R
          - nonrenewable              :  0   N
          - doubly constrained        :  0   D
        {Rule}
        PROJECT INFORMATION:
        pronr.  #jobs rel.date duedate tardcost  MPM-Time
            1     2      0        5        3        5
        {Rule}
        PRECEDENCE RELATIONS:
        jobnr.    #modes  #successors   successors
           1        1          2           2   3
           2        2          1           4
           3        1          1           4
           4        1          0
        {Rule}
        REQUESTS/DURATIONS:
        jobnr. mode duration  R 1  R 2
        ------------------------------------------------------------------------
          1      1     0       0    0
          2      1     4       2    0
                 2     6       1    0
          3      1     5       1    7
          4      1     0       0    0
        {Rule}
        RESOURCEAVAILABILITIES:
          R 1  R 2
            2    8
        {Rule}
        """;

    private static string Rule => new('*', 72);

    [Fact]
    public void A_job_shop_file_means_chains_on_machines()
    {
        var problem = Read("jobshop", Shop);

        problem.Jobs.Select(j => j.Id).Should().Equal("j1", "j2");
        problem.Resources.Should().Equal(new ShopResource("m0", 1), new ShopResource("m1", 1));
        problem.Tasks.Select(t => t.Id).Should().Equal("j1.1", "j1.2", "j2.1", "j2.2");
        problem.Tasks.Select(t => t.Modes.Single().Duration).Should().Equal(3, 2, 4, 1);
        problem.Tasks.Select(t => t.Modes[0].Uses.Single().Resource).Should().Equal(0, 1, 1, 0);
        problem.Tasks.Select(t => t.After.Length).Should().Equal(0, 1, 0, 1);
    }

    [Fact]
    public void A_flexible_file_counts_machines_from_one()
    {
        var problem = Read("fjsp", Flexible);

        problem.Tasks.Select(t => t.Modes.Length).Should().Equal(1, 2, 2);
        problem.Tasks[2].Modes.Select(m => (m.Id, m.Duration)).Should().Equal(("m1", 7), ("m2", 6));
        problem.Tasks[1].Modes[1].Uses.Should().Equal(new ResourceUse(1, 1));
    }

    [Fact]
    public void A_project_keeps_its_events_modes_and_dates()
    {
        var problem = Read("psplib", Project);

        problem.Jobs.Should().ContainSingle().Which.Should().Be(new ShopJob("project", 0, 5, 3, 0, 4));
        problem.Tasks.Select(t => t.Modes.Length).Should().Equal(1, 2, 1, 1);
        problem.Tasks[3].After.Should().Equal(1, 2);
        problem.Tasks[2].Modes[0].Uses.Should().Equal(new ResourceUse(0, 1), new ResourceUse(1, 7));
        problem.Resources.Select(r => r.Capacity).Should().Equal(2, 8);
    }

    [Theory]
    [InlineData("jobshop", "", 1)]
    [InlineData("jobshop", "2\n", 1)]
    [InlineData("jobshop", "x 2\n", 1)]
    [InlineData("jobshop", "0 2\n", 1)]
    [InlineData("jobshop", "2 2 2\n", 1)]
    [InlineData("jobshop", "5000 900\n", 1)]
    [InlineData("jobshop", "99999999999999999999 1\n", 1)]
    [InlineData("jobshop", "2 2\n0 3 1 2\n", 2)]
    [InlineData("jobshop", "2 2\n0 3 1 2\n0 3 1\n", 3)]
    [InlineData("jobshop", "2 2\n0 3 1 2\n0 3 1 2 9\n", 3)]
    [InlineData("jobshop", "1 2\n0 3 2 2\n", 2)]
    [InlineData("jobshop", "1 2\n0 3 1 -2\n", 2)]
    [InlineData("jobshop", "1 2\n0 3 1 1e3\n", 2)]
    [InlineData("jobshop", "1 2\n0 3 1 2\n0 3 1 2\n", 3)]
    [InlineData("jobshop", "1 2\n0 900000000 1 900000000\n", 2)]
    [InlineData("fjsp", "1 2 x\n1 1 1 5\n", 1)]
    [InlineData("fjsp", "1 2\n1 0\n", 2)]
    [InlineData("fjsp", "1 2\n1 3 1 5 2 5 1 5\n", 2)]
    [InlineData("fjsp", "1 2\n1 2 1 5 1 5\n", 2)]
    [InlineData("fjsp", "1 2\n1 1 0 5\n", 2)]
    [InlineData("fjsp", "1 2\n2000000000 1 1 5\n", 2)]
    [InlineData("fjsp", "1 2\n2 1 1 5\n", 2)]
    public void A_bad_shop_file_has_a_fault_with_its_line(string format, string text, int line)
    {
        var faults = new FaultList();

        Imported.Read(format, text, faults).Should().BeNull();

        var fault = faults.Items.Should().ContainSingle().Subject;
        fault.Code.Should().Be(FaultCode.FileContent);
        fault.Column.Should().BePositive();
        // What is about the whole, such as the horizon, belongs to the first line.
        fault.Line.Should().BeOneOf(fault.Detail.Contains("longest durations", StringComparison.Ordinal) ? 1 : line);
    }

    [Theory]
    [InlineData("projects                      :  1", "projects : 2", 4)]
    [InlineData("nonrenewable              :  0", "nonrenewable : 1", 9)]
    [InlineData("   4        1          0", "   5        1          0", 21)]
    [InlineData("   4        1          0", "   4        1          1  2", 21)]
    [InlineData("   3        1          1           4", "   3        1          1", 20)]
    [InlineData("   3        1          1           4", "   3        1          2  4 4", 20)]
    [InlineData("  3      1     5       1    7", "  3      1     5       1    9", 20)]
    [InlineData("  3      1     5       1    7", "  3      1    -5       1    7", 29)]
    [InlineData("    2    8", "    2", 34)]
    public void A_bad_project_file_has_a_fault_with_its_line(string good, string bad, int line)
    {
        Project.Should().Contain(good);
        var faults = new FaultList();

        Imported.Read("psplib", Project.Replace(good, bad, StringComparison.Ordinal), faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Line.Should().Be(line, faults.Items[0].Detail);
    }

    [Theory]
    [InlineData("jobshop")]
    [InlineData("fjsp")]
    [InlineData("psplib")]
    public void What_was_read_writes_back_to_the_same_problem(string format)
    {
        var problem = Read(
            format,
            format == "jobshop" ? Shop
                : format == "fjsp" ? Flexible
                : Project
        );

        Read(format, Written(format, problem)).Id.Should().Be(problem.Id);
    }

    private static string Written(string format, Problem problem)
    {
        var faults = new FaultList();
        var text = ProblemFormats.Find(format)!.Write(problem, faults);
        faults.Items.Should().BeEmpty();
        return text!;
    }

    [Theory]
    [InlineData("jobshop", "has a capacity|not a chain")]
    [InlineData("fjsp", "has a capacity|not a chain")]
    [InlineData("psplib", "one project")]
    public void What_a_format_cannot_hold_is_refused_with_the_reason(string format, string reason)
    {
        var faults = new FaultList();

        ProblemFormats.Find(format)!.Write(SomeSchedule.Workshop(), faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Code.Should().Be(FaultCode.NotApplicable);
        faults.Items[0].Detail.Should().MatchRegex(reason);
    }

    [Fact]
    public void A_problem_with_ids_of_its_own_is_not_written_under_others()
    {
        var faults = new FaultList();
        var problem = SomeSchedule.Problem(
            """ "resources":[{"id":"m0"}],"jobs":[{"id":"order","tasks":[{"id":"cut","modes":[{"id":"m0","duration":2,"uses":{"m0":1}}]}]}]"""
        );

        ProblemFormats.Find("jobshop")!.Write(problem, faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Detail.Should().Contain("ids");
    }

    [Fact]
    public void Two_hundred_damaged_files_give_a_problem_or_faults_with_lines()
    {
        var random = Xoshiro256.FromSeed(7, "damage");
        string[] sources = [Shop, Flexible, Project];
        string[] formats = ["jobshop", "fjsp", "psplib"];
        string[] pieces =
        [
            "",
            " ",
            "\n",
            "\r",
            "0",
            "-1",
            "99999999999",
            "1e9",
            "x",
            "#",
            "*",
            ":",
            "\0",
            "é",
            "2 2",
            "\uFEFF",
        ];
        var refused = 0;
        for (var k = 0; k < 200; k++)
        {
            var text = new StringBuilder(sources[k % 3]);
            for (var damage = 1 + random.NextInt32(3); damage > 0 && text.Length > 0; damage--)
            {
                var at = random.NextInt32(text.Length);
                var length =
                    random.NextInt32(4) == 0 ? text.Length - at : Math.Min(random.NextInt32(6), text.Length - at);
                text.Remove(at, length).Insert(at, pieces[random.NextInt32(pieces.Length)]);
            }
            var faults = new FaultList();

            var problem = Imported.Read(formats[k % 3], text.ToString(), faults);

            (problem is null).Should().Be(!faults.IsEmpty, text.ToString());
            faults
                .Items.All(f => f is { Code: FaultCode.FileContent, Line: >= 1, Column: >= 1 })
                .Should()
                .BeTrue(text.ToString());
            if (problem is null)
                refused++;
            else
                Imported.Read(formats[k % 3], Written(formats[k % 3], problem), new())!.Id.Should().Be(problem.Id);
        }
        refused.Should().BeInRange(100, 190, "most damage is seen, and some does not matter");
    }

    [Fact]
    public void Every_published_shop_is_read_with_its_counts()
    {
        foreach (var instance in SchedulingData.Of("jobshop").Concat(SchedulingData.Of("flexible-jobshop")))
        {
            var problem = instance.Read();

            // By the file's own first line: of one file the index has another number of machines.
            var header = File.ReadLines(instance.Path)
                .First()
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            $"{problem.Jobs.Count} {problem.Resources.Count}".Should().Be($"{header[0]} {header[1]}", instance.Name);
            instance.Size.Should().StartWith($"{problem.Jobs.Count} x ");
            if (instance.Format == "jobshop")
                problem.Tasks.Count.Should().Be(problem.Jobs.Count * problem.Resources.Count, instance.Name);
            problem.Summary["longestChain"]!.GetValue<long>().Should().BeLessThanOrEqualTo(instance.BestKnown);
            Rewritten(instance.Format, problem).Should().Be(problem.Id, instance.Name);
        }
    }

    [Fact]
    public void Every_published_project_is_read_with_its_counts()
    {
        foreach (var instance in SchedulingData.Of("rcpsp"))
        {
            var problem = instance.Read();

            $"{problem.Tasks.Count - 2}".Should().Be(instance.Size, instance.Name);
            problem.Resources.Count.Should().Be(4);
            problem.Tasks[0].After.Should().BeEmpty();
            problem.Followers[^1].Should().BeEmpty();
            problem.Summary["longestChain"]!.GetValue<long>().Should().BeLessThanOrEqualTo(instance.BestKnown);
            Rewritten(instance.Format, problem).Should().Be(problem.Id, instance.Name);
        }
    }

    private static string Rewritten(string format, SchedulingProblem problem) =>
        Read(format, ProblemFormats.Find(format)!.Write(problem, new())!).Id;

    private static SchedulingProblem Read(string format, string text)
    {
        var faults = new FaultList();
        var problem = Imported.Read(format, text, faults);
        faults.Items.Should().BeEmpty();
        return problem!;
    }
}
