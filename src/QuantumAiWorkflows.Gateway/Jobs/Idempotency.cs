using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using QuantumAiWorkflows.Gateway.Hosting;
using QuantumAiWorkflows.Gateway.Storage;
using QuantumAiWorkflows.Input;

namespace QuantumAiWorkflows.Gateway.Jobs;

/// <summary>Keys that make a repeated POST harmless: the same key and body stand for the same job, for 24 hours.</summary>
internal static class Idempotency
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>A request's JSON body and the row of its key, null without one; or the refusal to send instead.</summary>
    /// <param name="faults">Of other headers: any fault of a header comes before the body is read.</param>
    public static async Task<(JsonDocument? Body, IdempotencyRow? Key, Refusal? Refusal)> ReadAsync(
        HttpRequest request,
        Store store,
        FaultList faults
    )
    {
        var key = request.ReadIdempotencyKey(faults);
        if (!faults.IsEmpty)
            return (null, null, Refusal.Of(faults));
        if (!request.HasJsonContentType())
            return (null, null, Refusal.WrongMediaType(request.ContentType, "application/json"));
        var bytes = await request.ReadBytesAsync();
        if (StrictJson.Parse(bytes, faults) is not { } body)
            return (null, null, Refusal.Of(faults));
        return (body, key is null ? null : Row(Tenants.Default, request.Path, key, bytes.Span, store.Now), null);
    }

    public static IdempotencyRow Row(string tenant, string path, string key, ReadOnlySpan<byte> body, long now) =>
        new()
        {
            Tenant = tenant,
            Path = path,
            Key = key,
            BodyHash = Convert.ToHexStringLower(SHA256.HashData(body)),
            Subject = "",
            CreatedAt = now,
        };

    public static Task ForgetOldAsync(QaiwDbContext db, long now, CancellationToken cancellation)
    {
        var oldest = Oldest(now);
        return db.IdempotencyKeys.Where(k => k.CreatedAt < oldest).ExecuteDeleteAsync(cancellation);
    }

    private static long Oldest(long now) => now - Kept.Ticks / 10;

    /// <summary>The job that the key stands for, a refusal when it was sent with another body, null when it is new.</summary>
    public static async Task<Admitted?> FindAsync(QaiwDbContext db, IdempotencyRow key, CancellationToken cancellation)
    {
        var oldest = Oldest(key.CreatedAt);
        var known = await db
            .IdempotencyKeys.AsNoTracking()
            .SingleOrDefaultAsync(
                k => k.Tenant == key.Tenant && k.Path == key.Path && k.Key == key.Key && k.CreatedAt >= oldest,
                cancellation
            );
        if (known is null)
            return null;
        return known.BodyHash == key.BodyHash
            ? new(known.Subject, Replayed: true)
            : new(
                Refusal.Of(
                    FaultCode.KeyReused,
                    null,
                    $"The Idempotency-Key \"{key.Key}\" was used with another body within the last 24 hours."
                )
            );
    }
}
