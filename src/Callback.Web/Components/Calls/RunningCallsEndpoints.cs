using Callback.Calls.Running;
using Callback.Telephony;
using Callback.Web.Components.Desk.Phone;
using Callback.Web.SignIn;

namespace Callback.Web.Components.Calls;

/// <summary>What a manager does in running calls.</summary>
internal static class RunningCallsEndpoints
{
    public static void MapRunningCalls(this IEndpointRouteBuilder endpoints)
    {
        var calls = endpoints.MapGroup("/calls").RequirePermission(Permission.SuperviseCalls);
        calls.MapGet("/rows", async (HttpContext context, CurrentShop shop, ListRunningCalls list, CancellationToken ct) => await RowsAsync(context, shop, list, null, ct));
        calls.MapPost("/{attempt:guid}/supervise", SuperviseAsync);
    }

    private static async Task<IResult> SuperviseAsync(
        HttpContext context, Guid attempt, IFormCollection form, CurrentShop shop, Supervise supervise, ListRunningCalls list, LineWords words, CancellationToken ct)
    {
        string? refusal = null;
        try
        {
            var mode = Enum.TryParse<GuestMode>(form["mode"], out var chosen) ? chosen : (GuestMode?)null;
            if (await supervise.RunAsync(context.GetActor(), new(shop.Id, attempt, mode), ct) is ActResult.NotDone not)
                refusal = words.Of(not.Code);
        }
        catch (InvalidInputException refused)
        {
            refusal = words.Of(refused.Problems[0]);
        }
        if (context.Request.WantsFragment())
            return await RowsAsync(context, shop, list, refusal, ct);
        if (refusal is not null)
            Flash.Warning(context, "lines.refused", refusal);
        return Screen.SeeOther(context, shop.Link("/calls"));
    }

    private static async Task<IResult> RowsAsync(HttpContext context, CurrentShop shop, ListRunningCalls list, string? refusal, CancellationToken ct) =>
        Screen.Fragment<RunningCallsTable>(new { Rows = await list.RunAsync(context.GetActor(), shop.Id, ct), Refusal = refusal });
}
