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

    private static async Task<IResult> AddAsync([FromForm] IFormCollection form, HttpContext context, AddReceiver add, Texts texts, CancellationToken ct)
    {
        var (name, atShop, url, kinds) = ($"{form["name"]}", $"{form["atShop"]}", $"{form["url"]}", form["kinds"].OfType<string>().ToList());
        try
        {
            var added = await add.RunAsync(context.GetActor(), new(new(atShop), name, url, kinds), ct);
            return SecretAnswer.Of(texts["receivers.added"], texts["receivers.keep"], added.Secret, "/receivers");
        }
        catch (InvalidInputException wrong)
        {
            var typed = new Dictionary<string, object?> { ["Problems"] = wrong.Problems, ["Name"] = name, ["ShopCode"] = atShop, ["Url"] = url, ["Kinds"] = kinds };
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
}
