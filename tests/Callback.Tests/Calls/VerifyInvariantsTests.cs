using Callback.Calls;
using Callback.Telephony;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Calls;

/// <summary>A clean shop, then one violation planted by somebody with all rights on the server: each is named.</summary>
public sealed class VerifyInvariantsTests
{
    [Fact]
    public async Task A_day_of_work_is_clean()
    {
        await using var own = new OwnDatabase();
        await using var scene = await WorkedAsync(await own.OpenAsync());

        var report = await VerifyAsync(scene);

        Assert.True(report.Clean, string.Join("; ", report.Invariants.SelectMany(invariant => invariant.Violations)));
        Assert.All(report.Invariants.Where(invariant => invariant.Code != "grants-are-single"), invariant => Assert.True(invariant.Checked > 0, invariant.Code));
    }

    [Theory]
    [InlineData("one-attempt-per-right", "alter table attempt_rights drop constraint attempt_rights_pkey; insert into attempt_rights select * from attempt_rights limit 1")]
    [InlineData("further-calls-have-grants", "insert into attempt_rights select shop_id, purpose, order_no, 1, attempt_id from attempt_rights limit 1")]
    [InlineData("no-attempt-without-rights", "delete from attempt_rights where attempt_id in (select attempt_id from attempts limit 1)")]
    [InlineData("one-live-call-per-number", "drop index attempts_one_live_call_per_number; update attempts set state = 'Placed', phone_hash = '\\x01'")]
    [InlineData("inside-the-window", "update attempts set window_closes_at = gated_at - interval '1 second'")]
    [InlineData("replayed-window", "update attempts set gated_at = gated_at + interval '2 hours', window_closes_at = window_closes_at + interval '3 hours'")]
    [InlineData("not-after-payment", "insert into order_events (shop_id, order_no, at, kind, details, xact) select shop_id, order_no, now(), 'StatusChanged', '{\"to\":\"Paid\"}', '3' from attempt_rights limit 1")]
    [InlineData("not-after-payment", "update attempts set gate_facts = jsonb_set(gate_facts, '{orders,0,status}', '\"Paid\"')")]
    [InlineData("not-after-opt-out", """
        insert into suppressions (shop_id, suppression_id, scope, person_key, label, reason, source, do_not_call, actor_name, created_at, xact)
        select shop_id, gen_random_uuid(), 'Phone', phone_hash, '', 'Asked', 'Customer', true, 'x', now(), '3' from attempts limit 1
        """)]
    [InlineData("ended-calls-have-results", "delete from results")]
    [InlineData("ended-calls-have-results", "update attempts set wrap_up = 'None'")]
    [InlineData("calls-come-to-an-end", "update attempts set state = 'Placed', gated_at = gated_at - interval '3 days'")]
    [InlineData("unrung-is-unrung", "update attempts set state = 'NotPlaced', provider_call_id = null")]
    [InlineData("submissions-are-kept", "delete from results")]
    [InlineData("submissions-are-kept", "delete from follow_ups")]
    [InlineData("do-not-call-stands", "delete from suppressions")]
    [InlineData("queue-exits-have-reasons", "delete from queue_exits")]
    [InlineData("practice-stays-practice", "update attempts set line = 'practice'")]
    [InlineData("practice-stays-practice", "update shops set practice = true")]
    [InlineData("practice-stays-practice", "update attempts set provider_call_id = 'practice-1' where attempt_id in (select attempt_id from attempts where provider_call_id is not null limit 1)")]
    [InlineData("practice-stays-practice", "insert into line_events (shop_id, line, call_id, sequence, kind, month, at, received_at, details) select shop_id, 'practice', 'x', 1, 'Ringing', '2026-11-01', now(), now(), '{}' from attempts limit 1")]
    [InlineData("practice-stays-practice", """
        insert into practice_runs (shop_id, run_id, agent_id, course, started_at) select shop_id, attempt_id, agent_id, 'first-week', now() from attempts limit 1;
        insert into practice_calls (shop_id, order_no, run_id, agent_id, call_id, customer, seed, made_at) select shop_id, 'LX-1', run_id, agent_id, 'angry', 'angry', 1, now() from practice_runs
        """)]
    [InlineData("events-are-told-once", "insert into outbox select shop_id, gen_random_uuid(), kind, payload, at from outbox limit 1")]
    [InlineData("rooms-hold-one-customer", "drop index attempts_one_live_call_per_number; update attempts set state = 'Placed', bridge_shop_id = shop_id, bridge_id = '0198a000-0000-7000-8000-000000000001'")]
    [InlineData("customers-meet-an-agent", "update attempts set bridge_shop_id = shop_id, bridge_id = gen_random_uuid()")]
    [InlineData("customers-meet-an-agent", """
        insert into bridges (shop_id, bridge_id, agent_id, line, leg_kind, leg_last4, keep_open, state, opened_at, ready_at, gone_at, gone_reason, asked_at)
        select shop_id, attempt_id, agent_id, 'twilio', 'Phone', '', true, 'Gone', gated_at, gated_at, gated_at - interval '1 second', 'ended', gated_at from attempts;
        update attempts set bridge_shop_id = shop_id, bridge_id = attempt_id
        """)]
    [InlineData("calls-of-the-line-are-ours", """
        insert into line_inbox (shop_id, line, call_id, event, sequence, subject, body, received_at, processed_at, finding)
        select shop_id, 'twilio', 'CA1', 'status:ringing', 0, attempt_id, '{}', now(), now(), 'Unknown' from attempts limit 1
        """)]
    [InlineData("recordings-go-with-their-time", """
        insert into recordings (shop_id, recording_id, attempt_id, line, state, started_at, expires_at)
        select shop_id, 'RE1', attempt_id, 'twilio', 'Available', '2026-01-01', '2026-04-01' from attempts limit 1
        """)]
    [InlineData("audit-chain", "update audit set details = '{}' where action = 'result.recorded'")]
    [InlineData("grants-are-single", """
        alter table call_grants drop constraint call_grants_shop_id_purpose_order_no_parent_attempt_id_key;
        insert into call_grants (shop_id, purpose, order_no, grant_no, kind, parent_attempt_id, not_before, expires_at, evidence, created_at)
        select shop_id, purpose, order_no, n, 'Technical', attempt_id, now(), now() + interval '1 hour', '{}', now()
        from (select * from attempt_rights limit 1) r cross join generate_series(1, 2) n
        """)]
    public async Task A_planted_violation_is_found_and_named(string code, string tampering)
    {
        await using var own = new OwnDatabase();
        var database = await own.OpenAsync();
        await using var scene = await WorkedAsync(database);
        await TamperAsync(database, tampering);

        var report = await VerifyAsync(scene);

        Assert.False(report.Clean);
        var found = report.Invariants.Single(invariant => invariant.Code == code);
        Assert.True(found.Found > 0, string.Join("; ", report.Invariants.Where(invariant => invariant.Found > 0).Select(invariant => invariant.Code)));
        Assert.NotEmpty(found.Violations);
    }

    private static Task<VerifyReport> VerifyAsync(DeskScene scene) => scene.Get<VerifyInvariants>().RunAsync(Actor.System("test"), default);

    private static async Task<DeskScene> WorkedAsync(TestDatabase database)
    {
        var scene = await DeskScene.OpenAsync(database, "cn-default");
        var agent = await scene.AgentAsync();
        foreach (var outcome in new[] { "WillPay", "NoAnswer", "DoNotCall" })
        {
            await scene.OrderAsync(source: "File");
            await scene.PlanAsync();
            var attempt = (await scene.CallAsync(agent)).AttemptId;
            await scene.MarkAsync(agent, attempt, outcome == "NoAnswer" ? CallState.NoAnswer : CallState.Completed);
            await scene.RecordAsync(agent, attempt, DeskScene.Outcome(outcome));
        }
        var paid = await scene.OrderAsync();
        await scene.PlanAsync();
        await scene.Get<AlreadyPaid>().RunAsync(agent, await scene.TakeAsync(agent), [paid], default);
        return scene;
    }

    private static async Task TamperAsync(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnectionString);
        await using var command = source.CreateCommand($"set session_replication_role = replica; {sql}");
        await command.ExecuteNonQueryAsync();
    }
}
