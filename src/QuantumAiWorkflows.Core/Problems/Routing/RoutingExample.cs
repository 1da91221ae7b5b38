using System.Text.Json.Nodes;

namespace QuantumAiWorkflows.Problems.Routing;

/// <summary>A bakery's morning: two vans, six shops that open at different times. Minutes, kilometres and crates.</summary>
internal static class RoutingExample
{
    private static readonly (string Id, double X, double Y, int Crates, int Earliest, int Latest)[] Shops =
    [
        ("cafe-am-markt", 4, 3, 6, 0, 30),
        ("school", -3, 5, 8, 20, 60),
        ("hotel-linde", 6, -2, 10, 0, 45),
        ("hospital", -5, -4, 9, 10, 90),
        ("station-kiosk", 1, -7, 5, 0, 40),
        ("retirement-home", 2, 8, 7, 30, 90),
    ];

    public static JsonObject Morning() =>
        new()
        {
            ["family"] = "routing",
            ["locations"] = new JsonArray([
                Location("bakery", 0, 0),
                .. Shops.Select(shop => Location(shop.Id, shop.X, shop.Y)),
            ]),
            ["distance"] = new JsonObject { ["metric"] = "truncatedOneDecimal" },
            ["vehicles"] = new JsonArray(
                new JsonObject
                {
                    ["id"] = "van",
                    ["count"] = 2,
                    ["start"] = "bakery",
                    ["end"] = "bakery",
                    ["capacities"] = new JsonArray(25),
                    ["latest"] = 120,
                }
            ),
            ["stops"] = new JsonArray([
                .. Shops.Select(shop => new JsonObject
                {
                    ["id"] = shop.Id,
                    ["location"] = shop.Id,
                    ["demands"] = new JsonArray(shop.Crates),
                    ["serviceTime"] = 5,
                    ["windows"] = new JsonArray(
                        new JsonObject { ["earliest"] = shop.Earliest, ["latest"] = shop.Latest }
                    ),
                }),
            ]),
        };

    private static JsonObject Location(string id, double x, double y) =>
        new()
        {
            ["id"] = id,
            ["x"] = x,
            ["y"] = y,
        };
}
