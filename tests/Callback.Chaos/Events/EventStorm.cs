using Callback.Calls.Inbox;
using Callback.Database;
using Callback.Telephony;
using Microsoft.Extensions.DependencyInjection;

namespace Callback.Chaos.Events;

/// <summary>
/// Tells the program the same four events of many calls in every order, some of them three times, some again after the close, through its inbox. Calls of one kind must end in the same
/// state whatever the order was: one hash over attempt, events and outbox, without ids and without the moments of arrival.
/// </summary>
/// <param name="gatedAt">When all the calls went through their gates: whole seconds, as a provider tells them, some minutes ago.</param>
internal sealed class EventStorm(IServiceProvider services, ShopId shop, DateTimeOffset gatedAt)
{
    private const int MostAtOnce = 500;

    private readonly Db db = services.GetRequiredService<Db>();
    private readonly TimeProvider time = services.GetRequiredService<TimeProvider>();

    /// <summary>Moves the attempts to where they stand when the first event comes, by the edges that attempts go.</summary>
    private const string Starts = """
        update attempts a
        set state = 'Unknown', refusal = 'answer-lost'
        from unnest(@attempts, @starts) as c (attempt_id, start)
        where a.shop_id = @shop and a.attempt_id = c.attempt_id and c.start in ('Unknown', 'Spent');

        update attempts a
        set state = c.start,
            provider_call_id = case when c.start = 'Placed' then c.call_id end,
            placed_at = case when c.start = 'Placed' then gated_at + interval '1 s' end,
            settled_at = case when c.start = 'Spent' then gated_at + interval '16 min' end,
            empty_lists = case when c.start = 'Spent' then 3 else 0 end
        from unnest(@attempts, @starts, @calls) as c (attempt_id, start, call_id)
        where a.shop_id = @shop and a.attempt_id = c.attempt_id and c.start in ('Placed', 'Spent')
        """;

    private const string Attempts = """
        insert into attempts
            (shop_id, attempt_id, campaign_id, purpose, kind, agent_id, hold_id, fence, line, phone_hash, phone_cipher, phone_last4, zone_key, gated_at, window_closes_at, gate_facts,
            call_script, script_version, state)
        select @shop, attempt_id, @campaign, 'PaymentReminder', 'First', gen_random_uuid(), gen_random_uuid(), 1, 'twilio', sha256(attempt_id::text::bytea), ''::bytea, '0000',
            'Asia/Shanghai', @GatedAt, @GatedAt + interval '1 h', '{}', 'payment-reminder', 1, 'Dialing'
        from unnest(@attempts) as attempt_id
        """;

    private const string Shop = """
        insert into shops (shop_id, name, zone, language, country, currency, policy, created_at)
        values (@shop, 'Events', 'Asia/Shanghai', 'en', 'CN', 'CNY', 'none', @GatedAt)
        on conflict do nothing;

        insert into campaigns (shop_id, campaign_id, code, name, purpose, status, min_age, max_age, order_by, hold_for, call_script, line, created_at, updated_at)
        values (@shop, @campaign, 'events', 'Events', 'PaymentReminder', 'Running', '30 min', '72 h', 'Value', '5 min', 'payment-reminder', 'twilio', @GatedAt, @GatedAt)
        """;

    /// <summary>
    /// What is the same whatever came first. When it was placed is not in it: for a call that was found by its events, that is the moment of the first to arrive.
    /// </summary>
    private const string Hashes = """
        with told as materialized (
            select (payload ->> 'attemptId')::uuid as attempt_id, kind, payload
            from outbox
            where shop_id = @shop
        )
        select a.attempt_id, md5(concat_ws('|', a.state, a.call_state, a.wrap_up, a.refusal, a.provider_call_id is not null, a.ringing_at, a.answered_at, a.ended_at, a.duration_s, a.sip_code,
            a.answered_by, a.abandoned, a.empty_lists, a.settled_at is not null,
            (select string_agg(concat_ws(',', e.kind, e.sequence, e.at, e.details, e.attempt_id is not null, e.month), ';' order by e.sequence, e.kind)
                from line_events e where e.shop_id = a.shop_id and e.line = a.line and e.call_id = c.call_id),
            (select string_agg(concat_ws(',', o.kind, o.payload - 'attemptId'), ';' order by o.kind, o.payload::text)
                from told o where o.attempt_id = a.attempt_id)))
        from unnest(@attempts, @calls) as c (attempt_id, call_id)
        join attempts a on a.shop_id = @shop and a.attempt_id = c.attempt_id
        """;

    public ShopId Of => shop;

    public DateTimeOffset GatedAt => gatedAt;

