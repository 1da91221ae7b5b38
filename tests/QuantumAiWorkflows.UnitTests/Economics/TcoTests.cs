using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.UnitTests.Economics;

public class TcoTests
{
    private static readonly TcoItem[] Nine = Enum.GetValues<TcoItem>();

    [Fact]
    public void Costs_and_benefits_add_up_over_the_horizon()
    {
        // Undiscounted, 12 months, 50 solves a month: 100 + 12 x 10 and, beside it, 1000 + 12 x (5 + 50 x 0.1) + 300 at
        // the end, with 12 x 200 of benefit.
        var result = Tco.Of(
            Sheet([Line(TcoItem.Governance, 100, TcoTiming.Once), Line(TcoItem.Validation, 10)], Quantum)
        );

        var (classical, quantum) = (result.Options[0], result.Options[1]);
        classical.PresentCost.Should().BeApproximately(220, 1e-9);
        classical.NetPresentValue.Should().BeApproximately(-220, 1e-9);
        quantum.PresentCost.Should().BeApproximately(1000 + 120 + 300, 1e-9);
        quantum.PresentBenefit.Should().BeApproximately(2400, 1e-9);
        quantum.NetPresentValue.Should().BeApproximately(980, 1e-9);
        var runtime = quantum.Costs.Single(c => c.Item == "simulatorRuntime");
        runtime
            .Should()
            .Be(
                new TcoAmount(
                    "simulatorRuntime",
                    TcoTiming.Month,
                    5,
                    60,
                    "1 x 0.1 EUR per solve x 50 solves each month",
                    "s"
                )
            );

        var against = result.Comparisons.Single();
        against.Reference.Should().Be("classical");
        against.CostDifference.Should().BeApproximately(1200, 1e-9);
        against.BenefitDifference.Should().BeApproximately(2400, 1e-9);
        against.NetPresentValueDifference.Should().BeApproximately(1200, 1e-9);
        against.Items.Select(i => i.Item).Should().Equal(Nine.Select(i => JsonNames.Of(i)));
        against.Items.Single(i => i.Item == "vendorLockIn").Difference.Should().BeApproximately(300, 1e-9);
        against.Items.Single(i => i.Item == "validation").Difference.Should().BeApproximately(-120, 1e-9);
    }

    [Fact]
    public void The_break_even_is_the_month_from_which_the_option_stays_ahead()
    {
        // Ahead by 200 a month (200 of benefit, 10 of runtime and care, 10 saved) after 900 more at the start: month 5;
        // the exit of 300 in month 12 does not turn it.
        var against = Compare(
            Sheet([Line(TcoItem.Governance, 100, TcoTiming.Once), Line(TcoItem.Validation, 10)], Quantum)
        );
        against.BreakEvenMonth.Should().Be(5);
        against.BreakEven.Should().Be("month 5");

        // With an exit that costs more than all that was gained, it is not ahead in the end.
        TcoLine[] costly =
        [
            .. Quantum.Where(l => l.Item != TcoItem.VendorLockIn),
            Line(TcoItem.VendorLockIn, 2000, TcoTiming.End),
        ];
        var never = Compare(
            Sheet([Line(TcoItem.Governance, 100, TcoTiming.Once), Line(TcoItem.Validation, 10)], costly)
        );
        never.NetPresentValueDifference.Should().BeApproximately(-500, 1e-9);
        never.BreakEvenMonth.Should().BeNull();
        never.BreakEven.Should().Be("none within the horizon of 12 months");
    }

    [Fact]
    public void Later_money_is_worth_less()
    {
        // 300 % a year: a year later it is a quarter, and the monthly rate is 4^(1/12) - 1 = 0.12246205: an annuity of
        // 12 months is 0.75 / 0.12246205 = 6.12434.
        var sheet = Sheet([Line(TcoItem.VendorLockIn, 1000, TcoTiming.End), Line(TcoItem.Validation, 10)], Quantum) with
        {
            DiscountRatePerYear = 3,
        };

        var costs = Tco.Of(sheet).Options[0].Costs;

        costs.Single(c => c.Item == "vendorLockIn").PresentValue.Should().BeApproximately(250, 1e-9);
        costs.Single(c => c.Item == "validation").PresentValue.Should().BeApproximately(61.2434, 1e-3);
        costs.Single(c => c.Item == "validation").Amount.Should().Be(10);
    }

