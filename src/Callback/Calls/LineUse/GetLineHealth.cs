using Callback.Database;

namespace Callback.Calls.LineUse;

/// <summary>How the provider's line is, over the last 24 hours.</summary>
/// <param name="LastEventAt">When the provider last told us something; null: never.</param>
/// <param name="Events">Events that came.</param>
/// <param name="Waiting">Events that came and are not worked on yet.</param>
/// <param name="OldestWaitingAt">Since when the oldest of them waits.</param>
/// <param name="UnknownCalls">Calls the provider told of that are none of ours: an alarm.</param>
/// <param name="Broken">Events that could not be worked on.</param>
/// <param name="Forged">Requests with a signature or address that is not the provider's.</param>
/// <param name="Refused">Forged ones, and those too large or of no known form.</param>
/// <param name="Undecided">Calls whose fate is being looked for.</param>
/// <param name="Calls">Customers called.</param>
/// <param name="Answered">Of these, how many were answered.</param>
/// <param name="Abandoned">Of these, how many found nobody to talk to.</param>
/// <param name="OpenPhones">Agents' phones that are connected now.</param>
public sealed record LineHealth(
    string Line, DateTimeOffset? LastEventAt, int Events, int Waiting, DateTimeOffset? OldestWaitingAt, int UnknownCalls, int Broken, long Forged, long Refused, int Undecided,
    int Calls, int Answered, int Abandoned, int OpenPhones)
{
    /// <summary>0 to 1; null: nobody answered.</summary>
    public decimal? AbandonedRate => Answered == 0 ? null : (decimal)Abandoned / Answered;

    public IReadOnlyList<LineError> Errors { get; init; } = [];
}

/// <param name="Code">As the line refused it (<c>problem.{Code}</c>), or what an agent's phone went for.</param>
/// <param name="Times">How often in the last 24 hours.</param>
public sealed record LineError(string Code, int Times, DateTimeOffset LastAt);

/// <summary>Figures for the Lines screen: whether events come, what was refused, what went wrong.</summary>
public sealed class GetLineHealth(Db db, TimeProvider time, Telephony.Lines lines)
{
    /// <returns>Null: no such line is configured.</returns>
    public async Task<LineHealth?> RunAsync(Actor actor, CancellationToken ct)
    {
        actor.Demand(Permission.ManageLines);
        if (lines.Bridge is not { } line)
            return null;
        var args = new { line = line.Name, since = time.GetUtcNow() - TimeSpan.FromHours(24), day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1) };
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QuerySingleAsync<LineHealth>(Figures, args, ct) with { Errors = await session.QueryAsync<LineError>(ErrorsSql, args, ct) };
    }

    private const string Figures = """
        select
            @line as line,
            (select max(received_at) from line_inbox where line = @line) as last_event_at,
            (select count(*)::integer from line_inbox where line = @line and received_at >= @since) as events,
            (select count(*)::integer from line_inbox where line = @line and processed_at is null) as waiting,
            (select min(received_at) from line_inbox where line = @line and processed_at is null) as oldest_waiting_at,
            (select count(distinct call_id)::integer from line_inbox where line = @line and finding = 'Unknown' and received_at >= @since) as unknown_calls,
            (select count(*)::integer from line_inbox where line = @line and finding = 'Broken' and received_at >= @since) as broken,
            (select coalesce(sum(times), 0)::bigint from line_refusals where line = @line and on_day >= @day and reason in ('signature', 'address')) as forged,
            (select coalesce(sum(times), 0)::bigint from line_refusals where line = @line and on_day >= @day) as refused,
            (select count(*)::integer from attempts where line = @line and state in ('Dialing', 'Unknown')) as undecided,
            (select count(*)::integer from attempts where line = @line and gated_at >= @since and state <> 'NotPlaced') as calls,
            (select count(*)::integer from attempts where line = @line and gated_at >= @since and answered_at is not null) as answered,
            (select count(*)::integer from attempts where line = @line and gated_at >= @since and abandoned) as abandoned,
            (select count(*)::integer from bridges where line = @line and state = 'Ready') as open_phones
        """;

    private const string ErrorsSql = """
        select code, count(*)::integer as times, max(at) as last_at
        from (
            select refusal as code, gated_at as at
            from attempts
            where line = @line and gated_at >= @since and refusal is not null
            union all
            select gone_reason, gone_at
            from bridges
            where line = @line and gone_at >= @since and gone_reason not in ('ended', 'closed', 'idle', 'transferred')
        ) e
        group by code
        order by last_at desc, code
        limit 20
        """;
}
