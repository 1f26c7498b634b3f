using System.Text.Json;
using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>
/// The steps of an attempt, each one statement that names the states it may start from; zero rows mean that somebody else was first, and nothing more is done.
/// </summary>
internal static class AttemptMoves
{
    /// <summary>How often the phone may fail to ring and the call be made again, per order and purpose.</summary>
    private const int TechnicalLimit = 1;

    /// <summary>The line has the call. Where that is learned so late that a release of the call was given already, the release is void.</summary>
    public static async Task<bool> PlacedAsync(Session session, ShopId shop, Guid attemptId, string callId, DateTimeOffset now, CancellationToken ct) =>
        await session.QuerySingleAsync<bool>(
            $"""
            with placed as (
                update attempts
                set state = 'Placed', provider_call_id = @callId, placed_at = @now
                where shop_id = @shop and attempt_id = @attemptId and state in ('Dialing', 'Unknown', 'Spent')
                returning attempt_id
            ), void as (
                {Grants.CallFoundSql} and exists (select from placed)
            )
            select exists (select from placed)
            """,
            new { shop, attemptId, callId, now },
            ct);

    /// <summary>The line's answer is lost, or the process that asked it.</summary>
    public static async Task<bool> UnknownAsync(Session session, ShopId shop, Guid attemptId, string why, CancellationToken ct) =>
        await session.ExecuteAsync(
            """
            update attempts
            set state = 'Unknown', refusal = @why
            where shop_id = @shop and attempt_id = @attemptId and state = 'Dialing'
            """,
            new { shop, attemptId, why },
            ct) == 1;

    /// <summary>Certainly no ring: the attempt is closed, and begets one technical grant for each of its orders that never had one.</summary>
    public static async Task<bool> NotPlacedAsync(Session session, ShopId shop, Guid attemptId, string why, DateTimeOffset now, CancellationToken ct)
    {
        var moved = await session.ExecuteAsync(
            """
            update attempts
            set state = 'NotPlaced', refusal = @why, settled_at = @now
            where shop_id = @shop and attempt_id = @attemptId and state in ('Dialing', 'Unknown') and provider_call_id is null and call_state = 'None'
            """,
            new { shop, attemptId, why, now },
            ct) == 1;
        if (moved)
            await Grants.TechnicalAsync(session, shop, attemptId, TechnicalLimit, new { why }, now, ct);
        return moved;
    }

    /// <summary>Looked for long enough and not found: it counts as a call, and only another person's release can make it good.</summary>
    public static async Task<bool> SpentAsync(Session session, ShopId shop, Guid attemptId, DateTimeOffset now, CancellationToken ct) =>
        await session.ExecuteAsync(
            """
            update attempts
            set state = 'Spent', settled_at = @now
            where shop_id = @shop and attempt_id = @attemptId and state = 'Unknown' and provider_call_id is null
            """,
            new { shop, attemptId, now },
            ct) == 1;

    /// <summary>
    /// A call that was given up, or whose answer was lost so that its agent has another card by now, is no longer the agent's present one: its result is asked for aside.
    /// By what stands of call and agent, not by which of the call's events came first.
    /// </summary>
    private const string Aside = """
        (settled_at is not null or refusal is not null and (
            exists (
                select
                from queued_calls q
                where q.shop_id = a.shop_id and q.held_by = a.agent_id)
            or exists (
                select
                from attempts other
                where other.shop_id = a.shop_id and other.agent_id = a.agent_id and other.attempt_id <> a.attempt_id
                    and (other.wrap_up = 'Open' or other.state in ('Dialing', 'Placed') and other.wrap_up = 'None'))))
        """;

