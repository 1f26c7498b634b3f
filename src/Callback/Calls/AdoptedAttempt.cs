using Callback.Database;
using Callback.Database.PersonalData;

namespace Callback.Calls;

/// <summary>Writes a call down that this database lost: an attempt with every right that it may have spent, ended, for a manager to say how it went.</summary>
internal static class AdoptedAttempt
{
    /// <param name="callId">The line's id; null where another shop's adopted attempt has it already.</param>
    /// <returns>False: the shop has no order of this number that any of its campaigns on the line is about.</returns>
    public static async Task<bool> WriteAsync(
        Session session, PersonalDataVault vault, ShopId shop, string line, PhoneNumber phone, string callerId, string? callId, DateTimeOffset at, DateTimeOffset now, CancellationToken ct)
    {
        var attemptId = Ids.New(now);
        var args = new
        {
            shop,
            line,
            attemptId,
            holdId = Ids.New(now),
            queuedCall = Ids.New(now),
            phoneHash = vault.PhoneKey(shop, phone),
            cipher = vault.Encrypt(DataPlace.AttemptPhone(shop, attemptId), phone.Canonical),
            last4 = phone.Last4,
            caller = vault.Encrypt(DataPlace.AttemptCaller(shop, attemptId), callerId),
            callId,
            at,
            now,
        };
        if (await session.ExecuteAsync(AttemptSql, args, ct) == 0)
            return false;
        await session.ExecuteAsync(UnusedGrantsSql, args, ct);
        await session.ExecuteAsync(GrantsSql, args, ct);
        await session.ExecuteAsync(RightsSql, args, ct);
        await session.ExecuteAsync(EndSql, args, ct);
        return true;
    }

    // Whose it was is lost with the row: a manager of the shop answers for it.
    private const string AttemptSql = """
        with about as (
            select c.campaign_id, c.purpose, c.call_script
            from campaigns c
            where c.shop_id = @shop and c.line = @line
                and exists (select from orders o where o.shop_id = @shop and o.phone_hash = @phoneHash)
            order by c.status = 'Running' desc, c.created_at desc, c.campaign_id
            limit 1
        ), gone as (
            insert into queue_exits (shop_id, queued_call_id, purpose, campaign_id, order_nos, reason, actor_id, at)
            select @shop, @queuedCall, purpose, campaign_id, array(select order_no from orders o where o.shop_id = @shop and o.phone_hash = @phoneHash order by order_no), 'Dialed', null, @at
            from about
        )
        insert into attempts
            (shop_id, attempt_id, campaign_id, purpose, kind, agent_id, hold_id, fence, line, phone_hash, phone_cipher, phone_last4, zone_key, gated_at, window_closes_at,
            gate_facts, call_script, script_version, state, caller_cipher)
        select @shop, @attemptId, campaign_id, purpose, 'First',
            coalesce(
                (select m.user_id from memberships m where m.shop_id = @shop and m.role = 'Manager' order by m.user_id limit 1),
                '00000000-0000-0000-0000-000000000000'),
            @holdId, 0, @line, @phoneHash, @cipher, @last4, '', @at, @at,
            jsonb_build_object('adopted', true, 'queuedCall', @queuedCall, 'orders', '[]'::jsonb), call_script, 0, 'Dialing', @caller
        from about
        """;

    // A grant that was asked for and not given, or closed unused, and that no attempt spent: the ring takes its place, for one attempt begets one grant.
    private const string UnusedGrantsSql = """
        with unused as (
            select g.shop_id, g.purpose, g.order_no, max(g.grant_no) as grant_no
            from call_grants g
            join orders o on o.shop_id = g.shop_id and o.order_no = g.order_no and o.phone_hash = @phoneHash
            where g.shop_id = @shop
                and g.purpose in (select purpose from campaigns c where c.shop_id = @shop and c.line = @line)
                and not exists (
                    select
                    from attempt_rights r
                    where r.shop_id = g.shop_id and r.purpose = g.purpose and r.order_no = g.order_no and r.grant_no = g.grant_no)
            group by g.shop_id, g.purpose, g.order_no
            having not bool_or(g.closed_at is null and (g.kind <> 'Released' or g.approved_at is not null))
        )
        update call_grants g
        set kind = 'Adopted', not_before = @at - interval '1 second', expires_at = @at + interval '1 minute', promised_local = null, promised_zone = null,
            closed_at = null, close_reason = null, evidence = g.evidence || jsonb_build_object('callId', @callId::text, 'was', g.kind)
        from unused u
        where g.shop_id = u.shop_id and g.purpose = u.purpose and g.order_no = u.order_no and g.grant_no = u.grant_no
        """;

