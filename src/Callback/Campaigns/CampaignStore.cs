using Callback.Database;

namespace Callback.Campaigns;

/// <summary>Writes campaigns; the use cases decide.</summary>
internal static class CampaignStore
{
    /// <returns>False: the shop has a campaign of this code.</returns>
    public static async Task<bool> InsertAsync(Session session, Campaign campaign, CancellationToken ct)
    {
        var inserted = await session.ExecuteAsync(
            """
            insert into campaigns (
                shop_id, campaign_id, code, name, purpose, status, starts_on, ends_on, min_age, max_age, min_amount, max_amount, windows, daily_cap,
                order_by, holdout_percent, max_data_age, hold_for, call_script, script_version, line, version, created_at, updated_at)
            values (
                @Shop, @CampaignId, @Code, @Name, @Purpose, @Status, @StartsOn, @EndsOn, @MinAge, @MaxAge, @MinAmount, @MaxAmount, @Windows::jsonb, @DailyCap,
                @OrderBy, @HoldoutPercent, @MaxDataAge, @HoldFor, @CallScript, @ScriptVersion, @Line, @Version, @CreatedAt, @UpdatedAt)
            on conflict (shop_id, code) do nothing
            """,
            Columns(campaign),
            ct);
        if (inserted == 1)
            await ReplaceAgentsAsync(session, campaign, ct);
        return inserted == 1;
    }

    /// <summary>Writes all settings, the status and the version; the row is locked already.</summary>
    /// <param name="refillFrom">Where the planner begins to look for orders again; null: leaves what is there.</param>
    public static async Task UpdateAsync(Session session, Campaign campaign, DateTimeOffset? refillFrom, CancellationToken ct)
    {
        var columns = Columns(campaign);
        columns.Add("RefillFrom", refillFrom);
        await session.ExecuteAsync(
            """
            update campaigns
            set name = @Name, status = @Status, starts_on = @StartsOn, ends_on = @EndsOn, min_age = @MinAge, max_age = @MaxAge, min_amount = @MinAmount,
                max_amount = @MaxAmount, windows = @Windows::jsonb, daily_cap = @DailyCap, order_by = @OrderBy, holdout_percent = @HoldoutPercent,
                max_data_age = @MaxDataAge, hold_for = @HoldFor, call_script = @CallScript, script_version = @ScriptVersion, line = @Line,
                version = @Version, updated_at = @UpdatedAt, refill_from = coalesce(@RefillFrom::timestamptz, refill_from)
            where shop_id = @Shop and campaign_id = @CampaignId
            """,
            columns,
            ct);
        await ReplaceAgentsAsync(session, campaign, ct);
    }

    private static async Task ReplaceAgentsAsync(Session session, Campaign campaign, CancellationToken ct)
    {
        var args = new { shop = campaign.Shop, campaign.CampaignId, agents = campaign.Settings.Agents.ToArray() };
        await session.ExecuteAsync("delete from campaign_agents where shop_id = @shop and campaign_id = @CampaignId and user_id <> all(@agents)", args, ct);
        await session.ExecuteAsync(
            """
            insert into campaign_agents (shop_id, campaign_id, user_id)
            select @shop, @CampaignId, m.user_id
            from memberships m
            where m.shop_id = @shop and m.role = 'Agent' and m.user_id = any(@agents)
            on conflict do nothing
            """,
            args,
            ct);
    }

    private static Dapper.DynamicParameters Columns(Campaign campaign)
    {
        var s = campaign.Settings;
        return new(new
        {
            campaign.Shop,
            campaign.CampaignId,
            campaign.Code,
            Name = s.Name.Trim(),
            Purpose = campaign.Purpose.ToString(),
            Status = campaign.Status.ToString(),
            StartsOn = s.StartsOn?.ToDateTime(TimeOnly.MinValue),
            EndsOn = s.EndsOn?.ToDateTime(TimeOnly.MinValue),
            s.MinAge,
            s.MaxAge,
            s.MinAmount,
            s.MaxAmount,
            Windows = s.Windows?.ToJson(),
            s.DailyCap,
            OrderBy = s.OrderBy.ToString(),
            s.HoldoutPercent,
            s.MaxDataAge,
            s.HoldFor,
            s.CallScript,
            s.ScriptVersion,
            s.Line,
            campaign.Version,
            campaign.CreatedAt,
            campaign.UpdatedAt,
        });
    }
}
