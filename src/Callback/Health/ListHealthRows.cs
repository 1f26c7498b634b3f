using Callback.Database;
using Callback.Telephony;

namespace Callback.Health;

/// <summary>Lists the rows behind a figure, the oldest first: where trouble has waited longest.</summary>
public sealed class ListHealthRows(Db db)
{
    public const int Take = 50;

    /// <exception cref="NotPermittedException">Not an administrator.</exception>
    public async Task<HealthRowPage> RunAsync(Actor actor, HealthRows rows, HealthCursor? after, CancellationToken ct)
    {
        actor.Demand(Permission.ViewHealth);
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var now = await session.ClockAsync(ct);
        var found = await session.QueryAsync<HealthRow>(
            $"""
            select shop_id, id, what, detail, at
            from ({Sql(rows)}) r
            where @at::timestamptz is null or (at, id) > (@at, @id)
            order by at, id
            limit {Take + 1}
            """,
            new { now, day = now.AddDays(-1), week = now.AddDays(-7), lost = now - ProtocolTimes.Grace, at = after?.At, id = after?.Id },
            ct);
        return found.Count > Take ? new([.. found.Take(Take)], new(found[Take - 1].At, found[Take - 1].Id)) : new(found, null);
    }

    private static string Sql(HealthRows rows) => rows switch
    {
        HealthRows.Undecided => Attempts("gated_at", "state in ('Dialing', 'Unknown', 'Placed') and (state = 'Unknown' or state = 'Dialing' and gated_at < @lost)"),
        HealthRows.Spent => Attempts("gated_at", "state = 'Spent' and gated_at >= @week"),
        HealthRows.WrapUps => Attempts("wrap_up_at", "wrap_up in ('Open', 'Later', 'Abandoned')", "wrap_up"),
        HealthRows.Running => Attempts("gated_at", "state in ('Dialing', 'Unknown', 'Placed') and state = 'Placed'"),
        HealthRows.Abandoned => Attempts("gated_at", "abandoned and gated_at >= @day", "call_state"),
        HealthRows.Releases => Grants("kind = 'Released' and created_at >= @week and (approved_at is not null or closed_at is null)"),
        HealthRows.Technical => Grants("kind = 'Technical' and created_at >= @week"),
        HealthRows.Events => Inbox("processed_at is null"),
        HealthRows.Findings => Inbox("finding is not null and received_at >= @day"),
        HealthRows.Holds => """
            select shop_id, queued_call_id::text as id, kind as what, purpose as detail, held_until as at
            from queued_calls
            where hold_id is not null
            """,
        HealthRows.Passes => """
            select null as shop_id, name as id, case when failed_at is not null then 'Failed' when done_at < @now - 3 * every - interval '1 minute' then 'Late' else 'Done' end as what,
                coalesce(failure, to_char(took, 'FMSS.MS "s"')) as detail, done_at as at
            from pass_rounds
            """,
        HealthRows.Outbox => """
            select shop_id, event_id::text as id, kind as what, 'outbox' as detail, at
            from outbox
            where sent_at is null
            union all
            select d.shop_id, d.event_id::text || '/' || d.receiver_id::text, coalesce(d.answer, '-'), r.name, d.next_at
            from deliveries d
            join receivers r on r.shop_id = d.shop_id and r.receiver_id = d.receiver_id
            where d.next_at <= @now
            """,
        HealthRows.GivenUp => """
            select d.shop_id, d.event_id::text || '/' || d.receiver_id::text as id, coalesce(d.answer, '-') as what, r.name as detail, d.given_up_at as at
            from deliveries d
            join receivers r on r.shop_id = d.shop_id and r.receiver_id = d.receiver_id
            where d.given_up_at >= @week
            """,
        _ => throw new ArgumentOutOfRangeException(nameof(rows), rows, "There are no such rows."),
    };

    private static string Attempts(string at, string where, string what = "state") => $"""
        select shop_id, attempt_id::text as id, {what} as what, line as detail, {at} as at
        from attempts
        where {where}
        """;

    private static string Grants(string where) => $"""
        select g.shop_id, g.parent_attempt_id::text as id,
            case
                when g.kind = 'Released' and g.approved_at is null then 'Waiting'
                else g.kind
            end as what,
            coalesce(u.display_name, g.evidence ->> 'why') as detail, min(g.created_at) as at
        from (select * from call_grants where {where}) g
        left join users u on u.user_id = g.created_by and g.kind = 'Released'
        group by 1, 2, 3, 4
        """;

    private static string Inbox(string where) => $"""
        select shop_id, call_id || '/' || event || '/' || sequence as id, coalesce(finding, event) as what, line || ' ' || event as detail, received_at as at
        from line_inbox
        where {where}
        """;
}
