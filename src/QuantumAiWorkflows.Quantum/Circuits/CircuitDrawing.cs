using System.Globalization;
using System.Text;
using System.Xml;
using QuantumAiWorkflows.Quantum.Qaoa;
using QuantumAiWorkflows.Quantum.Qir;

namespace QuantumAiWorkflows.Quantum.Circuits;

/// <summary>
/// A circuit as one SVG: wires, boxes with name and angle, links between the qubits of a gate on two. Follows the
/// reader's light or dark colours, needs no script and no font of its own, and is as wide as its gates need: a browser
/// scrolls it.
/// </summary>
internal static class CircuitDrawing
{
    /// <summary>A drawing of more is 50,000 pixels wide and tells nobody anything.</summary>
    public const int MaxGates = 2000;

    // Pixels.
    private const int ColumnWidth = 58;
    private const int RowHeight = 56;
    private const int BoxWidth = 46;
    private const int BoxHeight = 32;
    private const int Top = 64;

    /// <summary>Names of wires are cut to this many characters.</summary>
    private const int NameLength = 16;

    private const string Style = """
        svg { background: #fff; font-family: system-ui, sans-serif; }
        text { fill: #1b1f24; font-size: 12px; text-anchor: middle; }
        .title { font-size: 14px; font-weight: 600; text-anchor: start; }
        .part { fill: #57606a; text-anchor: start; }
        .name { text-anchor: end; }
        .angle { font-size: 10px; }
        .wire, .link, .part-line { stroke: #57606a; stroke-width: 1; }
        .part-line { stroke-dasharray: 3 4; opacity: 0.6; }
        .link { stroke: #0550ae; stroke-width: 1.5; }
        .box { fill: #ddf4ff; stroke: #0550ae; }
        .dot { fill: #0550ae; }
        .ring { fill: #fff; stroke: #0550ae; stroke-width: 1.5; }
        .tag { fill: #fff; stroke: none; }
        .meter { fill: none; stroke: #1b1f24; }
        @media (prefers-color-scheme: dark) {
          svg { background: #0d1117; }
          text { fill: #e6edf3; }
          .part { fill: #9da7b3; }
          .wire, .part-line { stroke: #9da7b3; }
          .link { stroke: #79c0ff; }
          .box { fill: #10263e; stroke: #79c0ff; }
          .dot { fill: #79c0ff; }
          .ring { fill: #0d1117; stroke: #79c0ff; }
          .tag { fill: #0d1117; }
          .meter { stroke: #e6edf3; }
        }
        """;

