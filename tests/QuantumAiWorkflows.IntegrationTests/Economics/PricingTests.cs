using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.IntegrationTests.Economics;

/// <summary>Price lists of the operator's own, beside those that come with the product.</summary>
public sealed class PricingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qaiw-prices-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_of_lists_adds_to_the_built_in_ones_and_one_of_them_may_be_the_default()
    {
        Write("contract.json", json => { });

        var lists = Pricing.Read(Options("contract"));

        lists.Select(l => l.Id).Should().Equal([.. PriceList.BuiltIn.Select(l => l.Id), "contract"]);
    }

    [Fact]
    public void A_list_that_is_none_stops_the_start_with_its_file_and_member()
    {
        Write("bad.json", json => json["items"]![0]!["unitPrice"] = -1);

        var read = () => Pricing.Read(Options("local"));

        read.Should()
            .Throw<SettingsException>()
            .WithMessage(
                "Qaiw:PriceListDirectory: bad.json: /items/0/unitPrice: Expected 0 <= unitPrice <= 1000000000, got -1."
            );
    }

    [Fact]
    public void Two_lists_of_one_id_stop_it_too()
    {
        Write("local.json", json => json["id"] = "local");

        var read = () => Pricing.Read(Options("local"));

        read.Should()
            .Throw<SettingsException>()
            .WithMessage("Qaiw:PriceListDirectory: local.json: /id: There is another list \"local\".");
    }

    [Fact]
    public void A_folder_that_is_not_there_and_a_default_that_nobody_knows_are_named()
    {
        var noFolder = () =>
            Pricing.Read(new() { PriceListDirectory = Path.Combine(_folder, "no"), PriceList = "local" });
        var noList = () => Pricing.Read(Options("gold"));

        noFolder.Should().Throw<SettingsException>().WithMessage("Qaiw:PriceListDirectory: there is no folder *");
        noList.Should().Throw<SettingsException>().WithMessage("Qaiw:PriceList: no list \"gold\"; known are local, *");
    }

    private QaiwOptions Options(string list) => new() { PriceListDirectory = _folder, PriceList = list };

    private void Write(string file, Action<JsonNode> change)
    {
        var json = JsonSerializer.SerializeToNode(PriceList.Local with { Id = "contract" }, StrictJson.Options)!;
        change(json);
        File.WriteAllText(Path.Combine(_folder, file), json.ToJsonString());
    }
}
