using System.Diagnostics;
using System.Globalization;

namespace QuantumAiWorkflows.IntegrationTests.Work;

/// <summary>A service's child processes as the operating system knows them. Linux only.</summary>
internal static class Children
{
    /// <summary>Processes of a role, <c>child</c> or <c>desk</c>: started by this process, for this service's cache.</summary>
    public static IReadOnlyList<int> Of(Service service, string role) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder =>
                    int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0
                )
                .Where(id => id != 0 && IsOf(service, role, id)),
        ];

    /// <summary>Kills, as an operator or a lack of memory would, and returns when they are gone.</summary>
    public static async Task KillAsync(Service service, string role)
    {
        var killed = Of(service, role);
        foreach (var id in killed)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }
        // Gone, not only dead: then this process, their parent, knows it as well.
        await Until.TrueAsync(() => !killed.Any(id => Directory.Exists($"/proc/{id}")), "the killed are gone");
    }

    /// <summary>
    /// Mappings of the Q# module's native code in a process; none once it has given every instance back, because each
    /// instance maps the file for itself.
    /// </summary>
    public static int QSharpMappings(int id) =>
        File.ReadLines($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/maps")
            .Count(line => line.EndsWith(".cwasm", StringComparison.Ordinal));

    private static bool IsOf(Service service, string role, int id)
    {
        try
        {
            // pid (name) state ppid ...; a name may hold blanks and brackets.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var parent = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
            var arguments = File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return parent == Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
                && arguments.Contains(role)
                && arguments.Any(a => a.StartsWith(service.DataDirectory, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return false;
        }
    }
}
