using System.Text;
using QuantumAiWorkflows.Formats;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Routing;
using QuantumAiWorkflows.Problems.Routing.Formats;

namespace QuantumAiWorkflows.UnitTests.Problems.Routing.Formats;

public sealed class RoutingFormatsTests
{
    private const string Vrp = """
        # a comment
        NAME : tiny
        COMMENT : (Min no of trucks: 1)
        TYPE : CVRP
        DIMENSION : 4
        EDGE_WEIGHT_TYPE : EUC_2D
        CAPACITY : 10
        NODE_COORD_SECTION
        1 0 0
        2 3 4
        3 0 1
        4 1 1
        DEMAND_SECTION
        1 0
        2 6
        3 5
        4 4
        DEPOT_SECTION
        1
        -1
        EOF

        """;

    private const string Solomon = """
        tiny

        VEHICLE
        NUMBER     CAPACITY
          3         200

        CUSTOMER
        CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME

            0      0          0          0          0       20          0
            1      1          1         10          5        9          2
            2      0          3         30          0       15          1

        """;

    /// <summary>The same four nodes; rows of the strict and the whole triangles, by hand.</summary>
    [Theory]
    [InlineData("FULL_MATRIX", "9 1 2 3\n1 9 4 5\n2 4 9 6\n3 5 6 9")]
    [InlineData("UPPER_ROW", "1 2 3\n4 5\n6")]
    [InlineData("UPPER_ROW", "1 2 3 4 5 6")]
    [InlineData("LOWER_ROW", "1\n2 4\n3 5 6")]
    [InlineData("UPPER_DIAG_ROW", "0 1 2 3 0 4 5 0 6 0")]
    [InlineData("LOWER_DIAG_ROW", "0\n1 0 2 4\n0 3 5\n6 0")]
    [InlineData("UPPER_COL", "1 2 4 3 5 6")]
    [InlineData("LOWER_COL", "1 2 3 4 5 6")]
    [InlineData("UPPER_DIAG_COL", "0 1 0 2 4 0 3 5 6 0")]
    [InlineData("LOWER_DIAG_COL", "0 1 2 3 0 4 5 0 6 0")]
    public void All_ways_to_list_a_matrix_mean_the_same(string format, string weights)
    {
        var problem = RoutingText.Read(
            "tsplib",
            $"NAME: m\nTYPE: TSP\nDIMENSION:4\nEDGE_WEIGHT_TYPE:EXPLICIT\nEDGE_WEIGHT_FORMAT: {format} \nEDGE_WEIGHT_SECTION\n{weights}\nEOF"
        );

        // 1-2-4-3-1 and 1-3-2-4-1
        problem.Judge("vehicle: 2 4 3").Objective.Should().Be(1 + 5 + 6 + 2);
        problem.Judge("vehicle: 3 2 4").Objective.Should().Be(2 + 4 + 5 + 3);
    }

    [Fact]
    public void An_asymmetric_file_keeps_its_directions()
    {
        var problem = RoutingText.Read(
            "tsplib",
            "TYPE : ATSP\nDIMENSION : 3\nEDGE_WEIGHT_TYPE : EXPLICIT\nEDGE_WEIGHT_FORMAT : FULL_MATRIX\nEDGE_WEIGHT_SECTION\n0 1 5 5 0 1 1 5 0\nEOF\n"
        );

        problem.Judge("vehicle: 2 3").Objective.Should().Be(3);
        problem.Judge("vehicle: 3 2").Objective.Should().Be(15);
        RoutingText.Written("tsplib", problem).Should().Contain("TYPE : ATSP");
    }

    [Fact]
    public void A_vrp_is_vehicles_from_a_depot()
    {
        var problem = RoutingText.Read("cvrplib", Vrp);

        problem.Vehicles.Should().ContainSingle().Which.Count.Should().Be(3, "the fleet is free");
        problem
            .Judge("vehicle: 2 4", "vehicle: 3")
            .Should()
            .BeEquivalentTo(new { Objective = 5.0 + 4 + 1 + 2, IsFeasible = true });
        problem
            .Judge("vehicle: 2 3", "vehicle: 4")
            .Violations.Should()
            .ContainSingle()
            .Which.Constraint.Should()
            .Be("capacity");
    }

