using Callback.FollowUps.Tasks;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Tasks;

internal static class TasksEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder app) =>
        app.MapPost("/tasks/{taskId:guid}/close", CloseAsync).RequirePermission(Permission.ViewTasks);

    private static async Task<IResult> CloseAsync(Guid taskId, [FromForm] bool? done, HttpContext http, CurrentShop shop, CloseTask close, CancellationToken ct)
    {
        if (await close.RunAsync(http.GetActor(), new(shop.Id, taskId, done ?? false), ct))
            Flash.Success(http, "tasks.closed");
        else
            Flash.Warning(http, "tasks.closed-already");
        return Screen.SeeOther(http, shop.Link("/tasks"));
    }
}
