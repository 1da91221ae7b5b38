using System.Xml.Linq;
using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.UnitTests.Problems.Roster;

public sealed class RosterDrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly RosterProblem Week = Rosters.Read(
        """
        {"family":"roster","days":3,"shifts":[{"id":"E","minutes":480},{"id":"=N","minutes":600}],
         "staff":[{"id":"<Ann> & \"Co\"","daysOff":[2],"shiftOnRequests":[{"day":0,"shift":"=N","weight":1}]},{"id":"Bob, the \ud83d\udc31"}],
         "cover":[{"day":0,"shift":"E","required":2,"weightUnder":1},{"day":1,"shift":"=N","required":0,"weightOver":1}],
         "rules":{"firstDay":"friday"}}
        """
    );

    private static readonly RosterSolution Plan = new([0, 1, RosterSolution.Off, RosterSolution.Off, 1, 1]);

    [Fact]
    public void The_table_is_XML_with_every_name_shift_and_cover()
    {
        var drawing = XDocument.Parse(Week.Draw(Plan, "svg"));

        var texts = drawing.Descendants(Svg + "text").Select(t => t.Value).ToList();
        texts.Should().Contain("<Ann> & \"Co\"").And.Contain("Bob, the \ud83d\udc31");
        texts.Count(t => t == "E").Should().Be(2, "one cell, one row of the cover");
        texts.Count(t => t == "=N").Should().Be(4, "three cells, one row of the cover");
        texts.Should().Contain("1/2").And.Contain("2/0").And.Contain("E, 480 min");
        texts.Where(t => t is "Fr" or "Sa" or "Su").Should().Equal("Fr", "Sa", "Su");
        drawing.Descendants(Svg + "rect").Count(r => (string?)r.Attribute("fill") == "#eceff4").Should().Be(2);
    }

    [Fact]
    public void A_cell_shows_the_beginning_of_a_long_shift_name()
    {
        var problem = Rosters.Read(
            """{"family":"roster","days":1,"shifts":[{"id":"early","minutes":480}],"staff":[{"id":"Ann"}],"cover":[],"rules":{}}"""
        );

        var drawing = XDocument.Parse(problem.Draw(new RosterSolution([0]), "svg"));

        drawing.Descendants(Svg + "text").Select(t => t.Value).Should().ContainSingle(t => t == "ear");
    }

    [Fact]
    public void A_roster_too_large_for_labels_is_drawn_in_colours()
    {
        var problem = Rosters.Generate("""{"staff":150,"days":364,"shifts":3,"requestDensity":0}""", 1);
        var plan = new RosterSolution(new int[150 * 364]);

        var drawing = problem.Draw(plan, "svg");

        drawing.Length.Should().BeLessThan(5_000_000);
        XDocument
            .Parse(drawing)
            .Descendants(Svg + "text")
            .Should()
            .NotContain(t => t.Value == "S1" && t.Attribute("text-anchor")!.Value == "middle");
    }

    /// <summary>Commas and quotes are quoted; what a spreadsheet would run as a formula is marked as text.</summary>
    [Fact]
    public void The_CSV_has_a_row_for_every_person() =>
        Week.Draw(Plan, "csv")
            .Should()
            .Be(
                "staff,0 Fri,1 Sat,2 Sun,shifts,minutes\r\n"
                    + "\"<Ann> & \"\"Co\"\"\",E,'=N,,2,1080\r\n"
                    + "\"Bob, the \ud83d\udc31\",,'=N,'=N,2,1200\r\n"
            );

    [Fact]
    public void A_name_turns_no_row_of_the_CSV_round() =>
        Rosters
            .Read(
                """{"family":"roster","days":1,"shifts":[{"id":"E","minutes":480}],"staff":[{"id":"a\u202Eb"}],"cover":[]}"""
            )
            .Draw(new RosterSolution([0]), "csv")
            .Should()
            .Be("staff,0 Mon,shifts,minutes\r\na\uFFFDb,E,1,480\r\n");

    [Fact]
    public void There_is_no_other_drawing()
    {
        Week.Drawings.Keys.Should().BeEquivalentTo("svg", "csv");
        FluentActions.Invoking(() => Week.Draw(Plan, "geojson")).Should().Throw<NotSupportedException>();
    }
}
