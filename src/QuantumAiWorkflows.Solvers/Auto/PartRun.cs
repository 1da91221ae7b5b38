using QuantumAiWorkflows.Problems.Qubo;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.Solvers.Auto;

/// <summary>Solves one part: enumeration or a proof where there is little, else a race, and the winner with all the rest.</summary>
/// <param name="members">By id; all that <see cref="AutoRules.Solvers"/> names.</param>
/// <param name="context">The run's, or a share of it.</param>
/// <param name="start">An answer to begin with, which counts as the best so far.</param>
/// <param name="onImprovement">Told every answer better than all before.</param>
internal sealed class PartRun(
    IReadOnlyDictionary<string, ISolver> members,
    QuboProblem problem,
    AutoOptions options,
    SolveContext context,
    QuboSolution start,
    Action<QuboSolution> onImprovement
)
{
    /// <summary>What a proof has to begin with costs as much as so many sweeps of an annealer: an optimum, mostly.</summary>
    private const int HeadStartSweeps = 2000;

    /// <summary>At most, of the budget.</summary>
    private const double HeadStartShare = 0.05;

    private const double ProofShare = 0.8;

    /// <summary>CP-SAT takes some hundredths of a second to begin: of a shorter clock nothing would be left to solve the part with.</summary>
    private const double LeastProofSeconds = 0.1;

    private const double Half = 0.5;

    /// <summary>Of CP-SAT where nothing limits the run.</summary>
    private const double UnlimitedProofSeconds = 10;

    private readonly QuboFeatures _features = FeatureReading.Of(problem);
    private readonly List<AutoStep> _steps = [];
    private readonly List<AutoCandidate> _candidates = [];
    private readonly Dictionary<string, IReadOnlyList<Sample>> _samples = [];
    private AutoRule? _rule;
    private string? _chosen;
    private string _reason = "the run was stopped before a choice";
    private double _bestObjective = problem.Evaluate(start).Objective;
    private int _runs;

    public QuboSolution Best { get; private set; } = start;

    public bool IsProven { get; private set; }

    /// <summary>In the part's own sense; null where nobody has proven one.</summary>
    public double? Bound { get; private set; }

    /// <summary>Of the chosen solver's last run.</summary>
    public IReadOnlyList<Sample> Samples => _samples.GetValueOrDefault(_chosen ?? "") ?? [];

    /// <summary>By which a solver made coefficients whole; null where none had to.</summary>
    public double? Scale { get; private set; }

    /// <summary>What the chosen solver is; classical before a choice.</summary>
    public Paradigm Paradigm { get; private set; } = Paradigm.Classical;

    public AutoPart ToPart() =>
        new()
        {
            Features = _features,
            Rule = _rule?.When ?? "",
            Candidates = _candidates,
            Steps = _steps,
            Chosen = _chosen,
            Reason = _reason,
            IsProven = IsProven,
        };

    public void Solve()
    {
        _rule = AutoRules.For(_features);
        _candidates.AddRange(_rule.Candidates.Where(c => Takes(c.Solver)));
        if (CanEnumerate())
        {
            Run(AutoPurpose.Enumeration, null, AutoRules.Enumerator, LeftEvaluations(1), clockShare: null);
            if (IsProven)
                Choose(
                    AutoRules.Enumerator,
                    FormattableString.Invariant($"{_features.NumVariables} variables: all assignments were looked at")
                );
        }
        else if (options.Proof && CanProve())
            Prove();
        if (!IsProven && !context.ShouldStop() && _candidates.Count > 0)
            Search();
    }

    private bool CanEnumerate() =>
        _features.NumVariables <= AutoRules.EnumeratedVariables
        && 1L << _features.NumVariables <= context.EvaluationsLeft
        && Takes(AutoRules.Enumerator);

    private bool CanProve() =>
        AutoRules.IsProvable(_features)
        && !(AutoSolver.SecondsLeft(context) < LeastProofSeconds)
        && _candidates.Count > 0
        && Takes(AutoRules.Prover);

    private void Prove()
    {
        var first = _candidates[0].Solver;
        var nanoseconds = AutoRules.CostOf(first).Nanoseconds(_features);
        var sweeps = HeadStartSweeps * (long)_features.NumVariables;
        if (AutoSolver.SecondsLeft(context) is { } clock)
            sweeps = Math.Min(sweeps, (long)(HeadStartShare * clock * 1e9 / nanoseconds));
        Run(
            AutoPurpose.HeadStart,
            null,
            first,
            Math.Max(1, Math.Min(sweeps, LeftEvaluations(HeadStartShare) ?? long.MaxValue)),
            clockShare: null
        );
        if (context.ShouldStop())
            return;
        // CP-SAT's own time is counted work: what a count of evaluations allows replays, and so does a run without a limit.
        var seconds =
            context.Budget.Evaluations is not null ? ProofShare * context.EvaluationsLeft * nanoseconds * 1e-9
            : AutoSolver.SecondsLeft(context) is null ? UnlimitedProofSeconds
            : (double?)null;
        Run(AutoPurpose.Proof, null, AutoRules.Prover, LeftEvaluations(1), ProofShare, seconds);
        if (IsProven)
            Choose(
                AutoRules.Prover,
                FormattableString.Invariant(
                    $"{_features.NumInteractions} interactions are few enough for a proof, from what {first} had found"
                )
            );
    }

    private void Search()
    {
        var winner = _candidates[0];
        var reason = $"the rule's first choice: {winner.Reason}";
        if (options.Race)
        {
            var evaluations = LeftEvaluations(1);
            if (RacePlan.Of(_features, _candidates, AutoSolver.SecondsLeft(context), evaluations) is { } plan)
                (winner, reason) = new Race(_candidates, plan, problem.IsBetter, Compete).Run(context.ShouldStop);
            else if (_candidates.Count > 1)
                reason += "; the budget is too short for a race";
        }
        Choose(winner.Solver, reason);
        // A race is short, and the rule comes of long runs: where they differ, each has half.
        if (winner != _candidates[0])
        {
            Run(AutoPurpose.Main, null, winner.Solver, LeftEvaluations(Half), Half);
            var firstHalf = _steps.Count;
            Finish(_candidates[0].Solver);
            if (_steps.Skip(firstHalf).Any(s => s.Improved))
                Choose(
                    _candidates[0].Solver,
                    $"the rule's first choice found better in the second half; {winner.Solver} {reason}"
                );
        }
        else
            Finish(winner.Solver);
    }

    /// <summary>All that is left. Most go on until the budget ends; one that ends by itself begins anew, with other numbers, from the best there is.</summary>
    private void Finish(string solver)
    {
        do
        {
            var before = context.Evaluations;
            Run(AutoPurpose.Main, null, solver, LeftEvaluations(1), clockShare: null);
            if (context.Evaluations == before)
                break;
        } while (
            !context.ShouldStop()
            && (AutoSolver.SecondsLeft(context) is not null || context.Budget.Evaluations is not null)
        );
    }

    private Standing Compete(AutoCandidate candidate, int round, long evaluations, Standing? before) =>
        Run(AutoPurpose.Race, round, candidate.Solver, evaluations, clockShare: null, from: before);

    private void Choose(string solver, string reason)
    {
        (_chosen, _reason) = (solver, reason);
        Paradigm = members[solver].Info.Paradigm;
    }

    private bool Takes(string solver) =>
        members[solver].Check(problem, Defaults(solver), BudgetOf(null, null)) is Applicability.Supported;

    private object Defaults(string solver) => members[solver].ReadOptions(null, "", new())!;

    /// <summary>One run of a member; what it finds is kept here, and what it counts is counted for the run.</summary>
    /// <param name="evaluations">At most; null for no limit.</param>
    /// <param name="clockShare">Share of the clocks that are left; null for all.</param>
    /// <param name="deterministicSeconds">Of CP-SAT; null for no limit.</param>
    /// <param name="from">Where a racer stood; null to start from the best answer of all.</param>
    private Standing Run(
        AutoPurpose purpose,
        int? round,
        string id,
        long? evaluations,
        double? clockShare,
        double? deterministicSeconds = null,
        Standing? from = null
    )
    {
        var member = members[id];
        var cost = purpose == AutoPurpose.Race ? AutoRules.CostOf(id).Nanoseconds(_features) : 0;
        var standing = from;
        var improved = false;
        SolveContext? part = null;
        part = context.Part(
            BudgetOf(evaluations, deterministicSeconds),
            clockShare * (context.StopCpuSeconds - context.CpuSeconds),
            clockShare * (context.StopTimeSeconds - context.ElapsedSeconds),
            (best, _) => Consider((QuboSolution)best),
            context.SeedOf(FormattableString.Invariant($"run {_runs++}"))
        );
        if (member.Info.AcceptsInitialSolution && purpose != AutoPurpose.Race)
            part.InitialSolution = Best;
        else if (member.Info.AcceptsInitialSolution && from is not null)
            part.InitialSolution = from.Solution;
        var outcome = member.Solve(problem, Defaults(id), part);
        if (outcome is SolveOutcome.Found found)
        {
            Consider((QuboSolution)found.Best);
            _samples[id] = outcome.Samples;
            Scale = outcome.Scale ?? Scale;
            IsProven |= found.IsProven;
            if (found.IsProven)
                Bound = problem.Evaluate(found.Best).Objective;
            else if (found.Bound is { } bound && (Bound is not { } known || problem.IsBetter(known, bound)))
                Bound = bound;
        }
        _steps.Add(new(purpose, round, id, part.Evaluations, standing?.Objective, improved));
        // What ended it ends this part, too, where it had all that was left.
        if (purpose == AutoPurpose.Main && clockShare is null && part.StoppedBy is { } reason)
            context.RequestStop(reason);
        return (standing ?? new(Best, _bestObjective, double.PositiveInfinity)) with
        {
            Total = (from?.Total ?? 0) + part.Evaluations * cost,
        };

        void Consider(QuboSolution solution)
        {
            var objective = problem.Evaluate(solution).Objective;
            if (standing is null || problem.IsBetter(objective, standing.Objective))
                standing = new(solution, objective, (from?.Total ?? 0) + part!.Evaluations * cost);
            if (!problem.IsBetter(objective, _bestObjective))
                return;
            (Best, _bestObjective, improved) = (solution, objective, true);
            onImprovement(solution);
        }
    }

    /// <summary>A share of the evaluations that are left; null without such a budget.</summary>
    private long? LeftEvaluations(double share) =>
        context.Budget.Evaluations is null ? null : Math.Max(1, (long)(share * context.EvaluationsLeft));

    private SolveBudget BudgetOf(long? evaluations, double? deterministicSeconds) =>
        context.Budget with
        {
            Evaluations = evaluations,
            DeterministicSeconds = deterministicSeconds,
            Shots = null,
            Threads = 1,
        };
}
