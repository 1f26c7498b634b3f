using Callback.FollowUps;
using Callback.FollowUps.Releases;
using Callback.Web.SignIn;

namespace Callback.Web.Components.Releases;

/// <summary>The forms of a release: one person asks, another approves or declines.</summary>
internal static class ReleasesEndpoints
{
    public static void MapReleases(this IEndpointRouteBuilder endpoints)
    {
        var release = endpoints.MapGroup("/releases/{attempt:guid}");
        release.MapPost("/request", (Guid attempt, IFormCollection form, HttpContext context, CurrentShop shop, RequestRelease request, CancellationToken ct) =>
                DoAsync(context, shop, attempt, "releases.requested", form["reason"], () => request.RunAsync(context.GetActor(), new(shop.Id, attempt, $"{form["reason"]}"), ct)))
            .RequirePermission(Permission.RequestRelease);
        release.MapPost("/approve", (Guid attempt, HttpContext context, CurrentShop shop, ApproveRelease approve, CancellationToken ct) =>
                DoAsync(context, shop, attempt, "releases.is-approved", null, () => approve.RunAsync(context.GetActor(), new(shop.Id, attempt), ct)))
            .RequirePermission(Permission.ApproveRelease);
        release.MapPost("/decline", (Guid attempt, HttpContext context, CurrentShop shop, DeclineRelease decline, CancellationToken ct) =>
                DoAsync(context, shop, attempt, "releases.is-declined", null, () => decline.RunAsync(context.GetActor(), new(shop.Id, attempt), ct)))
            .RequirePermission(Permission.RequestRelease);
    }

    private static async Task<IResult> DoAsync(HttpContext context, CurrentShop shop, Guid attempt, string done, string? reason, Func<Task> act)
    {
        try
        {
            await act();
            Flash.Success(context, done);
            return Screen.SeeOther(context, shop.Link($"/releases/{attempt}"));
        }
        catch (InvalidInputException refused) when (refused.Problems[0].Code == "attempt-unknown")
        {
            return Results.NotFound();
        }
        catch (InvalidInputException refused)
        {
            var shown = new Dictionary<string, object?> { ["AttemptId"] = attempt, ["Problems"] = refused.Problems, ["Reason"] = reason };
            return Screen.Page<ReleasePage>(shown, StatusCodes.Status422UnprocessableEntity);
        }
    }
}