    [Theory]
    [InlineData("VEHICLES : 2\nCAPACITY", 2, double.PositiveInfinity, null)]
    [InlineData("DISTANCE : 12\nCAPACITY", 3, double.PositiveInfinity, 12.0)]
    [InlineData("SERVICE_TIME : 2\nDISTANCE : 12\nCAPACITY", 3, 12.0, null)]
    public void Lines_of_the_header_limit_vehicles(string instead, int count, double latest, double? maxDistance)
    {
        var problem = RoutingText.Read("cvrplib", Vrp.Replace("CAPACITY", instead, StringComparison.Ordinal));

        var vehicle = problem.Vehicles.Single();
        (vehicle.Count, vehicle.Latest, vehicle.MaxDistance).Should().Be((count, latest, maxDistance));
        RoutingText.Read("cvrplib", RoutingText.Written("cvrplib", problem)).Id.Should().Be(problem.Id);
    }

    [Fact]
    public void A_Solomon_file_cuts_lengths_after_one_decimal()
    {
        var problem = RoutingText.Read("solomon", Solomon);

        // 1.4, waits until 5, leaves at 7; 2.2 more; leaves at 10.2; 3 home.
        var evaluation = problem.Judge("vehicle: 1 2");
        evaluation.Should().BeEquivalentTo(new { Objective = 6.6, IsFeasible = true });
        problem.Vehicles.Single().Count.Should().Be(3);
        problem.Judge("vehicle: 2 1").Violations.Should().BeEmpty("1 is reached at 4 + 2.2 and may start until 9");
    }

    [Theory]
    [InlineData("solomon", """{"vehicles":7}""", 7, DistanceMetric.TruncatedOneDecimal)]
    [InlineData("solomon", """{"metric":"euclidean"}""", 3, DistanceMetric.Euclidean)]
    [InlineData("cvrplib", """{"family":"routing","vehicles":1,"metric":"euclidean"}""", 1, DistanceMetric.Euclidean)]
    public void Settings_say_what_the_file_leaves_open(string format, string settings, int count, DistanceMetric metric)
    {
        var problem = RoutingText.Read(format, format == "solomon" ? Solomon : Vrp, settings);

        (problem.Vehicles.Single().Count, problem.Metric).Should().Be((count, metric));
    }

