using Callback.Auditing;
using Callback.CallScripts;
using Callback.Database;
using Callback.Windows;

namespace Callback.Campaigns;

/// <param name="Version">The version that the editor saw.</param>
public sealed record EditCampaignInput(ShopId Shop, Guid CampaignId, int Version, CampaignSettings Settings);

public abstract record EditCampaignResult
{
    public sealed record Saved(Campaign Campaign) : EditCampaignResult;

    /// <summary>Someone else changed it first; nothing was done.</summary>
    public sealed record ChangedMeanwhile(Campaign Current) : EditCampaignResult;

    public sealed record NotFound : EditCampaignResult;
}

/// <summary>Changes a campaign's settings. What waits in the queue is looked at again; orders outside the former limits are offered afresh.</summary>
public sealed class EditCampaign(Db db, TimeProvider time, PolicyBook policies, ScriptFinder scripts, CampaignLines lines)
{
    /// <exception cref="InvalidInputException">What <see cref="CampaignPolicy"/> finds, or <c>campaign-ended</c>, <c>line-not-available</c>.</exception>
    public async Task<EditCampaignResult> RunAsync(Actor actor, EditCampaignInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditCampaigns, input.Shop);
        await using var session = await db.BeginAsync(input.Shop, ct);
        var shop = await CampaignShop.DemandAsync(session, input.Shop, ct);
        if (await CampaignQueries.LockAsync(session, input.Shop, input.CampaignId, ct) is not { } before)
            return new EditCampaignResult.NotFound();
        if (before.Version != input.Version)
            return new EditCampaignResult.ChangedMeanwhile(before);
        if (before.Status == CampaignStatus.Ended)
            throw new InvalidInputException(Problem.Of("campaign-ended", null, ("code", before.Code)));
        shop.Demand(input.Settings, policies, await scripts.ChoicesAsync(session, input.Shop, before.Purpose, ct));
        lines.Demand(input.Settings);
        var changes = CampaignDifference.Between(before.Settings, input.Settings);
        if (changes.Count == 0)
            return new EditCampaignResult.Saved(before);
        var now = time.GetUtcNow();
        var after = before with { Settings = input.Settings, Version = before.Version + 1, UpdatedAt = now };
        await CampaignStore.UpdateAsync(session, after, now - input.Settings.MaxAge, ct);
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "campaign.changed", $"campaign:{before.Code}", new { version = after.Version, changes }, ct);
        await session.CommitAsync();
        return new EditCampaignResult.Saved(after);
    }
}