    [Fact]
    public void Each_input_alone_is_moved_both_ways_and_the_widest_swing_comes_first()
    {
        var against = Compare(
            Sheet([Line(TcoItem.Governance, 100, TcoTiming.Once), Line(TcoItem.Validation, 10)], Quantum)
        );

        // 20 % of 2400 of benefit, of 60 of runtime, of 100 of the classical start.
        Swing("quantum: benefit penalties").Should().Be((720, 1680));
        Swing("quantum: simulatorRuntime").Should().Be((1212, 1188));
        Swing("classical: governance").Should().Be((1180, 1220));
        Swing("solvesPerMonth").Should().Be((1212, 1188));
        Swing("discountRatePerYear").Should().Be((1200, 1200));
        // 10 and 14 months of 200, less 900 and 300.
        Swing("horizonMonths").Should().Be((800, 1600));
        against.Sensitivity.Select(s => Math.Abs(s.AtHigher - s.AtLower)).Should().BeInDescendingOrder();
        against.Sensitivity[0].Input.Should().Be("quantum: benefit penalties");

        (double, double) Swing(string input)
        {
            var s = against.Sensitivity.Single(x => x.Input == input);
            return (Math.Round(s.AtLower, 9), Math.Round(s.AtHigher, 9));
        }
    }

    [Fact]
    public void A_cost_that_cannot_be_told_leaves_no_difference()
    {
        var sheet = Sheet([Line(TcoItem.Validation, 10)], [.. Quantum.Where(l => l.Item != TcoItem.SimulatorRuntime)]);
        sheet = sheet with { Options = [sheet.Options[0], sheet.Options[1] with { Entrant = "qaoa" }] };

        var result = Tco.Of(sheet, o => o.Entrant is null ? null : new(null, "Unknown: no runs.", "runs", null));

        result.Options[1].NetPresentValue.Should().BeNull();
        var against = result.Comparisons.Single();
        (against.NetPresentValueDifference, against.CostDifference, against.BreakEvenMonth)
            .Should()
            .Be((null, null, null));
        against.Sensitivity.Should().BeEmpty();
        against.Items.Single(i => i.Item == "simulatorRuntime").Difference.Should().BeNull();
        against.Items.Single(i => i.Item == "governance").Difference.Should().NotBeNull();
    }

    [Fact]
    public void What_runs_recorded_counts_per_solve_and_its_interval_bounds_the_value()
    {
        var sheet = Sheet([Line(TcoItem.Validation, 10)], [.. Quantum.Where(l => l.Item != TcoItem.SimulatorRuntime)]);
        sheet = sheet with { Options = [sheet.Options[0], sheet.Options[1] with { Entrant = "qaoa", Benefits = [] }] };

        var against = Tco.Of(sheet, o => o.Entrant is null ? null : new(0.1, "f", "s", new(4, 3, 6, "v", "s")))
            .Comparisons.Single();

        // 600 solves: cost 60, worth 2400 between 1800 and 3600; 1360 of other costs and 120 saved.
        against.NetPresentValueDifference.Should().BeApproximately(2400 - 60 - 1360 + 120, 1e-9);
        against.Low.Should().BeApproximately(1800 - 60 - 1360 + 120, 1e-9);
        against.High.Should().BeApproximately(3600 - 60 - 1360 + 120, 1e-9);
    }

    private static readonly Gen<TcoLine> AnyLine = Gen.Select(
        Gen.Int[0, 8],
        Gen.Double[0, 1e4],
        Gen.Int[0, 3],
        (item, price, per) => Line((TcoItem)item, price, (TcoTiming)per)
    );

    private static readonly Gen<CostOfOwnership> AnySheet = Gen.Select(
        AnyLine.Array[1, 6],
        AnyLine.Array[1, 6],
        Gen.Int[1, 60],
        Gen.Double[0, 1],
        (a, b, months, rate) => Sheet(a, b) with { HorizonMonths = months, DiscountRatePerYear = rate }
    );

    [Fact]
    public void The_same_cost_on_both_sides_leaves_the_difference() =>
        Gen.Select(AnySheet, AnyLine)
            .Sample(
                (sheet, line) =>
                {
                    var more = sheet with
                    {
                        Options = [.. sheet.Options.Select(o => o with { Lines = [.. o.Lines, line] })],
                    };
                    var scale =
                        1 + Math.Abs(Compare(sheet).CostDifference!.Value) + Tco.Of(more).Options[0].PresentCost!.Value;
                    Compare(more)
                        .NetPresentValueDifference.Should()
                        .BeApproximately(Compare(sheet).NetPresentValueDifference!.Value, 1e-9 * scale);
                }
            );

    [Fact]
    public void Scaling_all_money_scales_every_value_and_moves_no_month() =>
        Gen.Select(AnySheet, Gen.Double[0.01, 100])
            .Sample(
                (sheet, k) =>
                {
                    var scaled = sheet with
                    {
                        Options =
                        [
                            .. sheet.Options.Select(o =>
                                o with
                                {
                                    Lines = [.. o.Lines.Select(l => l with { UnitPrice = k * l.UnitPrice })],
                                    Benefits = [.. o.Benefits.Select(b => b with { UnitPrice = k * b.UnitPrice })],
                                }
                            ),
                        ],
                    };
                    var (before, after) = (Tco.Of(sheet), Tco.Of(scaled));
                    for (var i = 0; i < 2; i++)
                    {
                        var cost = before.Options[i].PresentCost!.Value;
                        after.Options[i].PresentCost.Should().BeApproximately(k * cost, 1e-9 * k * (1 + cost));
                    }
                    if (Math.Abs(before.Comparisons[0].NetPresentValueDifference!.Value) > 1e-6)
                        Math.Sign(after.Comparisons[0].NetPresentValueDifference!.Value)
                            .Should()
                            .Be(Math.Sign(before.Comparisons[0].NetPresentValueDifference!.Value));
                }
            );

