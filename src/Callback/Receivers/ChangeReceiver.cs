using Callback.Auditing;
using Callback.Database;

namespace Callback.Receivers;

/// <summary>What an administrator does with a receiver that is there: end it, try the connection, send again what was given up.</summary>
public sealed class ChangeReceiver(Db db, TimeProvider time)
{
    /// <summary>Nothing more is sent to it.</summary>
    /// <exception cref="InvalidInputException">There is none in force.</exception>
    public Task EndAsync(Actor actor, ShopId shop, Guid receiverId, CancellationToken ct) => RunAsync(
        actor, shop, receiverId, "receiver.ended", (session, now) => ReceiverRows.EndAsync(session, shop, receiverId, now, ct), ct);

    /// <summary>Sends it an event without data, with the next pass.</summary>
    /// <exception cref="InvalidInputException">There is none in force.</exception>
    public Task TestAsync(Actor actor, ShopId shop, Guid receiverId, CancellationToken ct) => RunAsync(
        actor, shop, receiverId, "receiver.tested",
        async (session, now) => await session.ExecuteAsync(
            """
            with receiver as (
                select shop_id, receiver_id
                from receivers
                where shop_id = @shop and receiver_id = @receiverId and ended_at is null
            ), event as (
                insert into outbox (shop_id, event_id, kind, payload, at, sent_at)
                select shop_id, @eventId, @kind, '{}', @now, @now
                from receiver
            )
            insert into deliveries (shop_id, event_id, receiver_id, next_at)
            select shop_id, @eventId, receiver_id, @now
            from receiver
            """,
            new { shop, receiverId, eventId = Ids.New(now), kind = EventKinds.ReceiverTested, now },
            ct) == 1,
        ct);

    /// <summary>All that was given up is sent again, from the first try on.</summary>
    /// <exception cref="InvalidInputException">There is none in force.</exception>
    public Task SendAgainAsync(Actor actor, ShopId shop, Guid receiverId, CancellationToken ct) => RunAsync(
        actor, shop, receiverId, "receiver.sent-again",
        async (session, now) =>
        {
            await session.ExecuteAsync(
                """
                update deliveries d
                set next_at = @now, given_up_at = null, tries = 0
                from receivers r
                where d.shop_id = @shop and d.receiver_id = @receiverId and d.given_up_at is not null
                    and r.shop_id = d.shop_id and r.receiver_id = d.receiver_id and r.ended_at is null
                """,
                new { shop, receiverId, now },
                ct);
            return await session.QuerySingleAsync<bool>(
                "select exists (select from receivers where shop_id = @shop and receiver_id = @receiverId and ended_at is null)", new { shop, receiverId }, ct);
        },
        ct);

    private async Task RunAsync(
        Actor actor, ShopId shop, Guid receiverId, string deed, Func<Session, DateTimeOffset, Task<bool>> change, CancellationToken ct)
    {
        actor.Demand(Permission.ManageKeys, shop);
        var now = time.GetUtcNow();
        await using var session = await db.BeginAsync(shop, ct);
        if (!await change(session, now))
            throw new InvalidInputException(Problem.Of("receiver-unknown", "receiver"));
        await AuditTrail.AppendAsync(session, shop, actor, now, deed, $"receiver:{receiverId}", new { }, ct);
        await session.CommitAsync();
    }
}
