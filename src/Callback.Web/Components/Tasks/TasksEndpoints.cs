using Callback.Compensation;
using Callback.FollowUps.Tasks;
using Callback.Web.Localization;
using Callback.Web.SignIn;
using Microsoft.AspNetCore.Mvc;

namespace Callback.Web.Components.Tasks;

/// <summary>Steps on a task: each calls one use case and comes back to the list as it was filtered.</summary>
internal static class TasksEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder app)
    {
        var task = app.MapGroup("/tasks/{owner}/{taskId:guid}").RequirePermission(Permission.ViewTasks);
        task.MapPost("/close", async (string owner, Guid taskId, [FromForm] bool? done, [FromForm] string? note, HttpContext http, CloseTask close, CancellationToken ct) =>
            await BackAsync(http, () => close.RunAsync(http.GetActor(), new(Shop(owner), taskId, done ?? false, note ?? ""), ct), "tasks.closed"));
        task.MapPost("/reopen", async (string owner, Guid taskId, [FromForm] string? why, HttpContext http, ReopenTask reopen, CancellationToken ct) =>
            await BackAsync(http, () => reopen.RunAsync(http.GetActor(), new(Shop(owner), taskId, why ?? ""), ct), "tasks.reopened"));
        task.MapPost("/take", async (string owner, Guid taskId, HttpContext http, AssignTask assign, [FromForm] IFormCollection _, CancellationToken ct) =>
            await BackAsync(http, () => assign.RunAsync(http.GetActor(), new(Shop(owner), taskId, http.GetActor().UserId), ct), "tasks.taken"));
        task.MapPost("/assign", async (string owner, Guid taskId, [FromForm] string? to, HttpContext http, AssignTask assign, CancellationToken ct) =>
            await BackAsync(http, () => assign.RunAsync(http.GetActor(), new(Shop(owner), taskId, Guid.TryParse(to, out var person) ? person : null), ct), "tasks.assigned"));
        app.MapPost("/tasks/{owner}/{taskId:guid}/decide", async (
                string owner, Guid taskId, [FromForm] bool? approve, [FromForm] string? reason, HttpContext http, DecideGrant decide, CancellationToken ct) =>
                await BackAsync(
                    http, () => decide.RunAsync(http.GetActor(), new(Shop(owner), taskId, approve ?? false, reason ?? ""), ct), approve == true ? "tasks.approved" : "tasks.declined"))
            .RequirePermission(Permission.ManageTasks);
        app.MapGet("/tasks/due", async (HttpContext http, CountDueTasks count, CancellationToken ct) =>
                Screen.Fragment<DueBadge>(new { Count = await count.RunAsync(http.GetActor(), ct) }))
            .RequirePermission(Permission.ViewTasks);
        app.MapPost("/promises/{promise}", SwitchAsync).RequirePermission(Permission.ManageTasks);
    }

    private static async Task<IResult> SwitchAsync(
        PromiseKind promise, [FromForm] bool? on, HttpContext http, CurrentShop shop, SwitchPromise change, CancellationToken ct)
    {
        await change.RunAsync(http.GetActor(), new(shop.Id, promise, on ?? false), ct);
        Flash.Success(http, "promises.switched");
        return Screen.SeeOther(http, shop.Link("/promises"));
    }

    private static async Task<IResult> BackAsync(HttpContext http, Func<Task<TaskOutcome>> step, string done)
    {
        try
        {
            switch (await step())
            {
                case TaskOutcome.Done:
                    Flash.Success(http, done);
                    break;
                case TaskOutcome.ChangedMeanwhile:
                    Flash.Warning(http, "tasks.changed-meanwhile");
                    break;
                default:
                    return Results.NotFound();
            }
        }
        catch (InvalidInputException refused)
        {
            Flash.Danger(http, "tasks.refused", http.RequestServices.GetRequiredService<Texts>().Of(refused.Problems[0]));
        }
        var shop = http.RequestServices.GetRequiredService<CurrentShop>();
        return Screen.SeeOther(http, shop.Link(TaskAddress.Read(http.Request.Query).To("/tasks")));
    }

    private static ShopId Shop(string code) => ShopId.TryParse(code, out var shop) ? shop : throw new ShopUnknownException(new(code));
}
