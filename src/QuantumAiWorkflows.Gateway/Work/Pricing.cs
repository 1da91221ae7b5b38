using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Economics;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Runs;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>Costs at the configured price list. Records hold usage; money is worked out when someone looks.</summary>
internal sealed class Pricing
{
    private const double BytesPerGib = 1L << 30;

    public Pricing(IOptions<QaiwOptions> options)
    {
        Lists = Read(options.Value);
        Default = Find(options.Value.PriceList)!;
    }

    /// <summary>The built-in lists, then the operator's own.</summary>
    public IReadOnlyList<PriceList> Lists { get; }

    /// <summary>The list of <c>Qaiw:PriceList</c>, which was checked at the start.</summary>
    public PriceList Default { get; }

    public IEnumerable<string> Ids => Lists.Select(l => l.Id);

    public PriceList? Find(string id) => Lists.FirstOrDefault(l => l.Id == id);

    /// <exception cref="SettingsException">A list of the operator's own is not one, or the chosen one does not exist.</exception>
    public static IReadOnlyList<PriceList> Read(QaiwOptions options)
    {
        List<PriceList> lists = [.. PriceList.BuiltIn];
        if (options.PriceListDirectory.Length > 0)
            foreach (var file in FilesIn(options.PriceListDirectory))
                lists.Add(ReadFile(file, lists));
        if (!lists.Exists(l => l.Id == options.PriceList))
            throw new SettingsException(
                $"Qaiw:PriceList: no list \"{options.PriceList}\"; known are {string.Join(", ", lists.Select(l => l.Id))}."
            );
        return lists;
    }

    /// <summary>
    /// Tells from CPU seconds, wall seconds and resident bytes whether <paramref name="maxCost"/> is spent; null without
    /// a cost budget.
    /// </summary>
    public Func<double, double, long, bool>? CostLimit(double? maxCost) =>
        maxCost is not { } limit
            ? null
            : (cpu, wall, bytes) =>
                Prices.Total(new Usage { CpuSecond = cpu, MemoryGibSecond = bytes / BytesPerGib * wall }, Default)
                >= limit;

    private static IEnumerable<string> FilesIn(string directory) =>
        Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal)
            : throw new SettingsException($"Qaiw:PriceListDirectory: there is no folder \"{directory}\".");

    private static PriceList ReadFile(string file, IReadOnlyList<PriceList> before)
    {
        var faults = new FaultList();
        using var document = StrictJson.Parse(File.ReadAllBytes(file), faults);
        var list = document is null ? null : PriceList.Read(document.RootElement, faults);
        if (list is not null && before.Any(l => l.Id == list.Id))
            faults.Add(FaultCode.DuplicateEntry, "/id", $"There is another list \"{list.Id}\".");
        return faults.IsEmpty
            ? list!
            : throw new SettingsException(
                $"Qaiw:PriceListDirectory: {Path.GetFileName(file)}: {string.Join(" ", faults.Items.Select(f => $"{f.Pointer}: {f.Detail}"))}"
            );
    }
}
