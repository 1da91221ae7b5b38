using System.Text;
using CsCheck;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Problems.Roster;

public sealed class RosterFormatTests
{
    private const string Text = """
        # a comment
        SECTION_HORIZON
        7

        SECTION_SHIFTS
        # ShiftID, Length in mins, Shifts which cannot follow this shift | separated
        E,480,
        L,600,E

        SECTION_STAFF
        A,E=7|L=2,2400,960,5,2,2,1
        B , E=7|L=7 , 3000,0,7,1,1,1

        SECTION_DAYS_OFF
        A,0,6
        SECTION_SHIFT_ON_REQUESTS
        B,2,L,3
        SECTION_SHIFT_OFF_REQUESTS
        A,1,E,2
        SECTION_COVER
        0,E,1,100,1
        0,L,1,100,2
        """;

    [Fact]
    public void A_file_says_what_the_JSON_says()
    {
        var problem = Rosters.Read(
            """
            {"family":"roster","days":7,
             "shifts":[{"id":"E","minutes":480},{"id":"L","minutes":600,"cannotBeFollowedBy":["E"]}],
             "staff":[{"id":"A","maxShifts":{"L":2},"maxMinutes":2400,"minMinutes":960,"maxConsecutiveShifts":5,
                       "minConsecutiveShifts":2,"minConsecutiveDaysOff":2,"daysOff":[0,6],
                       "shiftOffRequests":[{"day":1,"shift":"E","weight":2}]},
                      {"id":"B","maxMinutes":3000,"shiftOnRequests":[{"day":2,"shift":"L","weight":3}]}],
             "cover":[{"day":0,"shift":"E","required":1,"weightUnder":100,"weightOver":1},
                      {"day":0,"shift":"L","required":1,"weightUnder":100,"weightOver":2}]}
            """
        );

        Rosters.Import(Text, new FaultList())!.Id.Should().Be(problem.Id);
        Rosters
            .Import(Text.Replace("\n", "\r\n", StringComparison.Ordinal), new FaultList())!
            .Id.Should()
            .Be(problem.Id);
    }

    [Theory]
    [InlineData("7\n\nSECTION_SHIFTS", "seven\n\nSECTION_SHIFTS", 3, 1)]
    [InlineData("7\n\nSECTION_SHIFTS", "99999999999\n\nSECTION_SHIFTS", 3, 1)]
    [InlineData("7\n\nSECTION_SHIFTS", "7\n8\nSECTION_SHIFTS", 4, 1)]
    [InlineData("L,600,E", "L,600,X", 8, 1)]
    [InlineData("L,600,E", "L,-600,E", 8, 3)]
    [InlineData("L,600,E", "L", 8, 2)]
    [InlineData("L,600,E", "E,600,E", 8, 1)]
    [InlineData("E=7|L=2", "E=7|L", 11, 3)]
    [InlineData("E=7|L=2", "E=7|E=2", 11, 3)]
    [InlineData("5,2,2,1", "5,2,2", 11, 25)]
    [InlineData("5,2,2,1", "5,2,2,1,1", 11, 28)]
    [InlineData("A,0,6", "C,0,6", 15, 1)]
    [InlineData("A,0,6", "A,0,7", 15, 1)]
    [InlineData("A,0,6", "A,0,0", 15, 1)]
    [InlineData("A,0,6", "A", 15, 2)]
    [InlineData("B,2,L,3", "B,2,L,-3", 17, 7)]
    [InlineData("B,2,L,3", "B,2,X,3", 17, 1)]
    [InlineData("0,L,1,100,2", "0,E,1,100,2", 22, 1)]
    [InlineData("0,L,1,100,2", "0,L,1", 22, 6)]
    [InlineData("SECTION_COVER", "SECTION_CVER", 20, 1)]
    [InlineData("SECTION_DAYS_OFF", "SECTION_STAFF", 14, 1)]
    public void A_bad_line_is_named_with_its_column(string good, string bad, int line, int column)
    {
        Text.Should().Contain(good);
        var faults = new FaultList();

        Rosters.Import(Text.Replace(good, bad, StringComparison.Ordinal), faults).Should().BeNull();

        faults
            .Items[0]
            .Should()
            .BeEquivalentTo(
                new
                {
                    Code = FaultCode.FileContent,
                    Line = line,
                    Column = column,
                }
            );
        faults.Items.Should().OnlyContain(f => f.Line != null && f.Detail.Length > 10);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("SECTION_HORIZON\n7\n")]
    [InlineData("7\n")]
    [InlineData("SECTION_HORIZON\n7\nSECTION_SHIFTS\nSECTION_STAFF\n")]
    public void A_file_without_its_sections_is_refused(string text)
    {
        var faults = new FaultList();

        Rosters.Import(text, faults).Should().BeNull();

        faults.Items.Should().NotBeEmpty().And.OnlyContain(f => f.Code == FaultCode.FileContent && f.Line >= 1);
    }