    /// <summary>What the network said, of an attempt that is locked: the call's state rises, the attempt follows, and an end opens the wrap-up.</summary>
    /// <returns>False: nothing new.</returns>
    public static async Task<bool> HeardAsync(Session session, Attempt attempt, LineEvent heard, DateTimeOffset now, CancellationToken ct)
    {
        if (attempt.State == AttemptState.NotPlaced)
            return false;
        if (heard.State.Rank() <= attempt.CallState.Rank())
            return await BelatedAsync(session, attempt, heard, ct);
        if (attempt.State == AttemptState.Spent)
        {
            await Grants.CallFoundAsync(session, attempt.ShopId, attempt.AttemptId, now, ct);
            // A number is in one call: while its release is on, the first one waits for its end to be told.
            if (!heard.State.IsOver() && await NumberIsLiveAsync(session, attempt, ct))
                return false;
        }
        await session.ExecuteAsync(
            $"""
            update attempts a
            set state = case when @over then 'Ended' when state in ('Dialing', 'Unknown', 'Spent') then 'Placed' else state end,
                call_state = @callState,
                provider_call_id = coalesce(provider_call_id, @callId),
                placed_at = coalesce(placed_at, @at),
                ringing_at = case when @callState = 'Ringing' then coalesce(ringing_at, @at) else ringing_at end,
                answered_at = case
                    when @callState = 'Answered' then coalesce(answered_at, @at)
                    when @callState = 'Completed' and @seconds > 0 then coalesce(answered_at, @at - make_interval(secs => @seconds))
                    else answered_at end,
                ended_at = case when @over then coalesce(ended_at, @at) else ended_at end,
                settled_at = case when @over then coalesce(settled_at, @now) else settled_at end,
                wrap_up = case when not @over or wrap_up <> 'None' then wrap_up when {Aside} then 'Later' else 'Open' end,
                wrap_up_at = case when @over and wrap_up = 'None' then @now else wrap_up_at end
            where shop_id = @shop and attempt_id = @attemptId
            """,
            new
            {
                shop = attempt.ShopId,
                attempt.AttemptId,
                callState = heard.State.ToString(),
                callId = heard.CallId,
                at = heard.At,
                seconds = heard.Figures?.Seconds,
                over = heard.State.IsOver(),
                now,
            },
            ct);
        return true;
    }

    private static Task<bool> NumberIsLiveAsync(Session session, Attempt attempt, CancellationToken ct) => session.QuerySingleAsync<bool>(
        "select exists (select from attempts where shop_id = @ShopId and phone_hash = @PhoneHash and state in ('Dialing', 'Unknown', 'Placed'))",
        new { attempt.ShopId, attempt.PhoneHash },
        ct);

    /// <summary>What is told after something later changes no state, but its moment is kept where it lies before: how long was talked hangs on it.</summary>
    private static async Task<bool> BelatedAsync(Session session, Attempt attempt, LineEvent heard, CancellationToken ct) =>
        (heard.State, attempt.RingingAt, attempt.AnsweredAt) is (CallState.Ringing, null, _) or (CallState.Answered, _, null)
        && heard.At <= (heard.State == CallState.Ringing ? attempt.AnsweredAt ?? attempt.EndedAt : attempt.EndedAt)
        && await session.ExecuteAsync(
            """
            update attempts
            set ringing_at = case when @callState = 'Ringing' then @at else ringing_at end,
                answered_at = case when @callState = 'Answered' then @at else answered_at end
            where shop_id = @ShopId and attempt_id = @AttemptId
            """,
            new { attempt.ShopId, attempt.AttemptId, callState = heard.State.ToString(), at = heard.At },
            ct) == 1;

    /// <summary>Figures that came with an event or were asked for; what is known stays.</summary>
    public static Task<int> FiguresAsync(Session session, ShopId shop, Guid attemptId, CallFigures figures, CancellationToken ct) => session.ExecuteAsync(
        """
        update attempts
        set duration_s = coalesce(duration_s, @Seconds),
            sip_code = coalesce(sip_code, @SipCode),
            answered_by = coalesce(answered_by, @AnsweredBy),
            price = coalesce(price, @Price),
            price_unit = coalesce(price_unit, @PriceUnit)
        where shop_id = @shop and attempt_id = @attemptId
        """,
        new { shop, attemptId, figures.Seconds, figures.SipCode, figures.AnsweredBy, figures.Price, figures.PriceUnit },
        ct);

    public static Task<int> WrapUpAsync(Session session, ShopId shop, Guid attemptId, WrapUpState to, DateTimeOffset now, CancellationToken ct) => session.ExecuteAsync(
        """
        update attempts
        set wrap_up = @to, wrap_up_at = @now
        where shop_id = @shop and attempt_id = @attemptId
        """,
        new { shop, attemptId, to = to.ToString(), now },
        ct);

    /// <summary>For those who listen outside: at least once, in the transaction of the deed.</summary>
    public static Task OutboxAsync(Session session, ShopId shop, string kind, object payload, DateTimeOffset now, CancellationToken ct) => session.ExecuteAsync(
        """
        insert into outbox (shop_id, event_id, kind, payload, at)
        values (@shop, @eventId, @kind, @payload::jsonb, @now)
        """,
        new { shop, eventId = Ids.New(now), kind, payload = JsonSerializer.Serialize(payload, JsonSerializerOptions.Web), now },
        ct);
}
