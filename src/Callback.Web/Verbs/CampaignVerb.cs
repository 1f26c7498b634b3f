using System.CommandLine;
using Callback.Campaigns;
using Callback.Database;

namespace Callback.Web.Verbs;

/// <summary><c>callback campaign start|pause PRESET --shop CODE</c>: start makes the campaign from its preset when the shop has none.</summary>
internal static class CampaignVerb
{
    public static Command Create() => new("campaign", "Start, pause or end a campaign of a shop.")
    {
        Step("start", "Switch a campaign on; made from the preset when the shop has none of that name.", async (verb, shop, code, ct) =>
        {
            var campaign = await FindAsync(verb, shop, code, ct) ?? await verb.Service<CreateCampaign>().RunAsync(verb.Actor, new(shop, code), ct);
            return await verb.Service<StartCampaign>().RunAsync(verb.Actor, new(shop, campaign.CampaignId), ct);
        }),
        Step("pause", "Stop a campaign for the time being.", async (verb, shop, code, ct) =>
            await verb.Service<PauseCampaign>().RunAsync(verb.Actor, new(shop, (await DemandAsync(verb, shop, code, ct)).CampaignId), ct)),
        Step("end", "End a campaign for good.", async (verb, shop, code, ct) =>
            await verb.Service<EndCampaign>().RunAsync(verb.Actor, new(shop, (await DemandAsync(verb, shop, code, ct)).CampaignId), ct)),
    };

    private static Command Step(string name, string description, Func<VerbContext, ShopId, string, CancellationToken, Task<CampaignStatusResult>> step)
    {
        var preset = new Argument<string>("PRESET") { Description = "A preset of config/campaigns, or the campaign's own code." };
        var shop = new Option<string>("--shop") { Description = "The shop's code.", Required = true };
        return new Command(name, description) { preset, shop }.Runs(async (verb, ct) =>
        {
            var code = verb.Arguments.GetRequiredValue(preset);
            switch (await step(verb, ShopId.Parse(verb.Arguments.GetRequiredValue(shop)), code, ct))
            {
                case CampaignStatusResult.Now now:
                    verb.Answer(
                        new { now.Campaign.CampaignId, now.Campaign.Code, now.Campaign.Status, now.Changed },
                        $"{now.Campaign.Code} is {now.Campaign.Status}{(now.Changed ? "" : " already")}.");
                    return VerbContext.Done;
                case CampaignStatusResult.NotPossible no:
                    throw new RefusalException($"{code} is {no.From} and cannot become {no.To}.");
                default:
                    throw new RefusalException($"The shop has no campaign '{code}'.");
            }
        });
    }

    private static async Task<Campaign> DemandAsync(VerbContext verb, ShopId shop, string code, CancellationToken ct) =>
        await FindAsync(verb, shop, code, ct) ?? throw new RefusalException($"The shop '{shop}' has no campaign '{code}'.");

    private static async Task<Campaign?> FindAsync(VerbContext verb, ShopId shop, string code, CancellationToken ct)
    {
        await using var session = await verb.Service<Db>().BeginAsync(shop, ct);
        return await CampaignQueries.FindByCodeAsync(session, shop, code, ct);
    }
}
