using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Jobs;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Gateway.Work;
using QuantumAiWorkflows.Problems;
using QuantumAiWorkflows.Runs;
using QuantumAiWorkflows.Solving;

namespace QuantumAiWorkflows.IntegrationTests.Work;

/// <summary>The store alone, with a clock that stands still: what happens to a job whose owner is drained, slow or gone.</summary>
public sealed class LedgerTests : IAsyncDisposable
{
    private static readonly TimeSpan LongerThanALease = TimeSpan.FromSeconds(31);

    private readonly string _folder = Directory.CreateTempSubdirectory("qaiw-").FullName;
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly DataDirectory _data;
    private readonly Desk _desk;
    private readonly Store _store;
    private readonly JobLedger _ledger;
    private readonly JobControl _control;

    public LedgerTests()
    {
        _data = new DataDirectory(_folder);
        _desk = new Desk(_data);
        _store = Store.OpenSqlite(_data.DatabaseFile, _clock);
        _ledger = new JobLedger(_store, new Signals());
        _control = new JobControl(_store, new Signals(), new SolverCatalog(_desk));
    }

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        _store.Dispose();
        _data.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_drained_owner_can_no_longer_change_anything()
    {
        var id = await QueueAsync();
        var drained = await ClaimAsync("first");
        (await _ledger.RequeueAsync(drained)).Should().BeTrue();
        (await JobAsync(id)).State.Should().Be("queued");
        var next = await ClaimAsync("second");
        next.Fence.Should().BeGreaterThan(drained.Fence);

        (await CompleteAsync(drained)).Should().BeFalse();
        (await _ledger.RequeueAsync(drained)).Should().BeFalse();
        (await _ledger.ProgressAsync(drained, new([Found(-1)], []))).Should().BeFalse();
        (await JobAsync(id)).Owner.Should().Be("second");
        (await CompleteAsync(next)).Should().BeTrue();

        var job = await JobAsync(id);
        job.State.Should().Be("succeeded");
        job.Attempt.Should().Be(2);
        job.Failures.Should().Be(0, "a drain is no failure");
        (await RunsAsync()).Should().ContainSingle().Which.Attempt.Should().Be(2);
        await using var db = _store.Open();
        (await db.Events.AnyAsync(e => e.Kind == "incumbent", TestContext.Current.CancellationToken))
            .Should()
            .BeFalse();
    }

    [Fact]
    public async Task The_best_answer_of_a_lost_run_is_kept_and_becomes_the_job_s_when_nobody_runs_it_again()
    {
        var id = await QueueAsync();
        for (var loss = 1; loss <= JobControl.MaxFailures; loss++)
        {
            var claim = await ClaimAsync($"owner {loss}");
            await _ledger.ProgressAsync(claim, new([Found(-1), Found(-1 - loss)], []));
            _clock.Advance(LongerThanALease);
            await _control.RecoverAsync(everyone: false, []);
        }

        var runs = await RunsAsync();
        runs.Select(r => r.Objective).Should().Equal(-2, -3, -4);
        runs.Should().OnlyContain(r => r.Verified && r.Solution!["values"]!.AsArray().Count == 3);
        (await JobAsync(id)).RunId.Should().Be(runs[^1].Id.ToString());
    }