    /// <summary>One line can hold millions of days, limits or followers: no more are kept than a problem may have.</summary>
    [Theory]
    [InlineData("A,0,6", "A", ",1", 15)]
    [InlineData("E=7|L=2", "E=7", "|L=2", 11)]
    [InlineData("L,600,E", "L,600,E", "|E", 8)]
    public void A_line_with_very_many_entries_is_refused_before_they_are_kept(
        string good,
        string begin,
        string entry,
        int line
    )
    {
        var faults = new FaultList();
        var entries = string.Concat(Enumerable.Repeat(entry, 1_000_000));
        var bytes = Encoding.UTF8.GetBytes(Text.Replace(good, begin + entries, StringComparison.Ordinal));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Rosters.Import(bytes, faults).Should().BeNull();

        // The text, its line and its fields: a few copies in UTF-16.
        (GC.GetAllocatedBytesForCurrentThread() - before)
            .Should()
            .BeLessThan(16L * bytes.Length);
        faults.Items.Should().ContainSingle().Which.Line.Should().Be(line);
    }

    /// <summary>Two names in Latin-1 would become one, or a name that nobody has.</summary>
    [Fact]
    public void Names_that_are_not_UTF8_are_refused_with_their_line_and_comments_are_not()
    {
        var faults = new FaultList();
        static byte[] InLatin1(string good, string other) =>
            Encoding.Latin1.GetBytes(Text.Replace(good, other, StringComparison.Ordinal));

        Rosters.Import(InLatin1("a comment", "é"), faults).Should().NotBeNull();
        Rosters.Import(InLatin1("A,E=7", "Ä,E=7"), faults).Should().BeNull();

        faults.Items[0].Should().BeEquivalentTo(new { Code = FaultCode.FileContent, Line = 11L });
    }

    [Fact]
    public void Files_with_damaged_bytes_never_crash() =>
        Gen.Select(Gen.Int[0, Encoding.UTF8.GetByteCount(Text) - 1], Gen.Byte, Gen.Int[0, 3])
            .Array[1, 4]
            .Sample(damages => IsReadOrRefused(Damage(Encoding.UTF8.GetBytes(Text), damages)), iter: 2_000);

    /// <summary>Two hundred mutants of the published files: bytes changed, taken out, put in, and the end cut off.</summary>
    [Fact]
    public void Two_hundred_mutants_of_published_files_never_crash()
    {
        var mutations = new Mutations(seed: 5);
        var files = DataSets.Files("nurse").Select(f => File.ReadAllBytes(f.Path)).ToList();
        var refused = 0;
        for (var k = 0; k < 210; k++)
        {
            var mutant = mutations.Mutate(files[k % files.Count]);
            IsReadOrRefused(mutant).Should().BeTrue();
            if (Rosters.Import(mutant, new()) is null)
                refused++;
        }
        refused.Should().BeInRange(50, 200, "much of the damage is seen, and some does not matter");
    }

