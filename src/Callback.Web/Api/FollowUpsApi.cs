using Callback.FollowUps.Log;
using Callback.Web.SignIn;
using Callback.Wording;

namespace Callback.Web.Api;

/// <summary>The follow-up log over HTTP.</summary>
internal static class FollowUpsApi
{
    public static void MapFollowUpsApi(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/shops/{shop}/follow-ups", ListAsync)
            .RequirePermission(Permission.ViewOwnLog)
            .WithName("ListFollowUps")
            .WithTags("Follow-ups")
            .WithSummary("The log, newest first. Pass 'next' of a page as 'cursor' to get the page after it; null means the end.")
            .Produces<LogPage>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        app.MapPost("/api/v1/shops/{shop}/follow-ups/person-key", async (string shop, PhoneBody body, HttpContext http, FindPhoneKey find, CancellationToken ct) =>
                new PersonKeyBody(await find.RunAsync(http.GetActor(), Shop(shop), body.Phone, ct)))
            .RequirePermission(Permission.ViewOwnLog)
            .WithName("FindPersonKey")
            .WithTags("Follow-ups")
            .WithSummary("The key to search the log by ('person'), from a whole phone number. Numbers never stand in an address.");
        app.MapGet("/api/v1/shops/{shop}/figures/today", (string shop, HttpContext http, TodayFigures figures, CancellationToken ct) =>
                figures.RunAsync(http.GetActor(), Shop(shop), ct))
            .RequirePermission(Permission.ViewOwnLog)
            .WithName("GetTodayFigures")
            .WithTags("Follow-ups")
            .WithSummary("The shop's day so far, from midnight in its own zone.");
    }

    private static async Task<LogPage> ListAsync(
        string shop, [AsParameters] LogQueryString query, HttpContext http, ListFollowUps list, CancellationToken ct)
    {
        var page = await list.RunAsync(http.GetActor(), Shop(shop), query.Filter(), LogCursor.Parse(query.Cursor), query.Limit ?? 50, ct);
        return new(page.Rows, page.Next?.ToString());
    }

    private static ShopId Shop(string code) => ShopId.TryParse(code, out var shop) ? shop : throw new ShopUnknownException(shop);
}

/// <param name="Next">The cursor of the next page, or null at the end.</param>
public sealed record LogPage(IReadOnlyList<FollowUpRow> Rows, string? Next);

public sealed record PhoneBody(string Phone);

public sealed record PersonKeyBody(string Person);

/// <summary>The log's filter as a query string; the API and the page read the same names.</summary>
public sealed record LogQueryString(
    DateOnly? From, DateOnly? To, Guid? Campaign, string? Purpose, string? Outcome, string? Reason, Guid? Agent, string? Order, string? Person, string? Text,
    string? Cursor, int? Limit, string? Wording = null)
{
    public static LogQueryString Empty { get; } = new(null, null, null, null, null, null, null, null, null, null, null, null);

    /// <exception cref="InvalidInputException">The purpose or the kind of wording is none of ours.</exception>
    public LogFilter Filter() => new(From, To, Campaign, ParsePurpose(), Outcome, Reason, Agent, Order, Person, Text, ParseWording());

    private string? ParseWording() => string.IsNullOrEmpty(Wording) || Wording == LogFilter.AnyWording || Enum.GetNames<WordingKind>().Contains(Wording)
        ? Wording
        : throw new InvalidInputException(Problem.Of("choice-unknown", "wording", ("value", Wording)));

    private Purpose? ParsePurpose() => string.IsNullOrEmpty(Purpose)
        ? null
        : Enum.TryParse<Purpose>(Purpose, out var purpose)
            ? purpose
            : throw new InvalidInputException(Problem.Of("purpose-unknown", "purpose", ("value", Purpose), ("allowed", string.Join(", ", Enum.GetNames<Purpose>()))));
}
