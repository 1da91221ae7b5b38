using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.UnitTests.Economics;

public class PriceListTests
{
    public static TheoryData<string> Ids { get; } = new(PriceList.BuiltIn.Select(l => l.Id));

    [Fact]
    public void The_lists_cover_a_machine_of_one_s_own_rented_machines_and_processors()
    {
        PriceList.BuiltIn[0].Should().BeSameAs(PriceList.Local);
        PriceList.BuiltIn.Select(l => l.Id).Should().OnlyHaveUniqueItems();
        PriceList
            .BuiltIn.SelectMany(l => l.Items)
            .Select(i => i.Dimension)
            .Distinct()
            .Should()
            .BeEquivalentTo("cpuSecond", "memoryGibSecond", "gpuSecond", "qpuTask", "shot", "qpuSecond");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_built_in_list_is_one_that_an_operator_could_have_written(string id)
    {
        var list = PriceList.BuiltIn.Single(l => l.Id == id);
        var faults = new FaultList();

        var read = PriceList.Read(JsonSerializer.SerializeToElement(list, StrictJson.Options), faults);

        faults.Items.Should().BeEmpty();
        read!.Hash.Should().Be(list.Hash);
        list.Items.Should()
            .OnlyContain(i => i.UnitPrice > 0 && i.Source.Length > 20 && i.Date > new DateOnly(2024, 1, 1));
        list.Items.Where(i => i.Kind == PriceKind.Tariff && !i.Source.Contains("https://")).Should().BeEmpty();
        list.Items.Should().Contain(i => i.Dimension == "cpuSecond", "a classical run must not be free on any list");
        list.PricesQpu.Should().Be(list.HardwareProfile is not null);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_derived_price_is_what_its_formula_gives(string id)
    {
        foreach (var item in PriceList.BuiltIn.Single(l => l.Id == id).Items.Where(i => i.Derivation is not null))
            item.UnitPrice.Should().BeApproximately(item.Derivation!.UnitPrice(), 1e-9 * item.UnitPrice);
    }

    [Fact]
    public void Every_price_of_the_local_list_shows_its_arithmetic() =>
        PriceList.Local.Items.Should().OnlyContain(i => i.Derivation != null);

    [Fact]
    public void What_is_bought_costs_its_purchase_over_the_time_it_is_used_and_its_power()
    {
        // 8,766 hours a year: 1,000 x 1.5 over 2 years at half the time for 2 cores is 1,500 / 17,532 an hour; 100 W at
        // 0.30 is 0.03 an hour.
        var bought = new PriceDerivation
        {
            PurchasePrice = 1000,
            OverheadShare = 0.5,
            Units = 2,
            Years = 2,
            Utilisation = 0.5,
            Watts = 100,
            PricePerKwh = 0.3,
        };

        (3600 * bought.UnitPrice()).Should().BeApproximately(1500 / 17532.0 + 0.03, 1e-12);
        new PriceDerivation { PricePerHour = 7.2, Units = 2 }
            .UnitPrice()
            .Should()
            .BeApproximately(0.001, 1e-15);
    }

    [Theory]
    [InlineData("items/0/unitPrice", "1", "Conflict /items/0/unitPrice: The derivation gives 1.24797196237")]
    [InlineData(
        "items/0/dimension",
        "\"catSecond\"",
        "UnknownValue /items/0/dimension: Nothing is used by the name \"catSecond\"; known are cpuSecond, memoryGibSecond, gpuSecond, qpuTask, shot, qpuSecond."
    )]
    [InlineData(
        "items/1/dimension",
        "\"cpuSecond\"",
        "DuplicateEntry /items/1/dimension: \"cpuSecond\" has two prices."
    )]
    [InlineData(
        "items/0/derivation/years",
        "null",
        "Conflict /items/0/derivation: A price is derived from purchasePrice, years and utilisation, or from pricePerHour."
    )]
    [InlineData(
        "items/0/unitPrice",
        "-1",
        "OutOfRange /items/0/unitPrice: Expected 0 <= unitPrice <= 1000000000, got -1."
    )]
    [InlineData(
        "hardwareProfile",
        "\"abacus\"",
        "UnknownValue /hardwareProfile: No hardware profile \"abacus\"; known are annealer, neutral-atom, photonic, simulator, superconducting, trapped-ion."
    )]
    public void A_list_of_one_s_own_that_is_none_is_refused_by_member(string path, string value, string expected)
    {
        var json = JsonSerializer.SerializeToNode(PriceList.Local, StrictJson.Options)!;
        json.Set(path, JsonNode.Parse(value));
        var faults = new FaultList();

        PriceList.Read(JsonSerializer.SerializeToElement(json), faults).Should().BeNull();

        var fault = faults.Items.Should().ContainSingle().Subject;
        $"{fault.Code} {fault.Pointer}: {fault.Detail}".Should().StartWith(expected);
    }
}
