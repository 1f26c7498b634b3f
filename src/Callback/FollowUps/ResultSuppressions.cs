using Callback.Database;

namespace Callback.FollowUps;

/// <summary>Do-not-call at once and for good; a wrong number for every purpose; a rest after a refusal, where the policy asks for one. A later revision can only add.</summary>
internal static class ResultSuppressions
{
    public static async Task AddAsync(Session session, Recording recording, CancellationToken ct)
    {
        if (recording.Saved.Result.DoNotCall)
            await DoNotCallAsync(session, recording, ct);
        if (recording.Saved.Result.Outcome.SuppressesNumber)
            await NumberAsync(session, recording, ct);
        if (recording.Saved is { Result.Outcome.Refusal: true, RestAfterRefusal: { } rest })
            await RestAsync(session, recording, rest, ct);
    }

    /// <summary>The person by every key the call reached: the number, the other orders' numbers, the buyer.</summary>
    private static Task<int> DoNotCallAsync(Session session, Recording recording, CancellationToken ct) => session.ExecuteAsync(
        """
        insert into suppressions (shop_id, suppression_id, scope, person_key, label, reason, source, do_not_call, actor_id, actor_name, created_at)
        select @ShopId, gen_random_uuid(), scope, key, label, @reason, 'Customer', true, @actor, @actorName, @now
        from (
            select distinct on (key) scope, key, label
            from (
                select 'Phone' as scope, @PhoneHash as key, '…' || @PhoneLast4 as label
                union all
                select k.scope, k.key, k.label
                from orders o
                cross join lateral (values ('Phone', o.phone_hash, '…' || o.phone_last4), ('Buyer', o.buyer_key, o.buyer_id)) k (scope, key, label)
                where o.shop_id = @ShopId and o.order_no = any(@orderNos) and k.key is not null) person
            order by key) person
        on conflict do nothing
        """,
        Args(recording),
        ct);

    private static Task<int> NumberAsync(Session session, Recording recording, CancellationToken ct) => session.ExecuteAsync(
        """
        insert into suppressions (shop_id, suppression_id, scope, person_key, label, reason, source, actor_id, actor_name, created_at)
        select @ShopId, @id, 'Phone', @PhoneHash, '…' || @PhoneLast4, @reason, 'Agent', @actor, @actorName, @now
        where not exists (
            select
            from suppressions s
            where s.shop_id = @ShopId and s.person_key = @PhoneHash and s.purpose is null and s.lifted_at is null and s.expires_at is null)
        """,
        Args(recording),
        ct);

    /// <summary>Counts from the call, so that a correction does not make it longer.</summary>
    private static Task<int> RestAsync(Session session, Recording recording, TimeSpan rest, CancellationToken ct) => session.ExecuteAsync(
        """
        insert into suppressions (shop_id, suppression_id, scope, person_key, label, reason, source, actor_id, actor_name, created_at, expires_at)
        select @ShopId, @id, 'Phone', @PhoneHash, '…' || @PhoneLast4, @reason, 'Customer', @actor, @actorName, @now, @until
        where @until > @now
            and not exists (
                select
                from suppressions s
                where s.shop_id = @ShopId and s.person_key = @PhoneHash and s.purpose is null and s.lifted_at is null
                    and (s.expires_at is null or s.expires_at >= @until))
        """,
        Args(recording, recording.Attempt.GatedAt + rest),
        ct);

    private static object Args(Recording recording, DateTimeOffset? until = null) => new
    {
        until,
        recording.Attempt.ShopId,
        recording.Attempt.PhoneHash,
        recording.Attempt.PhoneLast4,
        id = Ids.New(recording.Now),
        orderNos = recording.Card.Orders.Select(order => order.OrderNo).ToArray(),
        reason = recording.Saved.Result.Outcome.Code,
        actor = recording.Submission.Actor.UserId,
        actorName = recording.Submission.Actor.Name,
        now = recording.Now,
    };
}
