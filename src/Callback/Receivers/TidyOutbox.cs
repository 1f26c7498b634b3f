using Callback.Database;

namespace Callback.Receivers;

/// <summary>Drops events whose deliveries have all come to an end a month ago. The log keeps what happened; this is only the post.</summary>
public sealed class TidyOutbox(Db db) : IPass
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int Batch = 10_000;

    public string Name => "tidy-outbox";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var dropped = await session.ExecuteAsync(
            """
            delete from outbox
            where (shop_id, event_id) in (
                select o.shop_id, o.event_id
                from outbox o
                where o.sent_at is not null and o.at < @before
                    and not exists (select from deliveries d where d.shop_id = o.shop_id and d.event_id = o.event_id and d.next_at is not null)
                order by o.at
                limit @Batch
                for update skip locked)
            """,
            new { before = now - Kept, Batch },
            ct);
        await session.CommitAsync();
        return new { dropped };
    }
}
