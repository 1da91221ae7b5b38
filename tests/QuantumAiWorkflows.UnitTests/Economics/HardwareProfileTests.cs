using System.Text.Json;
using System.Text.Json.Nodes;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.UnitTests.Economics;

public class HardwareProfileTests
{
    public static TheoryData<string> Ids { get; } = new(HardwareProfile.BuiltIn.Select(p => p.Id));

    private static JsonObject Json(HardwareProfile profile) =>
        JsonSerializer.SerializeToNode(profile, StrictJson.Options)!.AsObject();

    [Fact]
    public void There_is_one_of_every_modality() =>
        HardwareProfile.BuiltIn.Select(p => p.Modality).Should().BeEquivalentTo(Enum.GetValues<HardwareModality>());

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_figure_has_one_source_with_a_date(string id)
    {
        var profile = HardwareProfile.Find(id)!;
        string[] figures =
        [
            .. Json(profile)
                .Where(m =>
                    m.Value is JsonValue value && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True
                )
                .Select(m => m.Key),
            "connectivity",
        ];

        var named = profile.Sources.SelectMany(s => s.Members).ToList();
        named.Should().OnlyHaveUniqueItems();
        named.Should().Contain(figures);
        // No source speaks of what does not exist.
        Json(profile).Select(m => m.Key).Should().Contain(named);
        profile.Sources.Should().OnlyContain(s => s.Source.Length > 10 && s.Date > new DateOnly(2020, 1, 1));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Figures_are_possible(string id)
    {
        var profile = HardwareProfile.Find(id)!;

        foreach (
            var error in new[]
            {
                profile.OneQubitError,
                profile.TwoQubitError,
                profile.ReadoutError,
                profile.LossPerGate,
                profile.LossPerShot,
                profile.TwoQubitGateSuccess,
            }
        )
            (error ?? 0).Should().BeInRange(0, 1);
        profile.Qubits.Should().BePositive();
        if (profile is { T1Seconds: { } t1, T2Seconds: { } t2 })
            t2.Should().BeLessThanOrEqualTo(2 * t1, "dephasing is at least half of relaxation");
        if (profile.RunsCircuits)
            profile.TwoQubitError.Should().BeGreaterThan(profile.OneQubitError!.Value);
        (profile.Connectivity.Degree is null).Should().Be(profile.Connectivity.Kind == ConnectivityKind.AllToAll);
        profile.TradeOffs.Should().HaveCountGreaterThanOrEqualTo(3, "no machine is best");
    }

    [Fact]
    public void Price_lists_and_profiles_name_each_other()
    {
        foreach (var list in PriceList.BuiltIn.Where(l => l.HardwareProfile is not null))
            HardwareProfile.Find(list.HardwareProfile!)!.PriceLists.Should().Contain(list.Id);
        HardwareProfile.Find("annealer")!.PriceLists.Should().BeEmpty();
    }

    [Fact]
    public void Figures_from_memory_are_marked() =>
        HardwareProfile
            .BuiltIn.SelectMany(p => p.Sources)
            .Select(s => s.Basis)
            .Distinct()
            .Should()
            .BeEquivalentTo([FigureBasis.Published, FigureBasis.Memory, FigureBasis.Assumption]);
}
