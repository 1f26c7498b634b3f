using Callback.Auditing;
using Callback.Database;

namespace Callback.Campaigns;

public sealed record CampaignStatusInput(ShopId Shop, Guid CampaignId);

public abstract record CampaignStatusResult
{
    /// <param name="Changed">False: it had that status already.</param>
    public sealed record Now(Campaign Campaign, bool Changed) : CampaignStatusResult;

    /// <summary>That status does not follow the present one: a draft is not paused, what is ended stays ended.</summary>
    public sealed record NotPossible(CampaignStatus From, CampaignStatus To) : CampaignStatusResult;

    public sealed record NotFound : CampaignStatusResult;
}

/// <summary>Switches a campaign on: from the next planner pass on it plans and calls.</summary>
public sealed class StartCampaign(Db db, TimeProvider time)
{
    public Task<CampaignStatusResult> RunAsync(Actor actor, CampaignStatusInput input, CancellationToken ct) =>
        ChangeCampaignStatus.RunAsync(db, time, actor, input, CampaignStatus.Running, "campaign.started", ct);
}

/// <summary>Stops a campaign for the time being: nothing of it is handed out or dialed from now on; a call that is being made goes on.</summary>
public sealed class PauseCampaign(Db db, TimeProvider time)
{
    public Task<CampaignStatusResult> RunAsync(Actor actor, CampaignStatusInput input, CancellationToken ct) =>
        ChangeCampaignStatus.RunAsync(db, time, actor, input, CampaignStatus.Paused, "campaign.paused", ct);
}

/// <summary>Ends a campaign for good.</summary>
public sealed class EndCampaign(Db db, TimeProvider time)
{
    public Task<CampaignStatusResult> RunAsync(Actor actor, CampaignStatusInput input, CancellationToken ct) =>
        ChangeCampaignStatus.RunAsync(db, time, actor, input, CampaignStatus.Ended, "campaign.ended", ct);
}

internal static class ChangeCampaignStatus
{
    public static async Task<CampaignStatusResult> RunAsync(
        Db db, TimeProvider time, Actor actor, CampaignStatusInput input, CampaignStatus status, string action, CancellationToken ct)
    {
        actor.Demand(Permission.EditCampaigns, input.Shop);
        await using var session = await db.BeginAsync(input.Shop, ct);
        if (await CampaignQueries.LockAsync(session, input.Shop, input.CampaignId, ct) is not { } before)
            return new CampaignStatusResult.NotFound();
        if (before.Status == status)
            return new CampaignStatusResult.Now(before, Changed: false);
        if (!CampaignPolicy.MayBecome(before.Status, status))
            return new CampaignStatusResult.NotPossible(before.Status, status);
        var now = time.GetUtcNow();
        var after = before with { Status = status, Version = before.Version + 1, UpdatedAt = now };
        await CampaignStore.UpdateAsync(session, after, status == CampaignStatus.Running ? now - before.Settings.MaxAge : null, ct);
        await AuditTrail.AppendAsync(
            session, input.Shop, actor, now, action, $"campaign:{before.Code}", new { before = before.Status.ToString(), after = status.ToString() }, ct);
        await session.CommitAsync();
        return new CampaignStatusResult.Now(after, Changed: true);
    }
}
