using Callback.Campaigns;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Campaigns;

/// <summary>The forms of the campaigns' pages.</summary>
internal static class CampaignsEndpoints
{
    public static void MapCampaigns(this IEndpointRouteBuilder app)
    {
        var campaigns = app.MapGroup("/campaigns").RequirePermission(Permission.EditCampaigns);
        campaigns.MapPost("", CreateAsync);
        campaigns.MapPost("/{campaignId:guid}", EditAsync);
        campaigns.MapPost("/{campaignId:guid}/start", (Guid campaignId, HttpContext http, CurrentShop shop, StartCampaign start, [FromForm] IFormCollection _, CancellationToken ct) =>
            StepAsync(http, shop, campaignId, start.RunAsync(http.GetActor(), new(shop.Id, campaignId), ct)));
        campaigns.MapPost("/{campaignId:guid}/pause", (Guid campaignId, HttpContext http, CurrentShop shop, PauseCampaign pause, [FromForm] IFormCollection _, CancellationToken ct) =>
            StepAsync(http, shop, campaignId, pause.RunAsync(http.GetActor(), new(shop.Id, campaignId), ct)));
        campaigns.MapPost("/{campaignId:guid}/end", (Guid campaignId, HttpContext http, CurrentShop shop, EndCampaign end, [FromForm] IFormCollection _, CancellationToken ct) =>
            StepAsync(http, shop, campaignId, end.RunAsync(http.GetActor(), new(shop.Id, campaignId), ct)));
    }

    private static async Task<IResult> CreateAsync(
        [FromForm] string? preset, [FromForm] string? code, HttpContext http, CurrentShop shop, CreateCampaign create, CancellationToken ct)
    {
        try
        {
            var campaign = await create.RunAsync(http.GetActor(), new(shop.Id, preset ?? "", string.IsNullOrWhiteSpace(code) ? null : code.Trim()), ct);
            Flash.Success(http, "campaigns.created");
            return Screen.SeeOther(http, shop.Link($"/campaigns/{campaign.CampaignId}"));
        }
        catch (InvalidInputException wrong)
        {
            return Screen.Page<CampaignsPage>(
                new Dictionary<string, object?> { ["Problems"] = wrong.Problems, ["Preset"] = preset, ["Code"] = code }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> EditAsync(
        Guid campaignId, [FromForm] IFormCollection fields, HttpContext http, CurrentShop shop, EditCampaign edit, CancellationToken ct)
    {
        var form = CampaignForm.Of(fields);
        try
        {
            var version = int.TryParse(form["version"], out var seen) ? seen : 0;
            switch (await edit.RunAsync(http.GetActor(), new(shop.Id, campaignId, version, form.Read()), ct))
            {
                case EditCampaignResult.Saved:
                    Flash.Success(http, "campaigns.saved");
                    return Screen.SeeOther(http, shop.Link($"/campaigns/{campaignId}"));
                case EditCampaignResult.ChangedMeanwhile:
                    throw new InvalidInputException(Problem.Of("campaign-changed"));
                default:
                    return Results.NotFound();
            }
        }
        catch (InvalidInputException wrong)
        {
            return Screen.Page<CampaignPage>(
                new Dictionary<string, object?> { ["CampaignId"] = campaignId, ["Problems"] = wrong.Problems, ["Typed"] = form }, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> StepAsync(HttpContext http, CurrentShop shop, Guid campaignId, Task<CampaignStatusResult> step)
    {
        switch (await step)
        {
            case CampaignStatusResult.Now now:
                Flash.Success(http, $"campaigns.now.{now.Campaign.Status}", now.Campaign.Settings.Name);
                break;
            case CampaignStatusResult.NotPossible:
                Flash.Danger(http, "campaigns.not-possible");
                break;
            default:
                return Results.NotFound();
        }
        return Screen.SeeOther(http, shop.Link($"/campaigns/{campaignId}"));
    }
}
