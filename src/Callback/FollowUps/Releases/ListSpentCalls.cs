using Callback.Database;

namespace Callback.FollowUps.Releases;

/// <summary>A call that was spent without a known ring, and how its release stands.</summary>
/// <param name="Paid">None of its orders stands any more as its purpose wants it: a release would lead to no call.</param>
/// <param name="Lists">Empty lists read since a release was asked for.</param>
public sealed record SpentCall(
    Guid AttemptId, DateTimeOffset GatedAt, Purpose Purpose, string CampaignName, string AgentName, string Line, bool Paid, string[] OrderNos, ReleaseState State,
    int Lists, string? Reason, Guid? AskedBy, string? AskedByName, DateTimeOffset? AskedAt, string? ApprovedByName, DateTimeOffset? ApprovedAt, DateTimeOffset? ExpiresAt);

/// <param name="Before">Of the next page; null: there is none.</param>
public sealed record SpentCallPage(IReadOnlyList<SpentCall> Calls, Guid? Before);

/// <summary>The shop's spent calls, the newest first, for those who may ask for a release.</summary>
public sealed class ListSpentCalls(Db db, TimeProvider time)
{
    public const int Take = 50;

    private static readonly string Sql = $"""
        select a.attempt_id, a.gated_at, a.purpose, c.name as campaign_name, u.display_name as agent_name, a.line,
            not exists (
                select
                from attempt_rights r
                join orders o on o.shop_id = r.shop_id and o.order_no = r.order_no
                where r.shop_id = a.shop_id and r.attempt_id = a.attempt_id and {PurposePolicy.FitsSql("a.purpose", "o.status")}) as paid,
            array(
                select r.order_no
                from attempt_rights r
                where r.shop_id = a.shop_id and r.attempt_id = a.attempt_id
                order by r.order_no) as order_nos,
            jsonb_array_length(coalesce(g.evidence -> 'lists', '[]')) as lists, g.evidence ->> 'reason' as reason, g.created_by as asked_by, asked.display_name as asked_by_name,
            g.created_at as asked_at, approved.display_name as approved_by_name, g.approved_at, g.expires_at, g.close_reason
        from attempts a
        join campaigns c on c.shop_id = a.shop_id and c.campaign_id = a.campaign_id
        join users u on u.user_id = a.agent_id
        left join lateral (
            select g.evidence, g.created_by, g.created_at, g.approved_by, g.approved_at, g.expires_at, g.close_reason
            from attempt_rights r
            join call_grants g on g.shop_id = r.shop_id and g.purpose = r.purpose and g.order_no = r.order_no and g.parent_attempt_id = r.attempt_id
            where r.shop_id = a.shop_id and r.attempt_id = a.attempt_id and g.kind = 'Released'
            order by g.order_no
            limit 1) g on true
        left join users asked on asked.user_id = g.created_by
        left join users approved on approved.user_id = g.approved_by
        """;

    public async Task<SpentCallPage> RunAsync(Actor actor, ShopId shop, Guid? before, CancellationToken ct)
    {
        actor.Demand(Permission.RequestRelease, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var rows = await session.QueryAsync<Row>(
            $"""
            {Sql}
            where a.shop_id = @shop and a.state = 'Spent'
                and (@before::uuid is null or (a.gated_at, a.attempt_id) < (select b.gated_at, b.attempt_id from attempts b where b.shop_id = @shop and b.attempt_id = @before))
            order by a.gated_at desc, a.attempt_id desc
            limit {Take + 1}
            """,
            new { shop, before },
            ct);
        var now = time.GetUtcNow();
        return new([.. rows.Take(Take).Select(row => row.ToCall(now))], rows.Count > Take ? rows[Take - 1].AttemptId : null);
    }

    /// <returns>Null: no such call, or one that was never spent.</returns>
    public async Task<SpentCall?> FindAsync(Actor actor, ShopId shop, Guid attemptId, CancellationToken ct)
    {
        actor.Demand(Permission.RequestRelease, shop);
        await using var session = await db.BeginAsync(shop, ct);
        var row = await session.QuerySingleOrDefaultAsync<Row>(
            $"{Sql}\nwhere a.shop_id = @shop and a.attempt_id = @attemptId and (a.state = 'Spent' or g.created_at is not null)", new { shop, attemptId }, ct);
        return row?.ToCall(time.GetUtcNow());
    }

    private sealed class Row
    {
        public Guid AttemptId { get; init; }
        public DateTimeOffset GatedAt { get; init; }
        public Purpose Purpose { get; init; }
        public string CampaignName { get; init; } = "";
        public string AgentName { get; init; } = "";
        public string Line { get; init; } = "";
        public bool Paid { get; init; }
        public string[] OrderNos { get; init; } = [];
        public int Lists { get; init; }
        public string? Reason { get; init; }
        public Guid? AskedBy { get; init; }
        public string? AskedByName { get; init; }
        public DateTimeOffset? AskedAt { get; init; }
        public string? ApprovedByName { get; init; }
        public DateTimeOffset? ApprovedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public string? CloseReason { get; init; }

        public SpentCall ToCall(DateTimeOffset now) => new(
            AttemptId, GatedAt, Purpose, CampaignName, AgentName, Line, Paid, OrderNos, ReleasePolicy.StateOf(Lists, ApprovedAt is not null, CloseReason, ExpiresAt, now),
            Lists, Reason, AskedBy, AskedByName, AskedAt, ApprovedByName, ApprovedAt, ExpiresAt);
    }
}
