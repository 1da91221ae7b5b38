using Google.OrTools.Sat;
using QuantumAiWorkflows.Problems.Roster;

namespace QuantumAiWorkflows.Solvers.CpSat.Roster;

/// <content>The cover, hard or at a cost, and the objective.</content>
internal sealed partial class RosterModel
{
    private void AddHardCover()
    {
        for (var k = 0; k < _problem.Cover.Count; k++)
        {
            var cover = _problem.Cover[k];
            if (cover.WeightUnder is null && Enter(RosterConstraint.OfCover(k, RosterConstraint.CoverUnder)))
                AddSum(Assigned(cover), cover.Required, long.MaxValue);
            if (cover.WeightOver is null && Enter(RosterConstraint.OfCover(k, RosterConstraint.CoverOver)))
                AddSum(Assigned(cover), 0, cover.Required);
        }
    }

    /// <summary>A side that costs nothing needs no variable, one that is hard gets none.</summary>
    private void AddCoverAndCosts()
    {
        var objective = new CpObjectiveProto { ScalingFactor = 1 };
        foreach (var cover in _problem.Cover)
        {
            if (cover is { WeightUnder: 0, WeightOver: 0 })
                continue;
            var sum = new LinearConstraintProto
            {
                Domain =
                {
                    cover.WeightUnder == 0 ? long.MinValue : cover.Required,
                    cover.WeightOver == 0 ? long.MaxValue : cover.Required,
                },
            };
            sum.Vars.Add(Assigned(cover));
            sum.Coeffs.Add(Enumerable.Repeat(1L, _problem.Staff.Count));
            if (cover.WeightUnder is > 0 and var under && cover.Required > 0)
                AddSlack(sum, 1, cover.Required, under);
            if (cover.WeightOver is > 0 and var over && _problem.Staff.Count > cover.Required)
                AddSlack(sum, -1, _problem.Staff.Count - cover.Required, over);
            _guard = NoGuard;
            Add(new ConstraintProto { Linear = sum });
        }
        var coefficients = new long[_problem.NumVariables];
        var offset = 0L;
        for (var i = 0; i < _problem.Staff.Count; i++)
        {
            foreach (var request in _problem.Staff[i].ShiftOnRequests)
            {
                coefficients[Works(i, request.Day, request.Shift)] -= request.Weight;
                offset += request.Weight;
            }
            foreach (var request in _problem.Staff[i].ShiftOffRequests)
                coefficients[Works(i, request.Day, request.Shift)] += request.Weight;
        }
        for (var k = 0; k < coefficients.Length; k++)
            if (coefficients[k] != 0)
            {
                objective.Vars.Add(k);
                objective.Coeffs.Add(coefficients[k]);
            }
        objective.Offset = offset;
        _proto.Objective = objective;

        void AddSlack(LinearConstraintProto sum, int sign, int most, int weight)
        {
            var slack = NewInteger(most);
            sum.Vars.Add(slack);
            sum.Coeffs.Add(sign);
            objective.Vars.Add(slack);
            objective.Coeffs.Add(weight);
        }
    }

    private IEnumerable<int> Assigned(RosterCover cover) =>
        Enumerable.Range(0, _problem.Staff.Count).Select(i => Works(i, cover.Day, cover.Shift));
}
