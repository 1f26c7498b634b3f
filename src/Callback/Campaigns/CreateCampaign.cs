using Callback.Auditing;
using Callback.CallScripts;
using Callback.Database;
using Callback.Windows;

namespace Callback.Campaigns;

/// <param name="Preset">A preset of <c>config/campaigns</c>.</param>
/// <param name="Code">Null: the preset's own. A second campaign from one preset needs a code: 1–48 of a–z, 0–9 and '-'.</param>
public sealed record CreateCampaignInput(ShopId Shop, string Preset, string? Code = null);

/// <summary>Makes a campaign from a preset, as a draft.</summary>
public sealed class CreateCampaign(Db db, TimeProvider time, CampaignPresets presets, PolicyBook policies, ScriptFinder scripts, CampaignLines lines)
{
    /// <exception cref="InvalidInputException"><c>preset-unknown</c>, <c>code-form</c>, <c>campaign-exists</c>, or what <see cref="CampaignPolicy"/> finds.</exception>
    public async Task<Campaign> RunAsync(Actor actor, CreateCampaignInput input, CancellationToken ct)
    {
        actor.Demand(Permission.EditCampaigns, input.Shop);
        var preset = presets.Demand(input.Preset);
        var code = CampaignCode.Demand(input.Code ?? preset.Code);
        await using var session = await db.BeginAsync(input.Shop, ct);
        var shop = await CampaignShop.DemandAsync(session, input.Shop, ct);
        var settings = preset.Settings with { Name = preset.NameIn(shop.Language), Line = shop.Practice ? "practice" : preset.Settings.Line };
        shop.Demand(settings, policies, await scripts.ChoicesAsync(session, input.Shop, preset.Purpose, ct));
        lines.Demand(settings);
        var now = time.GetUtcNow();
        var campaign = new Campaign(input.Shop, Ids.New(now), code, preset.Purpose, CampaignStatus.Draft, settings, 1, now, now);
        if (!await CampaignStore.InsertAsync(session, campaign, ct))
            throw new InvalidInputException(Problem.Of("campaign-exists", "code", ("code", code)));
        await AuditTrail.AppendAsync(session, input.Shop, actor, now, "campaign.created", $"campaign:{code}", new { preset = preset.Code, after = CampaignDifference.All(settings) }, ct);
        await session.CommitAsync();
        return campaign;
    }
}