    /// <param name="circuit">At most <see cref="MaxGates"/>.</param>
    /// <param name="names">Of the wires, shape [n]; any text.</param>
    public static string Svg(QaoaCircuit template, QirCircuit circuit, string title, IReadOnlyList<string> names)
    {
        var layout = new CircuitLayout(template, circuit);
        var shown = names.Select(n => n.Length <= NameLength ? n : $"{n[..(NameLength - 1)]}…").ToList();
        var left = 24 + 7 * shown.Max(n => n.Length);
        var (width, height) = (left + layout.Columns * ColumnWidth + 24, Top + circuit.Qubits * RowHeight);
        var svg = new StringBuilder();
        Line(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">"
        );
        Line($"<title>{Escape(title)}</title>");
        Line($"<style>{Style}</style>");
        Line($"<text class=\"title\" x=\"12\" y=\"22\">{Escape(title)}</text>");
        foreach (var section in layout.Sections)
        {
            var x = left + section.FirstColumn * ColumnWidth;
            Line($"<line class=\"part-line\" x1=\"{x}\" y1=\"34\" x2=\"{x}\" y2=\"{height}\"/>");
            Line($"<text class=\"part\" x=\"{x + 5}\" y=\"44\">{section.Title}</text>");
        }
        for (var q = 0; q < circuit.Qubits; q++)
        {
            Line($"<line class=\"wire\" x1=\"{left}\" y1=\"{Y(q)}\" x2=\"{width - 12}\" y2=\"{Y(q)}\"/>");
            Line($"<text class=\"name\" x=\"{left - 6}\" y=\"{Y(q) + 4}\">{Escape(shown[q])}</text>");
        }
        foreach (var (gate, column) in layout.Gates)
        {
            var x = left + column * ColumnWidth + ColumnWidth / 2;
            if (gate.IsOnTwoQubits)
                Link(gate, x);
            else
                Box(gate, x);
        }
        return svg.Append("</svg>\n").ToString();

        void Line(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

        void Box(QirGate gate, int x)
        {
            var y = Y(gate.First);
            Line(
                $"<rect class=\"box\" x=\"{x - BoxWidth / 2}\" y=\"{y - BoxHeight / 2}\" width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"3\"/>"
            );
            if (gate.Kind == QirGateKind.M)
                Line(
                    $"<path class=\"meter\" d=\"M{x - 12} {y + 7} A12 12 0 0 1 {x + 12} {y + 7} M{x} {y + 7} L{x + 9} {y - 9}\"/>"
                );
            else if (gate.HasAngle)
            {
                Line($"<text x=\"{x}\" y=\"{y - 2}\">{Name(gate)}</text>");
                Line($"<text class=\"angle\" x=\"{x}\" y=\"{y + 11}\">{Angle(gate)}</text>");
            }
            else
                Line($"<text x=\"{x}\" y=\"{y + 4}\">{Name(gate)}</text>");
        }

        void Link(QirGate gate, int x)
        {
            var (top, bottom) = (Y(Math.Min(gate.First, gate.Second)), Y(Math.Max(gate.First, gate.Second)));
            Line($"<line class=\"link\" x1=\"{x}\" y1=\"{top}\" x2=\"{x}\" y2=\"{bottom}\"/>");
            Line($"<circle class=\"dot\" cx=\"{x}\" cy=\"{Y(gate.First)}\" r=\"5\"/>");
            if (gate.Kind == QirGateKind.Cx)
            {
                var y = Y(gate.Second);
                Line($"<circle class=\"ring\" cx=\"{x}\" cy=\"{y}\" r=\"9\"/>");
                Line($"<path class=\"link\" d=\"M{x - 9} {y} H{x + 9} M{x} {y - 9} V{y + 9}\"/>");
                return;
            }
            Line($"<circle class=\"dot\" cx=\"{x}\" cy=\"{Y(gate.Second)}\" r=\"5\"/>");
            if (!gate.HasAngle)
                return;
            // Between two wires, so that it is not taken for a box on one of them.
            Line(
                $"<rect class=\"tag\" x=\"{x - BoxWidth / 2}\" y=\"{top + RowHeight / 2 - 13}\" width=\"{BoxWidth}\" height=\"26\"/>"
            );
            Line($"<text x=\"{x}\" y=\"{top + RowHeight / 2 - 2}\">{Name(gate)}</text>");
            Line($"<text class=\"angle\" x=\"{x}\" y=\"{top + RowHeight / 2 + 10}\">{Angle(gate)}</text>");
        }
    }

    private static int Y(int qubit) => Top + qubit * RowHeight + RowHeight / 2;

    /// <summary>RX for one qubit, ZZ for two: what the link joins.</summary>
    private static string Name(QirGate gate) =>
        gate.IsOnTwoQubits ? gate.Name[1..].ToUpperInvariant() : gate.Name.ToUpperInvariant();

    private static string Angle(QirGate gate)
    {
        var magnitude = Math.Abs(gate.Angle);
        var format = magnitude is 0 or >= 0.001 and < 1000 ? "0.###" : "0.#E+0";
        return gate.Angle.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Text of a client for XML: no markup, and no characters that XML does not have.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            escaped.Append(
                rune.Value switch
                {
                    '<' => "&lt;",
                    '>' => "&gt;",
                    '&' => "&amp;",
                    '"' => "&quot;",
                    '\'' => "&#39;",
                    < 0x10000 when !XmlConvert.IsXmlChar((char)rune.Value) => "\uFFFD",
                    _ => rune.ToString(),
                }
            );
        return escaped.ToString();
    }
}