    [Fact]
    public void The_order_of_lines_does_not_matter() =>
        AnySheet.Sample(sheet =>
        {
            var reversed = sheet with
            {
                Options = [.. sheet.Options.Select(o => o with { Lines = [.. o.Lines.Reverse()] })],
            };
            Compare(reversed)
                .NetPresentValueDifference.Should()
                .BeApproximately(Compare(sheet).NetPresentValueDifference!.Value, 1e-6);
            Compare(reversed).BreakEvenMonth.Should().Be(Compare(sheet).BreakEvenMonth);
        });

    [Theory]
    [InlineData(
        "options/1/name",
        "\"classical\"",
        "DuplicateEntry /options/1/name: The option \"classical\" stands at positions 0 and 1; each must be unique."
    )]
    [InlineData(
        "options/0/kind",
        "\"quantum\"",
        "Empty /options: No option is of kind \"classical\": there is nothing to compare the others with."
    )]
    [InlineData(
        "options/1/lines/4/item",
        "\"validation\"",
        "Empty /options/1/lines: There is no line of \"governance\"; where it costs nothing, give unitPrice 0 and say why in source."
    )]
    [InlineData(
        "options/1/asHardware",
        "true",
        "NotApplicable /options/1/asHardware: \"asHardware\" is about the runs of an entrant; there is none here."
    )]
    [InlineData(
        "workload/sizeMix",
        """[{"upToVariables":10,"share":1}]""",
        "NotApplicable /workload/sizeMix: \"sizeMix\" weighs the runs of a benchmark; there are none here."
    )]
    [InlineData(
        "options/0/lines/0/unitPrice",
        "-1",
        "OutOfRange /options/0/lines/0/unitPrice: Expected 0 <= unitPrice <= 1000000000000, got -1."
    )]
    [InlineData("horizonMonths", "0", "OutOfRange /horizonMonths: Expected 1 <= horizonMonths <= 600, got 0.")]
    public void A_bad_sheet_is_refused_by_member(string path, string value, string expected)
    {
        var faults = new FaultList();

        CostOfOwnership.Read(Changed(path, value), faults).Should().BeNull();

        var fault = faults.Items.Should().ContainSingle().Subject;
        $"{fault.Code} {fault.Pointer}: {fault.Detail}".Should().Be(expected);
    }

    [Fact]
    public void A_sheet_alone_has_no_entrants()
    {
        var faults = new FaultList();

        CostOfOwnership.Read(Changed("options/1/entrant", "\"qaoa\""), faults).Should().BeNull();

        faults
            .Items.Select(f => $"{f.Code} {f.Pointer}")
            .Should()
            .Equal("Conflict /options/1/lines/1/item", "NotApplicable /options/1/entrant");
    }

    /// <summary>A complete sheet with one member changed.</summary>
    private static JsonElement Changed(string path, string value)
    {
        TcoLine[] nine = [.. Nine.Select(i => Line(i, 1))];
        var json = JsonSerializer.SerializeToNode(Sheet(nine, nine), StrictJson.Options)!;
        json.Set(path, JsonNode.Parse(value));
        return JsonSerializer.SerializeToElement(json);
    }

    private static TcoLine[] Quantum { get; } =
    [
        Line(TcoItem.IntegrationOverhead, 1000, TcoTiming.Once),
        Line(TcoItem.Governance, 5),
        Line(TcoItem.SimulatorRuntime, 0.1, TcoTiming.Solve),
        Line(TcoItem.VendorLockIn, 300, TcoTiming.End),
    ];

    private static TcoLine Line(TcoItem item, double unitPrice, TcoTiming per = TcoTiming.Month) =>
        new()
        {
            Item = item,
            UnitPrice = unitPrice,
            Per = per,
            Source = "s",
        };

    private static CostOfOwnership Sheet(IReadOnlyList<TcoLine> classical, IReadOnlyList<TcoLine> quantum) =>
        new()
        {
            Currency = "EUR",
            HorizonMonths = 12,
            DiscountRatePerYear = 0,
            Workload = new() { SolvesPerMonth = 50 },
            Options =
            [
                new()
                {
                    Name = "classical",
                    Kind = TcoKind.Classical,
                    Lines = classical,
                },
                new()
                {
                    Name = "quantum",
                    Kind = TcoKind.Quantum,
                    Lines = quantum,
                    Benefits =
                    [
                        new()
                        {
                            Name = "penalties",
                            UnitPrice = 200,
                            Source = "s",
                        },
                    ],
                },
            ],
        };

    private static TcoComparison Compare(CostOfOwnership sheet) => Tco.Of(sheet).Comparisons.Single();
}
