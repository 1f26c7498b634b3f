using Callback.Receivers;
using Callback.Web.Components.Accounts;
using Callback.Web.Localization;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Receivers;

/// <summary>The forms of the receivers' pages.</summary>
internal static class ReceiversEndpoints
{
    public static void MapReceivers(this IEndpointRouteBuilder endpoints)
    {
        var receivers = endpoints.MapGroup("/receivers").RequirePermission(Permission.ManageKeys);
        receivers.MapPost("", AddAsync);
        receivers.MapPost("/{atShop}/{receiverId:guid}/test", (HttpContext context, ChangeReceiver change, string atShop, Guid receiverId, CancellationToken ct) =>
            DoAsync(context, $"/receivers/{atShop}/{receiverId}", "receivers.test-sent", shop => change.TestAsync(context.GetActor(), shop, receiverId, ct), atShop));
        receivers.MapPost("/{atShop}/{receiverId:guid}/again", (HttpContext context, ChangeReceiver change, string atShop, Guid receiverId, CancellationToken ct) =>
            DoAsync(context, $"/receivers/{atShop}/{receiverId}", "receivers.again-sent", shop => change.SendAgainAsync(context.GetActor(), shop, receiverId, ct), atShop));
        receivers.MapPost("/{atShop}/{receiverId:guid}/end", (HttpContext context, ChangeReceiver change, string atShop, Guid receiverId, CancellationToken ct) =>
            DoAsync(context, "/receivers", "receivers.is-ended", shop => change.EndAsync(context.GetActor(), shop, receiverId, ct), atShop));
    }

    private static async Task<IResult> AddAsync(HttpContext context, AddReceiver add, Texts texts, [FromForm] AddReceiverForm form, CancellationToken ct)
    {
        var kinds = form.Kinds ?? [];
        try
        {
            var added = await add.RunAsync(context.GetActor(), new(new(form.AtShop ?? ""), form.Name ?? "", form.Url ?? "", kinds), ct);
            return SecretAnswer.Of(texts["receivers.added"], texts["receivers.keep"], added.Secret, "/receivers");
        }
        catch (InvalidInputException wrong)
        {
            var typed = new Dictionary<string, object?> { ["Problems"] = wrong.Problems, ["Name"] = form.Name, ["ShopCode"] = form.AtShop, ["Url"] = form.Url, ["Kinds"] = kinds };
            return Screen.Page<ReceiversPage>(typed, StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> DoAsync(HttpContext context, string back, string done, Func<ShopId, Task> change, string atShop)
    {
        try
        {
            await change(new ShopId(atShop));
            Flash.Success(context, done);
        }
        catch (InvalidInputException)
        {
            Flash.Danger(context, "problem.receiver-unknown");
        }
        return Screen.SeeOther(context, back);
    }

    private sealed record AddReceiverForm(string? Name, string? AtShop, string? Url, string[]? Kinds);
}