    [Fact]
    public void Every_published_file_reads_and_writes_back_to_the_same_problem()
    {
        foreach (var file in DataSets.Files("nurse"))
        {
            var faults = new FaultList();

            var problem = Rosters.Import(File.ReadAllBytes(file.Path), faults);

            faults.Items.Should().BeEmpty(file.Name);
            Rosters.Import(Written(problem!), faults)!.Id.Should().Be(problem!.Id, file.Name);
            problem.Days.Should().BeGreaterThanOrEqualTo(14);
            problem.Cover.Count.Should().Be(problem.Days * problem.Shifts.Count, file.Name);
        }
    }

    [Fact]
    public void What_is_generated_writes_back_to_the_same_problem() =>
        Gen.Long[0, 10_000]
            .Sample(
                seed =>
                {
                    var problem = Rosters.Generate("""{"staff":6,"days":21,"shifts":3}""", seed);
                    return Rosters.Import(Written(problem), new FaultList())!.Id == problem.Id;
                },
                iter: 50
            );

    [Theory]
    [InlineData("\"required\":1", "\"required\":1,\"weightUnder\":null", "hard")]
    [InlineData("\"rules\":{ }", "\"rules\":{\"firstDay\":\"sunday\"}", "Monday")]
    [InlineData("\"id\":\"Ann\"", "\"id\":\"An,n\"", "comma")]
    [InlineData("\"id\":\"Ann\"", "\"id\":\"SECTION_A\"", "SECTION_")]
    public void What_the_text_cannot_say_is_refused_when_writing(string good, string bad, string reason)
    {
        var body = """
            {"family":"roster","days":7,"shifts":[{"id":"E","minutes":480}],"staff":[{"id":"Ann"}],
             "cover":[{"day":0,"shift":"E","weightUnder":1,"required":1}],"rules":{ }}
            """;
        if (reason == "hard")
            body = body.Replace("\"weightUnder\":1,", "", StringComparison.Ordinal);
        var faults = new FaultList();

        var text = ProblemFormats
            .Find("roster")!
            .Write(Rosters.Read(body.Replace(good, bad, StringComparison.Ordinal)), faults);

        text.Should().BeNull();
        faults.Items.Should().ContainSingle().Which.Detail.Should().Contain(reason);
    }

    private static string Written(RosterProblem problem)
    {
        var faults = new FaultList();
        var text = ProblemFormats.Find("roster")!.Write(problem, faults);
        faults.Items.Should().BeEmpty();
        return text!;
    }

    private static bool IsReadOrRefused(byte[] bytes)
    {
        var faults = new FaultList();
        var problem = Rosters.Import(bytes, faults);
        return problem is null
            ? !faults.IsEmpty && faults.Items.All(f => f is { Line: > 0, Column: > 0, Code: FaultCode.FileContent })
            : faults.IsEmpty && Posted.Again(problem).Id == problem.Id && IsTheSameAgain(problem);
    }

    /// <summary>Written and read; what the text cannot say is refused.</summary>
    private static bool IsTheSameAgain(RosterProblem problem) =>
        ProblemFormats.Find("roster")!.Write(problem, new()) is not { } text
        || Rosters.Import(text, new())?.Id == problem.Id;

    private static byte[] Damage(byte[] bytes, (int At, byte Value, int Kind)[] damages)
    {
        var damaged = bytes.ToList();
        foreach (var (at, value, kind) in damages)
        {
            var k = Math.Min(at, damaged.Count - 1);
            if (k < 0)
                break;
            if (kind == 0)
                damaged[k] = value;
            else if (kind == 1)
                damaged.RemoveAt(k);
            else if (kind == 2)
                damaged.Insert(k, value);
            else
                damaged.RemoveRange(k, damaged.Count - k);
        }
        return [.. damaged];
    }
}
