using System.Text.Json;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.UnitTests.Benchmarks;

namespace QuantumAiWorkflows.UnitTests.Economics;

public class PricesTests
{
    [Fact]
    public void Cost_is_consumption_times_unit_price_item_by_item()
    {
        var cost = Prices.Cost(
            new()
            {
                CpuSecond = 1.5,
                Shot = 1024,
                MemoryGibSecond = 7,
            },
            SomeBenchmark.Tariff
        );

        cost.Total.Should().BeApproximately(3 + 1.024, 1e-12);
        cost.Items.Should()
            .Equal(
                new CostItem("cpuSecond", UsageBasis.Measured, 2, 1.5, 3),
                new CostItem("shot", UsageBasis.Measured, 0.001, 1024, 1.024)
            );
        cost.Estimated.Should().BeFalse();
    }

    [Fact]
    public void An_estimated_price_or_a_modelled_usage_makes_the_whole_an_estimate()
    {
        var item = SomeBenchmark.Tariff.Items[0];
        foreach (
            var changed in new[] { item with { Kind = PriceKind.Estimate }, item with { Basis = UsageBasis.Modelled } }
        )
            Prices
                .Cost(new() { CpuSecond = 1 }, SomeBenchmark.Tariff with { Items = [changed] })
                .Estimated.Should()
                .BeTrue();
    }

    [Fact]
    public void Serializes_to_the_agreed_form()
    {
        var cost = Prices.Cost(new() { CpuSecond = 0.4 }, PriceList.Local);

        var json = JsonSerializer.SerializeToElement(cost, StrictJson.Options);

        json.EnumerateObject()
            .Select(m => m.Name)
            .Should()
            .Equal("currency", "total", "estimated", "priceList", "items");
        json.GetProperty("priceList").EnumerateObject().Select(m => m.Name).Should().Equal("id", "version", "hash");
        json.GetProperty("items")[0]
            .EnumerateObject()
            .Select(m => m.Name)
            .Should()
            .Equal("dimension", "basis", "unitPrice", "consumed", "cost");
        json.GetProperty("items")[0].GetProperty("basis").GetString().Should().Be("measured");
    }

    [Fact]
    public void The_local_list_is_an_estimate_with_its_assumptions()
    {
        var local = PriceList.Local;

        local.Id.Should().Be("local");
        local.Items.Select(i => i.Dimension).Should().Equal("cpuSecond", "memoryGibSecond");
        local
            .Items.Should()
            .OnlyContain(i => i.UnitPrice > 0 && i.Kind == PriceKind.Estimate && i.Source.Contains("Assumption"));
        Prices.Cost(new() { CpuSecond = 1 }, local).Estimated.Should().BeTrue();
    }

    [Fact]
    public void The_hash_follows_the_content()
    {
        var list = SomeBenchmark.Tariff;

        list.Hash.Should().MatchRegex("^sha256:[0-9a-f]{64}$").And.Be((list with { }).Hash);
        (list with { Items = [list.Items[0] with { UnitPrice = 3 }] }).Hash.Should().NotBe(list.Hash);
    }

    [Fact]
    public void Nothing_consumed_has_no_items() =>
        Prices.Cost(new Usage(), PriceList.Local).Should().Match<Cost>(c => c.Total == 0 && c.Items.Count == 0);
}
