using System.Diagnostics;
using System.Text.Json;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Numerics;
using QuantumAiWorkflows.Problems;

namespace QuantumAiWorkflows.Solving;

/// <summary>What a run may use and how it reports: everything a solver gets besides problem and options.</summary>
/// <remarks>
/// Used by one solving thread; only <see cref="RequestStop"/> may be called from another. CPU time is that of the whole
/// process, which runs one solve at a time.
/// </remarks>
public sealed class SolveContext(SolveBudget budget, long seed, CancellationToken cancellation = default)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpuAtStart = Environment.CpuUsage.TotalTime;
    private long _nextCpuCheck;
    private int _stop;
    private int _subRuns;

    /// <summary>As the client gave it, defaults filled in: what decides how a solver works.</summary>
    public SolveBudget Budget { get; } = budget;

    /// <summary>CPU seconds after which to stop: a margin before the budget, or a limit of the server's; null for none.</summary>
    public double? StopCpuSeconds { get; init; } = budget.CpuSeconds;

    /// <summary>Wall seconds after which to stop; like <see cref="StopCpuSeconds"/>.</summary>
    public double? StopTimeSeconds { get; init; } = budget.TimeSeconds;

    public long Seed { get; } = seed;

    /// <summary>Called on every improvement; the host limits the rate and always delivers the last one.</summary>
    public Action<Solution, double?>? OnIncumbent { get; init; }

    /// <summary>Told the name and wall seconds of every finished stage.</summary>
    public Action<string, double>? OnStage { get; init; }

    /// <summary>
    /// An answer to start from, in the problem's own terms; null without one. Only solvers that accept one are given one.
    /// Set before the solver begins: reading it is part of the run, so it comes after the clock has started.
    /// </summary>
    public Solution? InitialSolution { get; set; }

    /// <summary>Folder for caches that outlive the process (compiled circuits); null in tests and where there is none.</summary>
    public string? CacheDirectory { get; init; }

    /// <summary>Who can be asked to solve sub-problems; null where nobody can.</summary>
    public SolverRegistry? Solvers { private get; init; }

    /// <summary>The run that this one is a part of; null for a run of its own.</summary>
    private SolveContext? Parent { get; init; }

    /// <summary>
    /// True when it is one of the many sub-problems of another run: what is made for it will hardly be asked for again.
    /// </summary>
    public bool IsSubProblem { get; private init; }

    /// <summary>Cancelled together with a stop request; for native solvers that must be told.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Wall seconds since the run began.</summary>
    public double ElapsedSeconds => Stopwatch.GetElapsedTime(_started).TotalSeconds;

    public double CpuSeconds => (Environment.CpuUsage.TotalTime - _cpuAtStart).TotalSeconds;

    /// <summary>Evaluations counted so far, as the solver documents them.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Shots drawn so far; null for solvers that draw none.</summary>
    public long? Shots { get; private set; }

    /// <summary>Which limit ended the run; null while none has.</summary>
    public StoppedBy? StoppedBy => _stop == 0 ? null : (StoppedBy)(_stop - 1);

    /// <summary>Evaluations that may still be spent; <see cref="long.MaxValue"/> without such a budget.</summary>
    public long EvaluationsLeft => Budget.Evaluations is { } limit ? Math.Max(0, limit - Evaluations) : long.MaxValue;

    /// <summary>Shots that may still be drawn; <see cref="long.MaxValue"/> without such a budget.</summary>
    public long ShotsLeft => Budget.Shots is { } limit ? Math.Max(0, limit - (Shots ?? 0)) : long.MaxValue;

    /// <summary>
    /// Share of the budget that is spent, 0 to 1: of the evaluations where these are limited, so that such a run replays, else of
    /// the clock that is nearest to its end; 0 without either.
    /// </summary>
    public double ShareSpent =>
        Math.Min(
            1,
            Budget.Evaluations is { } limit
                ? (double)Evaluations / limit
                : Math.Max(
                    StopCpuSeconds is { } cpu ? CpuSeconds / cpu : 0,
                    StopTimeSeconds is { } time ? ElapsedSeconds / time : 0
                )
        );

    /// <summary>A generator of its own for each named use, so that adding a use leaves the others' numbers alone.</summary>
    public Xoshiro256 CreateRandom(string stream) => Xoshiro256.FromSeed((ulong)Seed, stream);

    /// <summary>Reports an improved answer, with a bound in the problem's own sense where the method has one.</summary>
    public void Report(Solution best, double? bound = null) => OnIncumbent?.Invoke(best, bound);

    public void CountEvaluations(long count)
    {
        Evaluations += count;
        Parent?.CountEvaluations(count);
    }

    public void CountShots(long count)
    {
        Shots = (Shots ?? 0) + count;
        Parent?.CountShots(count);
    }

    /// <summary>What the solver with this id says of itself; null where there is none that could be called.</summary>
    public SolverInfo? InfoOf(string solverId) =>
        Solvers is not null && Solvers.TryGet(solverId, out var solver) ? solver.Info : null;

    /// <summary>
    /// Has another solver solve a problem as a part of this run: its evaluations and shots are charged to this run and
    /// never exceed what is left here, its time is this run's, and whatever stops this run stops it, too. Its seed follows
    /// from this run's and from how many sub-problems there were before. Its incumbents are not reported: they answer
    /// another problem. Its stages are, as parts of this run's.
    /// </summary>
    /// <param name="options">Of that solver; null for its own, see <see cref="SolverInfo.OptionsAsSubSolver"/>.</param>
    /// <param name="budget">Evaluations, shots, time and CPU seconds count; threads and memory are this run's.</param>
    public SubRun SolveSubProblem(string solverId, Problem problem, JsonElement? options, SolveBudget budget)
    {
        var number = _subRuns++;
        if (IsSubProblem)
            throw new InvalidOperationException("A solver that was called for a sub-problem may not call another one.");
        if (Solvers is null)
            return Refused(null, "No other solver can be called here.");
        var faults = new FaultList();
        if (Solvers.FindSubSolver(solverId, options, "", faults) is not { } callee)
            return Refused(null, faults.Items[0].Detail);
        var given = budget.Within(Budget, EvaluationsLeft, ShotsLeft);
        switch (callee.Solver.Check(problem, callee.Options, given))
        {
            case Applicability.Unsupported no:
                return Refused(callee.Solver.Info, no.Reason);
            case Applicability.BadOptions bad:
                return Refused(callee.Solver.Info, bad.Faults[0].Detail);
        }

        var context = new SolveContext(given, SeedOf($"sub-problem {number}"), Cancellation)
        {
            Parent = this,
            IsSubProblem = true,
            StopCpuSeconds = Earlier(given.CpuSeconds, StopCpuSeconds - CpuSeconds),
            StopTimeSeconds = Earlier(given.TimeSeconds, StopTimeSeconds - ElapsedSeconds),
            OnStage = OnStage,
            CacheDirectory = CacheDirectory,
        };
        var outcome = callee.Solver.Solve(problem, callee.Options, context);
        var stoppedBy = outcome is SolveOutcome.Infeasible or SolveOutcome.Found { IsProven: true }
            ? Solving.StoppedBy.Proof
            : context.StoppedBy ?? Solving.StoppedBy.Solver;
        return new(callee.Solver.Info, outcome, stoppedBy, context.Evaluations, context.Shots, context.ElapsedSeconds);
    }

    /// <summary>
    /// This run for a solver that is given the problem in another form: what it counts is counted here, what stops this run
    /// stops it, and it has this run's seed. Its incumbents go to whoever translates them.
    /// </summary>
    /// <param name="budget">This run's, or a share of it.</param>
    /// <param name="cpuSeconds">Share of the CPU seconds that are left before the run stops; null for all of them.</param>
    /// <param name="timeSeconds">Likewise of the wall seconds.</param>
    /// <param name="onIncumbent">Told every improvement and bound, in the terms of the problem that is given.</param>
    /// <param name="seed">Null for this run's.</param>
    public SolveContext Part(
        SolveBudget budget,
        double? cpuSeconds,
        double? timeSeconds,
        Action<Solution, double?> onIncumbent,
        long? seed = null
    ) =>
        new(budget, seed ?? Seed, Cancellation)
        {
            Parent = this,
            IsSubProblem = IsSubProblem,
            StopCpuSeconds = cpuSeconds ?? StopCpuSeconds - CpuSeconds,
            StopTimeSeconds = timeSeconds ?? StopTimeSeconds - ElapsedSeconds,
            OnIncumbent = onIncumbent,
            OnStage = OnStage,
            CacheDirectory = CacheDirectory,
            Solvers = Solvers,
        };

    /// <summary>
    /// True when a budget is spent or a stop was requested; then <see cref="StoppedBy"/> says which. Cheap enough for
    /// once a sweep: the CPU clock is read only when it could have run out.
    /// </summary>
    public bool ShouldStop()
    {
        if (_stop != 0)
            return true;
        if (Parent?.ShouldStop() == true)
            RequestStop(Parent.StoppedBy!.Value);
        else if (Cancellation.IsCancellationRequested)
            RequestStop(Solving.StoppedBy.Cancel);
        else if (Evaluations >= Budget.Evaluations)
            RequestStop(Solving.StoppedBy.Evaluations);
        else if (StopTimeSeconds is { } time && ElapsedSeconds >= time)
            RequestStop(Solving.StoppedBy.Time);
        else if (StopCpuSeconds is { } cpu && IsCpuSpent(cpu))
            RequestStop(Solving.StoppedBy.Cpu);
        return _stop != 0;
    }

    /// <summary>Seconds until the first of the run's clocks stops it, and which one it is; null where there is none.</summary>
    public (double Seconds, StoppedBy Clock)? ClockLeft()
    {
        var cpu = StopCpuSeconds - CpuSeconds;
        var time = StopTimeSeconds - ElapsedSeconds;
        return (cpu, time) switch
        {
            (null, null) => null,
            ({ } c, null) => (c, Solving.StoppedBy.Cpu),
            (null, { } t) => (t, Solving.StoppedBy.Time),
            ({ } c, { } t) => c <= t ? (c, Solving.StoppedBy.Cpu) : (t, Solving.StoppedBy.Time),
        };
    }

    /// <summary>Asks the run to end; the first reason stays. Safe from any thread.</summary>
    public void RequestStop(StoppedBy reason) => Interlocked.CompareExchange(ref _stop, (int)reason + 1, 0);

    /// <summary>Times a stage: <c>using (context.Stage("compile")) …</c></summary>
    public StageScope Stage(string name) => new(this, name);

    private static SubRun Refused(SolverInfo? solver, string reason) =>
        new(solver, new SolveOutcome.NothingFound(reason), Solving.StoppedBy.Solver, 0, null, 0);

    /// <summary>A seed of its own for a named part of the run; 53 bits, like every seed.</summary>
    public long SeedOf(string part) => (long)(CreateRandom(part).NextUInt64() >> 11);

    private static double? Earlier(double? left, double? right) =>
        left is { } l && right is { } r ? Math.Min(l, r) : left ?? right;

    private bool IsCpuSpent(double limit)
    {
        var now = Stopwatch.GetTimestamp();
        if (now < _nextCpuCheck)
            return false;
        var left = limit - CpuSeconds;
        // The process cannot burn CPU faster than all cores together; look again when it could be spent, at most half
        // way there, because garbage collection and the JIT share the clock.
        var wait = left / (2 * Environment.ProcessorCount);
        _nextCpuCheck = now + (long)(Math.Max(wait, 20e-6) * Stopwatch.Frequency);
        return left <= 0;
    }

    public readonly struct StageScope(SolveContext context, string name) : IDisposable
    {
        private readonly long _began = Stopwatch.GetTimestamp();

        public void Dispose() => context.OnStage?.Invoke(name, Stopwatch.GetElapsedTime(_began).TotalSeconds);
    }
}
