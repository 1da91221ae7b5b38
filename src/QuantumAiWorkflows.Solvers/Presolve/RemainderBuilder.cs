using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Problems.Qubo;

namespace QuantumAiWorkflows.Solvers.Presolve;

/// <summary>Problems of what is left, in the sense and the unit of the original, and the constant beside them.</summary>
internal sealed class RemainderBuilder(QuboProblem problem, WorkingQubo qubo, IntegerModel model)
{
    private readonly double[] _linear = new double[problem.NumVariables];

    public (IReadOnlyList<QuboProblem> Problems, double Constant) Build(List<int[]> parts)
    {
        // Nothing removed: as it was posed, spins, labels, groups and all.
        if (parts is [var only] && only.Length == problem.NumVariables)
            return ([problem], 0);
        var minimized = model.IsExact ? Whole() : Real();
        var place = new int[problem.NumVariables];
        foreach (var part in parts)
            for (var v = 0; v < part.Length; v++)
                place[part[v]] = v;
        return ([.. parts.Select(p => Part(p, place))], problem.ToOwnSense(minimized));
    }

    private double Whole()
    {
        for (var i = 0; i < _linear.Length; i++)
            _linear[i] = qubo.Linear[i] / model.Scale;
        return model.ToMinimized(qubo.Constant);
    }

    /// <summary>From the doubles themselves, not from what they were rounded to for comparisons. All that is gone is fixed.</summary>
    private double Real()
    {
        var terms = problem.Model.Terms;
        var fixedAt = new sbyte[_linear.Length];
        qubo.Complete(fixedAt);
        var constant = terms.Offset;
        for (var i = 0; i < _linear.Length; i++)
            if (qubo.IsLeft(i))
                _linear[i] = terms.Linear[i];
            else
                constant += terms.Linear[i] * fixedAt[i];
        for (var k = 0; k < terms.Value.Length; k++)
        {
            var (i, j) = (terms.Row[k], terms.Column[k]);
            if (qubo.IsLeft(i) && qubo.IsLeft(j))
                continue;
            if (qubo.IsLeft(i))
                _linear[i] += terms.Value[k] * fixedAt[j];
            else if (qubo.IsLeft(j))
                _linear[j] += terms.Value[k] * fixedAt[i];
            else
                constant += terms.Value[k] * (fixedAt[i] & fixedAt[j]);
        }
        return constant;
    }

    private QuboProblem Part(int[] part, int[] place)
    {
        var builder = new QuboBuilder(_ => default) { Sense = problem.Sense };
        for (var v = 0; v < part.Length; v++)
        {
            builder.Add(v, v, problem.ToOwnSense(_linear[part[v]]), v);
            for (var half = qubo.First(part[v]); half >= 0; half = qubo.Next(half))
                if (place[qubo.End(half)] is var w && w > v)
                    builder.Add(v, w, problem.ToOwnSense(Weight(half)), v);
        }
        var faults = new FaultList();
        return builder.Build(part.Length, faults)
            ?? throw new InvalidOperationException($"A remainder is no problem: {faults.Items[0].Detail}");
    }

    private double Weight(int half) =>
        model.IsExact ? qubo.Weight(half) / model.Scale : problem.Model.Terms.Value[WorkingQubo.Pair(half)];
}
