using Callback.Database;
using Callback.Windows;

namespace Callback.Campaigns;

/// <summary>Reads campaigns; used by every use case that needs one.</summary>
public static class CampaignQueries
{
    private const string Columns = """
        select
            c.shop_id, c.campaign_id, c.code, c.name, c.purpose, c.status, c.starts_on, c.ends_on, c.min_age, c.max_age, c.min_amount, c.max_amount,
            c.windows::text as windows, c.daily_cap, c.order_by, c.holdout_percent, c.max_data_age, c.hold_for, c.call_script, c.script_version, c.line,
            c.version, c.created_at, c.updated_at,
            array(
                select a.user_id
                from campaign_agents a
                where a.shop_id = c.shop_id and a.campaign_id = c.campaign_id
                order by a.user_id) as agents
        from campaigns c
        """;

    public static async Task<Campaign?> FindAsync(Session session, ShopId shop, Guid campaignId, CancellationToken ct) =>
        (await session.QuerySingleOrDefaultAsync<CampaignRow>(
            $"{Columns} where c.shop_id = @shop and c.campaign_id = @campaignId", new { shop, campaignId }, ct))?.ToCampaign();

    /// <summary>The same, locked against other changes until the transaction ends.</summary>
    internal static async Task<Campaign?> LockAsync(Session session, ShopId shop, Guid campaignId, CancellationToken ct) =>
        (await session.QuerySingleOrDefaultAsync<CampaignRow>(
            $"{Columns} where c.shop_id = @shop and c.campaign_id = @campaignId for update of c", new { shop, campaignId }, ct))?.ToCampaign();

    public static async Task<Campaign?> FindByCodeAsync(Session session, ShopId shop, string code, CancellationToken ct) =>
        (await session.QuerySingleOrDefaultAsync<CampaignRow>(
            $"{Columns} where c.shop_id = @shop and c.code = @code", new { shop, code }, ct))?.ToCampaign();

    /// <summary>All campaigns of a shop, the oldest first: in this order two campaigns of one purpose are offered an order.</summary>
    public static async Task<IReadOnlyList<Campaign>> ListAsync(Session session, ShopId shop, CancellationToken ct) =>
        [.. (await session.QueryAsync<CampaignRow>(
            $"{Columns} where c.shop_id = @shop order by c.created_at, c.campaign_id", new { shop }, ct)).Select(row => row.ToCampaign())];

    /// <summary>The same of several shops.</summary>
    internal static async Task<IReadOnlyList<Campaign>> ListAsync(Session session, IReadOnlyCollection<ShopId> shops, CancellationToken ct) =>
        [.. (await session.QueryAsync<CampaignRow>(
            $"{Columns} where c.shop_id = any(@shops) order by c.created_at, c.campaign_id", new { shops = shops.Select(shop => shop.Value).ToArray() }, ct)).Select(row => row.ToCampaign())];

    private sealed class CampaignRow
    {
        public string ShopId { get; init; } = "";
        public Guid CampaignId { get; init; }
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
        public Purpose Purpose { get; init; }
        public CampaignStatus Status { get; init; }
        public DateTime? StartsOn { get; init; }
        public DateTime? EndsOn { get; init; }
        public TimeSpan MinAge { get; init; }
        public TimeSpan MaxAge { get; init; }
        public decimal? MinAmount { get; init; }
        public decimal? MaxAmount { get; init; }
        public string? Windows { get; init; }
        public int? DailyCap { get; init; }
        public CampaignOrder OrderBy { get; init; }
        public short HoldoutPercent { get; init; }
        public TimeSpan? MaxDataAge { get; init; }
        public TimeSpan HoldFor { get; init; }
        public string CallScript { get; init; } = "";
        public int? ScriptVersion { get; init; }
        public string Line { get; init; } = "";
        public int Version { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset UpdatedAt { get; init; }
        public Guid[] Agents { get; init; } = [];

        public Campaign ToCampaign() => new(new(ShopId), CampaignId, Code, Purpose, Status, Settings(), Version, CreatedAt, UpdatedAt);

        private CampaignSettings Settings() => new()
        {
            Name = Name,
            StartsOn = StartsOn is { } starts ? DateOnly.FromDateTime(starts) : null,
            EndsOn = EndsOn is { } ends ? DateOnly.FromDateTime(ends) : null,
            MinAge = MinAge,
            MaxAge = MaxAge,
            MinAmount = MinAmount,
            MaxAmount = MaxAmount,
            Windows = Windows is null ? null : WindowNarrowing.Parse(Windows),
            DailyCap = DailyCap,
            OrderBy = OrderBy,
            HoldoutPercent = HoldoutPercent,
            MaxDataAge = MaxDataAge,
            HoldFor = HoldFor,
            CallScript = CallScript,
            ScriptVersion = ScriptVersion,
            Line = Line,
            Agents = Agents,
        };
    }
}