    [Fact]
    public async Task A_job_is_committed_once()
    {
        await QueueAsync();
        var claim = await ClaimAsync("owner");
        (await CompleteAsync(claim)).Should().BeTrue();
        (await CompleteAsync(claim)).Should().BeFalse();
        (await RunsAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task Whose_lease_expires_is_lost_and_its_job_runs_again()
    {
        var id = await QueueAsync();
        var lost = await ClaimAsync("lost");
        (await _control.RecoverAsync(everyone: false, [])).Should().Be(0, "the lease still holds");
        _clock.Advance(LongerThanALease);
        (await _control.RecoverAsync(everyone: false, [])).Should().Be(1);

        var job = await JobAsync(id);
        job.State.Should().Be("queued");
        job.Failures.Should().Be(1);
        var record = (await RunsAsync()).Should().ContainSingle().Subject;
        record.State.Should().Be(RunState.Lost);
        record.Attempt.Should().Be(1);
        record.Error!.Code.Should().Be("workerLost");
        record.Error.Retryable.Should().BeTrue();
        record.Metrics.CpuSeconds.Should().BeNull("nobody measured it");

        var next = await ClaimAsync("next");
        (await CompleteAsync(lost)).Should().BeFalse();
        (await CompleteAsync(next)).Should().BeTrue();
        (await RunsAsync()).Select(r => r.State).Should().Equal(RunState.Lost, RunState.Succeeded);
    }

    [Fact]
    public async Task A_heartbeat_renews_the_lease()
    {
        await QueueAsync();
        var claim = await ClaimAsync("owner");
        for (var beat = 0; beat < 3; beat++)
        {
            _clock.Advance(LongerThanALease / 2);
            (await _ledger.ProgressAsync(claim, Told.Nothing)).Should().BeTrue();
        }
        (await _control.RecoverAsync(everyone: false, [])).Should().Be(0);
        (await CompleteAsync(claim)).Should().BeTrue();
    }

    [Fact]
    public async Task A_restart_takes_back_what_ran_at_once()
    {
        var id = await QueueAsync();
        await ClaimAsync("before");
        (await _control.RecoverAsync(everyone: true, [])).Should().Be(1);
        (await JobAsync(id)).State.Should().Be("queued");
    }

    [Fact]
    public async Task A_third_loss_is_poison()
    {
        var id = await QueueAsync();
        for (var loss = 1; loss <= JobControl.MaxFailures; loss++)
        {
            await ClaimAsync($"owner {loss}");
            _clock.Advance(LongerThanALease);
            await _control.RecoverAsync(everyone: false, []);
        }
        var job = await JobAsync(id);
        job.State.Should().Be("failed");
        job.ErrorCode.Should().Be("poison");
        job.ErrorMessage.Should().Be("Its worker was lost 3 times while running it.");
        (await RunsAsync()).Select(r => r.State).Should().Equal(RunState.Lost, RunState.Lost, RunState.Lost);
        (await TryClaimAsync("next")).Should().BeNull();
    }

    [Fact]
    public async Task A_job_that_was_cancelled_and_then_lost_is_cancelled()
    {
        var id = await QueueAsync();
        await ClaimAsync("lost");
        await _control.RequestCancelAsync("default", id);
        _clock.Advance(LongerThanALease);
        await _control.RecoverAsync(everyone: false, []);
        (await JobAsync(id)).State.Should().Be("cancelled");
        (await RunsAsync()).Should().ContainSingle().Which.State.Should().Be(RunState.Lost);
    }

    [Fact]
    public async Task A_job_cancelled_between_its_claim_and_its_start_does_not_run()
    {
        var id = await QueueAsync();
        var claim = await ClaimAsync("owner");
        await _control.RequestCancelAsync("default", id);
        var options = Options.Create(new QaiwOptions());
        var runner = new JobRunner(
            _store,
            _ledger,
            new ProblemCache(),
            new SolverCatalog(_desk),
            new RunningJobs(),
            new BlockSentinel(),
            new Pricing(options),
            new CandidateValidation(_store, options, NullLogger<CandidateValidation>.Instance),
            options,
            NullLogger<JobRunner>.Instance
        );
        await using var slot = new Slot(_data);
        using var cancel = new CancellationTokenSource();
        await runner.RunAsync(claim, slot, cancel, TestContext.Current.CancellationToken);

        (await JobAsync(id)).State.Should().Be("cancelled");
        (await RunsAsync()).Should().ContainSingle().Which.StoppedBy.Should().BeNull("it never started");
    }

    [Fact]
    public async Task A_queued_job_ends_once_and_a_running_one_not_from_the_queue()
    {
        var queued = await QueueAsync();
        (await EndQueuedAsync(queued)).Should().BeTrue();
        (await EndQueuedAsync(queued)).Should().BeFalse();
        var running = await QueueAsync();
        await ClaimAsync("owner");
        (await EndQueuedAsync(running)).Should().BeFalse();
    }

    [Fact]
    public async Task A_solver_that_is_not_here_leaves_its_jobs_to_others()
    {
        await QueueAsync();
        var claim = await _ledger.ClaimAsync("owner", ["tabu"], _ => true, TestContext.Current.CancellationToken);
        claim.Should().BeNull();
    }

    [Fact]
    public async Task What_the_database_refuses_while_a_job_runs_is_written_with_its_result()
    {
        var id = await QueueAsync();
        var claim = await ClaimAsync("owner");
        var refusal = new FullDisk();
        var options = new DbContextOptionsBuilder<QaiwDbContext>()
            .UseSqlite($"Data Source={_data.DatabaseFile}")
            .AddInterceptors(refusal)
            .Options;
        using var refusing = new Store(new PooledDbContextFactory<QaiwDbContext>(options), _clock);
        var progress = new LiveProgress(new JobLedger(refusing, new Signals()), claim, NullLogger.Instance);
        progress.Found(Found(-1));
        progress.Say("validation: fold (1 of 5)");

        var run = new TaskCompletionSource();
        var writing = progress.WriteUntilAsync(run.Task);
        await Until.TrueAsync(() => refusal.Refused > 1, "it was refused, and tried again");
        run.SetResult();
        await writing;
        await CompleteAsync(claim, last: progress.Take());

        await using var db = _store.Open();
        var events = await db
            .Events.Where(e => e.Subject == id)
            .OrderBy(e => e.Sequence)
            .Select(e => e.Kind)
            .ToListAsync(TestContext.Current.CancellationToken);
        events.Should().EndWith(["log", "incumbent", "state", "done"]).And.ContainSingle(kind => kind == "log");
        progress.Take().IsNothing.Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bound_that_a_verified_answer_beats_is_refuted_whichever_came_first(bool boundFirst)
    {
        var bound = (RunRecord run) => run with { Bound = -2 };
        var better = (RunRecord run) => run with { Verified = true, Feasible = true, Objective = -3 };
        foreach (var change in boundFirst ? new[] { bound, better } : [better, bound])
        {
            await QueueAsync();
            (await CompleteAsync(await ClaimAsync("owner"), change)).Should().BeTrue();
        }

        var runs = await RunsAsync();
        runs.Single(r => r.Bound is not null).BoundRefuted.Should().BeTrue();
        runs.Single(r => r.Bound is null).BoundRefuted.Should().BeFalse();
    }

    [Fact]
    public async Task A_bound_that_answers_only_meet_stands()
    {
        foreach (
            var change in new Func<RunRecord, RunRecord>[]
            {
                run => run with { Bound = -3 },
                run => run with { Verified = true, Feasible = true, Objective = -3 },
                run => run with { Verified = false, Feasible = true, Objective = -4 },
            }
        )
        {
            await QueueAsync();
            await CompleteAsync(await ClaimAsync("owner"), change);
        }

        (await RunsAsync()).Should().NotContain(r => r.BoundRefuted);
    }

    private static Improvement Found(double objective) =>
        new(
            new(1, 1, objective, null, Feasible: true),
            new() { ["values"] = new System.Text.Json.Nodes.JsonArray(0, 1, 1) }
        );

    private Task<bool> EndQueuedAsync(string id) => _control.EndQueuedAsync("default", id, "cancelled", null, "why");

    private Task<Claim?> TryClaimAsync(string owner) =>
        _ledger.ClaimAsync(owner, ["random"], _ => true, TestContext.Current.CancellationToken);

    private async Task<Claim> ClaimAsync(string owner) =>
        await TryClaimAsync(owner) ?? throw new InvalidOperationException("There was nothing to claim.");

    private Task<bool> CompleteAsync(Claim claim, Func<RunRecord, RunRecord>? change = null, Told? last = null)
    {
        var request = new StoredRequest(null, new SolveBudget(), 0, false, null);
        var builder = new RunRecordBuilder(
            claim,
            request,
            new SolverCatalog(_desk),
            MachineFacts.Now(0),
            claim.Job.StartedAt!.Value
        );
        var record = builder.Unstarted(null, _store.Now) with { State = RunState.Succeeded };
        return _ledger.CompleteAsync(
            claim,
            change?.Invoke(record) ?? record,
            "succeeded",
            last ?? Told.Nothing,
            (objective, bound) => objective < bound
        );
    }

    private async Task<JobRow> JobAsync(string id)
    {
        await using var db = _store.Open();
        return await db.Jobs.SingleAsync(j => j.Id == id, TestContext.Current.CancellationToken);
    }

    private async Task<List<RunRecord>> RunsAsync()
    {
        await using var db = _store.Open();
        var rows = await db.Runs.OrderBy(r => r.CompletedAt).ToListAsync(TestContext.Current.CancellationToken);
        return [.. rows.Select(Gateway.Runs.RunEndpoints.Read).OrderBy(r => r.Attempt)];
    }

    private async Task<string> QueueAsync()
    {
        var problem = ProblemFamily
            .All[0]
            .Read(System.Text.Json.JsonSerializer.SerializeToElement(ProblemFamily.All[0].Example), "", new())!;
        var id = Guid.CreateVersion7(_clock.GetUtcNow()).ToString();
        await _store.WriteAsync(
            async db =>
            {
                await Gateway.Problems.ProblemLibrary.AddAsync(
                    db,
                    "default",
                    problem,
                    _store.Now,
                    TestContext.Current.CancellationToken
                );
                db.Jobs.Add(
                    new JobRow
                    {
                        Tenant = "default",
                        Id = id,
                        State = "queued",
                        Solver = "random",
                        Family = problem.Family.Id,
                        ProblemId = problem.Id,
                        Priority = 5,
                        Sequence = _store.Now,
                        Seed = 1,
                        SubmittedAt = _store.Now,
                        TraceId = "",
                    }
                );
                db.Payloads.Add(
                    new PayloadRow
                    {
                        Tenant = "default",
                        JobId = id,
                        Request =
                            """{"options":null,"budget":{"evaluations":1},"samples":0,"trace":false,"baseline":null}""",
                    }
                );
            },
            TestContext.Current.CancellationToken
        );
        return id;
    }

    /// <summary>Throws what SQLite throws when the disk is full.</summary>
    private sealed class FullDisk : SaveChangesInterceptor
    {
        private const int Full = 13;

        private int _refused;

        public int Refused => Volatile.Read(ref _refused);

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData,
            InterceptionResult<int> result,
            CancellationToken cancellationToken = default
        )
        {
            Interlocked.Increment(ref _refused);
            throw new SqliteException("database or disk is full", Full);
        }
    }
}