    // Where the first right is spent and no further one is open, the ring gets one of its own, so that it stands in the books.
    private const string GrantsSql = """
        insert into call_grants (shop_id, purpose, order_no, grant_no, kind, parent_attempt_id, not_before, expires_at, evidence, created_at)
        select r.shop_id, r.purpose, r.order_no, greatest(max(r.grant_no), max(given.grant_no)) + 1, 'Adopted', (array_agg(r.attempt_id order by r.grant_no desc))[1], @at - interval '1 second', @at + interval '1 minute',
            jsonb_build_object('callId', @callId::text), @now
        from attempt_rights r
        join orders o on o.shop_id = r.shop_id and o.order_no = r.order_no and o.phone_hash = @phoneHash
        left join call_grants given on given.shop_id = r.shop_id and given.purpose = r.purpose and given.order_no = r.order_no
        where r.shop_id = @shop
            and r.purpose in (select purpose from campaigns c where c.shop_id = @shop and c.line = @line)
            and not exists (
                select
                from call_grants g
                where g.shop_id = r.shop_id and g.purpose = r.purpose and g.order_no = r.order_no and g.closed_at is null and (g.kind <> 'Released' or g.approved_at is not null))
        group by r.shop_id, r.purpose, r.order_no
        having greatest(max(r.grant_no), max(given.grant_no)) < 4
        on conflict do nothing
        """;

    private const string RightsSql = """
        with about as (
            select distinct c.purpose, o.order_no
            from campaigns c
            join orders o on o.shop_id = c.shop_id and o.phone_hash = @phoneHash
            where c.shop_id = @shop and c.line = @line
        ), spent as (
            insert into attempt_rights (shop_id, purpose, order_no, grant_no, attempt_id)
            select @shop, a.purpose, a.order_no,
                case when exists (
                        select
                        from attempt_rights r
                        where r.shop_id = @shop and r.purpose = a.purpose and r.order_no = a.order_no and r.grant_no = 0)
                    then (
                        select min(g.grant_no)
                        from call_grants g
                        where g.shop_id = @shop and g.purpose = a.purpose and g.order_no = a.order_no and g.closed_at is null and (g.kind <> 'Released' or g.approved_at is not null))
                    else 0 end as grant_no,
                @attemptId
            from about a
            where not exists (
                    select
                    from attempt_rights r
                    where r.shop_id = @shop and r.purpose = a.purpose and r.order_no = a.order_no and r.grant_no = 0)
                or exists (
                    select
                    from call_grants g
                    where g.shop_id = @shop and g.purpose = a.purpose and g.order_no = a.order_no and g.closed_at is null and (g.kind <> 'Released' or g.approved_at is not null))
            returning purpose, order_no, grant_no
        ), used as (
            update call_grants g
            set closed_at = @now, close_reason = 'Used'
            from spent s
            where g.shop_id = @shop and g.purpose = s.purpose and g.order_no = s.order_no and g.grant_no = s.grant_no
        )
        insert into attempt_persons (shop_id, person_key, gated_at, attempt_id)
        values (@shop, @phoneHash, @at, @attemptId)
        """;

    private const string EndSql = """
        update attempts
        set state = 'Ended', call_state = 'Completed', provider_call_id = @callId, placed_at = @at, ended_at = @at, settled_at = @now, wrap_up = 'Abandoned', wrap_up_at = @now
        where shop_id = @shop and attempt_id = @attemptId
        """;
}
