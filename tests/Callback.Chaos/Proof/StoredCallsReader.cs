using Callback.Chaos.Ground;

namespace Callback.Chaos.Proof;

/// <summary>Reads the rows as superuser: row-level security hides nothing from the witness.</summary>
internal static class StoredCallsReader
{
    public static async Task<StoredCalls> ReadAsync(IDatabaseServer cluster)
    {
        var attempts = await cluster.ManyAsync(
            "select attempt_id, state, provider_call_id, gated_at from attempts",
            row => new StoredAttempt(row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetFieldValue<DateTimeOffset>(3)));
        var rights = await cluster.ManyAsync(
            """
            select r.attempt_id, r.order_no, r.grant_no::integer, g.kind, g.parent_attempt_id
            from attempt_rights r
            left join call_grants g using (shop_id, purpose, order_no, grant_no)
            """,
            row => new StoredRight(row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetGuid(4)));
        var submissions = await cluster.ManyAsync("select submission_id, attempt_id from submissions", row => (row.GetGuid(0), row.GetGuid(1)));
        var events = await cluster.OneAsync<long>(
            """
            select count(*)
            from (
                select
                from outbox
                where kind in ('call.ended', 'result.recorded')
                group by shop_id, kind, payload ->> 'attemptId', payload ->> 'revision'
                having count(*) > 1) twice
            """);
        var exits = await cluster.OneAsync<long>("select count(*) from queue_exits where reason = ''");
        return new(attempts.ToDictionary(attempt => attempt.Id), rights, submissions.ToDictionary(row => row.Item1, row => row.Item2), events, exits);
    }
}
