using Microsoft.EntityFrameworkCore;

namespace QuantumAiWorkflows.Gateway.Storage;

internal sealed class QaiwDbContext(DbContextOptions<QaiwDbContext> options) : DbContext(options)
{
    public DbSet<ProblemRow> Problems => Set<ProblemRow>();
    public DbSet<JobRow> Jobs => Set<JobRow>();
    public DbSet<PayloadRow> Payloads => Set<PayloadRow>();
    public DbSet<RunRow> Runs => Set<RunRow>();
    public DbSet<SubProblemsRow> SubProblems => Set<SubProblemsRow>();
    public DbSet<EventRow> Events => Set<EventRow>();
    public DbSet<WorkerRow> Workers => Set<WorkerRow>();
    public DbSet<BenchmarkRow> Benchmarks => Set<BenchmarkRow>();
    public DbSet<IdempotencyRow> IdempotencyKeys => Set<IdempotencyRow>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ProblemRow>().ToTable("problems").HasKey(r => new { r.Tenant, r.Id });
        modelBuilder.Entity<PayloadRow>().ToTable("payloads").HasKey(r => new { r.Tenant, r.JobId });
        modelBuilder.Entity<SubProblemsRow>().ToTable("sub_problems").HasKey(r => new { r.Tenant, r.JobId });
        modelBuilder
            .Entity<EventRow>()
            .ToTable("events")
            .HasKey(r => new
            {
                r.Tenant,
                r.Subject,
                r.Sequence,
            });
        modelBuilder.Entity<WorkerRow>().ToTable("workers").HasKey(r => r.Id);
        modelBuilder.Entity<BenchmarkRow>().ToTable("benchmarks").HasKey(r => new { r.Tenant, r.Id });
        modelBuilder.Entity<IdempotencyRow>(key =>
        {
            key.ToTable("idempotency_keys")
                .HasKey(r => new
                {
                    r.Tenant,
                    r.Path,
                    r.Key,
                });
            key.HasIndex(r => r.CreatedAt);
        });
        modelBuilder.Entity<JobRow>(job =>
        {
            job.ToTable("jobs").HasKey(r => new { r.Tenant, r.Id });
            // What a claim looks through: the head of the queue.
            job.HasIndex(r => new
            {
                r.State,
                r.Priority,
                r.Sequence,
            });
            job.HasIndex(r => new
            {
                r.Tenant,
                r.BenchmarkId,
                r.State,
            });
        });
        modelBuilder.Entity<RunRow>(run =>
        {
            run.ToTable("runs").HasKey(r => new { r.Tenant, r.Id });
            run.HasIndex(r => new { r.Tenant, r.JobId });
            run.HasIndex(r => new { r.Tenant, r.BenchmarkId });
            run.HasIndex(r => new { r.Tenant, r.ProblemId });
        });
    }
}