    /// <summary>Ten minutes ago, in whole seconds.</summary>
    public static DateTimeOffset Then(TimeProvider time) => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().AddMinutes(-10).ToUnixTimeSeconds());

    /// <summary>Makes the calls and tells all of their events.</summary>
    public async Task<IReadOnlyList<ToldCall>> RunAsync(int count, CancellationToken ct)
    {
        var calls = ToldCall.Make(count, time.GetUtcNow());
        await PrepareAsync(calls, ct);
        for (var place = 0; place < 4; place++)
        {
            await TellAsync(calls, place, ct);
            await WorkAsync(ct);
        }
        await TwiceAsync([.. calls.Where(call => call.Telling == Telling.Thrice)], ct);
        await CloseAsync(calls, ct);
        await TwiceAsync([.. calls.Where(call => call.Telling == Telling.AgainAfterTheClose)], ct);
        return calls;
    }

    /// <summary>One hash a call.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> HashesAsync(IReadOnlyList<ToldCall> calls, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        var rows = await session.QueryAsync<(Guid Attempt, string Hash)>(Hashes, Args(calls), ct);
        return rows.ToDictionary(row => row.Attempt, row => row.Hash);
    }

    /// <summary>Calls that ended otherwise than the first of their kind.</summary>
    public static IEnumerable<string> Differing(IReadOnlyList<ToldCall> calls, IReadOnlyDictionary<Guid, string> hashes) =>
        from kind in calls.GroupBy(call => call.Kind)
        let first = kind.First()
        from call in kind
        where hashes[call.AttemptId] != hashes[first.AttemptId]
        select $"{call} ended otherwise than {first.Story}";

    /// <summary>Events that were not taken in.</summary>
    public async Task<IReadOnlyList<string>> LeftAsync(CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        return await session.QueryAsync<string>(
            """
            select concat_ws(' ', event, 'was left, finding', coalesce(finding, 'none'))
            from line_inbox
            where shop_id = @shop and (processed_at is null or finding is not null)
            order by call_id, sequence
            limit 100
            """,
            new { shop },
            ct);
    }

    private async Task PrepareAsync(IReadOnlyList<ToldCall> calls, CancellationToken ct)
    {
        var campaign = Ids.New(time.GetUtcNow());
        var args = Args(calls);
        args.AddDynamicParams(new { campaign, GatedAt, starts = calls.Select(call => call.Start.ToString()).ToArray() });
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        await session.ExecuteAsync($"{Shop};\n{Attempts};\n{Starts}", args, ct);
        await session.CommitAsync();
    }

    private async Task TellAsync(IReadOnlyList<ToldCall> calls, int place, CancellationToken ct)
    {
        var keep = services.GetRequiredService<KeepInbox>();
        var now = time.GetUtcNow();
        foreach (var some in calls.Chunk(MostAtOnce))
        {
            InboxEntry[] entries = [.. some.Select(call => call.EntryAt(place, shop, GatedAt, now))];
            await keep.RunAsync(entries, ct);
            InboxEntry[] again = [.. entries.Where((_, i) => some[i].Telling == Telling.Thrice)];
            await keep.RunAsync([.. again, .. again], ct);
        }
    }

    /// <summary>Until nothing waits.</summary>
    public async Task WorkAsync(CancellationToken ct)
    {
        while ((await services.GetRequiredService<ProcessLineInbox>().WorkAsync(time.GetUtcNow(), ct)).WasFull)
            ;
    }

    /// <summary>As if the rows had come anew, in their order, and two nodes took them up at the same moment.</summary>
    private async Task TwiceAsync(IReadOnlyList<ToldCall> calls, CancellationToken ct)
    {
        await using (var session = await db.BeginAsync(ShopScope.All, ct))
        {
            await session.ExecuteAsync("update line_inbox set processed_at = null where shop_id = @shop and call_id = any(@calls)", Args(calls), ct);
            await session.CommitAsync();
        }
        await Task.WhenAll(WorkAsync(ct), WorkAsync(ct));
    }

    private async Task CloseAsync(IReadOnlyList<ToldCall> calls, CancellationToken ct)
    {
        await using var session = await db.BeginAsync(ShopScope.All, ct);
        await session.ExecuteAsync(
            "update attempts set wrap_up = 'Done' where shop_id = @shop and attempt_id = any(@attempts)", Args([.. calls.Where(call => call.Telling == Telling.AgainAfterTheClose)]), ct);
        await session.CommitAsync();
    }

    private Dapper.DynamicParameters Args(IReadOnlyList<ToldCall> calls) =>
        new(new { shop, attempts = calls.Select(call => call.AttemptId).ToArray(), calls = calls.Select(call => call.CallId).ToArray() });
}
