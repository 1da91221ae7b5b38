using System.Text;
using QuantumAiWorkflows.Numerics;

namespace QuantumAiWorkflows.UnitTests.Problems.Roster;

/// <summary>Damages a text file the way that files are damaged: cut off, lines lost or doubled, fields changed, line ends mixed.</summary>
internal sealed class Mutations(ulong seed)
{
    private static readonly string[] Fields =
    [
        "",
        "-1",
        "99999999999999999999",
        "1e9",
        "NaN",
        "0x10",
        "#",
        "|",
        "=",
        "A",
        "\u00e9",
        "\0",
        " ",
        "SECTION_COVER",
    ];

    private readonly Xoshiro256 _random = Xoshiro256.FromSeed(seed, "mutations");

    public byte[] Mutate(byte[] file)
    {
        var lines = Encoding.UTF8.GetString(file).Split('\n').ToList();
        for (var k = 1 + _random.NextInt32(3); k > 0; k--)
        {
            var at = _random.NextInt32(lines.Count);
            switch (_random.NextInt32(6))
            {
                case 0:
                    lines.RemoveAt(at);
                    break;
                case 1:
                    lines.Insert(at, lines[_random.NextInt32(lines.Count)]);
                    break;
                case 2:
                    lines[at] += "\r";
                    break;
                case 3:
                    lines.RemoveRange(at, lines.Count - at);
                    break;
                default:
                    var fields = lines[at].Split(',');
                    fields[_random.NextInt32(fields.Length)] = Fields[_random.NextInt32(Fields.Length)];
                    lines[at] = string.Join(',', fields);
                    break;
            }
            if (lines.Count == 0)
                lines.Add("");
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