    [Theory]
    [InlineData("tsplib", """{"vehicles":2}""", FaultCode.NotApplicable, "/settings/vehicles")]
    [InlineData("cvrplib", """{"metric":"haversine"}""", FaultCode.NotApplicable, "/settings/metric")]
    [InlineData("cvrplib", """{"vehicles":0}""", FaultCode.OutOfRange, "/settings/vehicles")]
    [InlineData("solomon", """{"family":"qubo"}""", FaultCode.UnknownFamily, "/settings/family")]
    public void Settings_are_checked(string format, string settings, FaultCode code, string pointer)
    {
        var faults = new FaultList();

        RoutingText.TryRead(format, Encoding.UTF8.GetBytes(Vrp), settings, faults).Should().BeNull();

        faults.Items.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Pointer = pointer });
    }

    [Theory]
    [InlineData("cvrplib")]
    [InlineData("solomon")]
    public void Layout_does_not_matter(string format)
    {
        var text = format == "solomon" ? Solomon : Vrp;
        var id = RoutingText.Read(format, text).Id;

        RoutingText.Read(format, text.Replace("\n", "\r\n", StringComparison.Ordinal)).Id.Should().Be(id);
        RoutingText.Read(format, "\uFEFF" + text.Replace("\n", " \t\r\n", StringComparison.Ordinal)).Id.Should().Be(id);
        RoutingText.Read(format, text.Replace("EOF", "", StringComparison.Ordinal).TrimEnd()).Id.Should().Be(id);
    }

    [Fact]
    public void A_file_may_say_several_things_in_comments()
    {
        var text = Vrp.Replace("TYPE : CVRP", "COMMENT : (Optimal value: 12)\nTYPE : CVRP", StringComparison.Ordinal);

        RoutingText.Read("cvrplib", text).Id.Should().Be(RoutingText.Read("cvrplib", Vrp).Id);
    }

    [Theory]
    [InlineData("DIMENSION : 4", "DIMENSION : x", 5, 13)]
    [InlineData("DIMENSION : 4", "DIMENSION : 999999999", 5, 13)]
    [InlineData("DIMENSION : 4", "DIMENSION : 5", 13, 1)]
    [InlineData("DIMENSION : 4", "DIMENSION : 3", 12, 1)]
    [InlineData("DIMENSION : 4\n", "", 7, 19)]
    [InlineData("TYPE : CVRP", "TYPE : TSP", 4, 8)]
    [InlineData("TYPE : CVRP\n", "", 20, 1)]
    [InlineData("EUC_2D", "EUC_3D", 6, 20)]
    [InlineData("CAPACITY : 10", "CAPACITY : -1", 7, 12)]
    [InlineData("CAPACITY : 10", "CAPACITY : 1e400", 7, 12)]
    [InlineData("CAPACITY : 10", "CAPACITY : 10 tons", 7, 15)]
    [InlineData("CAPACITY : 10\n", "", 20, 1)]
    [InlineData("CAPACITY", "CAPACTIY", 7, 1)]
    [InlineData("2 3 4", "2 3", 10, 4)]
    [InlineData("2 3 4", "2 3 4 5", 10, 7)]
    [InlineData("2 3 4", "2 3 4,5", 10, 5)]
    [InlineData("2 3 4", "1 3 4", 10, 1)]
    [InlineData("2 3 4", "0 3 4", 10, 1)]
    [InlineData("2 3 4", "2 3 1e10", 10, 5)]
    [InlineData("3 5", "3 -5", 16, 3)]
    [InlineData("3 5", "3 NaN", 16, 3)]
    [InlineData("1 0\n2 6", "1 1\n2 6", 21, 1)]
    [InlineData("DEPOT_SECTION\n1\n-1\n", "", 18, 1)]
    [InlineData("DEPOT_SECTION\n1\n", "DEPOT_SECTION\n", 19, 1)]
    [InlineData("DEPOT_SECTION\n1\n", "DEPOT_SECTION\n1\n2\n", 21, 1)]
    [InlineData("DEPOT_SECTION\n1\n-1\nEOF\n", "DEPOT_SECTION\n1\n", 19, 2)]
    [InlineData("DEPOT_SECTION\n1\n", "DEPOT_SECTION\n5\n", 19, 1)]
    [InlineData("DEMAND_SECTION\n", "NODE_COORD_SECTION\n", 13, 1)]
    public void A_malformed_file_has_a_fault_with_line_and_column(string good, string bad, int line, int column)
    {
        var text = Vrp.Replace("\r\n", "\n", StringComparison.Ordinal);
        text.Should().Contain(good);
        var faults = new FaultList();
        var broken = text.Remove(text.IndexOf(good, StringComparison.Ordinal), good.Length)
            .Insert(text.IndexOf(good, StringComparison.Ordinal), bad);

        RoutingText.TryRead("cvrplib", Encoding.UTF8.GetBytes(broken), null, faults).Should().BeNull();

        var fault = faults.Items[0];
        (fault.Code, fault.Line, fault.Column).Should().Be((FaultCode.FileContent, line, column), fault.Detail);
    }

    [Theory]
    [InlineData("VEHICLE\n", "VEHICLES\n", 3, 1)]
    [InlineData("  3 ", "  0 ", 5, 3)]
    [InlineData("    1 ", "    7 ", 11, 5)]
    [InlineData(" 10          5 ", "-10          5 ", 11, 32)]
    [InlineData("5        9", "5        4", 11, 54)]
    public void A_malformed_Solomon_file_has_one_too(string good, string bad, int line, int column)
    {
        var text = Solomon.Replace("\r\n", "\n", StringComparison.Ordinal);
        text.Should().Contain(good);
        var faults = new FaultList();

        RoutingText
            .TryRead("solomon", Encoding.UTF8.GetBytes(text.Replace(good, bad, StringComparison.Ordinal)), null, faults)
            .Should()
            .BeNull();

        var fault = faults.Items[0];
        (fault.Code, fault.Line, fault.Column).Should().Be((FaultCode.FileContent, line, column), fault.Detail);
    }

    [Fact]
    public void A_section_names_all_its_bad_lines()
    {
        var faults = new FaultList();
        var text = Vrp.Replace("2 6", "2 x", StringComparison.Ordinal).Replace("4 4", "4 -4", StringComparison.Ordinal);

        RoutingText.TryRead("cvrplib", Encoding.UTF8.GetBytes(text), null, faults);

        faults.Items.Select(f => f.Line).Should().Equal(15, 17);
    }

    [Theory]
    [InlineData("tsplib", """[{"id":"v","start":"1","end":"1","capacities":[9]}]""", "loads")]
    [InlineData("tsplib", """[{"id":"v","count":2,"start":"1","end":"1"}]""", "one vehicle")]
    [InlineData("tsplib", """[{"id":"v","start":"1","end":null}]""", "end where they start")]
    [InlineData("tsplib", """[{"id":"v","start":"1","end":"1","fixedCost":1}]""", "fixed cost")]
    [InlineData("tsplib", """[{"id":"v","start":"1","end":"1","latest":9}]""", "times")]
    [InlineData("cvrplib", """[{"id":"v","start":"1","end":"1"}]""", "capacity")]
    [InlineData("cvrplib", """[{"id":"v","start":"1","end":"1","capacities":[1,1]}]""", "kind of load")]
    [InlineData(
        "cvrplib",
        """[{"id":"v","start":"1","end":"1","capacities":[1]},{"id":"w","start":"1","end":"1","capacities":[1]}]""",
        "kind of vehicle"
    )]
    [InlineData("solomon", """[{"id":"v","start":"1","end":"1","capacities":[1]}]""", "count from 0")]
    public void Refuses_to_write_what_the_format_cannot_hold(string format, string vehicles, string reason)
    {
        var problem = SomeRouting.Read(
            $$"""
            {"family":"routing","locations":[{"id":"1","x":0,"y":0},{"id":"2","x":1,"y":0}],"distance":{"metric":"tsplibEuc2d"},
             "vehicles":{{vehicles}},"stops":[{"id":"2","location":"2"}]}
            """
        );
        var faults = new FaultList();

        ProblemFormats.Find(format)!.Write(problem, faults).Should().BeNull();

        var fault = faults.Items.Should().ContainSingle().Subject;
        fault.Code.Should().Be(FaultCode.NotApplicable);
        fault
            .Detail.Should()
            .Contain(reason)
            .And.StartWith($"The format {format} cannot hold this problem: ")
            .And.EndWith(".");
    }

    [Fact]
    public void A_tour_is_turned_to_begin_at_the_depot()
    {
        var problem = RoutingText.Read(
            "tsplib",
            "TYPE : TSP\nDIMENSION : 4\nEDGE_WEIGHT_TYPE : CEIL_2D\nNODE_COORD_SECTION\n1 0 0\n2 1 0\n3 1 1\n4 0 1\n"
        );

        var plan = SolutionFiles.ReadTour(
            "NAME : t\nTYPE : TOUR\nTOUR_SECTION\n3 4\n1\n2 -1\nEOF\n"u8.ToArray(),
            problem,
            new()
        );

        plan!.Solution.Should().Be(problem.Plan("vehicle: 2 3 4"));
        problem.Evaluate(plan.Solution).Objective.Should().Be(4);
    }

    [Theory]
    [InlineData("TOUR_SECTION\n1 2 -1\n")]
    [InlineData("TOUR_SECTION\n1 2 3 3 -1\n")]
    [InlineData("TOUR_SECTION\n1 2 3 5 -1\n")]
    [InlineData("TOUR_SECTION\n1 2 3 4 1 -1\n")]
    [InlineData("NAME : t\n")]
    public void A_tour_has_every_node_once(string tour)
    {
        var faults = new FaultList();

        SolutionFiles
            .ReadTour(Encoding.UTF8.GetBytes(tour), RoutingText.Read("cvrplib", Vrp), faults)
            .Should()
            .BeNull();

        faults.Items.Should().ContainSingle().Which.Code.Should().Be(FaultCode.FileContent);
    }

    [Theory]
    [InlineData("Route #1: 1 2\nRoute #2: 4\nCost 5\n", 2)]
    [InlineData("Route #1: 1 2\nBest 5\n", 2)]
    [InlineData("Route #1: 1 2\nCost five\n", 2)]
    [InlineData("Cost 5\n", 1)]
    public void A_plan_names_customers_of_the_problem(string plan, int line)
    {
        var faults = new FaultList();

        SolutionFiles
            .ReadRoutes(Encoding.UTF8.GetBytes(plan), RoutingText.Read("cvrplib", Vrp), faults)
            .Should()
            .BeNull();

        faults.Items.Should().ContainSingle().Which.Line.Should().Be(line);
    }
}
