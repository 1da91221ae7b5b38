using System.Globalization;
using System.Text;
using System.Xml.Linq;
using QuantumAiWorkflows.Problems.Drawings;

namespace QuantumAiWorkflows.UnitTests.Problems.Drawings;

public sealed class SvgDocumentTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> HostileNames =>
        [
            "<script>alert(1)</script>",
            "</text><script>alert(1)</script><text>",
            "\" onload=\"alert(1)",
            "' onload='alert(1)",
            "]]><!-- &amp; &lt; &#60;",
            "line\nend\r\ttab",
            "\u0001\u0008\u001b[31m\u007f\u0085",
            "right \u202Eleft \u2066isolated",
            "\uFFFE\uFFFF",
            "half \uD83D a pair",
            "cat \ud83d\udc31",
        ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void Names_stay_text_wherever_they_stand(string name)
    {
        var svg = new SvgDocument(100, 50, name);
        svg.Label(1, 2, name);
        svg.Add($"<rect id=\"{name}\"><title>{name}</title></rect>");

        var root = XDocument.Parse(svg.ToString()).Root!;

        root.Descendants(Svg + "script").Should().BeEmpty();
        root.Descendants().Attributes().Should().NotContain(a => a.Name.LocalName == "onload");
        var shown = root.Element(Svg + "text")!.Value;
        shown.Should().Be(Visible(name)).And.Be(root.Element(Svg + "title")!.Value);
        root.Elements(Svg + "rect").Last().Attribute("id")!.Value.Should().Be(shown);
        root.Elements(Svg + "rect").Last().Element(Svg + "title")!.Value.Should().Be(shown);
    }

    [Fact]
    public void A_name_of_ten_thousand_characters_is_escaped_whole_and_cut_where_it_is_drawn()
    {
        var name = string.Concat(Enumerable.Repeat("<&\">'", 2000));
        var svg = new SvgDocument(1, 1, name);
        svg.Label(0, 0, SvgDocument.Short(name));

        var root = XDocument.Parse(svg.ToString()).Root!;

        root.Element(Svg + "title")!.Value.Should().Be(name);
        root.Element(Svg + "text")!.Value.Should().HaveLength(24).And.EndWith("…");
    }

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("abcd", "abcd")]
    [InlineData("abcde", "abc…")]
    [InlineData("ab\ud83d\udc31e", "ab…")]
    [InlineData("abc\ud83d\udc31", "abc…")]
    public void A_name_is_never_cut_within_a_character(string name, string shortened) =>
        SvgDocument.Short(name, 4).Should().Be(shortened);

    [Fact]
    public void Numbers_have_two_decimals_and_a_point_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NegativeSign) = (",", "−");
        CultureInfo.CurrentCulture = comma;
        try
        {
            var svg = new SvgDocument(1.5, 2, "");
            svg.Add($"<path d=\"{new SvgPath().At(1.23456, -0.001, "h1")}\" x=\"{12345.678}\" y=\"{-3L}\"/>");
            svg.Add($"<polyline points=\"{new[] { (0.5, 1.0 / 3), (2.0, 3.0) }}\"/>");
            svg.ToString()
                .Should()
                .Contain("viewBox=\"0 0 1.5 2\"")
                .And.Contain("d=\"M1.23 0h1\" x=\"12345.68\" y=\"-3\"")
                .And.Contain("points=\"0.5,0.33 2,3 \"");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_first_hundred_areas_differ() =>
        Enumerable.Range(0, 100).Select(Palette.Area).Should().OnlyHaveUniqueItems();

    /// <summary>Red is below 30 degrees of the circle of hues, green from 75 to 165.</summary>
    [Fact]
    public void The_first_two_areas_are_not_red_and_green()
    {
        var hues = Enumerable
            .Range(0, 2)
            .Select(k => int.Parse(Palette.Area(k)[4..].Split(' ')[0], CultureInfo.InvariantCulture));

        hues.Should().NotContain(hue => hue < 30 || (hue >= 75 && hue <= 165));
    }

    /// <summary>What XML cannot hold and what turns lines round or cannot be seen is shown as a mark.</summary>
    private static string Visible(string name) =>
        string.Concat(
            name.EnumerateRunes()
                .Select(r =>
                    r.Value is 0xFFFE or 0xFFFF
                    || Rune.GetUnicodeCategory(r) is UnicodeCategory.Control or UnicodeCategory.Format
                        ? "\uFFFD"
                        : r.ToString()
                )
        );
}
