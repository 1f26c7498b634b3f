namespace Callback.Calls;

/// <summary>What has to hold on lines that call the agent first.</summary>
internal static class InvariantsOfLines
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("rooms-hold-one-customer", "No room has two customers in it, or on their way into it.", "attempts",
            """
            select min(shop_id), 'bridge:' || bridge_id, count(*) || ' calls of it are live or undecided'
            from attempts
            where bridge_id is not null and state in ('Dialing', 'Unknown', 'Placed')
            group by bridge_id
            having count(*) > 1
            """),
        new("customers-meet-an-agent", "No customer was dialed before the agent's phone was in the room, or after it was known to be gone.", "attempts",
            """
            select a.shop_id, 'attempt:' || a.attempt_id, case
                when b.bridge_id is null then 'there is no such room'
                when b.agent_id <> a.agent_id then 'the room is another agent''s'
                when b.ready_at is null or b.ready_at > a.gated_at then 'the agent was not in the room yet'
                else 'the agent was gone' end
            from attempts a
            left join bridges b on b.shop_id = a.bridge_shop_id and b.bridge_id = a.bridge_id
            where a.bridge_id is not null
                and (b.bridge_id is null or b.agent_id <> a.agent_id or b.ready_at is null or b.ready_at > a.gated_at or b.gone_at < a.gated_at)
            """),
        new("calls-of-the-line-are-ours", "Every call that the provider told of is an attempt, an agent's phone or a guest.", "attempts",
            """
            select shop_id, 'call:' || call_id, 'the line ' || line || ' told of it, and nobody knows it'
            from line_inbox
            where finding = 'Unknown'
            group by shop_id, line, call_id
            """),
        new("recordings-go-with-their-time", "No recording is a day older than it may be.", "attempts",
            """
            select shop_id, 'attempt:' || attempt_id, 'recording ' || recording_id || ' was to be deleted at ' || expires_at
            from recordings
            where state in ('Running', 'Available') and expires_at < @now - interval '1 day'
            """),
    ];
}
