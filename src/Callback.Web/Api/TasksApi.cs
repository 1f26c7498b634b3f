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
                await close.RunAsync(http.GetActor(), new(Shop(shop), taskId, body.Done, body.Note ?? ""), ct) switch
                {
                    TaskOutcome.Done => Results.NoContent(),
                    TaskOutcome.ChangedMeanwhile => Results.Problem("The task is not open (any more).", statusCode: StatusCodes.Status409Conflict),
                    _ => Results.NotFound(),
                })
            .WithName("CloseTask")
            .WithSummary("Done, or dropped as not needed any more. Needs a key that was made for an agent.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

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

/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record TaskListAnswer(IReadOnlyList<TaskRow> Tasks, string? Next);
