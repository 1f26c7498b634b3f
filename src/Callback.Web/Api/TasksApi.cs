using Callback.FollowUps.Tasks;
using Callback.Web.SignIn;

namespace Callback.Web.Api;

/// <summary>Follow-up tasks over HTTP.</summary>
internal static class TasksApi
{
    public static void MapTasksApi(this IEndpointRouteBuilder app)
    {
        var tasks = app.MapGroup("/api/v1/shops/{shop}/tasks").RequirePermission(Permission.ViewTasks).WithTags("Tasks");
        tasks.MapGet("", ListAsync)
            .WithName("ListTasks")
            .WithSummary("What is still to be done by due time, or with a closed state the newest first. Pass 'next' of a page as 'cursor'; null means the end.")
            .Produces<TaskListAnswer>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        tasks.MapPost("/{taskId:guid}/close", async (string shop, Guid taskId, CloseTaskBody body, HttpContext http, CloseTask close, CancellationToken ct) =>
                Answer(await close.RunAsync(http.GetActor(), new(Shop(shop), taskId, body.Done, body.Note ?? ""), ct)))
            .Describe("CloseTask", "Done, or dropped as not needed any more. Needs a key that was made for a person.");
        tasks.MapPost("/{taskId:guid}/reopen", async (string shop, Guid taskId, ReopenTaskBody body, HttpContext http, ReopenTask reopen, CancellationToken ct) =>
                Answer(await reopen.RunAsync(http.GetActor(), new(Shop(shop), taskId, body.Why ?? ""), ct)))
            .Describe("ReopenTask", "Opens what was done or dropped again, with a reason. Needs a key that was made for a person.");
        tasks.MapPost("/{taskId:guid}/assign", async (string shop, Guid taskId, AssignTaskBody body, HttpContext http, AssignTask assign, CancellationToken ct) =>
                Answer(await assign.RunAsync(http.GetActor(), new(Shop(shop), taskId, body.Owner), ct)))
            .Describe("AssignTask", "Takes a task over or gives it back; to hand it to somebody else needs the scope 'tasks' and a key that was made for a manager.");
        tasks.MapPost("/{taskId:guid}/decide", async (string shop, Guid taskId, DecideGrantBody body, HttpContext http, DecideGrant decide, CancellationToken ct) =>
                Answer(await decide.RunAsync(http.GetActor(), new(Shop(shop), taskId, body.Approve, body.Reason ?? ""), ct)))
            .RequirePermission(Permission.ManageTasks)
            .Describe("DecideGrant", "A manager's yes or no to what is above somebody's limit. Needs the scope 'tasks' and a key that was made for a manager, who is not the one that asked.");
    }

    private static void Describe(this RouteHandlerBuilder step, string name, string summary) => step
        .WithName(name)
        .WithSummary(summary)
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static IResult Answer(TaskOutcome outcome) => outcome switch
    {
        TaskOutcome.Done => Results.NoContent(),
        TaskOutcome.ChangedMeanwhile => Results.Problem("The task is in another state (by now).", statusCode: StatusCodes.Status409Conflict),
        _ => Results.Problem("There is no such task, or not for this key.", statusCode: StatusCodes.Status404NotFound),
    };

    private static async Task<TaskListAnswer> ListAsync(
        string shop, TaskState? state, string? kind, bool? overdue, string? text, string? cursor, int? limit, HttpContext http, ListTasks list, CancellationToken ct)
    {
        var page = await list.RunAsync(
            http.GetActor(), [Shop(shop)], new(state, kind, Overdue: overdue ?? false, Text: text), TaskCursor.Parse(cursor), limit ?? 50, ct);
        return new(page.Rows, page.Next?.ToString());
    }

    private static ShopId Shop(string code) => ShopId.TryParse(code, out var shop) ? shop : throw new ShopUnknownException(shop);
}

/// <param name="Done">False: dropped, because it is not needed any more.</param>
/// <param name="Note">What was done, or why not; at most 500 characters.</param>
public sealed record CloseTaskBody(bool Done = true, string? Note = null);

/// <param name="Why">Required, at most 500 characters.</param>
public sealed record ReopenTaskBody(string? Why);

/// <param name="Owner">Whose it is to be; null: nobody's, so that anybody may take it.</param>
public sealed record AssignTaskBody(Guid? Owner);

/// <param name="Reason">Required, at most 500 characters; whoever asked reads it.</param>
public sealed record DecideGrantBody(bool Approve, string? Reason);

/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record TaskListAnswer(IReadOnlyList<TaskRow> Tasks, string? Next);
