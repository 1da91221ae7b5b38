using System.Globalization;
using System.Text.Json;
using CsCheck;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.UnitTests.Problems;

public sealed class CanonicalJsonTests
{
    /// <summary>RFC 8785, appendix B.</summary>
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Numbers_are_spelled_as_RFC_8785_says(string bits, string expected) =>
        CanonicalJson.Number(FromBits(bits)).Should().Be(expected);

    [Theory]
    [InlineData("7fffffffffffffff")]
    [InlineData("7ff0000000000000")]
    [InlineData("fff0000000000000")]
    public void What_is_no_number_cannot_be_written(string bits)
    {
        var write = () => CanonicalJson.Number(FromBits(bits));

        write.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Every_finite_number_reads_back_bit_for_bit_in_both_spellings() =>
        Gen
            .Double.Where(double.IsFinite)
            .Sample(value =>
            {
                var expected = value + 0.0;
                return double.Parse(CanonicalJson.Number(value), CultureInfo.InvariantCulture) == expected
                    && double.Parse(CanonicalJson.PlainDecimal(value), CultureInfo.InvariantCulture) == expected
                    && !CanonicalJson.PlainDecimal(value).Contains('e', StringComparison.OrdinalIgnoreCase);
            });

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-4.5, "-4.5")]
    [InlineData(1e21, "1000000000000000000000")]
    [InlineData(1.25e-7, "0.000000125")]
    public void Plain_decimals_have_no_exponent(double value, string expected) =>
        CanonicalJson.PlainDecimal(value).Should().Be(expected);

    [Fact]
    public void Values_lose_layout_and_order_but_nothing_else()
    {
        using var document = JsonDocument.Parse("""{ "b": [1.0, "\u20ac\u000f\n/\"", null], "\r": true, "a": {} }""");

        CanonicalJson
            .Value(document.RootElement)
            .Should()
            .Be("{\"\\r\":true,\"a\":{},\"b\":[1,\"€\\u000f\\n/\\\"\",null]}");
    }

    private static double FromBits(string hex) =>
        BitConverter.UInt64BitsToDouble(ulong.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
