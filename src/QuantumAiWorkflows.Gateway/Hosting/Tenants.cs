namespace QuantumAiWorkflows.Gateway.Hosting;

/// <summary>Whose data a request sees. Part of every key from the first day; one tenant until there are accounts.</summary>
internal static class Tenants
{
    public const string Default = "default";
}
