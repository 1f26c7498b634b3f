using System.Text.Json;
using System.Text.Json.Nodes;
using Callback.Database;
using Callback.Database.PersonalData;
using Microsoft.Extensions.Logging;

namespace Callback.Receivers;

/// <summary>
/// Sends the outbox: at least once, in no promised order. A try is counted and its successor's time set before it is sent, so that a node which dies in the middle
/// costs a repetition and never an event.
/// </summary>
public sealed partial class DeliverEvents(Db db, ReceiverHttp http, PersonalDataVault vault, ILogger<DeliverEvents> log) : IPass
{
    private const int Batch = 200;
    private const int AtOnce = 8;

    public string Name => "deliver-events";

    public TimeSpan Every => TimeSpan.FromSeconds(5);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        var handed = await HandOutAsync(now, ct);
        var due = await TakeDueAsync(now, ct);
        var delivered = 0;
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (delivery, cancellation) =>
        {
            try
            {
                if (await SendAsync(delivery, now, cancellation))
                    Interlocked.Increment(ref delivered);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that can't be sent must not keep the others waiting.
                NotSent(e, delivery.EventId, delivery.ReceiverId);
            }
        });
        return new { handed, tried = due.Count, delivered };
    }

    /// <summary>Every waiting event becomes one delivery for each receiver that wants it.</summary>
    private async Task<int> HandOutAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var handed = await session.ExecuteAsync(
            """
            with taken as (
                update outbox
                set sent_at = @now
                where (shop_id, event_id) in (
                    select shop_id, event_id
                    from outbox
                    where sent_at is null
                    order by at
                    limit 1000
                    for update skip locked)
                returning shop_id, event_id, kind
            )
            insert into deliveries (shop_id, event_id, receiver_id, next_at)
            select t.shop_id, t.event_id, r.receiver_id, @now
            from taken t
            join receivers r on r.shop_id = t.shop_id and r.ended_at is null
            where r.kinds = '{}' or t.kind = any(r.kinds)
            on conflict do nothing
            """,
            new { now },
            ct);
        await session.CommitAsync();
        if (handed > 0)
            CrashPoint.Reach("outbox.handed");
        return handed;
    }

    private async Task<IReadOnlyList<DueDelivery>> TakeDueAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var due = await session.QueryAsync<DueDelivery>(
            """
            select d.shop_id, d.event_id, d.receiver_id, d.tries + 1 as try, o.kind, o.payload::text as payload, o.at, r.url, r.secret_cipher
            from deliveries d
            join outbox o on o.shop_id = d.shop_id and o.event_id = d.event_id
            join receivers r on r.shop_id = d.shop_id and r.receiver_id = d.receiver_id
            where d.next_at <= @now
            order by d.next_at
            limit @Batch
            for update of d skip locked
            """,
            new { now, Batch },
            ct);
        var plan = due.Select(delivery => RedeliveryPolicy.Next(delivery.Try, now)).ToList();
        await session.ExecuteAsync(
            """
            update deliveries d
            set tries = t.try, next_at = t.next_at, given_up_at = case when t.next_at is null then @now end
            from unnest(@shops, @events, @receivers, @tries, @nexts) as t (shop_id, event_id, receiver_id, try, next_at)
            where d.shop_id = t.shop_id and d.event_id = t.event_id and d.receiver_id = t.receiver_id
            """,
            new
            {
                now,
                shops = due.Select(delivery => delivery.ShopId.Value).ToArray(),
                events = due.Select(delivery => delivery.EventId).ToArray(),
                receivers = due.Select(delivery => delivery.ReceiverId).ToArray(),
                tries = due.Select(delivery => (short)delivery.Try).ToArray(),
                nexts = plan.Select(next => next?.UtcDateTime).ToArray(),
            },
            ct);
        await session.CommitAsync();
        if (due.Count > 0)
            CrashPoint.Reach("outbox.counted");
        return due;
    }

    private async Task<bool> SendAsync(DueDelivery due, DateTimeOffset now, CancellationToken ct)
    {
        var secret = vault.Decrypt(ReceiverRows.Secret(due.ShopId, due.ReceiverId), due.SecretCipher);
        var answer = await http.SendAsync(due, secret, now, ct);
        CrashPoint.Reach("outbox.sent");
        var taken = answer is ['2', _, _];
        if (!taken)
            NotTaken(due.EventId, due.ReceiverId, due.Try, answer);
        await using var session = await db.BeginAsync(due.ShopId, ct);
        await session.ExecuteAsync(
            """
            update deliveries
            set answer = @answer,
                delivered_at = case when @taken then @now end,
                next_at = case when not @taken then next_at end,
                given_up_at = case when not @taken then given_up_at end
            where shop_id = @ShopId and event_id = @EventId and receiver_id = @ReceiverId and delivered_at is null
            """,
            new { due.ShopId, due.EventId, due.ReceiverId, answer, taken, now },
            ct);
        // 410: the other side says that it is gone for good.
        if (answer == "410")
            await ReceiverRows.EndAsync(session, due.ShopId, due.ReceiverId, now, ct);
        await session.CommitAsync();
        return taken;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {EventId} could not be sent to receiver {ReceiverId}; it is tried again.")]
    private partial void NotSent(Exception e, Guid eventId, Guid receiverId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} was not taken by receiver {ReceiverId} at try {Try}: {Answer}.")]
    private partial void NotTaken(Guid eventId, Guid receiverId, int @try, string answer);
}

internal sealed record DueDelivery(
    ShopId ShopId, Guid EventId, Guid ReceiverId, int Try, string Kind, string Payload, DateTimeOffset At, string Url, byte[] SecretCipher)
{
    /// <summary>As the Standard Webhooks have it: kind, time and what happened.</summary>
    public byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["type"] = Kind, ["timestamp"] = At.UtcDateTime, ["shop"] = ShopId.Value, ["data"] = JsonNode.Parse(Payload) });
}
