using Callback.Database;
using Callback.Telephony;

namespace Callback.Calls;

/// <summary>
/// An agent who vanished after dialing: fifteen minutes without a button, a draft or an event, and the call's result is asked for aside – of that agent or of a
/// manager. Nothing is dialed again. On a line whose states only the agent tells, the call counts as ended then.
/// </summary>
public sealed class AbandonCalls(Db db, Lines lines) : IPass
{
    public string Name => "abandon-calls";

    public TimeSpan Every => TimeSpan.FromSeconds(60);

    public async Task<object> RunOnceAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var abandoned = await session.ExecuteAsync(
            """
            with silent as (
                select a.shop_id, a.attempt_id, a.state = 'Placed' and a.line = any(@byAgent) as ends
                from attempts a
                left join drafts d on d.shop_id = a.shop_id and d.hold_id = a.hold_id
                where (a.state = 'Placed' and a.wrap_up = 'None' and a.line = any(@byAgent) or a.wrap_up = 'Open')
                    and greatest(a.gated_at, a.ringing_at, a.answered_at, a.ended_at, a.wrap_up_at, d.saved_at) < @before
                for update of a skip locked
            )
            update attempts a
            set wrap_up = 'Abandoned',
                wrap_up_at = @now,
                state = case when s.ends then 'Ended' else a.state end,
                ended_at = case when s.ends then @now else a.ended_at end,
                settled_at = case when s.ends then @now else a.settled_at end
            from silent s
            where a.shop_id = s.shop_id and a.attempt_id = s.attempt_id
            """,
            new { byAgent = lines.All.Where(line => line.Capabilities.AgentReportsStates).Select(line => line.Name).ToArray(), before = now - ProtocolTimes.AbandonAfter, now },
            ct);
        await session.CommitAsync();
        return new { abandoned };
    }
}
