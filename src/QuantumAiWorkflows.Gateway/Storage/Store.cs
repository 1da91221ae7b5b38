using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace QuantumAiWorkflows.Gateway.Storage;

/// <summary>
/// The database. SQLite has one writer, so writes queue here instead of failing there; reads go beside them (WAL).
/// </summary>
internal sealed class Store(PooledDbContextFactory<QaiwDbContext> contexts, TimeProvider clock) : IDisposable
{
    // https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Full = 13;
    private const int CannotOpen = 14;

    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <summary>Microseconds since 1970, UTC.</summary>
    public long Now => Microseconds(clock.GetUtcNow());

    public DateTimeOffset TimeNow => clock.GetUtcNow();

    public static Store OpenSqlite(string file, TimeProvider clock)
    {
        // synchronous = FULL comes with the connection's default: an acknowledged job survives a power cut.
        var options = new DbContextOptionsBuilder<QaiwDbContext>()
            .UseSqlite($"Data Source={file};Cache=Private;Pooling=True;Default Timeout=30")
            .Options;
        var store = new Store(new PooledDbContextFactory<QaiwDbContext>(options), clock);
        using var db = store.Open();
        db.Database.Migrate();
        db.Database.ExecuteSqlRaw("PRAGMA journal_mode = WAL");
        return store;
    }

    public static long Microseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / 10;

    public static DateTimeOffset Time(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10);

    public static DateTimeOffset? Time(long? microseconds) => microseconds is { } given ? Time(given) : null;

    /// <summary>A context for reading; rows it returns are not tracked.</summary>
    public QaiwDbContext Open()
    {
        var db = contexts.CreateDbContext();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>Runs <paramref name="work"/> in one transaction and saves; all of it happens or nothing.</summary>
    public async Task<T> WriteAsync<T>(Func<QaiwDbContext, Task<T>> work, CancellationToken cancellation = default)
    {
        await _writer.WaitAsync(cancellation);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var result = await work(db);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    public Task WriteAsync(Func<QaiwDbContext, Task> work, CancellationToken cancellation = default) =>
        WriteAsync(
            async db =>
            {
                await work(db);
                return true;
            },
            cancellation
        );

    /// <summary>
    /// True for what a full disk or a locked, unreadable or vanished file throws: worth another try. A broken constraint is
    /// not: it is a bug, and would be one for ever.
    /// </summary>
    public static bool IsOutage(Exception exception) =>
        (exception as SqliteException ?? exception.InnerException as SqliteException)?.SqliteErrorCode
            is Busy
                or Locked
                or ReadOnly
                or InputOutput
                or Full
                or CannotOpen;

    public void Dispose() => _writer.Dispose();
}
