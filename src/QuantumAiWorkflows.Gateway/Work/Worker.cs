using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;
using QuantumAiWorkflows.Work;

namespace QuantumAiWorkflows.Gateway.Work;

/// <summary>
/// The worker role: hands the head of the queue to free slots, renews this worker's row, takes back what lost owners
/// left, and on shutdown gives running jobs back.
/// </summary>
internal sealed partial class Worker(
    Store store,
    JobLedger ledger,
    JobControl control,
    JobRunner runner,
    SolverCatalog catalog,
    WorkQueue queue,
    RunningJobs running,
    DataDirectory data,
    IOptions<QaiwOptions> options,
    IHostApplicationLifetime lifetime,
    ILogger<Worker> log
) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AnnounceInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WorkerLease = TimeSpan.FromSeconds(30);

    private readonly string _id = Guid.CreateVersion7().ToString();
    private readonly List<Slot> _slots =
    [
        .. Enumerable.Range(0, options.Value.EffectiveSlots).Select(_ => new Slot(data)),
    ];
    private readonly List<Task> _runs = [];

    /// <summary>
    /// Until the service begins to stop: this worker's own turn comes after the web server's, which waits for requests that
    /// are open, and by then there may be no time left to give jobs back.
    /// </summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(
            stoppingToken,
            lifetime.ApplicationStopping
        );
        await WorkAsync(stopping.Token);
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        await ReadCatalogAsync(stoppingToken);
        var recovered = await control.RecoverAsync(everyone: true, []);
        if (recovered > 0)
            Recovered(recovered);
        await AnnounceAsync();
        var free = new Queue<Slot>(_slots);
        var (nextSweep, nextAnnouncement) = (store.Now, store.Now);
        var preparing = PrepareAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (store.Now >= nextSweep)
                {
                    nextSweep = store.Now + SweepInterval.Ticks / 10;
                    await control.RecoverAsync(everyone: false, running.Ids);
                    await control.ExpireAsync();
                    foreach (var solver in catalog.All)
                        if (solver is { Unavailable: { } reason, BecomesAvailable: false })
                            await control.EndUnavailableAsync(solver.Info.Id, reason);
                }
                if (store.Now >= nextAnnouncement)
                {
                    nextAnnouncement = store.Now + AnnounceInterval.Ticks / 10;
                    await AnnounceAsync();
                }
                while (FreeSlot(free) is { } slot && await TryStartAsync(slot, free, stoppingToken)) { }
                await queue.WaitAsync(SweepInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e) when (Store.IsOutage(e))
            {
                // A full disk or a locked file: jobs stay queued, and the next sweep tries again.
                StorageFailed(e);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
        await Task.WhenAll(_runs.Append(preparing));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var slot in _slots)
            await slot.DisposeAsync();
    }

    /// <summary>Nothing can be admitted or claimed before the solvers are known; a desk that dies is started again.</summary>
    private async Task ReadCatalogAsync(CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await catalog.RefreshAsync(stopping);
                return;
            }
            catch (ChildLostException e)
            {
                DeskLost(e.Message);
                await Task.Delay(TimeSpan.FromSeconds(2), stopping);
            }
        }
    }

    private static Slot? FreeSlot(Queue<Slot> free)
    {
        lock (free)
            return free.TryDequeue(out var slot) ? slot : null;
    }

    private async Task<bool> TryStartAsync(Slot slot, Queue<Slot> free, CancellationToken stopping)
    {
        Claim? claim = null;
        try
        {
            claim = await ledger.ClaimAsync(_id, catalog.AvailableIds, running.MayRun, stopping);
        }
        finally
        {
            if (claim is null)
                lock (free)
                    free.Enqueue(slot);
        }
        if (claim is null)
            return false;

        var cancel = new CancellationTokenSource();
        running.Add(claim.Job, cancel);
        _runs.RemoveAll(r => r.IsCompleted);
        _runs.Add(
            Task.Run(
                async () =>
                {
                    try
                    {
                        await runner.RunAsync(claim, slot, cancel, stopping);
                    }
#pragma warning disable CA1031 // A bug in one run must not end the worker; the job comes back when its lease expires.
                    catch (Exception e)
#pragma warning restore CA1031
                    {
                        RunBroke(e, claim.Job.Id);
                    }
                    finally
                    {
                        running.Remove(claim.Job.Id);
                        lock (free)
                            free.Enqueue(slot);
                        queue.Wake();
                        cancel.Dispose();
                    }
                },
                CancellationToken.None
            )
        );
        return true;
    }

    /// <summary>Starts one child after the other: at once they would only slow each other and the first request.</summary>
    private async Task PrepareAsync(CancellationToken stopping)
    {
        // Slots are prepared by their first run when jobs are waiting already.
        foreach (var slot in _slots)
        {
            if (running.Count > 0 || stopping.IsCancellationRequested)
                return;
            try
            {
                await slot.PrepareAsync(stopping);
            }
            catch (Exception e) when (e is ChildLostException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private Task AnnounceAsync() =>
        store.WriteAsync(async db =>
        {
            await db.Workers.Where(w => w.LeaseUntil < store.Now).ExecuteDeleteAsync();
            var row = await db.Workers.FindAsync(_id);
            if (row is null)
                db.Workers.Add(
                    row = new WorkerRow
                    {
                        Id = _id,
                        Build = Protocol.Build,
                        Registry = "",
                        Slots = _slots.Count,
                        StartedAt = store.Now,
                        LeaseUntil = 0,
                    }
                );
            row.Registry = JsonSerializer.Serialize(
                catalog.All.Select(s => new
                {
                    s.Info.Id,
                    s.Info.Version,
                    Available = s.Unavailable is null,
                }),
                StrictJson.Options
            );
            row.LeaseUntil = store.Now + WorkerLease.Ticks / 10;
        });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Took back {Count} jobs whose worker was lost.")]
    private partial void Recovered(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The solvers could not be read: {Reason} Trying again.")]
    private partial void DeskLost(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The run of job {JobId} broke off on our side.")]
    private partial void RunBroke(Exception exception, string jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database refused; jobs stay queued.")]
    private partial void StorageFailed(Exception exception);
}
