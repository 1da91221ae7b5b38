using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Roster.Encodings;

/// <summary>A linear constraint on which days somebody works, whatever the shift: 1 for a day of work, 0 for a day off.</summary>
internal sealed class WorkRow(RosterCells cells, int person)
{
    private readonly List<(int Variable, double Coefficient)> _terms = [];
    private double _constant;

    public void Add(int day, double coefficient)
    {
        if (cells.Off(person, day) is { } off)
        {
            _constant += coefficient;
            _terms.Add((off, -coefficient));
        }
        else
            foreach (var (_, variable) in cells.Shifts(person, day))
                _terms.Add((variable, coefficient));
    }

    public void AddVariable(int variable, double coefficient) => _terms.Add((variable, coefficient));

    public void AtMost(ConstrainedModel model, string kind, string name, string pointer, double bound) =>
        model.AddConstraint(kind, name, pointer, _terms, Relation.AtMost, bound - _constant);
}
