using System.Text;

namespace QuantumAiWorkflows.Problems.Drawings;

/// <summary>The data of a path: one element for thousands of lines or cells of one colour.</summary>
internal sealed class SvgPath
{
    private readonly StringBuilder _data = new();

    public bool IsEmpty => _data.Length == 0;

    /// <summary>Begins a part at a point and goes on with commands that do not depend on where it is.</summary>
    /// <param name="commands">Relative ones, in lower case, such as <c>h22v22h-22z</c>.</param>
    public SvgPath At(double x, double y, string commands)
    {
        _data.Append('M');
        SvgMarkup.AppendNumber(_data, x);
        _data.Append(' ');
        SvgMarkup.AppendNumber(_data, y);
        _data.Append(commands);
        return this;
    }

    internal void AppendTo(StringBuilder text) => text.Append(_data);
}
