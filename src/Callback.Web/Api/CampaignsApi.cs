using Callback.Campaigns;
using Callback.Planning;
using Callback.Web.SignIn;

namespace Callback.Web.Api;

/// <summary>Campaigns over HTTP: what runs, pause and resume; and why an order may be called or not.</summary>
internal static class CampaignsApi
{
    public static void MapCampaignsApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/shops/{shop}/campaigns", async (string shop, HttpContext http, GetQueue queue, CancellationToken ct) =>
                (await queue.RunAsync(http.GetActor(), new(Shop(shop), Take: 1), ct)).Campaigns.Select(CampaignAnswer.Of))
            .RequirePermission(Permission.ViewQueue)
            .WithName("ListCampaigns")
            .WithTags("Campaigns")
            .WithSummary("The shop's campaigns with what waits, and when their windows open and close.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        app.MapPost("/api/v1/shops/{shop}/campaigns/{campaignId:guid}/pause", (string shop, Guid campaignId, HttpContext http, PauseCampaign pause, CancellationToken ct) =>
                StepAsync(pause.RunAsync(http.GetActor(), new(Shop(shop), campaignId), ct)))
            .Describe("PauseCampaign", "Stops it for the time being: nothing of it is handed out or dialed from now on. Repeating it changes nothing.");
        app.MapPost("/api/v1/shops/{shop}/campaigns/{campaignId:guid}/resume", (string shop, Guid campaignId, HttpContext http, StartCampaign start, CancellationToken ct) =>
                StepAsync(start.RunAsync(http.GetActor(), new(Shop(shop), campaignId), ct)))
            .Describe("ResumeCampaign", "Switches a draft or paused campaign on. Repeating it changes nothing.");
        app.MapGet("/api/v1/shops/{shop}/orders/{orderNo}/explain", ExplainAsync)
            .RequirePermission(Permission.ViewOrders)
            .WithName("ExplainOrder")
            .WithTags("Orders")
            .WithSummary("Whether the order may be called for each campaign, why not, since when, and until when; 'at' asks about another moment.")
            .Produces<ExplanationAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static void Describe(this RouteHandlerBuilder step, string name, string summary) => step
        .RequirePermission(Permission.EditCampaigns)
        .WithName(name)
        .WithTags("Campaigns")
        .WithSummary(summary)
        .Produces<CampaignStatusAnswer>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> StepAsync(Task<CampaignStatusResult> step) => await step switch
    {
        CampaignStatusResult.Now now => Results.Ok(new CampaignStatusAnswer(now.Campaign.CampaignId, now.Campaign.Status, now.Changed)),
        CampaignStatusResult.NotPossible no => Results.Problem($"The campaign is {no.From} and cannot become {no.To}.", statusCode: StatusCodes.Status409Conflict),
        _ => Results.Problem("There is no such campaign in this shop.", statusCode: StatusCodes.Status404NotFound),
    };

    private static async Task<IResult> ExplainAsync(string shop, string orderNo, DateTimeOffset? at, HttpContext http, ExplainOrder explain, CancellationToken ct) =>
        OrderNo.TryParse(orderNo) is { } number && await explain.RunAsync(http.GetActor(), new(Shop(shop), number, at), ct) is { } told
            ? Results.Ok(ExplanationAnswer.Of(told))
            : Results.Problem($"There is no order '{orderNo}' in this shop.", statusCode: StatusCodes.Status404NotFound);

    private static ShopId Shop(string code) => ShopId.TryParse(code, out var shop) ? shop : throw new ShopUnknownException(shop);
}

public sealed record CampaignStatusAnswer(Guid CampaignId, CampaignStatus Status, bool Changed);

/// <param name="Waiting">Calls that nobody holds.</param>
/// <param name="OpenUntil">When the window that is open now ends; null: none is open.</param>
/// <param name="OpensAt">When none is open: the next opening.</param>
public sealed record CampaignAnswer(
    Guid CampaignId, string Code, string Name, Purpose Purpose, CampaignStatus Status, int Waiting, int Held, DateTimeOffset? OpenUntil, DateTimeOffset? OpensAt, int Version)
{
    internal static CampaignAnswer Of(QueueCampaign of) => new(
        of.Campaign.CampaignId, of.Campaign.Code, of.Campaign.Settings.Name, of.Campaign.Purpose, of.Campaign.Status, of.Waiting, of.Held, of.OpenUntil, of.OpensAt,
        of.Campaign.Version);
}
