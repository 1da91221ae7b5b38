using QuantumAiWorkflows.Problems.Encodings;

namespace QuantumAiWorkflows.Problems.Roster.Encodings;

/// <summary>
/// Small rosters by person, day and shift. All hard rules are linear; what must not follow what is a matter of pairs. Fixed days off
/// and shifts that a person may never work have no variables.
/// </summary>
internal static class RosterEncoding
{
    /// <summary>Of the rules on runs of days, whose number grows with the cube of the days.</summary>
    private const double MaxTerms = 3_000_000;

    public static EncodingResult Of(RosterProblem problem, EncodingRequest request)
    {
        var cells = new RosterCells(problem);
        if (EncodingLimits.CheckVariables(cells.Count) is { } tooMany)
            return tooMany;
        var terms = problem.Staff.Sum(person => PersonConstraints.CountTerms(problem, person));
        if (terms > MaxTerms)
            return new EncodingResult.Refused(
                $"The encoding has {cells.Count} binary variables for shifts, and the rules on consecutive days take {terms} terms; the limit is {MaxTerms}.",
                terms,
                MaxTerms,
                "term"
            );
        var model = new ConstrainedModel(problem.Sense);
        cells.AddVariables(model);
        AddRequests(problem, cells, model);
        var people = new List<PersonConstraints>();
        for (var i = 0; i < problem.Staff.Count; i++)
        {
            people.Add(new(problem, cells, i, model));
            people[i].Add();
        }
        AddSuccessions(problem, cells, model);
        var cover = Enumerable
            .Range(0, problem.Cover.Count)
            .Select(k => new CoverTerms(problem, cells, k, model))
            .ToList();
        return QuboEncoder.Encode(
            problem,
            new(model, cells.Decode, solution => Values((RosterSolution)solution), Repair: null, CoversOptimum: true),
            request
        );

        long[]? Values(RosterSolution solution)
        {
            var values = new long[model.Variables.Count];
            if (!cells.TryWrite(solution, values))
                return null;
            foreach (var person in people)
                person.Complete(solution, values);
            var tally = new RosterTally(problem, solution);
            foreach (var entry in cover)
                entry.Complete(tally, values);
            return values;
        }
    }

    /// <summary>What can never be met costs all the same.</summary>
    private static void AddRequests(RosterProblem problem, RosterCells cells, ConstrainedModel model)
    {
        for (var i = 0; i < problem.Staff.Count; i++)
        {
            foreach (var wish in problem.Staff[i].ShiftOnRequests)
            {
                model.Offset += wish.Weight;
                if (cells.Shift(i, wish.Day, wish.Shift) is { } variable)
                    model.AddObjective(variable, -wish.Weight);
            }
            foreach (var wish in problem.Staff[i].ShiftOffRequests)
                if (cells.Shift(i, wish.Day, wish.Shift) is { } variable)
                    model.AddObjective(variable, wish.Weight);
        }
    }

    private static void AddSuccessions(RosterProblem problem, RosterCells cells, ConstrainedModel model)
    {
        for (var s = 0; s < problem.Shifts.Count; s++)
        for (var k = 0; k < problem.Shifts[s].CannotBeFollowedBy.Count; k++)
        {
            var next = problem.Shifts[s].CannotBeFollowedBy[k];
            var pairs = new List<(int, int)>();
            for (var i = 0; i < problem.Staff.Count; i++)
            for (var d = 0; d + 1 < problem.Days; d++)
                if (cells.Shift(i, d, s) is { } one && cells.Shift(i, d + 1, next) is { } two)
                    pairs.Add((one, two));
            model.AddPairs(
                RosterConstraint.CannotBeFollowedBy,
                $"cannotBeFollowedBy[{s},{k}]",
                RosterConstraint.OfSuccession(s, k).Pointer,
                pairs
            );
        }
    }
}
